import Intents

/// Finds out which wishes stand in the way when no offer fits.
///
/// The fewest wishes that would have to be given up for an offer are to blame. Of equally few, those are that leave most
/// of what was wished for: first money, then count, memory, model, place, then the rest.
struct Refusal {
    /// Which wishes each offer does not grant.
    private let masks: FailureMasks
    /// The throughput of the wished model, else the one wished for.
    private let wishedThroughput: Int64?

    /// What is on sale.
    private var market: Market { masks.market }
    /// The wishes.
    private var rules: [any Rule] { masks.rules }

    /// A search through what is on sale, once it is known which wishes each offer does not grant.
    init(_ masks: FailureMasks, question: Question) {
        self.masks = masks
        let match = question.gpu.model.flatMap { question.catalog.find($0, memory: question.gpu.memory) }
        wishedThroughput = (match?.variant.fp32Tflops ?? question.gpu.fp32Tflops)?.thousandths
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
        var misses = Misses(
            masks,
            weights: rules.map { Self.weight($0.code) },
            eligibility: rules.firstIndex { $0.scope == .seller && $0 is PlatformRule }.map { 1 << UInt64($0) } ?? 0,
            wishedThroughput: wishedThroughput
        )
        misses.look { isAllowed($0, on: platforms) }
        if misses.nearest[0].mask == 0 {
            let fitting = Search(masks: masks, resting: [], platforms: platforms).best(nil).count
            return .insufficient("every offer that fits (\(fitting)) rests for a while after it could not be had")
        }
        return NoOffer(
            code: code(misses.nearest[0]).rawValue,
            message: message(misses.nearest[0], among: here),
            suggestions: suggestions(misses.nearest)
        )
    }

    /// How many offers are on sale on the platforms.
    private func count(on platforms: Set<PlatformName>?) -> Int {
        guard platforms != nil else { return market.listings.count }
        return market.index.lanes.reduce(0) { isAllowed($1, on: platforms) ? $0 + $1.rows.count : $0 }
    }

    private func isAllowed(_ lane: Lane, on platforms: Set<PlatformName>?) -> Bool {
        platforms?.contains(market.listings[lane.first].offer.platform) ?? true
    }

    /// Where in `rules` the wishes of a mask stand.
    private func failed(_ mask: UInt64) -> [Int] { rules.indices.filter { mask >> UInt64($0) & 1 == 1 } }

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
    private func code(_ miss: Misses.Miss) -> RefusalCode {
        let codes = failed(miss.mask).map { rules[$0].code }
        if miss.distance.level >= Misses.ineligible { return .insufficientResources }
        for code in [RefusalCode.gpuModelUnavailable, .regionUnavailable] where codes.contains(code) { return code }
        return codes.first { $0 != .insufficientResources } ?? .insufficientResources
    }

    private func message(_ miss: Misses.Miss, among count: Int) -> String {
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
    private func suggestions(_ misses: [Misses.Miss]) -> [NoOffer.Suggestion] {
        let wishedCost = wishedCost
        return misses.lazy.filter { $0.distance.level < Misses.ineligible }.prefix(Self.shown).map { miss in
            let listing = market.listings[miss.index]
            let given = failed(miss.mask).map { rules[$0].name }.joined(separator: " and ")
            let cost = listing.offer.hourly(slotOf: masks.terms.count)
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
        if let model = rules.firstIndex(where: { $0.scope == .gpu && $0 is ModelRule }) {
            let cheapest = market.index.lanes.compactMap { lane -> Money? in
                guard masks.gpuMask(lane) >> UInt64(model) & 1 == 0 else { return nil }
                guard lane.gpus == 0 || lane.gpus >= masks.terms.count else { return nil }
                return lane.slotPrice(market.index.rows[lane.rows.lowerBound].price, masks.terms)
            }
            if let cost = cheapest.min() { return cost }
        }
        return masks.terms.hourlyCap.map { Money(micros: $0.micros / Int64(masks.terms.slots)) }
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
