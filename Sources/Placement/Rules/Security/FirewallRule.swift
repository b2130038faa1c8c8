import Intents

/// `constraints.security.firewall_rules`: somebody must keep the rules.
struct FirewallRule: StatedRule {
    /// How many rules there are.
    let count: Int
    let unstated: Unstated

    static func asked(by question: Question) -> Self? {
        let count = question.spec.constraints.security.firewallRules.count
        return count > 0 ? Self(count: count, unstated: question.policy.unstated(.security)) : nil
    }

    var name: String { "constraints.security.firewall_rules" }
    var wish: String { count == 1 ? "1 rule" : "\(count) rules" }
    var scope: RuleScope { .facts }
    var silence: String { "say whether it keeps firewall rules" }

    func stated(by offer: Offer) -> Bool? { offer.facts.firewall }
    func grants(_ stated: Bool) -> Bool { stated }
    func objection(_ stated: Bool) -> String { "it keeps no firewall rules" }
}
