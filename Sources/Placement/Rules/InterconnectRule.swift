import Intents

/// `workload.resources.gpu.interconnect`: a link between the GPUs of one slot that is at least as good.
struct InterconnectRule: Rule {
    /// The least link that will do.
    let least: GPUWish.Interconnect

    static func asked(by question: Question) -> Self? {
        question.gpu.interconnect.map(Self.init(least:))
    }

    var name: String { "workload.resources.gpu.interconnect" }
    var wish: String { least.rawValue }

    func fits(_ listing: Listing) -> Bool {
        listing.offer.interconnect.map { $0.grade >= least.grade } ?? false
    }

    func reason(_ listing: Listing) -> String {
        listing.offer.interconnect.map { "its GPUs are linked by \($0.rawValue)" }
            ?? "it does not say how its GPUs are linked"
    }
}

extension GPUWish.Interconnect {
    /// How good the link is; more is better.
    var grade: Int {
        switch self {
        case .pcie: 0
        case .infiniband: 1
        case .nvlink: 2
        case .nvswitch: 3
        }
    }
}
