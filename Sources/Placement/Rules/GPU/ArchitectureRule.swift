import Intents

/// `workload.resources.gpu.architecture`: exactly this architecture.
struct ArchitectureRule: StatedRule {
    /// The architecture wished for.
    let architecture: GPUWish.Architecture
    let unstated: Unstated

    static func asked(by question: Question) -> Self? {
        question.gpu.architecture.map { Self(architecture: $0, unstated: question.policy.unstated(.gpu)) }
    }

    var name: String { "workload.resources.gpu.architecture" }
    var wish: String { architecture.rawValue }
    var scope: RuleScope { .gpu }
    var silence: String { "state its architecture" }

    func stated(by offer: Offer) -> GPUWish.Architecture? { offer.architecture }
    func grants(_ stated: GPUWish.Architecture) -> Bool { stated == architecture }
    func objection(_ stated: GPUWish.Architecture) -> String { "its architecture is \(stated.rawValue)" }
}
