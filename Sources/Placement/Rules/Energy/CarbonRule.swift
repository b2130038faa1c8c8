import Intents

/// `constraints.energy.max_carbon_footprint`: CO2 that the whole intent causes in an hour, at most.
///
/// Worked out from what the GPUs of all wanted slots draw at most (a machine that is bought whole counts whole), the
/// power usage effectiveness of the data centre, and the carbon intensity of its energy. Where the effectiveness is not
/// stated it counts as `typicalEffectiveness`.
struct CarbonRule: StatedRule {
    /// Power usage effectiveness of the average data centre (Uptime Institute, Global Data Center Survey 2023), in
    /// thousandths.
    static let typicalEffectiveness: Int64 = 1580

    /// Grams an hour, at most.
    let most: Quantity
    /// GPUs of each slot.
    let count: Int
    /// Slots that run at once.
    let slots: Int
    let unstated: Unstated

    static func asked(by question: Question) -> Self? {
        question.spec.constraints.energy.maxCarbonFootprint.map {
            Self(
                most: $0,
                count: question.terms.count,
                slots: question.terms.slots,
                unstated: question.policy.unstated(.energy)
            )
        }
    }

    var name: String { "constraints.energy.max_carbon_footprint" }
    var wish: String { most.carbonText }
    var scope: RuleScope { .lane }
    var silence: String { "state its carbon intensity" }

    func stated(by offer: Offer) -> Quantity? {
        guard let watts = offer.watts, let intensity = offer.facts.carbonIntensity else { return nil }
        let gpus = Double(offer.machine?.gpus ?? count) * Double(slots)
        let effectiveness = offer.facts.powerUsageEffectiveness?.thousandths ?? Self.typicalEffectiveness
        let product = Double(watts.thousandths) * gpus * Double(effectiveness) * Double(intensity.thousandths)
        let grams = (product / 1_000_000_000).rounded(.up)
        return Quantity(thousandths: grams < 9e18 ? Int64(grams) : .max)
    }

    func grants(_ stated: Quantity) -> Bool { stated <= most }
    func objection(_ stated: Quantity) -> String { "it causes \(stated.carbonText)" }
}
