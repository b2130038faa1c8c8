import Intents

/// `workload.resources.gpu.interconnect`: a link between the GPUs of one slot that is at least as good.
struct InterconnectRule: StatedRule {
    /// The least link that will do.
    let least: GPUWish.Interconnect
    let unstated: Unstated

    static func asked(by question: Question) -> Self? {
        question.gpu.interconnect.map { Self(least: $0, unstated: question.policy.unstated(.gpu)) }
    }

    var name: String { "workload.resources.gpu.interconnect" }
    var wish: String { least.rawValue }
    var scope: RuleScope { .gpu }
    var silence: String { "say how its GPUs are linked" }

    func stated(by offer: Offer) -> GPUWish.Interconnect? { offer.interconnect }
    func grants(_ stated: GPUWish.Interconnect) -> Bool { stated.grade >= least.grade }
    func objection(_ stated: GPUWish.Interconnect) -> String { "its GPUs are linked by \(stated.rawValue)" }
}

extension GPUWish.Interconnect {
    /// How good the link is; more is better.
    var grade: Int {
        switch self {
        case .pcie: 0
        case .infiniband: 1
        case .nvlink: 2
        case .nvswitch: 3
        }
    }
}
