import Intents

/// Random intents for timing the choice of offers.
struct BenchWishes {
    /// How much an intent wishes.
    enum Course: String, CaseIterable {
        /// Model, count, memory, cap, providers, place.
        case simple
        /// The same with every other rule beside.
        case every
    }

    private var dice: BenchDice

    /// Wishes that follow from a seed.
    init(seed: UInt64) { dice = BenchDice(state: seed) }

    private mutating func one<Value>(of values: [Value], or other: Value) -> Value {
        values.randomElement(using: &dice) ?? other
    }

    /// The next intent.
    mutating func spec(_ course: Course) -> IntentSpec {
        var spec = IntentSpec()
        spec.objective = one(of: Objective.allCases, or: .cost)
        spec.workload.image = "registry.example.com/sample:1"
        var gpu = GPUWish()
        gpu.model = one(
            of: [nil, "nvidia-h100", "nvidia-a100", "nvidia-l4", "any", "a100"],
            or: nil
        )
        gpu.count = one(of: [1, 1, 1, 1, 2, 4], or: 1)
        gpu.memory = one(of: [nil, .gibibytes(16), .gibibytes(24)], or: nil)
        spec.workload.resources.gpu = gpu
        let cap: Int64 = one(of: [10, 20, 40], or: 10)
        spec.constraints.maxHourlyCost = Money(micros: Int64(gpu.count) * cap * 1_000_000)
        spec.constraints.location = one(of: [nil, nil, nil, "EU", "US"], or: nil)
        spec.constraints.providers = one(
            of: [[], [], [], [], ["gcp", "lambda"], ["gcp", "nebius", "runpod"]],
            or: []
        )
        if course == .every { addEverything(&spec) }
        return spec
    }

    private mutating func addEverything(_ spec: inout IntentSpec) {
        spec.workload.resources.gpu?.cores = 1000
        spec.workload.resources.gpu?.clockSpeed = .units(1_000_000_000)
        spec.workload.resources.gpu?.computeCapability = ComputeCapability(major: 7, minor: 0)
        spec.workload.resources.gpu?.interconnect = .pcie
        spec.workload.resources.gpu?.topology = .ring
        spec.workload.resources.gpu?.multiGPUEfficiency = Quantity(thousandths: 500)
        spec.workload.resources.gpu?.fp32Tflops = .units(5)
        spec.workload.resources.gpu?.interruptible = Bool.random(using: &dice)
        spec.workload.resources.gpu?.dedicated = true
        addKind(&spec.workload.resources.gpu)
        // Few offers are in a zone, and most intents would be refused for it alone.
        if Int.random(in: 0..<8, using: &dice) == 0 { spec.constraints.availabilityZone = "europe-west4-3" }
        spec.workload.resources.cpu = .units(4)
        spec.workload.resources.memory = .gibibytes(16)
        var volume = Storage.Volume()
        volume.size = .gibibytes(100)
        spec.workload.storage.volumes = [volume]
        spec.constraints.maxTotalCost = Money(micros: 1_000_000_000)
        spec.constraints.maxLatencyMs = 90
        spec.constraints.deadline = Timestamp(seconds: 1_800_000_000)
        var window = AvailabilityWish()
        window.windowStart = 9 * 60
        window.windowEnd = 17 * 60
        window.timeZone = "Europe/Berlin"
        spec.constraints.availability = window
        spec.constraints.performance.maxColdStartTime = .seconds(200)
        spec.constraints.performance.maxJitterMs = 7
        spec.constraints.performance.minUptimePercent = .units(99)
        spec.constraints.performance.minNetworkBandwidth = .units(10_000_000_000)
        spec.constraints.energy.maxCarbonFootprint = .units(100_000)
        spec.constraints.energy.renewableEnergyOnly = true
        spec.constraints.energy.powerUsageEffectiveness = .units(2)
        spec.constraints.energy.energyEfficiencyRating = .b
        spec.constraints.energy.greenCertifiedOnly = true
        spec.constraints.compliance.certifications = ["ISO27001"]
        spec.constraints.compliance.encryptionAtRest = true
        spec.constraints.compliance.encryptionInTransit = true
        spec.constraints.compliance.auditLogging = true
        spec.constraints.compliance.gdprCompliant = true
        spec.constraints.compliance.hipaaCompliant = true
        spec.constraints.compliance.dataResidency = ["EU", "US", "Asia"]
        spec.constraints.security.networkIsolation = .private
        spec.constraints.security.vpnAccess = true
        spec.constraints.security.bastionHost = true
        spec.constraints.security.intrusionDetection = true
        spec.constraints.security.firewallRules = [SecurityWish.FirewallRule()]
        spec.constraints.security.vulnerabilityScanning = true
        spec.sla.availability = .units(99)
        spec.sla.maxInterruptionTime = .seconds(600)
        spec.sla.backupStrategy = "checkpoint"
    }

    /// Wishes the kind of GPU that the model is.
    private func addKind(_ gpu: inout GPUWish?) {
        let model = gpu?.model
        switch model {
        case "nvidia-h100": gpu?.architecture = .hopper
        case "nvidia-l4": gpu?.architecture = .adaLovelace
        default: gpu?.architecture = .ampere
        }
        gpu?.tier = model == "nvidia-l4" ? .inference : .premium
        gpu?.multiInstance = model != "nvidia-l4"
    }
}
