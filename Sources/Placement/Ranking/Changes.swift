import Intents

/// What would change a choice: a little more money, a little less, or one wish given up.
struct Changes {
    /// What is on sale.
    let market: Market
    /// What was asked.
    let question: Question
    /// Which wishes each offer does not grant.
    let masks: FailureMasks

    /// How many wishes are told of.
    private static let shown = 3

    /// An offer with its place by the objective, its cost and its throughput.
    private struct Rival {
        var standing: Standing
        var cost: Int64
        var throughput: Int64
    }

    /// The sentences, for the winner.
    func lines(_ winner: Contender) -> [String] {
        guard let cost = winner.hourly?.micros else { return [] }
        let throughput = winner.throughput?.thousandths ?? 0
        var faster: Rival?
        var cheaper: Rival?
        var freed: [Int: Rival] = [:]
        masks.forEach { index, mask in
            guard mask.nonzeroBitCount <= 1, let rival = rival(index) else { return }
            if mask == 0 {
                // A tenth more is worth telling; less is noise.
                if rival.cost > cost, rival.throughput > throughput + throughput / 10,
                    faster.map({ (rival.cost, rival.standing) < ($0.cost, $0.standing) }) ?? true
                {
                    faster = rival
                }
                if rival.cost < cost, cheaper.map({ (rival.cost, rival.standing) < ($0.cost, $0.standing) }) ?? true {
                    cheaper = rival
                }
            } else {
                let rule = mask.trailingZeroBitCount
                if freed[rule].map({ rival.standing < $0.standing }) ?? true { freed[rule] = rival }
            }
        }
        let told = [faster.map { more($0, cost, throughput) }, cheaper.map { less($0, cost, throughput) }]
        return told.compactMap(\.self) + given(freed, winner)
    }

    /// An offer's numbers; nil for one without a price.
    private func rival(_ index: Int) -> Rival? {
        let offer = market.listings[index].offer
        guard offer.isPriced else { return nil }
        let bill = Bill(question.terms, on: offer)
        let throughput = Throughput.slot(
            offer.fp32Tflops,
            over: offer.interconnect,
            topology: question.terms.topology,
            count: question.terms.count
        )
        let standing = Standing(offer, at: index, bill: bill, terms: question.terms)
        return Rival(standing: standing, cost: bill.wanted.micros, throughput: throughput)
    }

    private func more(_ rival: Rival, _ cost: Int64, _ throughput: Int64) -> String {
        let share = throughput > 0 ? ", \(Self.percent(rival.throughput, of: throughput)) of the throughput" : ""
        return "\(Money(micros: rival.cost - cost).inWords)/hour more buys \(words(rival))\(share)"
    }

    private func less(_ rival: Rival, _ cost: Int64, _ throughput: Int64) -> String {
        let share = throughput > 0 ? ", \(Self.percent(rival.throughput, of: throughput)) of the throughput" : ""
        return "\(Money(micros: cost - rival.cost).inWords)/hour less buys \(words(rival))\(share)"
    }

    /// The wishes without which something better could be had, the best first.
    private func given(_ freed: [Int: Rival], _ winner: Contender) -> [String] {
        guard let index = market.place(of: winner.candidate.offer.id), let own = rival(index) else { return [] }
        return freed.filter { $0.value.standing < own.standing }
            .sorted { $0.value.standing < $1.value.standing }
            .prefix(Self.shown)
            .map { rule, rival in
                let price = "\(Money(micros: rival.cost).inWords)/hour"
                return "without \(masks.rules[rule].name): \(masks.rules[rule].wish), \(words(rival)) for \(price)"
            }
    }

    private func words(_ rival: Rival) -> String { market.listings[rival.standing.index].inWords }

    private static func percent(_ part: Int64, of whole: Int64) -> String {
        "\(Int64((Double(part) / Double(whole) * 100).rounded()))%"
    }
}

extension Market {
    /// Where an offer stands, found by its name.
    func place(of id: Offer.ID) -> Int? {
        var (low, high) = (0, listings.count)
        while low < high {
            let middle = (low + high) / 2
            if listings[middle].offer.id < id { low = middle + 1 } else { high = middle }
        }
        return low < listings.count && listings[low].offer.id == id ? low : nil
    }
}
