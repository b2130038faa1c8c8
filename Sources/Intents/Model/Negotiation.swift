/// How far a choice may stray from the wish (`constraints.negotiation`).
package struct Negotiation: Hashable, Sendable {
    /// What happens when nothing is found (`fallback_strategy`).
    package enum Fallback: String, Hashable, Sendable, CaseIterable {
        /// Wait.
        case queue
        /// Take a lower tier.
        case lowerTier = "lower_tier"
        /// Take shared GPUs.
        case shared
        /// Take spot allocations.
        case spot
        /// Give up.
        case fail
    }

    /// Rounds at most.
    package var maxNegotiationRounds = 3
    /// Price above the cap, as a fraction in thousandths.
    package var priceFlexibility = Quantity(thousandths: 150)
    /// Resources below the wish, as a fraction in thousandths.
    package var resourceFlexibility = Quantity(thousandths: 100)
    /// How long, in seconds.
    package var timeoutSeconds = 300
    /// What happens when nothing is found.
    package var fallback = Fallback.queue
    /// What is taken without asking, as a fraction in thousandths.
    package var autoAcceptThreshold = Quantity(thousandths: 50)

    /// The documented defaults.
    package init() {}
}
