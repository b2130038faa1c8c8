import Intents

/// `constraints.security.network_isolation`: a private network, where the intent wants one.
struct IsolationRule: StatedRule {
    let unstated: Unstated

    static func asked(by question: Question) -> Self? {
        question.spec.constraints.security.networkIsolation == .private
            ? Self(unstated: question.policy.unstated(.security)) : nil
    }

    var name: String { "constraints.security.network_isolation" }
    var wish: String { "private" }
    var scope: RuleScope { .facts }
    var silence: String { "say whether its network is closed off" }

    func stated(by offer: Offer) -> SecurityWish.NetworkIsolation? { offer.facts.networkIsolation }
    func grants(_ stated: SecurityWish.NetworkIsolation) -> Bool { stated == .private }
    func objection(_ stated: SecurityWish.NetworkIsolation) -> String { "its network is \(stated.rawValue)" }
}
