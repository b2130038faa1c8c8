import Intents

/// `workload.resources.gpu.interruptible` and `constraints.preemptible`: either one lets spot offers in.
struct InterruptibleRule: Rule {
    /// Whether spot offers may be taken.
    let isAllowed: Bool
    /// Whether the intent says so of its GPUs; `constraints.preemptible` has a verdict of its own.
    let isStated: Bool

    static func asked(by question: Question) -> Self? {
        let stated = question.gpu.interruptible
        return Self(isAllowed: stated || question.spec.constraints.preemptible, isStated: stated)
    }

    var name: String { "workload.resources.gpu.interruptible" }
    var wish: String { isAllowed ? "true" : "false" }
    var scope: RuleScope { .machine }

    func fits(_ listing: Listing) -> Bool { isAllowed || !listing.offer.spot }

    func reason(_ listing: Listing) -> String { "it can be taken back at any time (spot)" }

    func verdict(on platform: PlatformName, offer: Offer?) -> ConstraintVerdict? {
        isStated ? enforced("spot offers may be taken") : nil
    }
}
