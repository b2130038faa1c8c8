import Intents

@testable import Placement

/// A wish of an intent as the reference page tells it, written anew and without anything that the market uses.
struct PlainWish {
    /// The field's path under `spec`.
    let name: String
    /// What is wished for, in words, where they are simple.
    let code: String
    /// Whether an offer grants it.
    let isGranted: (Offer) -> Bool

    /// The wishes of an intent in the order of the reference page's funnel.
    static func all(_ spec: IntentSpec, _ policy: PlacementPolicy, topology: GPUWish.Topology?) -> [PlainWish] {
        var list = PlainWishes(spec: spec, policy: policy, topology: topology)
        list.addSellers()
        list.addGPU()
        list.addMachine()
        list.addMoney()
        list.addNetwork()
        list.addEnergy()
        list.addLaw()
        list.addSecurity()
        list.addService()
        return list.wishes
    }
}

/// The wishes while they are being collected.
struct PlainWishes {
    let spec: IntentSpec
    let policy: PlacementPolicy
    let topology: GPUWish.Topology?
    private(set) var wishes: [PlainWish] = []

    /// Nothing is wished for yet.
    init(spec: IntentSpec, policy: PlacementPolicy, topology: GPUWish.Topology?) {
        self.spec = spec
        self.policy = policy
        self.topology = topology
    }

    private var gpu: GPUWish { spec.workload.resources.gpu ?? GPUWish() }
    private var count: Int { gpu.count }
    private var slots: Int { PlainMarket.slots(spec) }

    private mutating func add(
        _ name: String,
        _ code: String = "INSUFFICIENT_RESOURCES",
        _ isGranted: @escaping (Offer) -> Bool
    ) {
        wishes.append(PlainWish(name: name, code: code, isGranted: isGranted))
    }

    /// Adds a wish about something that an offer may not state.
    private mutating func add<Value>(
        _ name: String,
        _ group: RuleGroup,
        code: String = "INSUFFICIENT_RESOURCES",
        _ stated: @escaping (Offer) -> Value?,
        _ isGranted: @escaping (Value) -> Bool
    ) {
        let standard: [RuleGroup] = [.compliance, .residency, .security, .place]
        let passes = policy.unstated[group].map { $0 == .passes } ?? !standard.contains(group)
        add(name, code) { offer in stated(offer).map(isGranted) ?? passes }
    }

    mutating func addSellers() {
        let image = spec.workload.image
        let providers = spec.constraints.providers.map { $0.lowercased() }
        if !providers.contains("flexai"), !policy.bareInstancesAllowed, !image.contains("jupyter") {
            add("workload.image") { $0.platform != .flexai }
        }
        if !providers.isEmpty {
            add("constraints.providers") { offer in
                providers.contains(offer.platform.rawValue) || offer.provider.map(providers.contains) ?? false
            }
        }
        let models: [String: (model: String, gibibytes: Int64)] = [
            "nvidia-h100": ("nvidia-h100", 0), "h100": ("nvidia-h100", 0), "nvidia-a100": ("nvidia-a100", 0),
            "a100": ("nvidia-a100", 0),
            "nvidia-a100-80gb": ("nvidia-a100", 80), "nvidia-l4": ("nvidia-l4", 0), "l40s": ("nvidia-l40s", 0),
            "rtx 4090": ("nvidia-rtx-4090", 0), "amd-mi300x": ("amd-mi300x", 0), "nvidia-t4": ("nvidia-t4", 0),
            "quantum-9": ("nobody sells it", 0),
        ]
        if let wish = gpu.model, wish != "any", let model = models[wish] {
            add("workload.resources.gpu.model", "GPU_MODEL_UNAVAILABLE") { offer in
                let memory = offer.gpuMemory ?? .gibibytes(0)
                return offer.model == model.model && memory >= .gibibytes(model.gibibytes)
            }
        }
        let takesSpot = gpu.interruptible || spec.constraints.preemptible
        add("workload.resources.gpu.interruptible") { takesSpot || !$0.spot }
        let takesShared = gpu.shared && !gpu.dedicated
        add("workload.resources.gpu.\(gpu.dedicated ? "dedicated" : "shared")") { takesShared || !$0.shared }
        if let place = spec.constraints.location, place != "any" {
            add("constraints.location", .place, code: "REGION_UNAVAILABLE", \.location.known) {
                PlainPlace.isIn($0, place)
            }
        }
        if let zone = spec.constraints.availabilityZone {
            add("constraints.availability_zone", .place, code: "REGION_UNAVAILABLE", { $0.zone ?? $0.location.known }) {
                $0 == zone
            }
        }
    }

