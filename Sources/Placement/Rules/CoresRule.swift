import Intents

/// `workload.resources.gpu.cores`: cores of each GPU, at least.
struct CoresRule: Rule {
    /// The least that will do.
    let least: Int

    static func asked(by question: Question) -> Self? {
        question.gpu.cores.map(Self.init(least:))
    }

    var name: String { "workload.resources.gpu.cores" }
    var wish: String { "\(least)" }

    func fits(_ listing: Listing) -> Bool {
        listing.offer.cores.map { $0 >= least } ?? false
    }

    func reason(_ listing: Listing) -> String {
        listing.offer.cores.map { "it has \($0) cores" } ?? "it does not say how many cores it has"
    }
}
