import Intents

/// Whether the platform can run the workload at all.
///
/// A bare FlexAI instance runs nothing by itself, so FlexAI is taken only where `constraints.providers` names it, where
/// the image is an environment that it brings (Jupyter), or where the configuration allows bare instances.
struct PlatformRule: Rule {
    /// The image that a bare instance would not run.
    let image: String

    static func asked(by question: Question) -> Self? {
        let image = question.spec.workload.image
        let named = question.spec.constraints.providers.contains { $0.lowercased() == PlatformName.flexai.rawValue }
        guard !named, !question.policy.bareInstancesAllowed, !ImageName(image).isJupyter else { return nil }
        return Self(image: image)
    }

    var name: String { "workload.image" }
    var wish: String { image }
    var scope: RuleScope { .seller }

    func fits(_ listing: Listing) -> Bool { listing.offer.platform != .flexai }

    func reason(_ listing: Listing) -> String {
        "a bare FlexAI instance does not run \(image); name flexai in constraints.providers, or allow bare instances "
            + "with platforms.flexai.bareInstances"
    }

    func verdict(on platform: PlatformName, offer: Offer?) -> ConstraintVerdict? { nil }
}