    mutating func addGPU() {
        let (count, needed, topology) = (count, count * slots, topology)
        add("workload.resources.gpu.count", "GPU_COUNT_INSUFFICIENT") { offer in
            if let machine = offer.machine, machine.gpus < count { return false }
            return offer.available.map { $0 >= (offer.platform == .flare ? needed : count) } ?? true
        }
        let name = "workload.resources.gpu."
        if let memory = gpu.memory {
            add(name + "memory", .gpu, code: "GPU_MEMORY_INSUFFICIENT", \.gpuMemory) { $0 >= memory }
        }
        if let tier = gpu.tier { add(name + "tier", .gpu, \.tier) { $0 == tier } }
        if let architecture = gpu.architecture {
            add(name + "architecture", .gpu, \.architecture) { $0 == architecture }
        }
        if let least = gpu.computeCapability {
            add(
                name + "compute_capability",
                .gpu,
                { offer in
                    let isAMD = [.cdna2, .cdna3, .rdna3].contains(offer.architecture)
                    return offer.computeCapability ?? (isAMD ? ComputeCapability(major: 0, minor: 0) : nil)
                }
            ) { $0 >= least }
        }
        let links: [GPUWish.Interconnect] = [.pcie, .infiniband, .nvlink, .nvswitch]
        func grade(_ link: GPUWish.Interconnect) -> Int { links.firstIndex(of: link) ?? 0 }
        if let least = gpu.interconnect {
            add(name + "interconnect", .gpu, \.interconnect) { grade($0) >= grade(least) }
        }
        switch topology {
        case .nvswitch: add(name + "topology", .gpu, \.interconnect) { $0 == .nvswitch }
        case .allToAll:
            add(name + "topology", .gpu, { count == 1 ? .nvswitch : $0.interconnect }) { grade($0) >= 2 }
        case .ring, .mesh: add(name + "topology") { _ in true }
        case nil: break
        }
        if let least = gpu.multiGPUEfficiency?.thousandths {
            add(name + "multi_gpu_efficiency", .gpu, \.interconnect) {
                PlainMarket.kept($0, topology, count) >= least
            }
        }
        if let least = gpu.fp32Tflops?.thousandths {
            add(name + "fp32_tflops", .gpu, \.fp32Tflops) { $0.thousandths >= least - least / 100 }
        }
        if let least = gpu.cores { add(name + "cores", .gpu, \.cores) { $0 >= least } }
        if let least = gpu.clockSpeed { add(name + "clock_speed", .gpu, \.clockSpeed) { $0 >= least } }
        if gpu.multiInstance { add(name + "multi_instance", .gpu, \.multiInstance) { $0 } }
    }

    mutating func addMachine() {
        let resources = spec.workload.resources
        if let least = resources.cpu { add("workload.resources.cpu", .machine, \.machine?.cpu) { $0 >= least } }
        if let least = resources.memory {
            add("workload.resources.memory", .machine, \.machine?.memory) { $0 >= least }
        }
        let volumes = spec.workload.storage.volumes.reduce(0) { $0 + $1.size.thousandths }
        if volumes > 0 {
            add("workload.storage", .machine, { $0.machine?.storage ?? $0.facts.storage }) { $0.thousandths >= volumes }
        }
    }

    mutating func addMoney() {
        let spec = spec
        if let cap = spec.constraints.maxHourlyCost {
            add("constraints.max_hourly_cost", "COST_LIMIT_EXCEEDED") { offer in
                PlainMarket.hourly(spec, offer).map { $0 <= cap.micros } ?? false
            }
        }
        if let cap = spec.constraints.maxTotalCost {
            add("constraints.max_total_cost", "COST_LIMIT_EXCEEDED") { offer in
                guard let hourly = PlainMarket.hourly(spec, offer) else { return false }
                let millionths = Double(hourly) * Double(PlainMarket.chargedSeconds(spec)) / 3600
                return millionths.rounded(.up) <= Double(cap.micros)
            }
        }
    }

    mutating func addNetwork() {
        let (constraints, performance) = (spec.constraints, spec.constraints.performance)
        if let most = constraints.maxLatencyMs {
            add("constraints.max_latency_ms", .performance, \.latencyMs) { $0 <= most }
        }
        let name = "constraints.performance."
        if let most = performance.maxColdStartTime {
            add(name + "max_cold_start_time", .performance, \.startup) { $0 <= most }
        }
        if let least = performance.minNetworkBandwidth {
            add(name + "min_network_bandwidth", .performance, \.facts.bandwidth) { $0 >= least }
        }
        if let most = performance.maxJitterMs {
            add(name + "max_jitter_ms", .performance, \.facts.jitterMs) { $0 <= most }
        }
        if let least = performance.minUptimePercent {
            add(name + "min_uptime_percent", .performance, \.facts.uptimePercent) { $0 >= least }
        }
        if let deadline = constraints.deadline {
            let left = deadline - Stall.now
            add("constraints.deadline", .time, code: "DEADLINE_TOO_CLOSE", \.startup) { $0 < left }
        }
        if let wanted = constraints.availability {
            // The samples know daily windows in UTC alone.
            add("constraints.availability", .time, \.facts.availability) { stated in
                (0..<1440).allSatisfy { !wanted.isOpenInUTC($0) || stated.isOpenInUTC($0) }
            }
        }
    }
}

