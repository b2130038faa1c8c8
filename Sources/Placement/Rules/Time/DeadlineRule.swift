import Intents

/// `constraints.deadline`: what takes until the deadline to start cannot be done in time.
struct DeadlineRule: StatedRule {
    /// The deadline.
    let deadline: Timestamp
    /// The time that is left.
    let left: Duration
    let unstated: Unstated

    static func asked(by question: Question) -> Self? {
        question.spec.constraints.deadline.map {
            Self(deadline: $0, left: $0 - question.now, unstated: question.policy.unstated(.time))
        }
    }

    var name: String { "constraints.deadline" }
    var wish: String { deadline.text }
    var code: RefusalCode { .deadlineTooClose }
    var scope: RuleScope { .facts }
    var silence: String { "say how long it takes to start" }

    func stated(by offer: Offer) -> Duration? { offer.startup }
    func grants(_ stated: Duration) -> Bool { stated < left }
    func objection(_ stated: Duration) -> String { "it takes \(stated.text) to start" }

    func verdict(on platform: PlatformName, offer: Offer?) -> ConstraintVerdict? {
        enforced("all is released when it is over")
    }
}
