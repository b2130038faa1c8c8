import Intents

/// `constraints.compliance.encryption_in_transit`: data on the way must be encrypted.
struct EncryptionInTransitRule: StatedRule {
    let unstated: Unstated

    static func asked(by question: Question) -> Self? {
        question.spec.constraints.compliance.encryptionInTransit
            ? Self(unstated: question.policy.unstated(.compliance)) : nil
    }

    var name: String { "constraints.compliance.encryption_in_transit" }
    var wish: String { "true" }
    var scope: RuleScope { .facts }
    var silence: String { "say whether data on the way is encrypted" }

    func stated(by offer: Offer) -> Bool? { offer.facts.encryptionInTransit }
    func grants(_ stated: Bool) -> Bool { stated }
    func objection(_ stated: Bool) -> String { "data on the way is not encrypted" }
}
