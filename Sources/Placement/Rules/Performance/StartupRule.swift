import Intents

/// `constraints.performance.max_cold_start_time`: time to start, at most.
struct StartupRule: StatedRule {
    /// The time to start, at most.
    let most: Duration
    let unstated: Unstated

    static func asked(by question: Question) -> Self? {
        question.spec.constraints.performance.maxColdStartTime.map {
            Self(most: $0, unstated: question.policy.unstated(.performance))
        }
    }

    var name: String { "constraints.performance.max_cold_start_time" }
    var wish: String { "\(most.milliseconds) ms" }
    var scope: RuleScope { .facts }
    var silence: String { "say how long it takes to start" }

    func stated(by offer: Offer) -> Duration? { offer.startup }
    func grants(_ stated: Duration) -> Bool { stated <= most }
    func objection(_ stated: Duration) -> String { "it takes \(stated.milliseconds) ms to start" }
}
