import Intents

/// `workload.resources.gpu.tier`: exactly this tier.
struct TierRule: StatedRule {
    /// The tier wished for.
    let tier: GPUWish.Tier
    let unstated: Unstated

    static func asked(by question: Question) -> Self? {
        question.gpu.tier.map { Self(tier: $0, unstated: question.policy.unstated(.gpu)) }
    }

    var name: String { "workload.resources.gpu.tier" }
    var wish: String { tier.rawValue }
    var scope: RuleScope { .gpu }
    var silence: String { "state its tier" }

    func stated(by offer: Offer) -> GPUWish.Tier? { offer.tier }
    func grants(_ stated: GPUWish.Tier) -> Bool { stated == tier }
    func objection(_ stated: GPUWish.Tier) -> String { "its tier is \(stated.rawValue)" }
}
