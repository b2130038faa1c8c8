import Intents

/// `constraints.max_latency_ms`, where the offer states its latency; others pass, and the verdict says so.
struct LatencyRule: Rule {
    /// Milliseconds, at most.
    let most: Int

    static func asked(by question: Question) -> Self? {
        question.spec.constraints.maxLatencyMs.map(Self.init(most:))
    }

    var name: String { "constraints.max_latency_ms" }
    var wish: String { "\(most) ms" }

    func fits(_ listing: Listing) -> Bool { listing.offer.latencyMs.map { $0 <= most } ?? true }

    func reason(_ listing: Listing) -> String { "its latency is \(listing.offer.latencyMs ?? 0) ms" }

    func verdict(on platform: PlatformName, offer: Offer?) -> ConstraintVerdict? {
        offer?.latencyMs == nil ? unstated(on: platform) : enforced("offers with a greater latency are left alone")
    }
}
