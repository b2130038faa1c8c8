import Intents

/// `constraints.compliance.hipaa_compliant`: HIPAA must be kept.
struct HIPAARule: StatedRule {
    let unstated: Unstated

    static func asked(by question: Question) -> Self? {
        question.spec.constraints.compliance.hipaaCompliant
            ? Self(unstated: question.policy.unstated(.compliance)) : nil
    }

    var name: String { "constraints.compliance.hipaa_compliant" }
    var wish: String { "true" }
    var scope: RuleScope { .facts }
    var silence: String { "say whether HIPAA is kept" }

    func stated(by offer: Offer) -> Bool? { offer.facts.hipaaCompliant }
    func grants(_ stated: Bool) -> Bool { stated }
    func objection(_ stated: Bool) -> String { "HIPAA is not kept" }
}
