import Intents

/// `constraints.compliance.gdpr_compliant`: GDPR must be kept.
struct GDPRRule: StatedRule {
    let unstated: Unstated

    static func asked(by question: Question) -> Self? {
        question.spec.constraints.compliance.gdprCompliant ? Self(unstated: question.policy.unstated(.compliance)) : nil
    }

    var name: String { "constraints.compliance.gdpr_compliant" }
    var wish: String { "true" }
    var scope: RuleScope { .facts }
    var silence: String { "say whether GDPR is kept" }

    func stated(by offer: Offer) -> Bool? { offer.facts.gdprCompliant }
    func grants(_ stated: Bool) -> Bool { stated }
    func objection(_ stated: Bool) -> String { "GDPR is not kept" }
}
