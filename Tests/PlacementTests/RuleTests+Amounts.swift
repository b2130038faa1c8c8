import Intents

@testable import Placement

extension RuleTests {
    /// A service of this many replicas.
    private static func replicas(_ least: Int, most: Int? = nil, _ change: (inout IntentSpec) -> Void) -> IntentSpec {
        Stall.spec { spec in
            var scaling = Workload.Scaling()
            scaling.minReplicas = least
            scaling.maxReplicas = most ?? least
            spec.workload.scaling = scaling
            change(&spec)
        }
    }

    /// A job of this many tasks.
    private static func tasks(_ count: Int, timeout: Duration?, _ change: (inout IntentSpec) -> Void) -> IntentSpec {
        Stall.spec { spec in
            spec.workload.kind = .job
            var job = Workload.JobSettings()
            job.parallelTasks = count
            job.timeout = timeout
            spec.workload.job = job
            change(&spec)
        }
    }

    static let amounts: [Case] = [
        Case("enough GPUs", Stall.gpu { $0.count = 8 }, Stall.offer { $0.available = 8 }),
        Case(
            "too few GPUs",
            Stall.gpu { $0.count = 8 },
            Stall.offer { $0.available = 7 },
            "7 GPUs are free where 8 are needed"
        ),
        Case("nobody says how many", Stall.gpu { $0.count = 8 }, Stall.offer()),
        Case(
            "one GPU where nothing is wished",
            Stall.spec(),
            Stall.offer { $0.available = 0 },
            "0 GPUs are free where 1 are needed"
        ),
        Case(
            "FLARE carries all replicas",
            replicas(3) { _ in },
            Stall.offer { $0.available = 2 },
            "2 GPUs are free where 3 are needed"
        ),
        Case("FLARE needs only the least replicas", replicas(3, most: 9) { _ in }, Stall.offer { $0.available = 3 }),
        Case(
            "FlexAI sells slot by slot",
            replicas(3) { $0.constraints.providers = ["flexai"] },
            Stall.offer(on: .flexai) { $0.available = 1 }
        ),
        Case("the hourly cap to the cent", replicas(3) { $0.constraints.maxHourlyCost = .euros(6) }, Stall.offer()),
        Case(
            "a cent above",
            replicas(3) { $0.constraints.maxHourlyCost = .euros(5.99) },
            Stall.offer(),
            "it costs 6.00 EUR an hour"
        ),
        Case(
            "unknown price under any cap",
            Stall.spec { $0.constraints.maxHourlyCost = .euros(1000) },
            Stall.offer { $0.hourlyPerGPU = nil },
            "it states no price"
        ),
        Case(
            "a price below zero is none",
            Stall.spec { $0.constraints.maxHourlyCost = .euros(1000) },
            Stall.offer { $0.hourlyPerGPU = .euros(-1) },
            "it states no price"
        ),
        Case("unknown price without a cap", Stall.spec(), Stall.offer { $0.hourlyPerGPU = nil }),
        Case(
            "a price too large to multiply",
            replicas(3) { $0.constraints.maxHourlyCost = .euros(6) },
            Stall.offer { $0.hourlyPerGPU = Money(micros: .max) },
            "it costs 9223372036854.775807 EUR an hour"
        ),
        Case(
            "nothing for no money",
            Stall.spec { $0.constraints.maxHourlyCost = .zero },
            Stall.offer { $0.hourlyPerGPU = .zero }
        ),
        Case(
            "a job to its timeout",
            tasks(2, timeout: .seconds(7200)) { $0.constraints.maxTotalCost = .euros(8) },
            Stall.offer()
        ),
        Case(
            "a job a cent above",
            tasks(2, timeout: .seconds(7200)) { $0.constraints.maxTotalCost = .euros(7.99) },
            Stall.offer(),
            "it costs 8.00 EUR in all"
        ),
        Case(
            "the deadline comes before the timeout",
            tasks(2, timeout: .seconds(7200)) {
                $0.constraints.maxTotalCost = .euros(4)
                $0.constraints.deadline = Stall.now + .seconds(3600)
            },
            Stall.offer()
        ),
        Case(
            "the deadline alone",
            tasks(2, timeout: nil) {
                $0.constraints.maxTotalCost = .euros(4)
                $0.constraints.deadline = Stall.now + .seconds(7200)
            },
            Stall.offer(),
            "it costs 8.00 EUR in all"
        ),
        Case(
            "a job without an end",
            tasks(2, timeout: nil) { $0.constraints.maxTotalCost = .euros(0.5) },
            Stall.offer()
        ),
        Case(
            "a job without an end or a price",
            tasks(2, timeout: nil) { $0.constraints.maxTotalCost = .euros(5) },
            Stall.offer { $0.hourlyPerGPU = nil },
            "it states no price"
        ),
        Case("a service lasts an hour", replicas(2) { $0.constraints.maxTotalCost = .euros(4) }, Stall.offer()),
        Case(
            "a service that cannot",
            replicas(2) { $0.constraints.maxTotalCost = .euros(3.99) },
            Stall.offer(),
            "it costs 4.00 EUR in all"
        ),
    ]
}
