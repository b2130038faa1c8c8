import Intents

/// `workload.resources.gpu.shared` and `.dedicated`: a shared GPU is taken only by those who allow it.
struct SharingRule: Rule {
    /// Whether shared GPUs are allowed.
    let shared: Bool
    /// Whether dedicated GPUs are demanded, which beats allowing shared ones.
    let dedicated: Bool

    static func asked(by question: Question) -> Self? {
        Self(shared: question.gpu.shared, dedicated: question.gpu.dedicated)
    }

    var name: String { dedicated ? "workload.resources.gpu.dedicated" : "workload.resources.gpu.shared" }
    var wish: String { dedicated || shared ? "true" : "false" }
    var scope: RuleScope { .machine }

    func fits(_ listing: Listing) -> Bool { !listing.offer.shared || (shared && !dedicated) }

    func reason(_ listing: Listing) -> String { "others compute on its GPUs" }

    func verdict(on platform: PlatformName, offer: Offer?) -> ConstraintVerdict? {
        if dedicated { return enforced("offers of shared GPUs are left alone") }
        return shared ? enforced("offers of shared GPUs may be taken") : nil
    }
}
