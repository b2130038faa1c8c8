import Intents

/// `constraints.energy.renewable_energy_only`: nothing but renewable energy.
struct RenewableRule: StatedRule {
    let unstated: Unstated

    static func asked(by question: Question) -> Self? {
        question.spec.constraints.energy.renewableEnergyOnly ? Self(unstated: question.policy.unstated(.energy)) : nil
    }

    var name: String { "constraints.energy.renewable_energy_only" }
    var wish: String { "true" }
    var scope: RuleScope { .facts }
    var silence: String { "state where its energy comes from" }

    func stated(by offer: Offer) -> Bool? { offer.facts.renewable }
    func grants(_ stated: Bool) -> Bool { stated }
    func objection(_ stated: Bool) -> String { "not all of its energy is renewable" }
}
