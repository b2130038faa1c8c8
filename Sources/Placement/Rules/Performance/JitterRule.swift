import Intents

/// `constraints.performance.max_jitter_ms`: network jitter, at most.
struct JitterRule: StatedRule {
    /// Milliseconds, at most.
    let most: Int
    let unstated: Unstated

    static func asked(by question: Question) -> Self? {
        question.spec.constraints.performance.maxJitterMs.map {
            Self(most: $0, unstated: question.policy.unstated(.performance))
        }
    }

    var name: String { "constraints.performance.max_jitter_ms" }
    var wish: String { "\(most) ms" }
    var scope: RuleScope { .facts }
    var silence: String { "state its jitter" }

    func stated(by offer: Offer) -> Int? { offer.facts.jitterMs }
    func grants(_ stated: Int) -> Bool { stated <= most }
    func objection(_ stated: Int) -> String { "its jitter is \(stated) ms" }
}
