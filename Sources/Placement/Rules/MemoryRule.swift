import Intents

/// `workload.resources.gpu.memory`: memory of each GPU, at least.
struct MemoryRule: Rule {
    /// The least that will do.
    let least: Quantity

    static func asked(by question: Question) -> Self? {
        question.gpu.memory.map(Self.init(least:))
    }

    var name: String { "workload.resources.gpu.memory" }
    var wish: String { least.inGibibytes }
    var code: RefusalCode { .gpuMemoryInsufficient }

    func fits(_ listing: Listing) -> Bool {
        listing.offer.gpuMemory.map { $0 >= least } ?? false
    }

    func reason(_ listing: Listing) -> String {
        listing.offer.gpuMemory.map { "it has memory \($0.inGibibytes)" } ?? "it does not state its memory"
    }
}
