package import Intents

/// The wishes of an intent in the words of a FLUIDOS Solver: what FLARE turns them into.
///
/// `any` and absent wishes emit nothing. `memory` and `cores` are totals over `count`. Truths are emitted only where the
/// intent asks for them, since the one known implementation matches them the wrong way round.
package struct FluidosSelector: Hashable, Sendable {
    /// One filter of GPUs.
    package struct GPUFilter: Hashable, Sendable {
        /// What is asked about.
        package var field: FluidosField
        /// What is asked.
        package var filter: FluidosFilter
    }

    /// Processor cores, at least.
    package private(set) var cpu: FluidosFilter?
    /// Main memory, at least.
    package private(set) var memory: FluidosFilter?
    /// The filters of GPUs, each field at most once.
    package private(set) var gpus: [GPUFilter] = []
    /// Wishes that a selector has no filter for.
    package private(set) var unsaid: [String] = []

    /// The selector of an intent.
    package init(_ spec: IntentSpec) {
        let resources = spec.workload.resources
        cpu = resources.cpu.map { .resources(least: $0.text, most: nil) }
        memory = resources.memory.map { .resources(least: $0.text, most: nil) }
        if let gpu = resources.gpu { add(gpu) }
        add(spec.constraints)
    }

    private mutating func add(_ gpu: GPUWish) {
        let count = max(1, gpu.count)
        add(.model, gpu.model.flatMap { $0 == "any" ? nil : .text($0) })
        add(.count, .numbers(least: Int64(count) * 1000, most: nil))
        add(.memory, gpu.memory.map { .resources(least: Self.total($0, count).text, most: nil) })
        add(.cores, gpu.cores.map { .numbers(least: Self.total(.units(Int64($0)), count).thousandths, most: nil) })
        add(.clockSpeed, gpu.clockSpeed.map { .resources(least: $0.text, most: nil) })
        add(.architecture, gpu.architecture.map { .text($0.rawValue) })
        add(.tier, gpu.tier.map { .text($0.rawValue) })
        add(.interconnect, gpu.interconnect.map { .text($0.rawValue) })
        add(.topology, gpu.topology.map { .text($0.rawValue) })
        add(.computeCapability, gpu.computeCapability.map { .text("\($0.major).\($0.minor)") })
        add(.fp32Tflops, gpu.fp32Tflops.map { .numbers(least: $0.thousandths, most: nil) })
        add(.multiGPUEfficiency, gpu.multiGPUEfficiency.map { .numbers(least: $0.thousandths, most: nil) })
        add(.shared, gpu.shared ? .truth(true) : nil)
        add(.dedicated, gpu.dedicated ? .truth(true) : nil)
        add(.interruptible, gpu.interruptible ? .truth(true) : nil)
        add(.multiInstance, gpu.multiInstance ? .truth(true) : nil)
    }

    private mutating func add(_ constraints: Constraints) {
        add(.region, constraints.location.flatMap { $0.lowercased() == "any" ? nil : .text($0) })
        add(.zone, constraints.availabilityZone.map { .text($0) })
        add(.hourlyRate, constraints.maxHourlyCost.map { .numbers(least: nil, most: $0.micros / 1000) })
        add(.networkLatencyMs, constraints.maxLatencyMs.map { .numbers(least: nil, most: Int64($0) * 1000) })
        let bandwidth = constraints.performance.minNetworkBandwidth
        add(.networkBandwidth, bandwidth.map { .resources(least: $0.text, most: nil) })
        add(.preemptible, constraints.preemptible ? .truth(true) : nil)
        // Filters all have to match, so several providers cannot be said with texts that must be equal.
        if constraints.providers.count == 1 {
            add(.provider, .text(constraints.providers[0]))
        } else if !constraints.providers.isEmpty {
            unsaid.append("constraints.providers")
        }
    }

    private mutating func add(_ field: FluidosField, _ filter: FluidosFilter?) {
        if let filter { gpus.append(GPUFilter(field: field, filter: filter)) }
    }

    /// An amount for all GPUs together, saturating.
    private static func total(_ each: Quantity, _ count: Int) -> Quantity {
        let (product, overflow) = each.thousandths.multipliedReportingOverflow(by: Int64(count))
        return Quantity(thousandths: overflow ? .max : product)
    }
}
