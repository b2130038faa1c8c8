import Intents

/// `workload.resources.gpu.topology`: how the GPUs of one slot are wired up.
///
/// A ring or a mesh can be laid over any link, so they reject nothing.
struct TopologyRule: StatedRule {
    /// The wiring wished for.
    let topology: GPUWish.Topology
    /// GPUs of each slot; one GPU alone is wired to all of itself.
    let count: Int
    let unstated: Unstated

    static func asked(by question: Question) -> Self? {
        question.topology.map {
            Self(topology: $0, count: question.terms.count, unstated: question.policy.unstated(.gpu))
        }
    }

    var name: String { "workload.resources.gpu.topology" }
    var wish: String { topology.rawValue }
    var scope: RuleScope { .gpu }
    var silence: String { "say how its GPUs are linked" }

    func stated(by offer: Offer) -> GPUWish.Interconnect? { offer.interconnect }
    func grants(_ stated: GPUWish.Interconnect) -> Bool { isLaid(over: stated) }
    func objection(_ stated: GPUWish.Interconnect) -> String { "its GPUs are linked by \(stated.rawValue)" }

    func fits(_ listing: Listing) -> Bool {
        isLaid(over: nil) || (listing.offer.interconnect.map(isLaid) ?? (unstated == .passes))
    }

    /// Whether the wiring can be had over a link; over none where it needs none in particular.
    private func isLaid(over link: GPUWish.Interconnect?) -> Bool {
        switch topology {
        case .nvswitch: link == .nvswitch
        case .allToAll: count == 1 || (link.map { $0.grade >= GPUWish.Interconnect.nvlink.grade } ?? false)
        case .ring, .mesh: true
        }
    }

    func verdict(on platform: PlatformName, offer: Offer?) -> ConstraintVerdict? {
        switch topology {
        case .nvswitch, .allToAll: enforced("only offers with a link that allows it are chosen")
        case .ring, .mesh: unstated(on: platform)
        }
    }
}
