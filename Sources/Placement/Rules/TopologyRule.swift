import Intents

/// `workload.resources.gpu.topology`: how the GPUs of one slot are wired up.
///
/// A ring or a mesh can be laid over any link, so they reject nothing.
struct TopologyRule: Rule {
    /// The wiring wished for.
    let topology: GPUWish.Topology
    /// GPUs of each slot; one GPU alone is wired to all of itself.
    let count: Int

    static func asked(by question: Question) -> Self? {
        question.gpu.topology.map { Self(topology: $0, count: question.terms.count) }
    }

    var name: String { "workload.resources.gpu.topology" }
    var wish: String { topology.rawValue }

    func fits(_ listing: Listing) -> Bool {
        switch topology {
        case .nvswitch: listing.offer.interconnect == .nvswitch
        case .allToAll:
            count == 1 || (listing.offer.interconnect.map { $0.grade >= GPUWish.Interconnect.nvlink.grade } ?? false)
        case .ring, .mesh: true
        }
    }

    func reason(_ listing: Listing) -> String {
        listing.offer.interconnect.map { "its GPUs are linked by \($0.rawValue)" }
            ?? "it does not say how its GPUs are linked"
    }

    func verdict(on platform: PlatformName, offer: Offer?) -> ConstraintVerdict? {
        switch topology {
        case .nvswitch, .allToAll: enforced("only offers with a link that allows it are chosen")
        case .ring, .mesh: unstated(on: platform)
        }
    }
}
