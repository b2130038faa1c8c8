package import Intents

/// An offer that fits an intent, with what the intent would cost on it.
package struct Candidate: Hashable, Sendable {
    /// The offer.
    package var offer: Offer
    /// What one allocation costs in an hour: one slot on FlexAI, the whole intent at its largest on FLARE.
    ///
    /// Zero where the offer states no price; ask `isPriced` before believing it.
    package var hourlyPerAllocation: Money
    /// What the whole intent costs in an hour; zero where the offer states no price.
    package var hourly: Money
    /// How many allocations the whole intent needs: its wanted slots on FlexAI, 1 on FLARE.
    package var allocations: Int
    /// The most replicas that FLARE is told, cut to what the cap pays; nil on FlexAI and for jobs.
    package var maxReplicas: Int?
    /// Why it ranks where it does, for a person: "lowest cost of 12 offers".
    package var because: String {
        get { reason.words }
        set { reason = .said(newValue) }
    }

    /// Where the words come from: most candidates are never shown, so theirs are made only when asked for.
    private var reason: Reason

    /// Whether the offer states what it costs; no cap is ever kept by one that does not.
    package var isPriced: Bool { offer.isPriced }

    /// A candidate from its parts.
    package init(
        offer: Offer,
        hourlyPerAllocation: Money,
        hourly: Money,
        allocations: Int,
        maxReplicas: Int?,
        because: String
    ) {
        self.offer = offer
        self.hourlyPerAllocation = hourlyPerAllocation
        self.hourly = hourly
        self.allocations = allocations
        self.maxReplicas = maxReplicas
        reason = .said(because)
    }

    /// A candidate from its bill and the numbers of its place in the ranking.
    init(offer: Offer, bill: Bill, because: Because) {
        self.offer = offer
        hourlyPerAllocation = bill.hourlyPerAllocation
        hourly = bill.hourly
        allocations = bill.allocations
        maxReplicas = bill.maxReplicas
        reason = .counted(because)
    }

    /// Puts to the words how many offers fit.
    mutating func count(_ total: Int) {
        guard case .counted(var because) = reason else { return }
        because.total = total
        reason = .counted(because)
    }

    /// A sentence, or what it can be made from; equal where the words are.
    private enum Reason: Hashable, Sendable {
        /// The sentence.
        case said(String)
        /// The numbers for it.
        case counted(Because)

        var words: String {
            switch self {
            case .said(let words): words
            case .counted(let because): because.words
            }
        }

        static func == (left: Self, right: Self) -> Bool { left.words == right.words }

        func hash(into hasher: inout Hasher) { hasher.combine(words) }
    }
}
