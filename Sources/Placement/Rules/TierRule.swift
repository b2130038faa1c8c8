import Intents

/// `workload.resources.gpu.tier`: exactly this tier.
struct TierRule: Rule {
    /// The tier wished for.
    let tier: GPUWish.Tier

    static func asked(by question: Question) -> Self? {
        question.gpu.tier.map(Self.init(tier:))
    }

    var name: String { "workload.resources.gpu.tier" }
    var wish: String { tier.rawValue }

    func fits(_ listing: Listing) -> Bool { listing.offer.tier == tier }

    func reason(_ listing: Listing) -> String {
        listing.offer.tier.map { "its tier is \($0.rawValue)" } ?? "it does not state its tier"
    }
}
