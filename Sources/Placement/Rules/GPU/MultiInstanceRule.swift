import Intents

/// `workload.resources.gpu.multi_instance`: GPUs that can be split (MIG).
struct MultiInstanceRule: StatedRule {
    let unstated: Unstated

    static func asked(by question: Question) -> Self? {
        question.gpu.multiInstance ? Self(unstated: question.policy.unstated(.gpu)) : nil
    }

    var name: String { "workload.resources.gpu.multi_instance" }
    var wish: String { "true" }
    var scope: RuleScope { .gpu }
    var silence: String { "say whether its GPU can be split" }

    func stated(by offer: Offer) -> Bool? { offer.multiInstance }
    func grants(_ stated: Bool) -> Bool { stated }
    func objection(_ stated: Bool) -> String { "its GPU cannot be split" }
}
