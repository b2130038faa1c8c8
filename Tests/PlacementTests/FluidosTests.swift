import Intents
import Testing

@testable import Placement

/// What a FLUIDOS Solver is told: FLUIDOS's own names of fields and filters, and for each wish the right one.
struct FluidosTests {
    /// The fields that the reference lists.
    private static let fields: Set = [
        "model", "cores", "memory", "vendor", "tier", "count", "multi_instance", "shared", "dedicated", "interruptible",
        "network_bandwidth", "network_latency_ms", "architecture", "interconnect", "interconnect_bandwidth",
        "compute_capability", "clock_speed", "fp32_tflops", "topology", "multi_gpu_efficiency", "region", "zone",
        "hourly_rate", "provider", "pre_emptible",
    ]
    /// The filters that it lists.
    private static let filters: Set = [
        "StringFilter", "StringRangeSelector", "NumberMatchFilter", "NumberRangeFilter", "ResourceMatchSelector",
        "ResourceRangeSelector", "BooleanFilter",
    ]

    @Test func `The names are those of the reference`() {
        #expect(Set(FluidosField.allCases.map(\.rawValue)) == Self.fields)
        #expect(Set(FluidosFilter.Kind.allCases.map(\.rawValue)) == Self.filters)
    }

    /// A wish with the only filter, beside the count, that it makes.
    struct Case: CustomTestStringConvertible {
        let field: String
        let kind: String
        let filter: FluidosFilter
        let spec: IntentSpec

        init(_ field: String, _ kind: String, _ filter: FluidosFilter, _ change: (inout IntentSpec) -> Void) {
            self.field = field
            self.kind = kind
            self.filter = filter
            spec = Stall.spec { spec in
                spec.workload.resources.gpu = GPUWish()
                spec.workload.resources.gpu?.count = 4
                change(&spec)
            }
        }

        var testDescription: String { field }
    }

    private static let cases: [Case] = [
        Case("model", "StringFilter", .text("h100")) { $0.workload.resources.gpu?.model = "h100" },
        Case("memory", "ResourceRangeSelector", .resources(least: "320Gi", most: nil)) {
            $0.workload.resources.gpu?.memory = .gibibytes(80)
        },
        Case("cores", "NumberRangeFilter", .numbers(least: 4_000_000, most: nil)) {
            $0.workload.resources.gpu?.cores = 1000
        },
        Case("tier", "StringFilter", .text("premium")) { $0.workload.resources.gpu?.tier = .premium },
        Case("architecture", "StringFilter", .text("hopper")) { $0.workload.resources.gpu?.architecture = .hopper },
        Case("interconnect", "StringFilter", .text("nvlink")) { $0.workload.resources.gpu?.interconnect = .nvlink },
        Case("topology", "StringFilter", .text("ring")) { $0.workload.resources.gpu?.topology = .ring },
        Case("compute_capability", "StringFilter", .text("9.0")) {
            $0.workload.resources.gpu?.computeCapability = ComputeCapability(major: 9, minor: 0)
        },
        Case("clock_speed", "ResourceRangeSelector", .resources(least: "1.5G", most: nil)) {
            $0.workload.resources.gpu?.clockSpeed = .units(1_500_000_000)
        },
        Case("fp32_tflops", "NumberRangeFilter", .numbers(least: 60_500, most: nil)) {
            $0.workload.resources.gpu?.fp32Tflops = Quantity(thousandths: 60_500)
        },
        Case("multi_gpu_efficiency", "NumberRangeFilter", .numbers(least: 900, most: nil)) {
            $0.workload.resources.gpu?.multiGPUEfficiency = Quantity(thousandths: 900)
        },
        Case("multi_instance", "BooleanFilter", .truth(true)) { $0.workload.resources.gpu?.multiInstance = true },
        Case("shared", "BooleanFilter", .truth(true)) { $0.workload.resources.gpu?.shared = true },
        Case("dedicated", "BooleanFilter", .truth(true)) { $0.workload.resources.gpu?.dedicated = true },
        Case("interruptible", "BooleanFilter", .truth(true)) { $0.workload.resources.gpu?.interruptible = true },
        Case("pre_emptible", "BooleanFilter", .truth(true)) { $0.constraints.preemptible = true },
        Case("region", "StringFilter", .text("EU")) { $0.constraints.location = "EU" },
        Case("zone", "StringFilter", .text("eu-west-1a")) { $0.constraints.availabilityZone = "eu-west-1a" },
        Case("provider", "StringFilter", .text("provider-1")) { $0.constraints.providers = ["provider-1"] },
        Case("hourly_rate", "NumberRangeFilter", .numbers(least: nil, most: 8_500)) {
            $0.constraints.maxHourlyCost = .euros(8.5)
        },
        Case("network_latency_ms", "NumberRangeFilter", .numbers(least: nil, most: 50_000)) {
            $0.constraints.maxLatencyMs = 50
        },
        Case("network_bandwidth", "ResourceRangeSelector", .resources(least: "10G", most: nil)) {
            $0.constraints.performance.minNetworkBandwidth = .units(10_000_000_000)
        },
    ]

    @Test(arguments: cases) func `Each wish has its field and its filter`(item: Case) {
        let selector = FluidosSelector(item.spec)
        let count = selector.gpus.filter { $0.field == .count }
        #expect(count.map(\.filter) == [.numbers(least: 4000, most: nil)])
        let others = selector.gpus.filter { $0.field != .count }
        #expect(others.map(\.field.rawValue) == [item.field])
        #expect(others.map(\.filter) == [item.filter])
        #expect(others.map(\.filter.kind.rawValue) == [item.kind])
        #expect(selector.unsaid.isEmpty)
    }

    @Test func `Every field that an intent can speak of is tried`() {
        let silent: Set = ["vendor", "interconnect_bandwidth", "count"]
        #expect(Set(Self.cases.map(\.field)) == Self.fields.subtracting(silent))
        #expect(Self.cases.map(\.field).allSatisfy(Self.fields.contains))
        #expect(Self.cases.map(\.kind).allSatisfy(Self.filters.contains))
    }

    @Test func `Any, absent and untrue emit nothing`() {
        let spec = Stall.gpu {
            $0.model = "any"
            $0.shared = false
        }
        #expect(FluidosSelector(spec).gpus.map(\.field) == [.count])
        #expect(FluidosSelector(Stall.spec { $0.constraints.location = "any" }).gpus.isEmpty)
        #expect(FluidosSelector(Stall.spec()).cpu == nil)
        #expect(FluidosSelector(Stall.spec()).memory == nil)
    }

    @Test func `Processor and memory have filters of their own, several providers have none`() {
        let selector = FluidosSelector(
            Stall.spec {
                $0.workload.resources.cpu = .units(8)
                $0.workload.resources.memory = .gibibytes(32)
                $0.constraints.providers = ["provider-1", "provider-2"]
            }
        )
        #expect(selector.cpu == .resources(least: "8", most: nil))
        #expect(selector.memory == .resources(least: "32Gi", most: nil))
        #expect(selector.gpus.isEmpty)
        #expect(selector.unsaid == ["constraints.providers"])
    }

    @Test func `Each field comes at most once`() {
        var wishes = RandomWish(dice: Dice(state: 5))
        for _ in 0..<60 {
            let fields = FluidosSelector(wishes.spec(rarity: 1)).gpus.map(\.field)
            #expect(Set(fields).count == fields.count)
        }
    }
}
