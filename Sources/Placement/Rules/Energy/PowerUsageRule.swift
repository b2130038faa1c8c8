import Intents

/// `constraints.energy.power_usage_effectiveness`: power usage effectiveness of the data centre, at most.
struct PowerUsageRule: StatedRule {
    /// The most that will do; 1 is the best there is.
    let most: Quantity
    let unstated: Unstated

    static func asked(by question: Question) -> Self? {
        question.spec.constraints.energy.powerUsageEffectiveness.map {
            Self(most: $0, unstated: question.policy.unstated(.energy))
        }
    }

    var name: String { "constraints.energy.power_usage_effectiveness" }
    var wish: String { most.inWords }
    var scope: RuleScope { .facts }
    var silence: String { "state its power usage effectiveness" }

    func stated(by offer: Offer) -> Quantity? { offer.facts.powerUsageEffectiveness }
    func grants(_ stated: Quantity) -> Bool { stated <= most }
    func objection(_ stated: Quantity) -> String { "its power usage effectiveness is \(stated.inWords)" }
}
