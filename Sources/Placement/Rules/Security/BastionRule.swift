import Intents

/// `constraints.security.bastion_host`: a bastion host is needed.
struct BastionRule: StatedRule {
    let unstated: Unstated

    static func asked(by question: Question) -> Self? {
        question.spec.constraints.security.bastionHost ? Self(unstated: question.policy.unstated(.security)) : nil
    }

    var name: String { "constraints.security.bastion_host" }
    var wish: String { "true" }
    var scope: RuleScope { .facts }
    var silence: String { "say whether there is a bastion host" }

    func stated(by offer: Offer) -> Bool? { offer.facts.bastionHost }
    func grants(_ stated: Bool) -> Bool { stated }
    func objection(_ stated: Bool) -> String { "there is no bastion host" }
}
