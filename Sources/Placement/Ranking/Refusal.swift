import Intents

/// Finds out which wishes stand in the way when no offer fits.
///
/// The fewest wishes that would have to be given up for an offer are to blame. Of equally few, those are that leave most
/// of what was wished for: first money, then count, memory, model, place, then the rest.
struct Refusal {
    /// What is on sale.
    let listings: [Listing]
    /// The wishes.
    let rules: [any Rule]
    /// What was asked.
    let question: Question
    /// The throughput of the wished model, else the one wished for.
    private let wishedThroughput: Int64?

    /// A search through what is on sale.
    init(listings: [Listing], rules: [any Rule], question: Question) {
        self.listings = listings
        self.rules = rules
        self.question = question
        let match = question.gpu.model.flatMap { question.catalog.find($0, memory: question.gpu.memory) }
        wishedThroughput = (match?.variant.fp32Tflops ?? question.gpu.fp32Tflops)?.thousandths
    }

    /// An offer with the wishes that it does not grant.
    private struct Miss {
        /// The offer.
        let listing: Listing
        /// Where in `rules` the wishes stand.
        let failed: [Int]
        /// Whether the platform could not run the workload, whatever is given up.
        let isIneligible: Bool
        /// How much giving up these wishes leaves; less is better.
        let rank: Int
        /// How far its throughput is from what was wished for.
        let distance: Double
    }

    /// The refusal.
    func noOffer(resting: Set<Offer.ID>, platforms: Set<PlatformName>?) -> NoOffer {
        guard !listings.isEmpty else { return .insufficient("nothing is on sale") }
        let here = listings.filter { platforms?.contains($0.offer.platform) ?? true }
        guard !here.isEmpty else {
            let names = (platforms ?? []).sorted().map(\.rawValue).joined(separator: ", ")
            return .insufficient("nothing is on sale on \(names), where this intent has to live")
        }
        let misses = here.map(miss).sorted(by: isNearer)
        let fitting = misses.prefix { $0.failed.isEmpty }.count
        if fitting > 0 {
            return .insufficient("every offer that fits (\(fitting)) rests for a while after it could not be had")
        }
        let nearest = misses[0]
        return NoOffer(
            code: code(nearest).rawValue,
            message: message(nearest, among: here.count),
            suggestions: suggestions(misses)
        )
    }

    private func miss(_ listing: Listing) -> Miss {
        let failed = rules.indices.filter { !rules[$0].fits(listing) }
        let wished = wishedThroughput ?? 0
        let throughput = listing.offer.fp32Tflops?.thousandths ?? 0
        return Miss(
            listing: listing,
            failed: failed,
            isIneligible: failed.contains { rules[$0] is PlatformRule },
            rank: failed.reduce(0) { $0 + Self.weight(rules[$1].code) },
            distance: abs(Double(throughput) - Double(wished))
        )
    }

    private func isNearer(_ left: Miss, than right: Miss) -> Bool {
        if left.isIneligible != right.isIneligible { return right.isIneligible }
        if left.failed.count != right.failed.count { return left.failed.count < right.failed.count }
        if left.rank != right.rank { return left.rank < right.rank }
        if left.distance != right.distance { return left.distance < right.distance }
        let (cost, other) = (left.listing.offer.hourlyPerGPU, right.listing.offer.hourlyPerGPU)
        if cost != other { return (cost?.micros ?? .max) < (other?.micros ?? .max) }
        return left.listing.offer.id < right.listing.offer.id
    }

    /// How much is lost by giving up a wish with this code.
    private static func weight(_ code: RefusalCode) -> Int {
        switch code {
        case .costLimitExceeded: 1
        case .gpuCountInsufficient: 2
        case .gpuMemoryInsufficient: 3
        case .gpuModelUnavailable: 4
        case .regionUnavailable: 5
        case .insufficientResources, .deadlinePassed: 6
        }
    }

    /// The code of several wishes: the model's, else the place's, else that of the first that has one of its own.
    private func code(_ miss: Miss) -> RefusalCode {
        let codes = miss.failed.map { rules[$0].code }
        if miss.isIneligible { return .insufficientResources }
        for code in [RefusalCode.gpuModelUnavailable, .regionUnavailable] where codes.contains(code) { return code }
        return codes.first { $0 != .insufficientResources } ?? .insufficientResources
    }

    private func message(_ miss: Miss, among count: Int) -> String {
        let wishes = miss.failed.map { "\(rules[$0].name): \(rules[$0].wish)" }.joined(separator: " and ")
        let reasons = miss.failed.map { rules[$0].reason(miss.listing) }.joined(separator: ", ")
        return "none of \(count) offers grants \(wishes); the nearest, \(miss.listing.inWords): \(reasons)"
    }
}

extension Refusal {
    /// How many alternatives are shown.
    private static let shown = 3

    /// The nearest alternatives, each a different model, place or price.
    private func suggestions(_ misses: [Miss]) -> [NoOffer.Suggestion] {
        var seen: Set<String> = []
        var suggestions: [NoOffer.Suggestion] = []
        let wishedPrice = wishedPrice
        for miss in misses where !miss.isIneligible && suggestions.count < Self.shown {
            guard seen.insert(miss.listing.inWords).inserted else { continue }
            let given = miss.failed.map { rules[$0].name }.joined(separator: " and ")
            let price = miss.listing.offer.hourlyPerGPU.map { " at \($0.inWords)/hour a GPU" } ?? ""
            suggestions.append(
                NoOffer.Suggestion(
                    alternative: "\(miss.listing.inWords)\(price), without \(given)",
                    costDifference: Self.difference(miss.listing.offer.hourlyPerGPU?.micros, wishedPrice?.micros),
                    performanceImpact: Self.difference(miss.listing.offer.fp32Tflops?.thousandths, wishedThroughput)
                )
            )
        }
        return suggestions
    }

    /// What a GPU of the wished model costs at the least, wherever it is; else what the hourly cap pays for one.
    private var wishedPrice: Money? {
        let model = rules.lazy.compactMap { $0 as? ModelRule }.first
        if let model, let price = listings.filter(model.fits).compactMap(\.offer.hourlyPerGPU).min() { return price }
        return question.spec.constraints.maxHourlyCost.map {
            Money(micros: $0.micros / Int64(question.terms.count) / Int64(question.terms.slots))
        }
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
