import Intents

/// `sla.max_interruption_time`: the longest interruption that the seller promises, at most.
struct InterruptionRule: StatedRule {
    /// The longest that will do.
    let most: Duration
    let unstated: Unstated

    static func asked(by question: Question) -> Self? {
        question.spec.sla.maxInterruptionTime.map { Self(most: $0, unstated: question.policy.unstated(.sla)) }
    }

    var name: String { "sla.max_interruption_time" }
    var wish: String { most.text }
    var scope: RuleScope { .facts }
    var silence: String { "state its longest interruption" }

    func stated(by offer: Offer) -> Duration? { offer.facts.maxInterruption }
    func grants(_ stated: Duration) -> Bool { stated <= most }
    func objection(_ stated: Duration) -> String { "its interruptions last up to \(stated.text)" }
}
