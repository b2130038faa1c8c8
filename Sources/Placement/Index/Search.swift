import Intents

/// A walk through the index for the best offers that grant every wish.
///
/// A rule is asked once a class and only when an offer of the class is met. Nothing is allocated for offers that do not
/// fit, and a lane is left as soon as the rest of it can only be worse than what has been found.
struct Search {
    /// What is on sale.
    private let market: Market
    /// What was asked.
    private let question: Question
    /// The rules, by the part of an offer that they look at.
    private let rules: [[any Rule]]
    /// Rules about the whole offer that no number in a row answers.
    private let others: [any Rule]
    /// Offers to leave alone.
    private let resting: Set<Offer.ID>
    /// Where the intent may live.
    private let platforms: Set<PlatformName>?
    /// What is known of each class.
    private var sellers: [Standpoint]
    private var sites: [Standpoint]
    private var facts: [Standpoint]
    private var machines: [Standpoint]

    /// What the rules say of a class.
    private enum Standpoint: UInt8 {
        /// They have not been asked.
        case unasked
        /// It grants every wish.
        case fits
        /// It does not.
        case rejected
    }

    /// A search for what was asked.
    init(
        _ market: Market,
        _ question: Question,
        rules: [any Rule],
        resting: Set<Offer.ID>,
        platforms: Set<PlatformName>?
    ) {
        self.market = market
        self.question = question
        self.resting = resting
        self.platforms = platforms
        var sorted = [[any Rule]](repeating: [], count: RuleScope.allCases.count)
        for rule in rules { sorted[rule.scope.rawValue].append(rule) }
        self.rules = sorted
        others = sorted[RuleScope.offer.rawValue].filter { !Self.isAnsweredByRows($0) }
        sellers = Array(repeating: .unasked, count: market.index.sellers.count)
        sites = Array(repeating: .unasked, count: market.index.sites.count)
        facts = Array(repeating: .unasked, count: market.index.facts.count)
        machines = Array(repeating: .unasked, count: market.index.machines.count)
    }

    /// Whether the numbers of a row are all that a rule looks at.
    private static func isAnsweredByRows(_ rule: any Rule) -> Bool {
        rule is CountRule || rule is HourlyCostRule || rule is TotalCostRule
    }

    /// The best offers, best first, at most `limit` of them; all where there is no limit.
    mutating func best(_ limit: Int?) -> [Standing] {
        var best = BestFew(limit: limit)
        for lane in market.index.lanes {
            guard lane.gpus == 0 || lane.gpus >= question.terms.count else { continue }
            guard fits(.gpu, lane.first) else { continue }
            walk(lane, &best)
        }
        return best.sorted()
    }

    /// Goes through one lane from its best end.
    private mutating func walk(_ lane: Lane, _ best: inout BestFew) {
        let terms = question.terms
        let throughput = Throughput.slot(
            lane.fp32Tflops,
            over: lane.interconnect,
            topology: terms.topology,
            count: terms.count
        )
        let isByCost = terms.objective == .cost || terms.objective == .performance
        let rows = market.index.rows
        for index in lane.order(terms.objective) {
            let row = rows[Int(index)]
            let slot = slotPrice(row, lane)
            if let slot {
                guard terms.keepsHourlyCap(slot), terms.keepsTotalCap(slot) else {
                    // What follows costs as much or more.
                    if isByCost { return }
                    continue
                }
            } else if terms.hourlyCap != nil || terms.totalCap != nil {
                return
            }
            let measures = Standing.Measures(
                cost: slot.map { ($0 * terms.slots).micros },
                throughput: throughput,
                latencyMs: row.latencyMs == .max ? nil : Int64(row.latencyMs),
                startupMs: row.startupMs == .max ? nil : row.startupMs
            )
            let standing = Standing(measures, objective: terms.objective, at: Int(index))
            if best.excludesAll(from: standing, objective: terms.objective) { return }
            guard best.admits(standing), fits(row, Int(index)) else { continue }
            best.insert(standing)
        }
    }

    /// What GPUs for one slot cost in an hour; nil where that is not stated.
    private func slotPrice(_ row: MarketIndex.Row, _ lane: Lane) -> Money? {
        guard row.price != MarketIndex.unpriced else { return nil }
        return lane.gpus == 0 ? Money(micros: row.price) * question.terms.count : Money(micros: row.price)
    }

    /// Whether an offer grants every wish but those for the GPU and the price.
    private mutating func fits(_ row: MarketIndex.Row, _ index: Int) -> Bool {
        if row.available != .max, Int(row.available) < question.terms.gpusNeeded(carryingAll: row.carriesAll) {
            return false
        }
        guard isGood(row), resting.isEmpty || !resting.contains(market.listings[index].offer.id) else { return false }
        if others.isEmpty { return true }
        let listing = market.listings[index]
        return others.allSatisfy { $0.fits(listing) }
    }

    /// Whether the classes of a row grant every wish.
    private mutating func isGood(_ row: MarketIndex.Row) -> Bool {
        let (seller, site, facts, machine) = (Int(row.seller), Int(row.site), Int(row.facts), Int(row.machine))
        if sellers[seller] == .unasked { sellers[seller] = sellerStandpoint(seller) }
        guard sellers[seller] == .fits else { return false }
        if machines[machine] == .unasked {
            machines[machine] = fits(.machine, market.index.machines[machine]) ? .fits : .rejected
        }
        guard machines[machine] == .fits else { return false }
        if sites[site] == .unasked { sites[site] = fits(.site, market.index.sites[site]) ? .fits : .rejected }
        guard sites[site] == .fits else { return false }
        if self.facts[facts] == .unasked {
            self.facts[facts] = fits(.facts, market.index.facts[facts]) ? .fits : .rejected
        }
        return self.facts[facts] == .fits
    }

    /// What the rules say of a seller, and whether the intent may live there at all.
    private func sellerStandpoint(_ seller: Int) -> Standpoint {
        let first = market.index.sellers[seller]
        let platform = market.listings[first].offer.platform
        guard platforms?.contains(platform) ?? true else { return .rejected }
        return fits(.seller, first) ? .fits : .rejected
    }

    /// Whether the rules of a scope let the offer through that speaks for a class.
    private func fits(_ scope: RuleScope, _ index: Int) -> Bool {
        let rules = rules[scope.rawValue]
        guard !rules.isEmpty else { return true }
        let listing = market.listings[index]
        return rules.allSatisfy { $0.fits(listing) }
    }
}
