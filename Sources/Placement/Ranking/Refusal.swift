import Intents

/// Finds out which wishes stand in the way when no offer fits.
///
/// The fewest wishes that would have to be given up for an offer are to blame. Of equally few, those are that leave most
/// of what was wished for: first money, then count, memory, model, place, then the rest.
struct Refusal {
    /// What is on sale.
    let market: Market
    /// The wishes.
    let rules: [any Rule]
    /// What was asked.
    let question: Question
    /// The throughput of the wished model, else the one wished for.
    private let wishedThroughput: Int64?
    /// Which wishes each offer does not grant.
    private let masks: FailureMasks
    /// How much is lost by giving up each wish.
    private let weights: [Int]
    /// The wish that says where a workload cannot run at all.
    private let eligibility: UInt64

    /// A search through what is on sale.
    init(_ market: Market, rules: [any Rule], question: Question) {
        self.market = market
        self.rules = rules
        self.question = question
        masks = FailureMasks(market, question, rules: rules)
        weights = rules.map { Self.weight($0.code) }
        let match = question.gpu.model.flatMap { question.catalog.find($0, memory: question.gpu.memory) }
        wishedThroughput = (match?.variant.fp32Tflops ?? question.gpu.fp32Tflops)?.thousandths
        eligibility = rules.firstIndex { $0 is PlatformRule }.map { 1 << UInt64($0) } ?? 0
    }

    /// An offer with the wishes that it does not grant.
    private struct Miss {
        /// Where it stands in the market.
        let index: Int
        /// The wishes that it does not grant.
        let mask: UInt64
        /// Whether the platform could not run the workload, whatever is given up.
        let isIneligible: Bool
        /// How many wishes it does not grant.
        let count: Int
        /// How much giving up these wishes leaves; less is better.
        let rank: Int
        /// How far its throughput is from what was wished for.
        let distance: Int64
        /// What one slot costs in an hour; more than anything where that is not stated.
        let cost: Int64
    }

    /// The refusal.
    func noOffer(resting: Set<Offer.ID>, platforms: Set<PlatformName>?) -> NoOffer {
        guard !market.listings.isEmpty else {
            guard let left = market.leftOut.first else { return .insufficient("nothing is on sale") }
            return .insufficient("nothing is on sale; \(market.leftOut.count) offers are left out: \(left.reason)")
        }
        let here = count(on: platforms)
        guard here > 0 else {
            let names = (platforms ?? []).sorted().map(\.rawValue).joined(separator: ", ")
            return .insufficient("nothing is on sale on \(names), where this intent has to live")
        }
        let (nearest, fitting) = nearest(on: platforms)
        if fitting > 0 {
            return .insufficient("every offer that fits (\(fitting)) rests for a while after it could not be had")
        }
        return NoOffer(
            code: code(nearest[0]).rawValue,
            message: message(nearest[0], among: here),
            suggestions: suggestions(nearest)
        )
    }

    /// How many offers are on sale on the platforms.
    private func count(on platforms: Set<PlatformName>?) -> Int {
        guard let platforms else { return market.listings.count }
        return market.listings.count { platforms.contains($0.offer.platform) }
    }

    /// The nearest offers, sorted, and how many grant every wish.
    ///
    /// A lane whose GPUs alone fail more wishes than the last of the nearest is passed over.
    private func nearest(on platforms: Set<PlatformName>?) -> (misses: [Miss], fitting: Int) {
        var fitting = 0
        var nearest: [Miss] = []
        nearest.reserveCapacity(Self.shown + 2)
        let sellers = market.index.sellers.map { platforms?.contains(market.listings[$0].offer.platform) ?? true }
        for (number, lane) in market.index.lanes.enumerated() {
            let least = masks.mask(ofLane: number).nonzeroBitCount
            if nearest.count > Self.shown, let last = nearest.last, !last.isIneligible, least > last.count { continue }
            let difference = (lane.fp32Tflops?.thousandths ?? 0).subtractingReportingOverflow(wishedThroughput ?? 0)
            let distance = difference.overflow ? .max : Int64(clamping: difference.partialValue.magnitude)
            for index in lane.byCost where sellers[Int(market.index.rows[Int(index)].seller)] {
                let mask = masks.mask(Int(index))
                fitting += mask == 0 ? 1 : 0
                // Most offers are far off, and this much tells it.
                if let last = nearest.last, nearest.count > Self.shown, !last.isIneligible,
                    mask.nonzeroBitCount > last.count
                {
                    continue
                }
                keep(miss(Int(index), mask, lane, distance), among: &nearest)
            }
        }
        return (nearest, fitting)
    }

    private func miss(_ index: Int, _ mask: UInt64, _ lane: Lane, _ distance: Int64) -> Miss {
        var (rest, rank) = (mask, 0)
        while rest != 0 {
            rank += weights[rest.trailingZeroBitCount]
            rest &= rest - 1
        }
        let price = market.index.rows[index].price
        let isWhole = lane.gpus != 0 || price == MarketIndex.unpriced
        return Miss(
            index: index,
            mask: mask,
            isIneligible: mask & eligibility != 0,
            count: mask.nonzeroBitCount,
            rank: rank,
            distance: distance,
            cost: isWhole ? price : (Money(micros: price) * question.terms.count).micros
        )
    }

    /// Where in `rules` the wishes of a mask stand.
    private func failed(_ mask: UInt64) -> [Int] { rules.indices.filter { mask >> UInt64($0) & 1 == 1 } }

