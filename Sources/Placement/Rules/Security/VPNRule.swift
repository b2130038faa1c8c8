import Intents

/// `constraints.security.vpn_access`: a VPN is needed.
struct VPNRule: StatedRule {
    let unstated: Unstated

    static func asked(by question: Question) -> Self? {
        question.spec.constraints.security.vpnAccess ? Self(unstated: question.policy.unstated(.security)) : nil
    }

    var name: String { "constraints.security.vpn_access" }
    var wish: String { "true" }
    var scope: RuleScope { .facts }
    var silence: String { "say whether there is a VPN" }

    func stated(by offer: Offer) -> Bool? { offer.facts.vpn }
    func grants(_ stated: Bool) -> Bool { stated }
    func objection(_ stated: Bool) -> String { "there is no VPN" }
}
