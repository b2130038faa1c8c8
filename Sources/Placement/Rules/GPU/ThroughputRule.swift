import Intents

/// `workload.resources.gpu.fp32_tflops`: throughput of each GPU in TFLOPS of 32-bit floats, at least.
///
/// Data sheets are rounded (the reference writes 83.0 for a GPU of 82.6), so one hundredth below will do.
struct ThroughputRule: StatedRule {
    /// The least that will do.
    let least: Quantity
    let unstated: Unstated

    static func asked(by question: Question) -> Self? {
        question.gpu.fp32Tflops.map { Self(least: $0, unstated: question.policy.unstated(.gpu)) }
    }

    var name: String { "workload.resources.gpu.fp32_tflops" }
    var wish: String { least.inWords }
    var scope: RuleScope { .gpu }
    var silence: String { "state its throughput" }

    func stated(by offer: Offer) -> Quantity? { offer.fp32Tflops }
    func grants(_ stated: Quantity) -> Bool { stated.thousandths >= least.thousandths - least.thousandths / 100 }
    func objection(_ stated: Quantity) -> String { "it has \(stated.inWords) TFLOPS" }
}
