import Intents

/// `workload.resources.gpu.fp32_tflops`: throughput of each GPU in TFLOPS of 32-bit floats, at least.
///
/// Data sheets are rounded (the reference writes 83.0 for a GPU of 82.6), so one hundredth below will do.
struct ThroughputRule: Rule {
    /// The least that will do.
    let least: Quantity

    static func asked(by question: Question) -> Self? {
        question.gpu.fp32Tflops.map(Self.init(least:))
    }

    var name: String { "workload.resources.gpu.fp32_tflops" }
    var wish: String { least.inWords }

    func fits(_ listing: Listing) -> Bool {
        listing.offer.fp32Tflops.map { $0.thousandths >= least.thousandths - least.thousandths / 100 } ?? false
    }

    func reason(_ listing: Listing) -> String {
        listing.offer.fp32Tflops.map { "it has \($0.inWords) TFLOPS" } ?? "it does not state its throughput"
    }
}
