import Intents

/// The loads of one intent at one moment.
struct LoadLook: Hashable, Sendable {
    /// What it scales by.
    private(set) var metrics: [ScalingRule.Metric] = []
    /// Whether every running slot is measured and does nothing.
    private(set) var isIdle = false
    /// The mean loads, for people.
    private(set) var summary = ""

    /// The part of a report that speaks of an intent's running slots; without a report nothing is measured.
    init(_ report: LoadReport?, of records: [AllocationRecord], key: IntentKey, _ spec: IntentSpec) {
        var running: [Int: AllocationRecord] = [:]
        for record in records where record.phase == .live && record.missingSince == nil {
            if record.sighting?.state == .running { running[record.slot] = record }
        }
        let slots = running.values.sorted { $0.slot < $1.slot }
        guard let report, !slots.isEmpty else { return }
        let gpu = report.gpu.map { loads in slots.map { loads.load(of: $0, key) } }
        let cpu = report.cpu.map { loads in slots.map { loads.load(of: $0, key) } }
        if let scaling = spec.autoscaling {
            if let gpu { metrics.append(ScalingRule.Metric(gpu, target: scaling.targetGPUPercent)) }
            if let cpu { metrics.append(ScalingRule.Metric(cpu, target: scaling.targetCPUPercent)) }
        }
        summary = [Self.words("GPU", gpu), Self.words("CPU", cpu)].compactMap(\.self).joined(separator: ", ")
        guard let idle = spec.idle, gpu != nil || cpu != nil else { return }
        let bound = Int(idle.below.thousandths / 10)
        isIdle = slots.indices.allSatisfy { index in
            [gpu, cpu].compactMap(\.self).allSatisfy { loads in loads[index].map { $0 < bound } ?? false }
        }
    }

    /// A metric's mean over the slots that are measured.
    private static func words(_ name: String, _ loads: [Int?]?) -> String? {
        guard let loads else { return nil }
        let known = loads.compactMap(\.self)
        guard !known.isEmpty else { return "\(name) not measured" }
        let mean = known.reduce(0, +) / known.count / 100
        return known.count == loads.count
            ? "\(name) \(mean) %" : "\(name) \(mean) % (\(known.count) of \(loads.count) slots measured)"
    }
}

extension [LoadReport.Place: Int] {
    /// The load of an allocation: of its slot where the series name it, else of its host.
    fileprivate func load(of record: AllocationRecord, _ key: IntentKey) -> Int? {
        if let load = self[.slot(key, record.slot)] { return load }
        return record.sighting?.address.flatMap { self[.host($0)] }
    }
}

extension ScalingRule.Metric {
    /// A metric of running slots, nil for those that are not measured; the target in percent.
    fileprivate init(_ loads: [Int?], target: Int) {
        #if MUTANTS
        let loads = Mutant.missingIsIdle.isActive ? loads.map { $0 ?? 0 } : loads
        #endif
        let known = loads.compactMap(\.self)
        self.init(
            target: target * 100,
            sum: known.reduce(0, +),
            measured: known.count,
            missing: loads.count - known.count
        )
    }
}
