/// Limits of money, place, time and law (`constraints`).
///
/// What the reference gives a default that would limit the choice (latency, jitter, uptime, PUE) is nil here unless the
/// file says it, so that a default never removes an offer.
package struct Constraints: Hashable, Sendable {
    /// The most that the whole intent may cost in an hour.
    package var maxHourlyCost: Money?
    /// The most that it may cost in all.
    package var maxTotalCost: Money?
    /// A region of the world or of a cloud; nil for `any`.
    package var location: String?
    /// A zone of a cloud.
    package var availabilityZone: String?
    /// Network latency in milliseconds, at most; `max_network_latency: "50ms"` means the same.
    package var maxLatencyMs: Int?
    /// When the work must be done.
    package var deadline: Timestamp?
    /// Whether spot allocations are allowed.
    package var preemptible = false
    /// Providers or platforms to choose among; empty means all.
    package var providers: [String] = []
    /// When the provider must be available.
    package var availability: AvailabilityWish?
    /// How far a choice may stray from the wish; nil where the block is missing.
    package var negotiation: Negotiation?
    /// Limits of energy.
    package var energy = EnergyWish()
    /// Limits of law.
    package var compliance = ComplianceWish()
    /// Limits of the network and of starting.
    package var performance = PerformanceWish()
    /// Limits of security.
    package var security = SecurityWish()

    /// No limits.
    package init() {}
}
