import Intents

/// `workload.resources.gpu.multi_gpu_efficiency`: what the GPUs of a slot keep of their throughput together, at least.
struct EfficiencyRule: StatedRule {
    /// The least share that will do, in thousandths.
    let least: Int64
    /// GPUs of each slot.
    let count: Int
    /// The wiring wished for.
    let topology: GPUWish.Topology?
    let unstated: Unstated

    static func asked(by question: Question) -> Self? {
        question.gpu.multiGPUEfficiency.map {
            Self(
                least: $0.thousandths,
                count: question.terms.count,
                topology: question.topology,
                unstated: question.policy.unstated(.gpu)
            )
        }
    }

    var name: String { "workload.resources.gpu.multi_gpu_efficiency" }
    var wish: String { Quantity(thousandths: least).inWords }
    var scope: RuleScope { .gpu }
    var silence: String { "say how its GPUs are linked" }

    func stated(by offer: Offer) -> GPUWish.Interconnect? { offer.interconnect }
    func grants(_ stated: GPUWish.Interconnect) -> Bool {
        Efficiency.thousandths(over: stated, topology: topology, count: count) >= least
    }
    func objection(_ stated: GPUWish.Interconnect) -> String {
        "its GPUs keep \(kept(stated)) of their throughput over \(stated.rawValue)"
    }

    private func kept(_ link: GPUWish.Interconnect) -> String {
        Quantity(thousandths: Efficiency.thousandths(over: link, topology: topology, count: count)).inWords
    }
}
