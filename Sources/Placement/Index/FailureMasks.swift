import Intents

/// For every offer, which wishes it does not grant: a bit for each rule, in the order of the rules.
struct FailureMasks {
    /// What is on sale.
    let market: Market
    /// The wishes; at most 64.
    let rules: [any Rule]
    private let terms: Terms
    private let rows: [MarketIndex.Row]
    private let gpus: [Int]
    private let sellers: [UInt64]
    private let sites: [UInt64]
    private let facts: [UInt64]
    private let machines: [UInt64]
    private let lanes: [UInt64]
    /// The bits of the rules that rows answer: GPUs, cost of an hour, cost of it all.
    private let count: UInt64
    private let hourly: UInt64
    private let total: UInt64
    /// Other rules about the whole offer, with their bits.
    private let others: [(rule: any Rule, bit: UInt64)]

    /// Asks every rule about every class.
    init(_ market: Market, _ question: Question, rules: [any Rule]) {
        precondition(rules.count <= 64, "a mask has 64 bits")
        self.market = market
        self.rules = rules
        terms = question.terms
        rows = market.index.rows
        gpus = market.index.lanes.map(\.gpus)
        func masks(_ scope: RuleScope, _ firsts: [Int]) -> [UInt64] {
            let asked = rules.indices.filter { rules[$0].scope == scope }
            return firsts.map { first in
                let listing = market.listings[first]
                return asked.reduce(0) { rules[$1].fits(listing) ? $0 : $0 | 1 << UInt64($1) }
            }
        }
        func bit(_ isWanted: (any Rule) -> Bool) -> UInt64 {
            rules.firstIndex(where: isWanted).map { 1 << UInt64($0) } ?? 0
        }
        sellers = masks(.seller, market.index.sellers)
        sites = masks(.site, market.index.sites)
        facts = masks(.facts, market.index.facts)
        machines = masks(.machine, market.index.machines)
        lanes = masks(.gpu, market.index.lanes.map(\.first))
        count = bit { $0 is CountRule }
        hourly = bit { $0 is HourlyCostRule }
        total = bit { $0 is TotalCostRule }
        let known = count | hourly | total
        others = rules.indices.compactMap { index in
            let bit = UInt64(1) << UInt64(index)
            return rules[index].scope == .offer && bit & known == 0 ? (rules[index], bit) : nil
        }
    }

    /// The wishes that no offer of a lane grants.
    func mask(ofLane lane: Int) -> UInt64 { lanes[lane] }

    /// The wishes that an offer does not grant.
    func mask(_ index: Int) -> UInt64 {
        let row = rows[index]
        var mask = lanes[Int(row.lane)] | sellers[Int(row.seller)] | sites[Int(row.site)]
        mask |= facts[Int(row.facts)] | machines[Int(row.machine)]
        let gpus = gpus[Int(row.lane)]
        let isTooSmall = gpus != 0 && gpus < terms.count
        if isTooSmall || (row.available != .max && Int(row.available) < terms.gpusNeeded(carryingAll: row.carriesAll)) {
            mask |= count
        }
        if hourly | total != 0 { mask |= costMask(row, gpus) }
        for other in others where !other.rule.fits(market.listings[index]) { mask |= other.bit }
        return mask
    }

    /// The caps that an offer does not keep.
    private func costMask(_ row: MarketIndex.Row, _ gpus: Int) -> UInt64 {
        guard row.price != MarketIndex.unpriced else { return hourly | total }
        let slot = gpus == 0 ? Money(micros: row.price) * terms.count : Money(micros: row.price)
        var mask: UInt64 = 0
        if !terms.keepsHourlyCap(slot) { mask |= hourly }
        if !terms.keepsTotalCap(slot) { mask |= total }
        return mask
    }
}
