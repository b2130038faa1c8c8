import Intents

/// `workload.resources.gpu.architecture`: exactly this architecture.
struct ArchitectureRule: Rule {
    /// The architecture wished for.
    let architecture: GPUWish.Architecture

    static func asked(by question: Question) -> Self? {
        question.gpu.architecture.map(Self.init(architecture:))
    }

    var name: String { "workload.resources.gpu.architecture" }
    var wish: String { architecture.rawValue }

    func fits(_ listing: Listing) -> Bool { listing.offer.architecture == architecture }

    func reason(_ listing: Listing) -> String {
        listing.offer.architecture.map { "its architecture is \($0.rawValue)" } ?? "it does not state its architecture"
    }
}
