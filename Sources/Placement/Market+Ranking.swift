package import Intents

extension Market {
    /// The offers that fit, best first.
    ///
    /// `resting` names offers to leave alone for a while; `platforms`, where given, is where the intent may live (an
    /// intent that holds allocations stays on their platform); `now` is for deadlines; no more than `limit` candidates
    /// are made, all where there is no limit. Where a balanced choice of several GPUs finds none that are wired up as
    /// wished, the next wiring is tried, as the reference's example 6 has it.
    package func rank(
        _ spec: IntentSpec,
        resting: Set<Offer.ID> = [],
        platforms: Set<PlatformName>? = nil,
        now: Timestamp,
        limit: Int? = nil
    ) -> Ranking {
        if let deadline = spec.constraints.deadline, deadline <= now {
            return Ranking(candidates: [], refusal: .deadlinePassed, constraints: [])
        }
        let question = Question(spec, policy: policy, catalog: catalog, now: now)
        let rules = RuleBook.rules(for: question)
        let masks = FailureMasks(self, question, rules: rules)
        let search = Search(masks: masks, resting: resting, platforms: platforms)
        let found = search.best(limit)
        if !found.isEmpty { return ranking(found, spec, question, rules, isComplete: limit == nil) }
        if let other = fallback(spec, question, search, limit: limit) { return other }
        let refusal = Refusal(masks, question: question).noOffer(resting: resting, platforms: platforms)
        return Ranking(candidates: [], refusal: refusal, constraints: [])
    }

    /// The answer where something fits.
    private func ranking(
        _ found: [Standing],
        _ spec: IntentSpec,
        _ question: Question,
        _ rules: [any Rule],
        isComplete: Bool
    ) -> Ranking {
        let winner = listings[found[0].index].offer
        return Ranking(
            candidates: candidates(found, question, isComplete: isComplete),
            refusal: nil,
            constraints: Verdicts.all(for: spec, rules: rules, on: winner.platform, offer: winner)
        )
    }

    /// The answer for the next wiring that can be had; nil where the intent asks for none, or none helps.
    ///
    /// Wirings differ in what topology and efficiency say, so none helps where nothing fits without either.
    private func fallback(_ spec: IntentSpec, _ question: Question, _ search: Search, limit: Int?) -> Ranking? {
        guard question.allowsOtherTopology else { return nil }
        let wiring = search.masks.rules.enumerated().reduce(UInt64(0)) { bits, rule in
            rule.element is TopologyRule || rule.element is EfficiencyRule ? bits | 1 << UInt64(rule.offset) : bits
        }
        guard !search.best(1, ignoring: wiring).isEmpty else { return nil }
        var topology = question.topology.flatMap(Efficiency.fallback)
        while let tried = topology {
            let other = Question(spec, policy: policy, catalog: catalog, now: question.now, topology: tried)
            let rules = RuleBook.rules(for: other)
            let masks = FailureMasks(self, other, rules: rules)
            let found = Search(masks: masks, resting: search.resting, platforms: search.platforms).best(limit)
            if !found.isEmpty { return ranking(found, spec, other, rules, isComplete: limit == nil) }
            topology = Efficiency.fallback(from: tried)
        }
        return nil
    }

    /// The offers found, each with its place.
    private func candidates(_ found: [Standing], _ question: Question, isComplete: Bool) -> [Candidate] {
        let terms = question.terms
        return found.indices.map { place in
            let offer = listings[found[place].index].offer
            let bill = Bill(terms, on: offer)
            let because = Because(
                objective: terms.objective,
                place: place,
                total: isComplete ? found.count : nil,
                count: terms.count,
                fp32Tflops: offer.fp32Tflops,
                cost: offer.isPriced ? bill.wanted : nil,
                latencyMs: offer.latencyMs
            )
            return Candidate(offer: offer, bill: bill, because: because)
        }
    }

    /// What becomes of each wish that an intent states, on a platform, and for the offer chosen there if one is.
    package func verdicts(
        for spec: IntentSpec,
        on platform: PlatformName,
        offer: Offer? = nil
    ) -> [ConstraintVerdict] {
        let question = Question(spec, policy: policy, catalog: catalog, now: Timestamp(milliseconds: 0))
        return Verdicts.all(for: spec, rules: RuleBook.rules(for: question), on: platform, offer: offer)
    }
}

extension Question {
    /// Whether another wiring will do where the one wished for cannot be had: several GPUs, chosen for balance.
    var allowsOtherTopology: Bool { topology != nil && terms.count > 1 && terms.objective == .balanced }
}
