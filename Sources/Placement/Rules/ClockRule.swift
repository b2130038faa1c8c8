import Intents

/// `workload.resources.gpu.clock_speed`: clock of each GPU, at least.
struct ClockRule: Rule {
    /// The least that will do.
    let least: Quantity

    static func asked(by question: Question) -> Self? {
        question.gpu.clockSpeed.map(Self.init(least:))
    }

    var name: String { "workload.resources.gpu.clock_speed" }
    var wish: String { least.inGigahertz }

    func fits(_ listing: Listing) -> Bool {
        listing.offer.clockSpeed.map { $0 >= least } ?? false
    }

    func reason(_ listing: Listing) -> String {
        listing.offer.clockSpeed.map { "it runs at \($0.inGigahertz)" } ?? "it does not state its clock"
    }
}
