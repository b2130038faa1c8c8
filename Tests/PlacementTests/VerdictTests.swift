import Intents
import Testing

@testable import Placement

/// Who sees to each wish, on each platform.
struct VerdictTests {
    /// The verdicts by name, each name once.
    private func verdicts(
        _ platform: PlatformName,
        offer: Offer? = nil,
        _ change: (inout IntentSpec) -> Void
    ) -> [String: ConstraintVerdict.Verdict] {
        let all = Stall.market.verdicts(for: Stall.spec(change), on: platform, offer: offer)
        #expect(Set(all.map(\.name)).count == all.count, "one verdict for each wish")
        #expect(all.allSatisfy { !$0.why.isEmpty && !$0.why.hasSuffix(".") })
        return Dictionary(all.map { ($0.name, $0.verdict) }, uniquingKeysWith: { first, _ in first })
    }

    /// An intent that wishes everything there is.
    private func everything(_ spec: inout IntentSpec) {
        spec.workload.commands = ["run"]
        spec.workload.env = ["A=b"]
        spec.workload.ports = [Workload.Port()]
        spec.workload.storage.volumes = [Storage.Volume()]
        spec.workload.secrets = [Workload.SecretReference()]
        spec.workload.scaling = Workload.Scaling()
        spec.workload.scaling?.autoScale = true
        spec.workload.resources.cpu = .units(8)
        spec.workload.resources.memory = .gibibytes(32)
        var gpu = GPUWish()
        gpu.model = "nvidia-h100"
        gpu.memory = .gibibytes(80)
        gpu.cores = 1
        gpu.clockSpeed = .units(1)
        gpu.computeCapability = ComputeCapability(major: 1, minor: 0)
        gpu.architecture = .hopper
        gpu.tier = .premium
        gpu.interconnect = .pcie
        gpu.interruptible = true
        gpu.multiInstance = true
        gpu.dedicated = true
        gpu.fp32Tflops = .units(1)
        gpu.topology = .allToAll
        gpu.multiGPUEfficiency = Quantity(thousandths: 900)
        spec.workload.resources.gpu = gpu
        limits(&spec.constraints)
        spec.sla.availability = .units(99)
        spec.sla.maxInterruptionTime = .seconds(60)
        spec.sla.backupStrategy = "checkpoint"
    }

    private func limits(_ constraints: inout Constraints) {
        constraints.maxHourlyCost = .euros(1)
        constraints.maxTotalCost = .euros(1)
        constraints.location = "EU"
        constraints.availabilityZone = "eu-west-1a"
        constraints.maxLatencyMs = 1
        constraints.deadline = Stall.now
        constraints.preemptible = true
        constraints.providers = ["flexai", "flare"]
        constraints.availability = AvailabilityWish()
        constraints.negotiation = Negotiation()
        constraints.energy.maxCarbonFootprint = .units(1)
        constraints.energy.renewableEnergyOnly = true
        constraints.energy.energyEfficiencyRating = .a
        constraints.energy.powerUsageEffectiveness = .units(1)
        constraints.energy.greenCertifiedOnly = true
        constraints.compliance.dataResidency = ["EU"]
        constraints.compliance.certifications = ["SOC2"]
        constraints.compliance.encryptionAtRest = true
        constraints.compliance.encryptionInTransit = true
        constraints.compliance.auditLogging = true
        constraints.compliance.gdprCompliant = true
        constraints.compliance.hipaaCompliant = true
        constraints.performance.minNetworkBandwidth = .units(1)
        constraints.performance.maxJitterMs = 1
        constraints.performance.minUptimePercent = .units(99)
        constraints.performance.maxColdStartTime = .seconds(1)
        constraints.security.networkIsolation = .private
        constraints.security.firewallRules = [SecurityWish.FirewallRule()]
        constraints.security.vpnAccess = true
        constraints.security.bastionHost = true
        constraints.security.intrusionDetection = true
        constraints.security.vulnerabilityScanning = true
    }

    /// What the operator sees to by choosing, whatever the platform.
    private static let chosen: Set<String> = [
        "constraints.providers", "workload.resources.gpu.model", "workload.resources.gpu.interruptible",
        "workload.resources.gpu.dedicated", "constraints.location", "workload.resources.gpu.count",
        "workload.resources.gpu.memory", "workload.resources.gpu.tier", "workload.resources.gpu.architecture",
        "workload.resources.gpu.compute_capability", "workload.resources.gpu.interconnect",
        "workload.resources.gpu.topology", "workload.resources.gpu.fp32_tflops", "workload.resources.gpu.cores",
        "workload.resources.gpu.clock_speed", "workload.resources.gpu.multi_instance", "constraints.max_hourly_cost",
        "constraints.max_total_cost", "constraints.preemptible", "constraints.deadline", "constraints.availability",
        "constraints.negotiation",
    ]

