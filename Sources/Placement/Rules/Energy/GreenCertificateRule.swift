import Intents

/// `constraints.energy.green_certified_only`: a data centre that is certified as green.
struct GreenCertificateRule: StatedRule {
    let unstated: Unstated

    static func asked(by question: Question) -> Self? {
        question.spec.constraints.energy.greenCertifiedOnly ? Self(unstated: question.policy.unstated(.energy)) : nil
    }

    var name: String { "constraints.energy.green_certified_only" }
    var wish: String { "true" }
    var scope: RuleScope { .facts }
    var silence: String { "say whether its data centre is certified" }

    func stated(by offer: Offer) -> Bool? { offer.facts.greenCertified }
    func grants(_ stated: Bool) -> Bool { stated }
    func objection(_ stated: Bool) -> String { "its data centre is not certified" }
}
