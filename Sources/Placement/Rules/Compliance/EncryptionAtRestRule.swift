import Intents

/// `constraints.compliance.encryption_at_rest`: stored data must be encrypted.
struct EncryptionAtRestRule: StatedRule {
    let unstated: Unstated

    static func asked(by question: Question) -> Self? {
        question.spec.constraints.compliance.encryptionAtRest
            ? Self(unstated: question.policy.unstated(.compliance)) : nil
    }

    var name: String { "constraints.compliance.encryption_at_rest" }
    var wish: String { "true" }
    var scope: RuleScope { .facts }
    var silence: String { "say whether stored data is encrypted" }

    func stated(by offer: Offer) -> Bool? { offer.facts.encryptionAtRest }
    func grants(_ stated: Bool) -> Bool { stated }
    func objection(_ stated: Bool) -> String { "stored data is not encrypted" }
}
