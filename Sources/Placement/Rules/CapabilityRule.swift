import Intents

/// `workload.resources.gpu.compute_capability`: compute capability of each GPU, at least.
struct CapabilityRule: Rule {
    /// The least that will do.
    let least: ComputeCapability

    static func asked(by question: Question) -> Self? {
        question.gpu.computeCapability.map(Self.init(least:))
    }

    var name: String { "workload.resources.gpu.compute_capability" }
    var wish: String { least.inWords }

    func fits(_ listing: Listing) -> Bool {
        listing.offer.computeCapability.map { $0 >= least } ?? false
    }

    func reason(_ listing: Listing) -> String {
        listing.offer.computeCapability.map { "it has compute capability \($0.inWords)" }
            ?? "it does not state its compute capability"
    }
}
