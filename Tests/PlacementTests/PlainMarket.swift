import Intents

@testable import Placement

/// The market's answers worked out without index, class, mask or rule: every offer against every wish, then a plain sort;
/// and where nothing fits, every set of wishes that could be given up, the smallest first.
struct PlainMarket {
    /// The offers, each completed by itself, sorted by name.
    let offers: [Offer]
    /// What the configuration says.
    let policy: PlacementPolicy

    /// A market of offers with different names.
    init(_ offers: [Offer], _ policy: PlacementPolicy) {
        self.policy = policy
        self.offers = offers.compactMap { $0.inEuros(policy.exchangeRates) }
            .map { offer in
                var completion = Completion(catalog: .standard, policy: policy)
                return completion.complete(offer)
            }
            .sorted { $0.id < $1.id }
    }

    /// The offers that fit, best first.
    func order(_ spec: IntentSpec) -> [Offer.ID] {
        let wirings: [GPUWish.Topology] = [.nvswitch, .allToAll, .mesh, .ring]
        var topologies = [spec.workload.resources.gpu?.topology]
        if spec.objective == .balanced, let gpu = spec.workload.resources.gpu, gpu.count > 1, let first = gpu.topology {
            topologies += wirings.drop { $0 != first }.dropFirst().map { $0 }
        }
        for topology in topologies {
            let wishes = PlainWish.all(spec, policy, topology: topology)
            let fitting = offers.filter { offer in wishes.allSatisfy { $0.isGranted(offer) } }
            guard fitting.isEmpty else { return fitting.sorted { isBetter($0, than: $1, spec, topology) }.map(\.id) }
        }
        return []
    }

    private func isBetter(_ left: Offer, than right: Offer, _ spec: IntentSpec, _ topology: GPUWish.Topology?) -> Bool {
        let (one, other) = (Self.keys(left, spec, topology), Self.keys(right, spec, topology))
        for (mine, yours) in zip(one, other) where mine != yours { return mine < yours }
        return left.id < right.id
    }

    /// What an objective looks at, in its order; the lesser is the better.
    static func keys(_ offer: Offer, _ spec: IntentSpec, _ topology: GPUWish.Topology?) -> [Double] {
        let count = spec.workload.resources.gpu?.count ?? 1
        let hourly = hourly(spec, offer)
        let alone = (offer.fp32Tflops?.thousandths ?? 0) * Int64(count)
        let kept = kept(offer.interconnect, topology, count)
        let speed = Double(kept == 1000 ? alone : alone / 1000 * kept)
        let latency = offer.latencyMs.map(Double.init) ?? .infinity
        let start = offer.startup.map { Double($0.components.seconds) } ?? .infinity
        let (unknown, price) = (hourly == nil ? 1.0 : 0, Double(hourly ?? 0))
        switch spec.objective {
        case .cost: return [unknown, price, -speed, latency, start]
        case .performance: return [unknown, -speed, price, latency, start]
        case .latency: return [unknown, latency, start, price, -speed]
        case .balanced:
            let felt = price * (100 + Double(offer.latencyMs ?? 100))
            return [unknown, speed > 0 ? felt / speed : .infinity, price, -speed, latency, start]
        }
    }

    /// Slots that are wanted at once.
    static func slots(_ spec: IntentSpec) -> Int {
        let stated =
            spec.workload.kind == .service
            ? spec.workload.scaling?.minReplicas ?? 1 : spec.workload.job?.parallelTasks ?? 1
        return max(1, stated)
    }

    /// What all wanted slots cost in an hour, in millionths of a euro.
    static func hourly(_ spec: IntentSpec, _ offer: Offer) -> Int64? {
        let count = spec.workload.resources.gpu?.count ?? 1
        let slot = offer.machine.map { $0.hourly?.micros } ?? offer.hourlyPerGPU.map { $0.micros * Int64(count) }
        return slot.map { $0 * Int64(slots(spec)) }
    }

    /// The seconds that the total cap must pay for.
    static func chargedSeconds(_ spec: IntentSpec) -> Int64 {
        let isService = spec.workload.kind == .service
        let timeout = isService ? nil : spec.workload.job?.timeout?.components.seconds
        let left = spec.constraints.deadline.map { ($0 - Stall.now).components.seconds }
        return [timeout, left].compactMap(\.self).min() ?? (isService ? 3600 : 0)
    }

    /// What several GPUs keep of their throughput, in thousandths.
    static func kept(_ link: GPUWish.Interconnect?, _ topology: GPUWish.Topology?, _ count: Int) -> Int64 {
        guard count > 1 else { return 1000 }
        let bandwidths: [GPUWish.Interconnect: Int64] = [.nvswitch: 2400, .nvlink: 600, .infiniband: 50, .pcie: 32]
        let wirings: [GPUWish.Topology: Int64] = [.mesh: 970, .ring: 940]
        let bandwidth = link.flatMap { bandwidths[$0] } ?? 32
        let wiring = topology.flatMap { wirings[$0] } ?? 1000
        return wiring * bandwidth * Int64(count) / (bandwidth * Int64(count) + 16 * Int64(count - 1))
    }
}
