import Intents

/// `constraints.performance.min_network_bandwidth`: network bandwidth, at least.
struct BandwidthRule: StatedRule {
    /// The least that will do.
    let least: Quantity
    let unstated: Unstated

    static func asked(by question: Question) -> Self? {
        question.spec.constraints.performance.minNetworkBandwidth.map {
            Self(least: $0, unstated: question.policy.unstated(.performance))
        }
    }

    var name: String { "constraints.performance.min_network_bandwidth" }
    var wish: String { least.bandwidthText }
    var scope: RuleScope { .facts }
    var silence: String { "state its network bandwidth" }

    func stated(by offer: Offer) -> Quantity? { offer.facts.bandwidth }
    func grants(_ stated: Quantity) -> Bool { stated >= least }
    func objection(_ stated: Quantity) -> String { "its network has \(stated.bandwidthText)" }
}
