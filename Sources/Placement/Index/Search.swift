import Intents

/// A walk through the lanes for the best offers that grant every wish.
///
/// Nothing is allocated for offers that do not fit, and a lane is left as soon as the rest of it can only be worse than
/// what has been found.
struct Search {
    /// Which wishes each offer does not grant.
    let masks: FailureMasks
    /// Offers to leave alone.
    let resting: Set<Offer.ID>
    /// Where the intent may live.
    let platforms: Set<PlatformName>?

    /// The best offers, best first, at most `limit` of them; all where there is no limit.
    ///
    /// What `ignored` rules say does not count.
    func best(_ limit: Int?, ignoring ignored: UInt64 = 0) -> [Standing] {
        var best = BestFew(limit: limit)
        for lane in masks.market.index.lanes where masks.roughMask(lane) & ~ignored == 0 && isAllowed(lane) {
            walk(lane, ~ignored, &best)
        }
        return best.sorted()
    }

    /// Whether the intent may live where a lane is sold.
    private func isAllowed(_ lane: Lane) -> Bool {
        platforms?.contains(masks.market.listings[lane.first].offer.platform) ?? true
    }

    /// Goes through one lane, from its cheapest offer until what follows can only be worse than what has been found.
    private func walk(_ lane: Lane, _ counted: UInt64, _ best: inout BestFew) {
        let terms = masks.terms
        let index = masks.market.index
        let throughput = lane.throughput(terms)
        func standing(_ row: MarketIndex.Row) -> Standing { lane.standing(row, throughput: throughput, terms) }
        guard let first = index.rows[lane.rows].first, best.admits(standing(first)) else { return }
        let view = masks.view(lane)
        guard view.mask & counted == 0 else { return }
        for row in index.rows[lane.rows] {
            if masks.costMask(row, view) & counted != 0 { return }
            guard masks.mask(row, view) & counted == 0 else { continue }
            let standing = standing(row)
            guard best.admits(standing) else { return }
            if !resting.isEmpty, resting.contains(masks.market.listings[Int(row.offer)].offer.id) { continue }
            best.insert(standing)
        }
    }
}
