import Intents

/// `constraints.security.vulnerability_scanning`: vulnerabilities must be scanned for.
struct ScanRule: StatedRule {
    let unstated: Unstated

    static func asked(by question: Question) -> Self? {
        question.spec.constraints.security.vulnerabilityScanning
            ? Self(unstated: question.policy.unstated(.security)) : nil
    }

    var name: String { "constraints.security.vulnerability_scanning" }
    var wish: String { "true" }
    var scope: RuleScope { .facts }
    var silence: String { "say whether vulnerabilities are scanned for" }

    func stated(by offer: Offer) -> Bool? { offer.facts.vulnerabilityScanning }
    func grants(_ stated: Bool) -> Bool { stated }
    func objection(_ stated: Bool) -> String { "vulnerabilities are not scanned for" }
}
