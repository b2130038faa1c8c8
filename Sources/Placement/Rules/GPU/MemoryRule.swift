import Intents

/// `workload.resources.gpu.memory`: memory of each GPU, at least.
struct MemoryRule: StatedRule {
    /// The least that will do.
    let least: Quantity
    let unstated: Unstated

    static func asked(by question: Question) -> Self? {
        question.gpu.memory.map { Self(least: $0, unstated: question.policy.unstated(.gpu)) }
    }

    var name: String { "workload.resources.gpu.memory" }
    var wish: String { least.inGibibytes }
    var code: RefusalCode { .gpuMemoryInsufficient }
    var scope: RuleScope { .gpu }
    var silence: String { "state its memory" }

    func stated(by offer: Offer) -> Quantity? { offer.gpuMemory }
    func grants(_ stated: Quantity) -> Bool { stated >= least }
    func objection(_ stated: Quantity) -> String { "it has memory \(stated.inGibibytes)" }
}
