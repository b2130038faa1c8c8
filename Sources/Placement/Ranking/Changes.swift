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
        let standing: Standing
        let cost: Int64
        let throughput: Int64

        func isCheaper(than other: Rival) -> Bool { (cost, standing) < (other.cost, other.standing) }
    }

    /// The sentences, for the winner.
    func lines(_ winner: Contender) -> [String] {
        guard let cost = winner.hourly?.micros else { return [] }
        let throughput = winner.throughput?.thousandths ?? 0
        var faster: Rival?
        var cheaper: Rival?
        var freed = [Rival?](repeating: nil, count: masks.rules.count)
        let (index, terms) = (market.index, question.terms)
        for lane in index.lanes {
            let view = masks.view(lane)
            guard view.mask.nonzeroBitCount <= 1 else { continue }
            let speed = lane.throughput(terms)
            // A tenth more is worth telling; less is noise.
            let isFaster = speed > throughput + throughput / 10
            for row in index.rows[lane.rows] where row.price != MarketIndex.unpriced {
                let mask = masks.mask(row, view) | masks.costMask(row, view)
                guard mask.nonzeroBitCount <= 1 else { continue }
                let rival = Rival(
                    standing: lane.standing(row, throughput: speed, terms),
                    cost: ((lane.slotPrice(row.price, terms) ?? .zero) * terms.slots).micros,
                    throughput: speed
                )
                if mask != 0 {
                    let rule = mask.trailingZeroBitCount
                    if freed[rule].map({ rival.standing < $0.standing }) ?? true { freed[rule] = rival }
                } else if rival.cost > cost {
                    if isFaster, faster.map({ rival.isCheaper(than: $0) }) ?? true { faster = rival }
                } else if rival.cost < cost, cheaper.map({ rival.isCheaper(than: $0) }) ?? true {
                    cheaper = rival
                }
            }
        }
        let told = [faster.map { more($0, cost, throughput) }, cheaper.map { less($0, cost, throughput) }]
        return told.compactMap(\.self) + given(freed, winner)
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
    private func given(_ freed: [Rival?], _ winner: Contender) -> [String] {
        guard let index = market.place(of: winner.candidate.offer.id) else { return [] }
        let offer = market.listings[index].offer
        let own = Standing(offer, at: index, bill: Bill(question.terms, on: offer), terms: question.terms)
        return zip(masks.rules, freed).compactMap { rule, rival in rival.map { (rule: rule, rival: $0) } }
            .filter { $0.rival.standing < own }
            .sorted { $0.rival.standing < $1.rival.standing }
            .prefix(Self.shown)
            .map { rule, rival in
                let price = "\(Money(micros: rival.cost).inWords)/hour"
                return "without \(rule.name): \(rule.wish), \(words(rival)) for \(price)"
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
