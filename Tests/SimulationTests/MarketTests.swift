import Documents
import Intents
import Testing

@testable import Simulation

/// The market that a simulation starts with.
@Suite struct MarketTests {
    private typealias FLARE = Caller<SimulatedFLARE>

    /// The reference's six examples, as far as a choice looks at them: a whole body and the hourly price that it gets.
    static let examples: [(name: String, body: String)] = [
        (
            "inference",
            FLARE.intent(
                objective: "Performance_Maximization",
                gpu: #"{"model": "nvidia-h100", "count": 2, "memory": "80Gi", "tier": "premium"}"#,
                workload: #", "scaling": {"min_replicas": 2, "max_replicas": 10, "auto_scale": true}"#,
                constraints: #"{"max_hourly_cost": "50 EUR", "location": "EU", "max_latency_ms": 100}"#
            )
        ),
        (
            "video",
            FLARE.intent(
                type: "batch",
                gpu: #"{"model": "nvidia-rtx-4090", "count": 1, "tier": "gaming", "shared": true}"#,
                workload: #", "job": {"parallel_tasks": 20, "max_retries": 2, "timeout": "6h"}"#,
                constraints: #"{"max_total_cost": "200 EUR", "preemptible": true, "location": "any"}"#
            )
        ),
        (
            "training",
            FLARE.intent(
                type: "job",
                objective: "Performance_Maximization",
                gpu: """
                    {"model": "nvidia-a100", "count": 4, "memory": "40Gi", "interconnect": "nvlink", "tier": "premium"}
                    """,
                workload: #", "job": {"parallel_tasks": 2, "timeout": "24h", "completion_policy": "All"}"#,
                constraints: #"{"max_total_cost": "1000 EUR", "location": "US", "providers": ["aws", "gcp"]}"#
            )
        ),
        (
            "spark",
            FLARE.intent(
                type: "batch",
                gpu: #"{"model": "any", "count": 1, "shared": true, "tier": "standard"}"#,
                workload: #", "job": {"parallel_tasks": 10, "max_retries": 3, "timeout": "4h"}"#,
                constraints: #"{"max_total_cost": "100 EUR", "preemptible": true, "location": "any"}"#
            )
        ),
        (
            "jupyter",
            FLARE.intent(
                objective: "Latency_Minimization",
                gpu: #"{"model": "nvidia-rtx-4090", "count": 1, "tier": "gaming"}"#,
                workload: #", "scaling": {"min_replicas": 1, "max_replicas": 1, "auto_scale": false}"#,
                constraints: #"{"max_hourly_cost": "5 EUR", "location": "EU", "max_latency_ms": 50}"#
            )
        ),
        (
            "distributed",
            FLARE.intent(
                type: "job",
                objective: "Balanced_Optimization",
                gpu: #"{"count": 4, "memory": "40Gi", "model": "nvidia-a100", "interconnect": "nvlink"}"#,
                workload: #", "job": {"max_retries": 2, "timeout": "12h", "completion_policy": "All"}"#,
                constraints: #"{"max_hourly_cost": "25 EUR", "max_network_latency": "50ms", "location": "EU"}"#
            )
        ),
    ]

    @Test(arguments: examples)
    func everyExampleIsServedWithinItsCap(_ name: String, _ body: String) {
        var flare = FLARE(flare: FLARESettings())
        let answer = flare.submit(body)
        #expect(answer.status == 201, "\(name): \(answer.text("message") ?? "")")
    }

    @Test func allExamplesFitTogether() {
        var flare = FLARE(flare: FLARESettings())
        for example in Self.examples {
            let status = flare.submit(example.body).status
            #expect(status == 201, "\(example.name)")
        }
    }

    @Test(arguments: [
        "nvidia-h100", "nvidia-a100", "nvidia-rtx-4090", "nvidia-rtx-4080", "nvidia-rtx-3090", "nvidia-v100",
        "nvidia-t4", "amd-mi300x", "amd-rx-7900xtx",
    ])
    func everyModelOfTheReferenceIsSoldInEuropeAndAmerica(_ model: String) {
        let places = SimulatedMarket.standard.flare.filter { $0.chip.model == model }.map(\.location)
        #expect(places.contains { $0.hasPrefix("eu") })
        #expect(places.contains { $0.hasPrefix("us") })
    }

    @Test(arguments: ["premium", "standard", "gaming", "inference", "budget"])
    func everyTierIsSoldInEuropeAndAmerica(_ tier: String) {
        let places = SimulatedMarket.standard.flare.filter { $0.chip.tier == tier }.map(\.location)
        #expect(places.contains { $0.hasPrefix("eu") })
        #expect(places.contains { $0.hasPrefix("us") })
    }

    @Test func flexAISellsWhatIsAskedForMost() {
        let names = SimulatedMarket.standard.flexai.map(\.name)
        for name in ["nvidia-a100", "nvidia-a100-80gb", "nvidia-h100", "nvidia-l4", "nvidia-t4", "nvidia-rtx-4090"] {
            #expect(names.contains(name))
        }
    }

    @Test func everyPriceIsAPrice() {
        for ware in SimulatedMarket.standard.flexai + SimulatedMarket.standard.flare {
            #expect((100_000...10_000_000).contains(ware.price.micros), "\(ware.name): \(ware.price.micros)")
            #expect(ware.capacity > 0)
        }
    }

    @Test(arguments: [(0.0, 0), (0.5, 32), (1.0, 64), (0.01, 0), (100.0, 6400)])
    func capacityCanBeMultiplied(_ factor: Double, _ capacity: Int) {
        #expect(SimulatedMarket.standard.capacity(times: factor).flexai.first?.capacity == capacity)
    }
}
