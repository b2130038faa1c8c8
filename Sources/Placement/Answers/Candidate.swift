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
    package var because: String

    /// Whether the offer states what it costs; no cap is ever kept by one that does not.
    package var isPriced: Bool { offer.hourlyPerGPU != nil }

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
        self.because = because
    }
}
