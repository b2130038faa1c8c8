import Intents

@testable import Placement

/// A market of 40 offers for the tests: 5 of FlexAI, 35 of a federation on four continents.
enum Stall {
    /// The moment at which the tests ask: 2024-12-01T00:00:00Z.
    static let now = Timestamp(seconds: 1_733_011_200)

    /// One offer of the federation, with memory in gibibytes and the price in cents.
    private struct Row {
        let provider: String
        let location: String
        let model: String
        let memory: Int64
        let available: Int
        let cents: Int64
        var spot = false
        var latency: Int?
    }

    private static let rows: [Row] = [
        Row(provider: "provider-1", location: "eu-west-1", model: "nvidia-h100", memory: 80, available: 8, cents: 450),
        Row(
            provider: "provider-2",
            location: "eu-central-1",
            model: "nvidia-h100",
            memory: 80,
            available: 64,
            cents: 480
        ),
        Row(provider: "provider-3", location: "us-east-1", model: "nvidia-h100", memory: 80, available: 64, cents: 390),
        Row(
            provider: "provider-4",
            location: "europe-west4",
            model: "h100-pcie",
            memory: 80,
            available: 16,
            cents: 310
        ),
        Row(
            provider: "provider-4",
            location: "asia-east1",
            model: "nvidia-h200",
            memory: 141,
            available: 8,
            cents: 600
        ),
        Row(provider: "aws", location: "us-east-1", model: "nvidia-a100", memory: 40, available: 64, cents: 320),
        Row(provider: "aws", location: "us-west-2", model: "nvidia-a100", memory: 80, available: 16, cents: 410),
        Row(provider: "aws", location: "eu-west-1", model: "nvidia-a100", memory: 40, available: 32, cents: 340),
        Row(provider: "gcp", location: "us-central1", model: "nvidia-a100", memory: 40, available: 32, cents: 290),
        Row(provider: "gcp", location: "europe-west4", model: "nvidia-a100", memory: 80, available: 8, cents: 395),
        Row(provider: "provider-1", location: "eu-west-1", model: "nvidia-a100", memory: 40, available: 4, cents: 255),
        Row(provider: "provider-5", location: "eu-north1", model: "a100-pcie", memory: 80, available: 24, cents: 200),
        Row(
            provider: "provider-1",
            location: "eu-west-1",
            model: "nvidia-rtx-4090",
            memory: 24,
            available: 40,
            cents: 60
        ),
        Row(provider: "provider-5", location: "EU-RO-1", model: "RTX 4090", memory: 24, available: 100, cents: 48),
        Row(provider: "provider-6", location: "us-tx-3", model: "rtx4090", memory: 24, available: 200, cents: 35),
        Row(
            provider: "provider-6",
            location: "us-tx-4",
            model: "rtx4090",
            memory: 24,
            available: 200,
            cents: 20,
            spot: true
        ),
        Row(
            provider: "provider-2",
            location: "eu-central-1",
            model: "rtx4090",
            memory: 24,
            available: 8,
            cents: 75,
            latency: 12
        ),
        Row(
            provider: "provider-3",
            location: "eu-west-3",
            model: "rtx4090",
            memory: 24,
            available: 8,
            cents: 70,
            latency: 70
        ),
        Row(
            provider: "provider-6",
            location: "us-tx-3",
            model: "nvidia-rtx-4080",
            memory: 16,
            available: 30,
            cents: 30
        ),
        Row(
            provider: "provider-5",
            location: "eu-west-1",
            model: "nvidia-rtx-4080",
            memory: 16,
            available: 5,
            cents: 33
        ),
        Row(
            provider: "provider-5",
            location: "eu-west-1",
            model: "nvidia-rtx-3080",
            memory: 10,
            available: 50,
            cents: 22
        ),
        Row(provider: "provider-6", location: "CA", model: "nvidia-rtx-3090", memory: 24, available: 12, cents: 28),
        Row(provider: "aws", location: "ap-southeast-2", model: "nvidia-t4", memory: 16, available: 80, cents: 45),
        Row(provider: "aws", location: "ap-south-1", model: "nvidia-t4", memory: 16, available: 80, cents: 40),
        Row(provider: "aws", location: "sa-east-1", model: "nvidia-t4", memory: 16, available: 80, cents: 62),
        Row(provider: "aws", location: "ca-central-1", model: "nvidia-t4", memory: 16, available: 80, cents: 47),
        Row(provider: "gcp", location: "asia-northeast1", model: "nvidia-l4", memory: 24, available: 60, cents: 70),
        Row(provider: "gcp", location: "asia-southeast1", model: "nvidia-l4", memory: 24, available: 60, cents: 72),
        Row(
            provider: "gcp",
            location: "us-central1",
            model: "nvidia-l4",
            memory: 24,
            available: 60,
            cents: 65,
            spot: true
        ),
        Row(provider: "gcp", location: "us-central1", model: "nvidia-v100", memory: 16, available: 60, cents: 210),
        Row(
            provider: "provider-2",
            location: "eu-central-1",
            model: "amd-mi300x",
            memory: 192,
            available: 8,
            cents: 350
        ),
        Row(
            provider: "provider-2",
            location: "eu-central-1",
            model: "amd-rx-7900xtx",
            memory: 24,
            available: 8,
            cents: 40
        ),
        Row(provider: "provider-7", location: "global", model: "nvidia-l40s", memory: 48, available: 10, cents: 90),
        Row(provider: "provider-7", location: "global", model: "nvidia-b200", memory: 180, available: 8, cents: 0),
        Row(provider: "provider-7", location: "mars-north-1", model: "quantum-9", memory: 8, available: 1, cents: 5),
    ]