extension AvailabilityWish {
    /// Whether a minute of the day lies in the window, which ends after it starts.
    fileprivate func isOpenInUTC(_ minute: Int) -> Bool {
        minute >= windowStart ?? 0 && minute < windowEnd ?? 1440
    }
}

extension String? {
    /// The place, where it is one.
    fileprivate var known: String? { self == "global" ? nil : self }
}

extension PlainWishes {
    mutating func addEnergy() {
        let (energy, count, slots) = (spec.constraints.energy, count, slots)
        let name = "constraints.energy."
        if let most = energy.maxCarbonFootprint {
            add(
                name + "max_carbon_footprint",
                .energy,
                { offer -> Double? in
                    guard let watts = offer.watts, let intensity = offer.facts.carbonIntensity else { return nil }
                    let effectiveness = offer.facts.powerUsageEffectiveness?.thousandths ?? 1580
                    let gpus = (offer.machine?.gpus ?? count) * slots
                    let kilowatts = Double(watts.thousandths) / 1e6 * Double(gpus) * Double(effectiveness) / 1000
                    return kilowatts * Double(intensity.thousandths)
                }
            ) { ($0 - 1e-6).rounded(.up) <= Double(most.thousandths) }
        }
        if energy.renewableEnergyOnly { add(name + "renewable_energy_only", .energy, \.facts.renewable) { $0 } }
        if let worst = energy.energyEfficiencyRating {
            add(name + "energy_efficiency_rating", .energy, \.facts.energyRating) { $0.rawValue <= worst.rawValue }
        }
        if let most = energy.powerUsageEffectiveness {
            add(name + "power_usage_effectiveness", .energy, \.facts.powerUsageEffectiveness) { $0 <= most }
        }
        if energy.greenCertifiedOnly { add(name + "green_certified_only", .energy, \.facts.greenCertified) { $0 } }
    }

    mutating func addLaw() {
        let law = spec.constraints.compliance
        let name = "constraints.compliance."
        if !law.dataResidency.isEmpty {
            add(
                name + "data_residency",
                .residency,
                code: "REGION_UNAVAILABLE",
                {
                    $0.facts.residency ?? $0.location.known.map { [$0] }
                }
            ) { homes in homes.allSatisfy { home in law.dataResidency.contains { PlainPlace.isIn(home, $0) } } }
        }
        if !law.certifications.isEmpty {
            func plain(_ text: String) -> String { text.lowercased().filter { $0 != " " && $0 != "-" } }
            add(name + "certifications", .compliance, \.facts.certifications) { held in
                Set(law.certifications.map(plain)).isSubset(of: held.map(plain))
            }
        }
        if law.encryptionAtRest { add(name + "encryption_at_rest", .compliance, \.facts.encryptionAtRest) { $0 } }
        if law.encryptionInTransit {
            add(name + "encryption_in_transit", .compliance, \.facts.encryptionInTransit) { $0 }
        }
        if law.auditLogging { add(name + "audit_logging", .compliance, \.facts.auditLogging) { $0 } }
        if law.gdprCompliant { add(name + "gdpr_compliant", .compliance, \.facts.gdprCompliant) { $0 } }
        if law.hipaaCompliant { add(name + "hipaa_compliant", .compliance, \.facts.hipaaCompliant) { $0 } }
    }

    mutating func addSecurity() {
        let security = spec.constraints.security
        let name = "constraints.security."
        if security.networkIsolation == .private {
            add(name + "network_isolation", .security, \.facts.networkIsolation) { $0 == .private }
        }
        if !security.firewallRules.isEmpty { add(name + "firewall_rules", .security, \.facts.firewall) { $0 } }
        if security.vpnAccess { add(name + "vpn_access", .security, \.facts.vpn) { $0 } }
        if security.bastionHost { add(name + "bastion_host", .security, \.facts.bastionHost) { $0 } }
        if security.intrusionDetection {
            add(name + "intrusion_detection", .security, \.facts.intrusionDetection) { $0 }
        }
        if security.vulnerabilityScanning {
            add(name + "vulnerability_scanning", .security, \.facts.vulnerabilityScanning) { $0 }
        }
    }

    mutating func addService() {
        if let least = spec.sla.availability {
            add("sla.availability", .sla, \.facts.uptimePercent) { $0 >= least }
        }
        if let most = spec.sla.maxInterruptionTime {
            add("sla.max_interruption_time", .sla, \.facts.maxInterruption) { $0 <= most }
        }
        if let strategy = spec.sla.backupStrategy {
            add("sla.backup_strategy", .sla, \.facts.backups) { $0.contains(strategy) }
        }
    }
}
