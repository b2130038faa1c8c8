import Intents

@testable import Placement

/// The market's answer worked out again in the plainest way, for the wishes that the property tests make.
enum Oracle {
    /// The offers of the open market that fit, best first.
    static func order(_ spec: IntentSpec) -> [Offer.ID] {
        Stall.offers.map(GPUCatalog.standard.complete).filter { fits(spec, $0) }
            .sorted { isBetter($0, than: $1, spec) }.map(\.id)
    }

    private static func fits(_ spec: IntentSpec, _ offer: Offer) -> Bool {
        guard let gpu = spec.workload.resources.gpu else { return false }
        let constraints = spec.constraints
        if offer.spot, !gpu.interruptible { return false }
        switch gpu.model {
        case nil: break
        case "a100": if offer.model != "nvidia-a100" { return false }
        case "rtx4080": if offer.model != "nvidia-rtx-4080" { return false }
        case "nvidia-a100-80gb":
            if offer.model != "nvidia-a100" || offer.gpuMemory != .gibibytes(80) { return false }
        default: if offer.model != gpu.model { return false }
        }
        if let memory = gpu.memory {
            if let stated = offer.gpuMemory, stated.thousandths < memory.thousandths { return false }
        }
        if let tier = gpu.tier, let stated = offer.tier, stated != tier { return false }
        if gpu.interconnect == .nvlink, let stated = offer.interconnect, stated != .nvlink { return false }
        if let latency = offer.latencyMs, let most = constraints.maxLatencyMs, latency > most { return false }
        if !constraints.providers.isEmpty, offer.platform != .flare { return false }
        let all = gpu.count * slots(spec)
        if let available = offer.available, offer.platform == .flare, available < all { return false }
        return isIn(constraints.location, offer.location ?? "") && isPayable(spec, offer)
    }

    private static func isIn(_ wish: String?, _ location: String) -> Bool {
        switch wish {
        case nil, "any": true
        case "EU": ["eu", "EU"].contains(String(location.prefix(2)))
        case "US": location.hasPrefix("us")
        case "Asia": location.hasPrefix("a")
        default: location == wish
        }
    }

    private static func slots(_ spec: IntentSpec) -> Int {
        max(
            1,
            spec.workload.kind == .service
                ? spec.workload.scaling?.minReplicas ?? 1 : spec.workload.job?.parallelTasks ?? 1
        )
    }

    private static func hourly(_ spec: IntentSpec, _ offer: Offer) -> Double? {
        offer.hourlyPerGPU.map {
            Double($0.micros) * Double(spec.workload.resources.gpu?.count ?? 1) * Double(slots(spec))
        }
    }

    private static func isPayable(_ spec: IntentSpec, _ offer: Offer) -> Bool {
        if spec.constraints.maxHourlyCost == nil, spec.constraints.maxTotalCost == nil { return true }
        guard let hourly = hourly(spec, offer) else { return false }
        if let cap = spec.constraints.maxHourlyCost, hourly > Double(cap.micros) { return false }
        guard let cap = spec.constraints.maxTotalCost else { return true }
        let seconds = spec.workload.kind == .service ? 3600 : spec.workload.job?.timeout?.components.seconds ?? 0
        return (hourly * Double(seconds) / 3600).rounded(.up) <= Double(cap.micros)
    }

    private static func isBetter(_ left: Offer, than right: Offer, _ spec: IntentSpec) -> Bool {
        let (one, other) = (keys(left, spec), keys(right, spec))
        for (mine, yours) in zip(one, other) where mine != yours { return mine < yours }
        return left.id < right.id
    }

    private static func keys(_ offer: Offer, _ spec: IntentSpec) -> [Double] {
        let count = Double(spec.workload.resources.gpu?.count ?? 1)
        let price = hourly(spec, offer) ?? 0
        let unknown = offer.hourlyPerGPU == nil ? 1.0 : 0
        let bandwidth: Double = offer.interconnect == .nvlink ? 600 : 32
        let kept = (1000 * bandwidth * count / (bandwidth * count + 16 * (count - 1))).rounded(.down)
        let alone = Double(offer.fp32Tflops?.thousandths ?? 0) * count
        let speed = count == 1 ? alone : (alone / 1000).rounded(.down) * kept
        let latency = offer.latencyMs.map(Double.init) ?? .infinity
        switch spec.objective {
        case .cost: return [unknown, price, -speed, latency]
        case .performance: return [unknown, -speed, price, latency]
        case .latency: return [unknown, latency, price, -speed]
        case .balanced:
            let felt = price * (100 + (offer.latencyMs.map(Double.init) ?? 100))
            return [unknown, speed > 0 ? felt / speed : .infinity, price, -speed, latency]
        }
    }
}
