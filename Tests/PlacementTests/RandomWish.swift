import Intents

@testable import Placement

/// Random intents whose wishes are about what the sample price list holds.
struct RandomWish {
    /// The dice.
    var dice: Dice

    /// Takes one of several.
    private mutating func one<Value>(of values: [Value], or other: Value) -> Value {
        values.randomElement(using: &dice) ?? other
    }

    /// Does something once in `odds` times.
    private mutating func sometimes(_ odds: Int, _ change: (inout RandomWish) -> Void) {
        if Int.random(in: 0..<odds, using: &dice) == 0 { change(&self) }
    }

    /// A random intent; the larger `rarity`, the fewer wishes it has.
    mutating func spec(rarity: Int = 6) -> IntentSpec {
        var spec = Stall.spec()
        spec.objective = one(of: Objective.allCases, or: .cost)
        var gpu = GPUWish()
        let models: [String?] = [
            nil, nil, "nvidia-h100", "h100", "a100", "nvidia-a100-80gb", "nvidia-l4", "l40s", "rtx 4090", "amd-mi300x",
            "nvidia-t4", "quantum-9", "any",
        ]
        gpu.model = one(of: models, or: nil)
        gpu.count = one(of: [1, 1, 1, 2, 4, 8, 16], or: 1)
        sometimes(2) { $0.addSizes(&gpu) }
        sometimes(rarity) { $0.addKind(&gpu) }
        sometimes(3) { _ in gpu.interruptible = true }
        spec.workload.resources.gpu = gpu
        sometimes(4) { wish in
            spec.workload.resources.cpu = .units(Int64(wish.one(of: [4, 16, 64, 200], or: 4)))
            spec.workload.resources.memory = .gibibytes(wish.one(of: [16, 128, 900], or: 16))
        }
        addScale(&spec)
        addLimits(&spec.constraints)
        sometimes(rarity) { $0.addLaw(&spec.constraints) }
        var (constraints, sla) = (spec.constraints, spec.sla)
        sometimes(rarity) { $0.addNetwork(&constraints, &sla) }
        (spec.constraints, spec.sla) = (constraints, sla)
        sometimes(rarity) { $0.addEnergy(&spec.constraints.energy) }
        return spec
    }

    private mutating func addSizes(_ gpu: inout GPUWish) {
        gpu.memory = one(
            of: [nil, .gibibytes(16), .gibibytes(24), .gibibytes(40), .gibibytes(80), .gibibytes(200)],
            or: nil
        )
        gpu.fp32Tflops = one(of: [nil, nil, .units(20), .units(60), .units(90)], or: nil)
        gpu.cores = one(of: [nil, nil, 6000, 16_000], or: nil)
    }

    private mutating func addKind(_ gpu: inout GPUWish) {
        gpu.architecture = one(of: [nil, .hopper, .ampere, .adaLovelace, .blackwell], or: nil)
        gpu.tier = one(of: [nil, nil, .premium, .standard, .inference], or: nil)
        gpu.computeCapability = one(of: [nil, .init(major: 8, minor: 0), .init(major: 9, minor: 0)], or: nil)
        gpu.interconnect = one(of: [nil, .pcie, .nvlink, .nvswitch], or: nil)
        gpu.topology = one(of: [nil, nil, .ring, .allToAll, .nvswitch], or: nil)
        gpu.multiGPUEfficiency = one(of: [nil, nil, Quantity(thousandths: 900)], or: nil)
        gpu.multiInstance = Bool.random(using: &dice)
    }

    private mutating func addScale(_ spec: inout IntentSpec) {
        spec.workload.kind = one(of: [.service, .job], or: .job)
        if spec.workload.kind == .service {
            var scaling = Workload.Scaling()
            scaling.minReplicas = one(of: [0, 1, 1, 3], or: 1)
            scaling.maxReplicas = 4
            spec.workload.scaling = scaling
        } else {
            var job = Workload.JobSettings()
            job.parallelTasks = one(of: [1, 1, 2, 5], or: 1)
            job.timeout = one(of: [nil, .seconds(7200), .seconds(90_000)], or: nil)
            spec.workload.job = job
        }
    }

    private mutating func addLimits(_ constraints: inout Constraints) {
        constraints.maxHourlyCost = one(of: [nil, .euros(0.5), .euros(3), .euros(10), .euros(40)], or: nil)
        constraints.maxTotalCost = one(of: [nil, nil, nil, .euros(5), .euros(100)], or: nil)
        constraints.location = one(of: [nil, nil, "EU", "US", "Asia", "europe-west4", "CA", "Africa"], or: nil)
        constraints.providers = one(
            of: [[], [], [], ["gcp"], ["lambda", "nebius"], ["runpod", "vast", "akash"]],
            or: []
        )
        constraints.deadline = one(of: [nil, nil, nil, Stall.now + .seconds(100), Stall.now + .seconds(9000)], or: nil)
        constraints.preemptible = Int.random(in: 0..<4, using: &dice) == 0
        sometimes(8) { $0.addZone(&constraints) }
    }

    private mutating func addZone(_ constraints: inout Constraints) {
        constraints.availabilityZone = one(of: ["europe-west4-a", "us-central1-a"], or: "")
        var window = AvailabilityWish()
        window.windowStart = 540
        window.windowEnd = 1020
        constraints.availability = window
    }

    private mutating func addLaw(_ constraints: inout Constraints) {
        constraints.compliance.dataResidency = one(of: [[], ["EU"], ["EU", "US"]], or: [])
        constraints.compliance.certifications = one(of: [[], ["ISO27001"], ["SOC2", "ISO 27001"]], or: [])
        constraints.compliance.gdprCompliant = Bool.random(using: &dice)
        constraints.compliance.encryptionAtRest = Bool.random(using: &dice)
        constraints.security.networkIsolation = Bool.random(using: &dice) ? .private : .public
        constraints.security.vpnAccess = Int.random(in: 0..<3, using: &dice) == 0
    }

    private mutating func addNetwork(_ constraints: inout Constraints, _ sla: inout ServiceLevel) {
        constraints.maxLatencyMs = one(of: [nil, 20, 50, 100], or: nil)
        constraints.performance.maxJitterMs = one(of: [nil, 4, 10], or: nil)
        constraints.performance.maxColdStartTime = one(of: [nil, .seconds(100)], or: nil)
        constraints.performance.minUptimePercent = one(of: [nil, Quantity(thousandths: 99_500)], or: nil)
        sla.availability = one(of: [nil, Quantity(thousandths: 99_900)], or: nil)
    }

    private mutating func addEnergy(_ energy: inout EnergyWish) {
        energy.maxCarbonFootprint = one(of: [nil, .units(50), .units(500)], or: nil)
        energy.renewableEnergyOnly = Int.random(in: 0..<3, using: &dice) == 0
        energy.powerUsageEffectiveness = one(
            of: [nil, Quantity(thousandths: 1050), Quantity(thousandths: 1400)],
            or: nil
        )
        energy.energyEfficiencyRating = one(of: [nil, .a, .b], or: nil)
    }
}
