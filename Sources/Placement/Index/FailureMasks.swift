import Intents

/// For every offer, which wishes it does not grant: a bit for each rule, in the order of the rules.
///
/// A rule is asked once for each class of offers that it can tell apart; the mask of an offer is put together from those of
/// its classes and a few comparisons of numbers.
struct FailureMasks {
    /// What is on sale.
    let market: Market
    /// The wishes; at most 64.
    let rules: [any Rule]
    /// What was asked.
    let terms: Terms
    /// The masks of the classes.
    private let sellers: [UInt64]
    private let gpus: [UInt64]
    private let machines: [UInt64]
    private let facts: [UInt64]
    private let sites: [UInt64]
    /// Where in `rules` those about whole lanes stand.
    private let laneRules: [Int]
    /// The bits of the rules that rows answer.
    private let count: UInt64
    private let hourly: UInt64
    private let total: UInt64
    /// The most that one slot may cost for each cap to be kept.
    private let dearestHourly: Int64
    private let dearestTotal: Int64

    /// What there is to know of a lane before its rows are looked at.
    struct LaneView {
        /// The wishes that no offer of the lane grants.
        var mask: UInt64
        /// GPUs that must be free.
        var needed: Int
        /// The most that a row may cost for each cap to be kept.
        var dearestHourly: Int64
        var dearestTotal: Int64
    }

    /// Asks every rule about every class.
    init(_ market: Market, _ question: Question, rules: [any Rule]) {
        precondition(rules.count <= 64, "a mask has 64 bits")
        self.market = market
        self.rules = rules
        terms = question.terms
        let classes = market.index.classes
        var masks = ClassMasks(classes)
        for (place, rule) in rules.enumerated() { masks.ask(rule, 1 << UInt64(place), classes) }
        masks.combine(classes)
        sellers = masks.sellers
        gpus = masks.gpus
        machines = masks.machines
        facts = masks.facts
        sites = masks.sites
        laneRules = masks.laneRules == 0 ? [] : rules.indices.filter { masks.laneRules >> UInt64($0) & 1 == 1 }
        (count, hourly, total) = (masks.count, masks.hourly, masks.total)
        let terms = question.terms
        dearestHourly = hourly == 0 ? .max : Self.dearest(terms.keepsHourlyCap)
        dearestTotal = total == 0 ? .max : Self.dearest(terms.keepsTotalCap)
    }

    /// The highest price that a cap allows, less than what stands for none; -1 where it allows nothing.
    private static func dearest(_ isKept: (Money) -> Bool) -> Int64 {
        var (low, high) = (Int64(-1), MarketIndex.unpriced - 1)
        while low < high {
            let middle = low + (high - low) / 2 + 1
            if isKept(Money(micros: middle)) { low = middle } else { high = middle - 1 }
        }
        return low
    }

    /// The wishes that no offer of a lane grants, but for those about the whole lane.
    func roughMask(_ lane: Lane) -> UInt64 {
        let classes = gpus[Int(lane.gpu)] | sellers[Int(lane.seller)] | facts[Int(lane.facts)]
        let isTooSmall = lane.gpus != 0 && lane.gpus < terms.count
        return classes | machines[Int(lane.machine)] | (isTooSmall ? count : 0)
    }

    /// The wishes about the GPU that no offer of a lane grants.
    func gpuMask(_ lane: Lane) -> UInt64 { gpus[Int(lane.gpu)] }

    /// Everything about a lane.
    func view(_ lane: Lane) -> LaneView {
        var mask = roughMask(lane)
        if !laneRules.isEmpty {
            let listing = market.listings[lane.first]
            for place in laneRules where !rules[place].fits(listing) { mask |= 1 << UInt64(place) }
        }
        let share = lane.gpus == 0 ? Int64(terms.count) : 1
        return LaneView(
            mask: mask,
            needed: count == 0 ? 0 : terms.gpusNeeded(carryingAll: lane.carriesAll),
            dearestHourly: dearestHourly < 0 ? -1 : dearestHourly / share,
            dearestTotal: dearestTotal < 0 ? -1 : dearestTotal / share
        )
    }

    /// The caps that a row does not keep, nor any row after it.
    func costMask(_ row: MarketIndex.Row, _ view: LaneView) -> UInt64 {
        (row.price > view.dearestHourly ? hourly : 0) | (row.price > view.dearestTotal ? total : 0)
    }

    /// The wishes that the offer of a row does not grant, but for the caps.
    func mask(_ row: MarketIndex.Row, _ view: LaneView) -> UInt64 {
        let isScarce = row.available != MarketIndex.unlimited && Int(row.available) < view.needed
        return view.mask | sites[Int(row.site)] | (isScarce ? count : 0)
    }

    /// Tells of every offer, by its place in the market, which wishes it does not grant.
    ///
    /// Offers come lane by lane, not in the order of the market.
    func forEach(_ body: (_ offer: Int, _ mask: UInt64) -> Void) {
        for lane in market.index.lanes {
            let view = view(lane)
            for row in market.index.rows[lane.rows] {
                body(Int(row.offer), mask(row, view) | costMask(row, view))
            }
        }
    }
}
