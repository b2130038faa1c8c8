import Intents

/// `sla.availability`: uptime that the seller promises, at least.
struct ServiceUptimeRule: StatedRule {
    /// The least that will do.
    let least: Quantity
    let unstated: Unstated

    static func asked(by question: Question) -> Self? {
        question.spec.sla.availability.map { Self(least: $0, unstated: question.policy.unstated(.sla)) }
    }

    var name: String { "sla.availability" }
    var wish: String { least.inWords + "%" }
    var scope: RuleScope { .facts }
    var silence: String { "state its uptime" }

    func stated(by offer: Offer) -> Quantity? { offer.facts.uptimePercent }
    func grants(_ stated: Quantity) -> Bool { stated >= least }
    func objection(_ stated: Quantity) -> String { "its uptime is \(stated.inWords)%" }
}
