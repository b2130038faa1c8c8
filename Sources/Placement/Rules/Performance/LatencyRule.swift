import Intents

/// `constraints.max_latency_ms`: network latency, at most.
struct LatencyRule: StatedRule {
    /// Milliseconds, at most.
    let most: Int
    let unstated: Unstated

    static func asked(by question: Question) -> Self? {
        question.spec.constraints.maxLatencyMs.map { Self(most: $0, unstated: question.policy.unstated(.performance)) }
    }

    var name: String { "constraints.max_latency_ms" }
    var wish: String { "\(most) ms" }
    var scope: RuleScope { .facts }
    var silence: String { "state its latency" }

    func stated(by offer: Offer) -> Int? { offer.latencyMs }
    func grants(_ stated: Int) -> Bool { stated <= most }
    func objection(_ stated: Int) -> String { "its latency is \(stated) ms" }
}