    /// Keeps the nearest offers, sorted, of those that read alike only the nearest.
    private func keep(_ miss: Miss, among nearest: inout [Miss]) {
        if nearest.count > Self.shown, let last = nearest.last, !isNearer(miss, than: last) { return }
        if let twin = nearest.firstIndex(where: { readAlike($0.index, miss.index) }) {
            guard isNearer(miss, than: nearest[twin]) else { return }
            nearest.remove(at: twin)
        }
        var place = nearest.count
        while place > 0, isNearer(miss, than: nearest[place - 1]) { place -= 1 }
        nearest.insert(miss, at: place)
        if nearest.count > Self.shown + 1 { nearest.removeLast() }
    }

    /// Whether a person would read the same of two offers.
    private func readAlike(_ left: Int, _ right: Int) -> Bool {
        let (one, other) = (market.index.rows[left], market.index.rows[right])
        guard one.seller == other.seller else { return false }
        if one.lane == other.lane, one.site == other.site { return true }
        let (first, second) = (market.listings[left].offer, market.listings[right].offer)
        return first.location == second.location && first.model == second.model && first.gpuMemory == second.gpuMemory
            && first.machine?.gpus == second.machine?.gpus
    }

    private func isNearer(_ left: Miss, than right: Miss) -> Bool {
        if left.isIneligible != right.isIneligible { return right.isIneligible }
        if left.count != right.count { return left.count < right.count }
        if left.rank != right.rank { return left.rank < right.rank }
        if left.distance != right.distance { return left.distance < right.distance }
        if left.cost != right.cost { return left.cost < right.cost }
        return left.index < right.index
    }

    /// How much is lost by giving up a wish with this code.
    static func weight(_ code: RefusalCode) -> Int {
        switch code {
        case .costLimitExceeded: 1
        case .gpuCountInsufficient: 2
        case .gpuMemoryInsufficient: 3
        case .gpuModelUnavailable: 4
        case .regionUnavailable: 5
        case .insufficientResources, .deadlinePassed, .deadlineTooClose, .quotaExceeded: 6
        }
    }

    /// The code of several wishes: the model's, else the place's, else that of the first that has one of its own.
    private func code(_ miss: Miss) -> RefusalCode {
        let codes = failed(miss.mask).map { rules[$0].code }
        if miss.isIneligible { return .insufficientResources }
        for code in [RefusalCode.gpuModelUnavailable, .regionUnavailable] where codes.contains(code) { return code }
        return codes.first { $0 != .insufficientResources } ?? .insufficientResources
    }

    private func message(_ miss: Miss, among count: Int) -> String {
        let listing = market.listings[miss.index]
        let failed = failed(miss.mask)
        let wishes = failed.map { "\(rules[$0].name): \(rules[$0].wish)" }.joined(separator: " and ")
        let reasons = failed.map { rules[$0].reason(listing) }.joined(separator: ", ")
        return "none of \(count) offers grants \(wishes); the nearest, \(listing.inWords): \(reasons)"
    }
}

extension Refusal {
    /// How many alternatives are shown.
    private static let shown = 3

    /// The nearest alternatives, each a different model, place or price.
    private func suggestions(_ misses: [Miss]) -> [NoOffer.Suggestion] {
        let wishedCost = wishedCost
        return misses.lazy.filter { !$0.isIneligible }.prefix(Self.shown).map { miss in
            let listing = market.listings[miss.index]
            let given = failed(miss.mask).map { rules[$0].name }.joined(separator: " and ")
            let cost = listing.offer.hourly(slotOf: question.terms.count)
            return NoOffer.Suggestion(
                alternative: "\(listing.inWords)\(Self.price(listing.offer)), without \(given)",
                costDifference: Self.difference(cost?.micros, wishedCost?.micros),
                performanceImpact: Self.difference(listing.offer.fp32Tflops?.thousandths, wishedThroughput)
            )
        }
    }

    /// The price of the unit that is sold, in words.
    private static func price(_ offer: Offer) -> String {
        if let machine = offer.machine { return machine.hourly.map { " at \($0.inWords)/hour" } ?? "" }
        return offer.hourlyPerGPU.map { " at \($0.inWords)/hour a GPU" } ?? ""
    }

    /// What one slot of the wished model costs at the least, wherever it is; else what the hourly cap pays for one.
    private var wishedCost: Money? {
        if let model = rules.firstIndex(where: { $0 is ModelRule }) {
            let lanes = market.index.lanes.indices.filter { masks.mask(ofLane: $0) >> UInt64(model) & 1 == 0 }
            let cheapest = lanes.compactMap { lane -> Money? in
                let lane = market.index.lanes[lane]
                guard lane.gpus == 0 || lane.gpus >= question.terms.count, let first = lane.byCost.first else {
                    return nil
                }
                return market.listings[Int(first)].offer.hourly(slotOf: question.terms.count)
            }
            if let cost = cheapest.min() { return cost }
        }
        return question.terms.hourlyCap.map { Money(micros: $0.micros / Int64(question.terms.slots)) }
    }

    /// How one amount differs from another: "+15%"; empty where either is unknown.
    private static func difference(_ amount: Int64?, _ wished: Int64?) -> String {
        guard let amount, let wished, wished > 0 else { return "" }
        let percent = Int64(((Double(amount) / Double(wished) - 1) * 100).rounded())
        return percent < 0 ? "\(percent)%" : "+\(percent)%"
    }
}

extension NoOffer {
    /// The answer to an intent whose deadline lies behind.
    static let deadlinePassed = NoOffer(
        code: RefusalCode.deadlinePassed.rawValue,
        message: "constraints.deadline has passed; nothing bought now could be done in time"
    )

    /// Nothing to be had, without a wish that is to blame.
    static func insufficient(_ message: String) -> NoOffer {
        NoOffer(code: RefusalCode.insufficientResources.rawValue, message: message)
    }
}
