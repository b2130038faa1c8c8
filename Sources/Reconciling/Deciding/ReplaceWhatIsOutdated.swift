package import Intents
package import Placement

/// Replaces allocations whose shape the spec has left behind: one slot after the other, with a surge of at most one.
func replaceWhatIsOutdated(_ deliberation: inout Deliberation) {
    guard deliberation.holdBuying == nil, let spec = deliberation.spec else { return }
    retireWhatWasReplaced(&deliberation)
    let outdated = deliberation.records.indices.filter { index in
        let record = deliberation.records[index]
        return record.phase == .live && record.shape != deliberation.wantedShape(on: record.purchase.platform)
    }
    guard let index = outdated.first, !deliberation.surgeIsUnderWay else { return }
    let record = deliberation.records[index]
    guard let market = deliberation.situation.market else {
        deliberation.needsMarket = true
        return
    }
    let here: Set = [record.purchase.platform]
    let ranking = market.rank(spec, resting: deliberation.situation.resting, platforms: here, now: deliberation.now)
    let elsewhere =
        ranking.candidates.isEmpty
        ? market.rank(spec, resting: deliberation.situation.resting, now: deliberation.now) : ranking
    deliberation.ranking = elsewhere
    guard let candidate = elsewhere.candidates.first else {
        if let refusal = elsewhere.refusal {
            deliberation.stall = ErrorStatus(code: refusal.code, message: refusal.message, at: deliberation.now)
        }
        return
    }
    guard ranking.candidates.isEmpty || !spec.forbidsSurge, deliberation.pays(for: candidate, spec) else {
        deliberation.end(index, because: .replaced, "its replacement cannot live beside it")
        return
    }
    if ranking.candidates.isEmpty {
        for other in outdated { deliberation.end(other, because: .replaced, "nothing fits on its platform any more") }
    } else {
        deliberation.steps.append(.provision(slot: record.slot, candidate, replacing: record.attempt))
    }
}

/// What has been replaced by something that runs goes.
private func retireWhatWasReplaced(_ deliberation: inout Deliberation) {
    for replacement in deliberation.records where replacement.replaces != nil && replacement.phase == .live {
        guard let traits = deliberation.traits(of: replacement),
            replacement.isRunning(traits, deliberation.policy, at: deliberation.now),
            let old = deliberation.records.firstIndex(where: { $0.attempt == replacement.replaces })
        else { continue }
        deliberation.end(old, because: .replaced, "attempt \(replacement.attempt.short) has taken its place")
    }
}

extension Deliberation {
    /// Whether some slot is filled twice at the moment, or about to be.
    var surgeIsUnderWay: Bool {
        var slots = Set<Int>()
        for record in records where record.phase != .tombstone && !forgotten.contains(record.attempt) {
            if !slots.insert(record.slot).inserted { return true }
        }
        return false
    }

    /// Whether the hourly cap pays for one more allocation beside everything that is counted.
    package func pays(for candidate: Candidate, _ spec: IntentSpec, planned: Money = .zero) -> Bool {
        guard let cap = spec.constraints.maxHourlyCost else { return true }
        return countedHourly + planned + candidate.hourlyPerAllocation <= cap
    }
}

extension IntentSpec {
    /// Whether two allocations of one slot must not live side by side: they would share a domain or a volume.
    package var forbidsSurge: Bool {
        workload.ports.contains { $0.domain != nil } || workload.storage.volumes.contains { $0.kind == .persistent }
    }
}