    /// The offers; a price of nothing stands for a price that is not stated.
    static let offers: [Offer] =
        rows.map { row in
            let name = "\(row.provider)/\(row.location)/\(row.model)/\(row.memory)Gi\(row.spot ? "/spot" : "")"
            var offer = Offer(id: Offer.ID(platform: .flare, name: name), model: row.model)
            offer.provider = row.provider
            offer.location = row.location
            offer.gpuMemory = .gibibytes(row.memory)
            offer.available = row.available
            offer.hourlyPerGPU = row.cents == 0 ? nil : Money(micros: row.cents * 10_000)
            offer.spot = row.spot
            offer.latencyMs = row.latency
            return offer
        }
        + [
            ("nvidia-a100", 350), ("nvidia-a100-80gb", 420), ("nvidia-l4", 80), ("nvidia-rtx-4090", 55),
            ("nvidia-t4", 38),
        ].map { name, cents in
            var offer = Offer(id: Offer.ID(platform: .flexai, name: name), model: name)
            offer.location = "eu-west"
            offer.hourlyPerGPU = Money(micros: Int64(cents) * 10_000)
            return offer
        }

    /// The market with the default configuration.
    static let market = Market(offers: offers)

    /// The market where bare FlexAI instances are allowed.
    static let openMarket: Market = {
        var policy = PlacementPolicy()
        policy.bareInstancesAllowed = true
        return Market(offers: offers, policy: policy)
    }()

    /// An intent that wishes nothing but to run, changed by `change`.
    static func spec(_ change: (inout IntentSpec) -> Void = { _ in }) -> IntentSpec {
        var spec = IntentSpec()
        spec.workload.name = "sample"
        spec.workload.image = "registry.example.com/sample:1"
        change(&spec)
        return spec
    }

    /// An intent with a wish for GPUs, changed by `change`.
    static func gpu(objective: Objective = .balanced, _ change: (inout GPUWish) -> Void) -> IntentSpec {
        spec { spec in
            spec.objective = objective
            var wish = GPUWish()
            change(&wish)
            spec.workload.resources.gpu = wish
        }
    }

    /// An offer of FLARE's, changed by `change`.
    static func offer(
        _ model: String = "nvidia-h100",
        on platform: PlatformName = .flare,
        _ change: (inout Offer) -> Void = { _ in }
    ) -> Offer {
        var offer = Offer(id: Offer.ID(platform: platform, name: model), model: model)
        offer.provider = platform == .flare ? "provider-1" : nil
        offer.location = "eu-west-1"
        offer.hourlyPerGPU = .euros(2)
        change(&offer)
        return offer
    }
}

extension Money {
    /// A number of euros.
    static func euros(_ euros: Double) -> Money { Money(micros: Int64((euros * 1_000_000).rounded())) }
}

/// Dice that fall the same way for one seed (SplitMix64).
struct Dice: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
