import Intents

/// `sla.backup_strategy`: a way of keeping data safe that the seller has.
struct BackupRule: StatedRule {
    /// What is wanted, in lower case.
    let strategy: String
    let unstated: Unstated

    static func asked(by question: Question) -> Self? {
        question.spec.sla.backupStrategy.map {
            Self(strategy: $0.lowercased(), unstated: question.policy.unstated(.sla))
        }
    }

    var name: String { "sla.backup_strategy" }
    var wish: String { strategy }
    var scope: RuleScope { .facts }
    var silence: String { "say how it backs data up" }

    func stated(by offer: Offer) -> [String]? { offer.facts.backups }
    func grants(_ stated: [String]) -> Bool { stated.contains { $0.lowercased() == strategy } }
    func objection(_ stated: [String]) -> String {
        stated.isEmpty ? "it backs nothing up" : "it backs up by " + stated.joined(separator: ", ")
    }
}
