import Intents

/// `constraints.compliance.certifications`: every one of them must be held; `ISO 27001` and `iso27001` are one.
struct CertificationRule: StatedRule {
    /// What must be held, as the file writes it.
    let wanted: [String]
    let unstated: Unstated

    static func asked(by question: Question) -> Self? {
        let wanted = question.spec.constraints.compliance.certifications
        return wanted.isEmpty ? nil : Self(wanted: wanted, unstated: question.policy.unstated(.compliance))
    }

    var name: String { "constraints.compliance.certifications" }
    var wish: String { wanted.joined(separator: ", ") }
    var scope: RuleScope { .facts }
    var silence: String { "state its certifications" }

    func stated(by offer: Offer) -> [String]? { offer.facts.certifications }
    func grants(_ stated: [String]) -> Bool { missing(from: stated).isEmpty }
    func objection(_ stated: [String]) -> String { "it does not hold " + missing(from: stated).joined(separator: ", ") }

    /// Those wanted that are not among those held.
    private func missing(from held: [String]) -> [String] {
        let held = held.map(Self.name)
        return wanted.filter { !held.contains(Self.name($0)) }
    }

    /// A certification's letters and digits, in lower case.
    private static func name(_ text: String) -> String { text.lowercased().filter { $0.isLetter || $0.isNumber } }
}
