import Intents

/// `workload.resources.gpu.compute_capability`: compute capability of each GPU, at least.
///
/// GPUs of AMD have none, which is less than any.
struct CapabilityRule: StatedRule {
    /// The least that will do.
    let least: ComputeCapability
    let unstated: Unstated

    static func asked(by question: Question) -> Self? {
        question.gpu.computeCapability.map { Self(least: $0, unstated: question.policy.unstated(.gpu)) }
    }

    var name: String { "workload.resources.gpu.compute_capability" }
    var wish: String { least.inWords }
    var scope: RuleScope { .gpu }
    var silence: String { "state its compute capability" }

    func stated(by offer: Offer) -> ComputeCapability? { offer.computeCapability ?? Self.none(offer.architecture) }
    func grants(_ stated: ComputeCapability) -> Bool { stated >= least }
    func objection(_ stated: ComputeCapability) -> String {
        stated.major == 0 ? "it has no CUDA" : "it has compute capability \(stated.inWords)"
    }

    /// The capability of a GPU that is not NVIDIA's; nil where its architecture does not tell.
    private static func none(_ architecture: GPUWish.Architecture?) -> ComputeCapability? {
        switch architecture {
        case .cdna2, .cdna3, .rdna3: ComputeCapability(major: 0, minor: 0)
        default: nil
        }
    }
}
