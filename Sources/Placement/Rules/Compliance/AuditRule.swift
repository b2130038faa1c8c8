import Intents

/// `constraints.compliance.audit_logging`: audit logs are needed.
struct AuditRule: StatedRule {
    let unstated: Unstated

    static func asked(by question: Question) -> Self? {
        question.spec.constraints.compliance.auditLogging ? Self(unstated: question.policy.unstated(.compliance)) : nil
    }

    var name: String { "constraints.compliance.audit_logging" }
    var wish: String { "true" }
    var scope: RuleScope { .facts }
    var silence: String { "say whether there are audit logs" }

    func stated(by offer: Offer) -> Bool? { offer.facts.auditLogging }
    func grants(_ stated: Bool) -> Bool { stated }
    func objection(_ stated: Bool) -> String { "there are no audit logs" }
}
