package import Intents

extension Market {
    /// How many candidates are compared with one another: the winner and the next three.
    package static let compared = 4

    /// What an intent would be put on, and why.
    package func explain(_ spec: IntentSpec, now: Timestamp) -> Explained {
        var ranking = rank(spec, now: now, limit: Self.compared)
        let question = Question(spec, policy: policy, catalog: catalog, now: now)
        let masks = FailureMasks(self, question, rules: RuleBook.rules(for: question))
        let funnel = funnel(masks)
        if let fitting = funnel.last?.left, fitting >= ranking.candidates.count {
            for place in ranking.candidates.indices { ranking.candidates[place].count(fitting) }
        }
        let contenders = ranking.candidates.map { contender($0, question) }
        return Explained(
            ranking: ranking,
            offers: listings.count,
            funnel: funnel,
            contenders: contenders,
            changes: contenders.first.map { Changes(market: self, question: question, masks: masks).lines($0) } ?? [],
            spread: spread(spec, now: now),
            negotiation: ranking.refusal == nil ? [] : negotiationSteps(spec, now: now)
        )
    }

    /// What each wish leaves of the offers that all wishes before it have left.
    private func funnel(_ masks: FailureMasks) -> [FunnelStep] {
        var removed = [Int](repeating: 0, count: masks.rules.count)
        var examples = [Int?](repeating: nil, count: masks.rules.count)
        masks.forEach { index, mask in
            guard mask != 0 else { return }
            let first = mask.trailingZeroBitCount
            removed[first] += 1
            examples[first] = min(examples[first] ?? index, index)
        }
        var left = listings.count
        return masks.rules.indices.map { place in
            left -= removed[place]
            let rule = masks.rules[place]
            return FunnelStep(
                rule: rule.name,
                wish: rule.wish,
                left: left,
                removed: removed[place],
                example: examples[place].map { "\(listings[$0].inWords): \(rule.reason(listings[$0]))" }
            )
        }
    }

    /// A candidate with its numbers.
    private func contender(_ candidate: Candidate, _ question: Question) -> Contender {
        let offer = candidate.offer
        let terms = question.terms
        let throughput = Throughput.slot(
            offer.fp32Tflops,
            over: offer.interconnect,
            topology: terms.topology,
            count: terms.count
        )
        return Contender(
            candidate: candidate,
            hourly: offer.isPriced ? Bill(terms, on: offer).wanted : nil,
            throughput: throughput > 0 ? Quantity(thousandths: throughput) : nil,
            latencyMs: offer.latencyMs,
            gpus: offer.machine?.gpus ?? terms.count
        )
    }
}
