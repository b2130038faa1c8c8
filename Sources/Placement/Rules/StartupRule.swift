import Intents

/// `constraints.performance.max_cold_start_time`, where the offer states how long it takes to start.
struct StartupRule: Rule {
    /// The time to start, at most.
    let most: Duration

    static func asked(by question: Question) -> Self? {
        question.spec.constraints.performance.maxColdStartTime.map(Self.init(most:))
    }

    var name: String { "constraints.performance.max_cold_start_time" }
    var wish: String { "\(most.milliseconds) ms" }

    func fits(_ listing: Listing) -> Bool { listing.offer.startup.map { $0 <= most } ?? true }

    func reason(_ listing: Listing) -> String {
        "it takes \(listing.offer.startup?.milliseconds ?? 0) ms to start"
    }

    func verdict(on platform: PlatformName, offer: Offer?) -> ConstraintVerdict? {
        offer?.startup == nil ? unstated(on: platform) : enforced("offers that take longer to start are left alone")
    }
}
