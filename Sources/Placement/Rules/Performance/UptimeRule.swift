import Intents

/// `constraints.performance.min_uptime_percent`: uptime, at least.
struct UptimeRule: StatedRule {
    /// The least that will do.
    let least: Quantity
    let unstated: Unstated

    static func asked(by question: Question) -> Self? {
        question.spec.constraints.performance.minUptimePercent.map {
            Self(least: $0, unstated: question.policy.unstated(.performance))
        }
    }

    var name: String { "constraints.performance.min_uptime_percent" }
    var wish: String { least.inWords + "%" }
    var scope: RuleScope { .facts }
    var silence: String { "state its uptime" }

    func stated(by offer: Offer) -> Quantity? { offer.facts.uptimePercent }
    func grants(_ stated: Quantity) -> Bool { stated >= least }
    func objection(_ stated: Quantity) -> String { "its uptime is \(stated.inWords)%" }
}
