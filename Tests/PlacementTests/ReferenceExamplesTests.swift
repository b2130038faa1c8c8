import Intents
import Testing

@testable import Placement

/// The six complete examples of FLARE's reference against a market of 40 offers.
struct ReferenceExamplesTests {
    /// A wish for GPUs.
    private func gpus(_ model: String?, _ count: Int, gibibytes: Int64? = nil, tier: GPUWish.Tier? = nil) -> GPUWish {
        var wish = GPUWish()
        wish.model = model
        wish.count = count
        wish.memory = gibibytes.map(Quantity.gibibytes)
        wish.tier = tier
        return wish
    }

    /// A job's settings.
    private func job(_ tasks: Int, hours: Int) -> Workload.JobSettings {
        var job = Workload.JobSettings()
        job.parallelTasks = tasks
        job.timeout = .seconds(hours * 3600)
        return job
    }

    @Test func languageModelService() {
        let spec = Stall.spec { spec in
            spec.objective = .performance
            spec.workload.image = "lmsysorg/sglang:latest"
            spec.workload.resources.gpu = gpus("nvidia-h100", 2, gibibytes: 80, tier: .premium)
            spec.workload.scaling = Workload.Scaling()
            spec.workload.scaling?.minReplicas = 2
            spec.workload.scaling?.autoScale = true
            spec.constraints.maxHourlyCost = .euros(50)
            spec.constraints.location = "EU"
            spec.constraints.maxLatencyMs = 100
        }
        let ranking = Stall.market.rank(spec, now: Stall.now)
        #expect(
            ranking.candidates.map(\.offer.id.name) == [
                "provider-1/eu-west-1/nvidia-h100/80Gi", "provider-2/eu-central-1/nvidia-h100/80Gi",
                "provider-4/europe-west4/h100-pcie/80Gi",
            ]
        )
        #expect(ranking.candidates.map(\.maxReplicas) == [5, 5, 8])
        #expect(ranking.candidates.map(\.hourly) == [.euros(45), .euros(48), .euros(49.6)])
        #expect(ranking.candidates.first?.because == "fastest of 3 offers: 66.9 TFLOPS × 2, 18.00 EUR/hour")
        #expect(ranking.refusal == nil)
    }

    @Test func videoBatch() {
        let spec = Stall.spec { spec in
            spec.objective = .cost
            spec.workload.kind = .batch
            spec.workload.resources.gpu = gpus("nvidia-rtx-4090", 1, tier: .gaming)
            spec.workload.resources.gpu?.shared = true
            spec.workload.job = job(20, hours: 6)
            spec.constraints.maxTotalCost = .euros(200)
            spec.constraints.deadline = Timestamp(seconds: 1_734_220_800)
            spec.constraints.preemptible = true
        }
        let ranking = Stall.market.rank(spec, now: Stall.now)
        #expect(ranking.candidates.count == 4, "spot counts; two offers have only 8 GPUs of 20; FlexAI is bare")
        #expect(ranking.candidates.first?.offer.id.name == "provider-6/us-tx-4/rtx4090/24Gi/spot")
        #expect(ranking.candidates.first?.hourly == .euros(4))
        #expect(ranking.candidates.first?.maxReplicas == nil)
        let late = Stall.market.rank(spec, now: Timestamp(seconds: 1_734_220_800))
        #expect(late.refusal?.code == "DEADLINE_PASSED")
        #expect(late.candidates.isEmpty)
    }

    @Test func distributedTraining() {
        let spec = Stall.spec { spec in
            spec.objective = .performance
            spec.workload.kind = .job
            spec.workload.resources.gpu = gpus("nvidia-a100", 4, gibibytes: 40, tier: .premium)
            spec.workload.resources.gpu?.interconnect = .nvlink
            spec.workload.job = job(2, hours: 24)
            spec.constraints.maxTotalCost = .euros(1000)
            spec.constraints.location = "US"
            spec.constraints.providers = ["aws", "gcp"]
        }
        let ranking = Stall.market.rank(spec, now: Stall.now)
        #expect(
            ranking.candidates.map(\.offer.id.name) == [
                "gcp/us-central1/nvidia-a100/40Gi", "aws/us-east-1/nvidia-a100/40Gi", "aws/us-west-2/nvidia-a100/80Gi",
            ]
        )
        #expect(ranking.candidates.first?.hourly == .euros(23.2))
    }

    @Test func dataPipeline() {
        let spec = Stall.spec { spec in
            spec.objective = .cost
            spec.workload.kind = .batch
            spec.workload.resources.gpu = gpus(nil, 1, tier: .standard)
            spec.workload.resources.gpu?.shared = true
            spec.workload.job = job(10, hours: 4)
            spec.constraints.maxTotalCost = .euros(100)
            spec.constraints.preemptible = true
            spec.constraints.deadline = Timestamp(seconds: 1_734_681_600)
        }
        let ranking = Stall.market.rank(spec, now: Stall.now)
        #expect(
            ranking.candidates.map(\.offer.model) == ["nvidia-rtx-3080", "nvidia-rtx-4080", "nvidia-l40s"],
            "any model of the tier; one 4080 offer has only 5 GPUs of 10"
        )
        #expect(ranking.candidates.first?.because == "lowest cost of 3 offers: 2.20 EUR/hour")
    }

    @Test func notebook() {
        let spec = Stall.spec { spec in
            spec.objective = .latency
            spec.workload.image = "jupyter/tensorflow-notebook:latest"
            spec.workload.resources.gpu = gpus("nvidia-rtx-4090", 1, tier: .gaming)
            spec.workload.scaling = Workload.Scaling()
            spec.workload.scaling?.maxReplicas = 1
            spec.constraints.maxHourlyCost = .euros(5)
            spec.constraints.location = "EU"
            spec.constraints.maxLatencyMs = 50
        }
        let ranking = Stall.market.rank(spec, now: Stall.now)
        #expect(
            ranking.candidates.map(\.offer.id.name) == [
                "provider-2/eu-central-1/rtx4090/24Gi", "provider-5/EU-RO-1/RTX 4090/24Gi", "nvidia-rtx-4090",
                "provider-1/eu-west-1/nvidia-rtx-4090/24Gi",
            ],
            "12 ms first, unknown latency by cost, FlexAI among them, 70 ms not at all"
        )
        #expect(ranking.candidates.last { $0.offer.platform != .flare }?.offer.platform == .flexai)
    }

    @Test func communicationAwareTraining() {
        let spec = Stall.spec { spec in
            spec.objective = .balanced
            spec.workload.kind = .job
            spec.workload.resources.gpu = gpus("nvidia-a100", 4, gibibytes: 40)
            spec.workload.resources.gpu?.interconnect = .nvlink
            spec.workload.job = job(1, hours: 12)
            spec.constraints.maxHourlyCost = .euros(25)
            spec.constraints.maxLatencyMs = 50
            spec.constraints.location = "EU"
        }
        let ranking = Stall.market.rank(spec, now: Stall.now)
        #expect(ranking.candidates.map(\.offer.provider) == ["provider-1", "aws", "gcp"])
        #expect(ranking.candidates.first?.hourly == .euros(10.2))
        #expect(
            ranking.candidates.first?.because
                == "most throughput for the money of 3 offers: 19.5 TFLOPS × 4 for 10.20 EUR/hour"
        )
    }
}
