import Intents

/// `constraints.security.intrusion_detection`: intrusions must be detected.
struct IntrusionRule: StatedRule {
    let unstated: Unstated

    static func asked(by question: Question) -> Self? {
        question.spec.constraints.security.intrusionDetection
            ? Self(unstated: question.policy.unstated(.security)) : nil
    }

    var name: String { "constraints.security.intrusion_detection" }
    var wish: String { "true" }
    var scope: RuleScope { .facts }
    var silence: String { "say whether intrusions are detected" }

    func stated(by offer: Offer) -> Bool? { offer.facts.intrusionDetection }
    func grants(_ stated: Bool) -> Bool { stated }
    func objection(_ stated: Bool) -> String { "intrusions are not detected" }
}
