import Intents

/// `constraints.energy.energy_efficiency_rating`: a rating that is at least as good; A is the best.
struct EnergyRatingRule: StatedRule {
    /// The worst that will do.
    let worst: EnergyWish.Rating
    let unstated: Unstated

    static func asked(by question: Question) -> Self? {
        question.spec.constraints.energy.energyEfficiencyRating.map {
            Self(worst: $0, unstated: question.policy.unstated(.energy))
        }
    }

    var name: String { "constraints.energy.energy_efficiency_rating" }
    var wish: String { worst.rawValue }
    var scope: RuleScope { .facts }
    var silence: String { "state its energy rating" }

    func stated(by offer: Offer) -> EnergyWish.Rating? { offer.facts.energyRating }
    func grants(_ stated: EnergyWish.Rating) -> Bool { stated.rawValue <= worst.rawValue }
    func objection(_ stated: EnergyWish.Rating) -> String { "its energy rating is \(stated.rawValue)" }
}
