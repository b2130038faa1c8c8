import Intents
import Testing

@testable import Placement

/// What each rule calls itself, what it says is wished for, and the code for which it is to blame.
struct RuleWordsTests {
    /// One wish and what its rule says of it.
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let wish: String
        let code: RefusalCode
        let spec: IntentSpec
        var testDescription: String { name }

        init(_ name: String, _ wish: String, _ code: RefusalCode, _ spec: IntentSpec) {
            self.name = name
            self.wish = wish
            self.code = code
            self.spec = spec
        }
    }

    private static func plain(_ name: String, _ wish: String, _ spec: IntentSpec) -> Case {
        Case(name, wish, .insufficientResources, spec)
    }

    private static let gpu = "workload.resources.gpu."
    private static let constraint = "constraints."

    private static func volume(_ gibibytes: Int64) -> Storage.Volume {
        var volume = Storage.Volume()
        volume.size = .gibibytes(gibibytes)
        return volume
    }

    private static let window: AvailabilityWish = {
        var wish = AvailabilityWish()
        wish.windowStart = 540
        wish.windowEnd = 1020
        return wish
    }()

    static let cases: [Case] = [
        plain("workload.image", "registry.example.com/sample:1", Stall.spec()),
        plain("constraints.providers", "aws, gcp", Stall.spec { $0.constraints.providers = ["AWS", "gcp"] }),
        Case(gpu + "model", "rtx 4090", .gpuModelUnavailable, Stall.gpu { $0.model = "rtx 4090" }),
        plain(gpu + "interruptible", "false", Stall.spec()),
        plain(gpu + "interruptible", "true", Stall.gpu { $0.interruptible = true }),
        plain(gpu + "shared", "false", Stall.spec()),
        plain(gpu + "shared", "true", Stall.gpu { $0.shared = true }),
        plain(gpu + "dedicated", "true", Stall.gpu { $0.dedicated = true }),
        Case("constraints.location", "eu", .regionUnavailable, Stall.spec { $0.constraints.location = "eu" }),
        Case(
            "constraints.availability_zone",
            "Eu-1a",
            .regionUnavailable,
            Stall.spec { $0.constraints.availabilityZone = "Eu-1a" }
        ),
        Case(gpu + "count", "1", .gpuCountInsufficient, Stall.spec()),
        Case(gpu + "count", "4", .gpuCountInsufficient, Stall.gpu { $0.count = 4 }),
        Case(gpu + "memory", "40Gi", .gpuMemoryInsufficient, Stall.gpu { $0.memory = .gibibytes(40) }),
        plain(gpu + "tier", "premium", Stall.gpu { $0.tier = .premium }),
        plain(gpu + "architecture", "ada-lovelace", Stall.gpu { $0.architecture = .adaLovelace }),
        plain(gpu + "compute_capability", "8.9", Stall.gpu { $0.computeCapability = .init(major: 8, minor: 9) }),
        plain(gpu + "interconnect", "nvlink", Stall.gpu { $0.interconnect = .nvlink }),
        plain(gpu + "topology", "all-to-all", Stall.gpu { $0.topology = .allToAll }),
        plain(gpu + "fp32_tflops", "19.5", Stall.gpu { $0.fp32Tflops = Quantity(thousandths: 19_500) }),
        plain(gpu + "cores", "1024", Stall.gpu { $0.cores = 1024 }),
        plain(gpu + "clock_speed", "1.5 GHz", Stall.gpu { $0.clockSpeed = .units(1_500_000_000) }),
        plain(gpu + "multi_instance", "true", Stall.gpu { $0.multiInstance = true }),
        plain("constraints.max_latency_ms", "50 ms", Stall.spec { $0.constraints.maxLatencyMs = 50 }),
        plain(
            "constraints.performance.max_cold_start_time",
            "30000 ms",
            Stall.spec { $0.constraints.performance.maxColdStartTime = .seconds(30) }
        ),
        plain(gpu + "multi_gpu_efficiency", "0.95", Stall.gpu { $0.multiGPUEfficiency = Quantity(thousandths: 950) }),
        plain("workload.resources.cpu", "8", Stall.spec { $0.workload.resources.cpu = .units(8) }),
        plain("workload.resources.memory", "32Gi", Stall.spec { $0.workload.resources.memory = .gibibytes(32) }),
        plain("workload.storage", "150Gi", Stall.spec { $0.workload.storage.volumes = [volume(100), volume(50)] }),
        plain(constraint + "availability", "09:00 to 17:00, UTC", Stall.spec { $0.constraints.availability = window }),
        Case(
            constraint + "deadline",
            "2024-12-01T01:00:00Z",
            .deadlineTooClose,
            Stall.spec { $0.constraints.deadline = Stall.now + .seconds(3600) }
        ),
        plain(
            constraint + "performance.min_network_bandwidth",
            "10Gbps",
            Stall.spec { $0.constraints.performance.minNetworkBandwidth = .units(10_000_000_000) }
        ),
        plain(
            constraint + "performance.max_jitter_ms",
            "5 ms",
            Stall.spec { $0.constraints.performance.maxJitterMs = 5 }
        ),
        plain(
            constraint + "performance.min_uptime_percent",
            "99.9%",
            Stall.spec { $0.constraints.performance.minUptimePercent = Quantity(thousandths: 99_900) }
        ),
        plain(
            constraint + "energy.max_carbon_footprint",
            "50g CO2/h",
            Stall.spec { $0.constraints.energy.maxCarbonFootprint = .units(50) }
        ),
        plain(
            constraint + "energy.renewable_energy_only",
            "true",
            Stall.spec { $0.constraints.energy.renewableEnergyOnly = true }
        ),
        plain(
            constraint + "energy.energy_efficiency_rating",
            "B",
            Stall.spec { $0.constraints.energy.energyEfficiencyRating = .b }
        ),
        plain(
            constraint + "energy.power_usage_effectiveness",
            "1.4",
            Stall.spec { $0.constraints.energy.powerUsageEffectiveness = Quantity(thousandths: 1400) }
        ),
        plain(
            constraint + "energy.green_certified_only",
            "true",
            Stall.spec { $0.constraints.energy.greenCertifiedOnly = true }
        ),
        Case(
            constraint + "compliance.data_residency",
            "EU, CH",
            .regionUnavailable,
            Stall.spec { $0.constraints.compliance.dataResidency = ["EU", "CH"] }
        ),
        plain(
            constraint + "compliance.certifications",
            "SOC2",
            Stall.spec { $0.constraints.compliance.certifications = ["SOC2"] }
        ),
        plain(
            constraint + "compliance.encryption_at_rest",
            "true",
            Stall.spec { $0.constraints.compliance.encryptionAtRest = true }
        ),
        plain(
            constraint + "compliance.encryption_in_transit",
            "true",
            Stall.spec { $0.constraints.compliance.encryptionInTransit = true }
        ),
        plain(
            constraint + "compliance.audit_logging",
            "true",
            Stall.spec { $0.constraints.compliance.auditLogging = true }
        ),
        plain(
            constraint + "compliance.gdpr_compliant",
            "true",
            Stall.spec { $0.constraints.compliance.gdprCompliant = true }
        ),
        plain(
            constraint + "compliance.hipaa_compliant",
            "true",
            Stall.spec { $0.constraints.compliance.hipaaCompliant = true }
        ),
        plain(
            constraint + "security.network_isolation",
            "private",
            Stall.spec { $0.constraints.security.networkIsolation = .private }
        ),
        plain(
            constraint + "security.firewall_rules",
            "1 rule",
            Stall.spec { $0.constraints.security.firewallRules = [SecurityWish.FirewallRule()] }
        ),
        plain(constraint + "security.vpn_access", "true", Stall.spec { $0.constraints.security.vpnAccess = true }),
        plain(constraint + "security.bastion_host", "true", Stall.spec { $0.constraints.security.bastionHost = true }),
        plain(
            constraint + "security.intrusion_detection",
            "true",
            Stall.spec { $0.constraints.security.intrusionDetection = true }
        ),
        plain(
            constraint + "security.vulnerability_scanning",
            "true",
            Stall.spec { $0.constraints.security.vulnerabilityScanning = true }
        ),
        plain("sla.availability", "99.5%", Stall.spec { $0.sla.availability = Quantity(thousandths: 99_500) }),
        plain("sla.max_interruption_time", "10m", Stall.spec { $0.sla.maxInterruptionTime = .seconds(600) }),
        plain("sla.backup_strategy", "checkpoint", Stall.spec { $0.sla.backupStrategy = "Checkpoint" }),
        Case(
            "constraints.max_hourly_cost",
            "0.45 EUR",
            .costLimitExceeded,
            Stall.spec { $0.constraints.maxHourlyCost = .euros(0.45) }
        ),
        Case(
            "constraints.max_total_cost",
            "200.00 EUR",
            .costLimitExceeded,
            Stall.spec { $0.constraints.maxTotalCost = .euros(200) }
        ),
    ]

    @Test(arguments: cases)
    func rulesSpeakOfTheirWish(item: Case) throws {
        let question = Question(item.spec, policy: PlacementPolicy(), catalog: .standard, now: Stall.now)
        let rule = try #require(RuleBook.rules(for: question).first { $0.name == item.name })
        #expect(rule.wish == item.wish)
        #expect(rule.code == item.code)
    }

    @Test func everyRuleIsInTheTable() {
        let tried = Self.cases.flatMap { item in
            let question = Question(item.spec, policy: PlacementPolicy(), catalog: .standard, now: Stall.now)
            return RuleBook.rules(for: question).map { "\(type(of: $0))" }
        }
        #expect(Set(tried) == Set(RuleBook.all.map { "\($0.rule)" }))
        #expect(RuleBook.all.count == 52)
    }

    @Test func silenceAsksForNothing() {
        var spec = Stall.spec { $0.workload.image = "jupyter/lab" }
        spec.constraints.location = "any"
        spec.constraints.availabilityZone = "Any"
        spec.workload.resources.gpu = GPUWish()
        spec.workload.resources.gpu?.model = "any"
        let question = Question(spec, policy: PlacementPolicy(), catalog: .standard, now: Stall.now)
        let names = RuleBook.rules(for: question).map { "\(type(of: $0))" }
        #expect(names == ["InterruptibleRule", "SharingRule", "CountRule"], "which guard what the file did not allow")
    }
}