    /// What no offer is chosen without, since law and safety ask for it.
    private static let required: Set<String> = Set(
        [
            "compliance.data_residency", "compliance.certifications", "compliance.encryption_at_rest",
            "compliance.encryption_in_transit", "compliance.audit_logging", "compliance.gdpr_compliant",
            "compliance.hipaa_compliant", "security.network_isolation", "security.firewall_rules",
            "security.vpn_access", "security.bastion_host", "security.intrusion_detection",
            "security.vulnerability_scanning",
        ].map { "constraints." + $0 }
    )
    .union(["workload.resources.gpu.multi_gpu_efficiency"])

    @Test func flareIsToldEverythingThatIsNotEnforced() {
        let verdicts = verdicts(.flare, everything)
        #expect(Set(verdicts.filter { $0.value == .enforced }.keys) == Self.chosen.union(Self.required))
        #expect(!verdicts.values.contains(.unsupported))
        #expect(verdicts.count == 61)
    }

    @Test func flexAIHasNothingForMost() {
        let verdicts = verdicts(.flexai, everything)
        let operated: Set = [
            "workload.scaling.min_replicas", "workload.scaling.max_replicas", "workload.scaling.auto_scale",
            "constraints.availability_zone",
        ]
        #expect(Set(verdicts.filter { $0.value == .enforced }.keys) == Self.chosen.union(operated).union(Self.required))
        let forwarded = Set(verdicts.filter { $0.value == .forwarded }.keys)
        #expect(forwarded == ["workload.resources.cpu", "workload.resources.memory"])
        for name in ["image", "commands", "env", "ports", "storage", "secrets"] {
            #expect(verdicts["workload.\(name)"] == .unsupported, "\(name)")
        }
        #expect(verdicts.count == 61)
    }

    @Test func nothingStatedNothingSaid() {
        #expect(verdicts(.flare) { $0.workload.image = "" }.isEmpty)
        #expect(verdicts(.flexai) { _ in }.keys.sorted() == ["workload.image"])
    }

    @Test func flexAIBringsJupyterItself() {
        #expect(verdicts(.flexai) { $0.workload.image = "jupyter/lab" } == ["workload.image": .forwarded])
    }

    @Test func jobsAreSeenToByTheOperatorOnFlexAI() {
        func job(_ spec: inout IntentSpec) {
            spec.workload.kind = .job
            spec.workload.job = Workload.JobSettings()
            spec.workload.job?.timeout = .seconds(60)
        }
        let names = ["parallel_tasks", "max_retries", "timeout", "completion_policy"].map { "workload.job.\($0)" }
        let flexai = verdicts(.flexai, job)
        let flare = verdicts(.flare, job)
        #expect(names.allSatisfy { flexai[$0] == .enforced })
        #expect(names.filter { flare[$0] == .enforced } == ["workload.job.timeout"])
        #expect(names.filter { flare[$0] == .forwarded }.count == 3)
    }

    @Test func whatTheOfferStatesCanBeEnforced() {
        func wish(_ spec: inout IntentSpec) {
            spec.constraints.maxLatencyMs = 50
            spec.constraints.performance.maxColdStartTime = .seconds(30)
            spec.constraints.availabilityZone = "eu-west-1a"
        }
        let stated = Stall.offer {
            $0.latencyMs = 20
            $0.startup = .seconds(10)
            $0.zone = "eu-west-1a"
        }
        let names = [
            "constraints.max_latency_ms", "constraints.performance.max_cold_start_time",
            "constraints.availability_zone",
        ]
        for name in names {
            #expect(verdicts(.flare, offer: stated, wish)[name] == .enforced, "\(name)")
            #expect(verdicts(.flare, offer: Stall.offer(), wish)[name] == .forwarded, "\(name)")
            #expect(verdicts(.flexai, offer: Stall.offer(on: .flexai), wish)[name] == .unsupported, "\(name)")
        }
    }

    @Test func aRingIsOnlyForwarded() {
        func ring(_ spec: inout IntentSpec) {
            spec.workload.resources.gpu = GPUWish()
            spec.workload.resources.gpu?.topology = .ring
            spec.workload.resources.gpu?.shared = true
        }
        #expect(verdicts(.flare, ring)["workload.resources.gpu.topology"] == .forwarded)
        #expect(verdicts(.flexai, ring)["workload.resources.gpu.topology"] == .unsupported)
        #expect(verdicts(.flare, ring)["workload.resources.gpu.shared"] == .enforced)
    }

    @Test func theRankingSpeaksForItsWinner() {
        let spec = Stall.spec {
            $0.objective = .latency
            $0.constraints.maxLatencyMs = 50
        }
        let ranking = Stall.market.rank(spec, now: Stall.now)
        #expect(ranking.candidates[0].offer.latencyMs == 12)
        #expect(ranking.constraints.first { $0.name == "constraints.max_latency_ms" }?.verdict == .enforced)
        let winner = ranking.candidates[0].offer
        #expect(ranking.constraints == Stall.market.verdicts(for: spec, on: winner.platform, offer: winner))
    }
}
