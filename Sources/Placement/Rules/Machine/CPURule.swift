import Intents

/// `workload.resources.cpu`: processor cores of each slot, at least, where the machine is sold whole.
struct CPURule: StatedRule {
    /// The least that will do.
    let least: Quantity
    let unstated: Unstated

    static func asked(by question: Question) -> Self? {
        question.spec.workload.resources.cpu.map { Self(least: $0, unstated: question.policy.unstated(.machine)) }
    }

    var name: String { "workload.resources.cpu" }
    var wish: String { least.inWords }
    var scope: RuleScope { .machine }
    var silence: String { "state its processor cores" }

    func stated(by offer: Offer) -> Quantity? { offer.machine?.cpu }
    func grants(_ stated: Quantity) -> Bool { stated >= least }
    func objection(_ stated: Quantity) -> String { "it has \(stated.inWords) processor cores" }

    func verdict(on platform: PlatformName, offer: Offer?) -> ConstraintVerdict? {
        if unstated == .fails || offer.flatMap(stated) != nil { return onlyThoseThatGrantIt }
        switch platform {
        case .flare: return ConstraintVerdict(name: name, verdict: .forwarded, why: "FLARE is told")
        case .flexai:
            return ConstraintVerdict(name: name, verdict: .forwarded, why: "part of what the instance is created with")
        default: return unstated(on: platform)
        }
    }
}
