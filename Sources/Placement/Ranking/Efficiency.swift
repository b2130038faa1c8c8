import Intents

/// What several GPUs keep of their throughput when they work as one.
///
/// In each second of computing every GPU exchanges `exchanged` gigabytes with the others by a ring all-reduce, which
/// moves 2(n - 1)/n of the data over each link (nccl-tests, PERFORMANCE.md). Of the time, computing keeps
/// 1 / (1 + exchanged * 2(n - 1)/n / bandwidth). Bandwidths are those that FLARE's reference gives the links; a wiring
/// that takes more hops keeps a little less.
enum Efficiency {
    /// Gigabytes that a GPU exchanges for each second of computing; a choice of ours, between training a large model and a
    /// small one.
    static let exchanged: Int64 = 8

    /// Gigabytes a second of a link.
    static func bandwidth(_ link: GPUWish.Interconnect?) -> Int64 {
        switch link {
        case .nvswitch: 2400
        case .nvlink: 600
        case .infiniband: 50
        case .pcie, nil: 32
        }
    }

    /// What a wiring keeps, in thousandths: a mesh takes a hop more than all-to-all, a ring one for each GPU.
    static func thousandths(of topology: GPUWish.Topology?) -> Int64 {
        switch topology {
        case nil, .allToAll, .nvswitch: 1000
        case .mesh: 970
        case .ring: 940
        }
    }

    /// What `count` GPUs keep over a link in a wiring, in thousandths; one GPU alone keeps all.
    static func thousandths(over link: GPUWish.Interconnect?, topology: GPUWish.Topology?, count: Int) -> Int64 {
        guard count > 1 else { return 1000 }
        let count = Int64(min(count, 1_000_000))
        let computing = bandwidth(link) * count
        return thousandths(of: topology) * computing / (computing + exchanged * 2 * (count - 1))
    }

    /// The wiring to fall back to where one cannot be had; nil after the last.
    static func fallback(from topology: GPUWish.Topology) -> GPUWish.Topology? {
        switch topology {
        case .nvswitch: .allToAll
        case .allToAll: .mesh
        case .mesh: .ring
        case .ring: nil
        }
    }
}
