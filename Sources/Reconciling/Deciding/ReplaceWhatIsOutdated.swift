package import Intents
package import Placement

/// Replaces allocations whose shape the spec has left behind: one slot after the other, with a surge of at most one.
///
/// Where the new ones do not run, the old ones stay; another generation of the spec tries anew.
func replaceWhatIsOutdated(_ deliberation: inout Deliberation) {
    guard deliberation.holdBuying == nil, let spec = deliberation.spec else { return }
    cutIn(&deliberation)
    retireWhatWasReplaced(&deliberation)
    watchTheRollout(&deliberation)
    guard deliberation.notYet == nil, deliberation.unrecordedSlots.isEmpty else { return }
    let outdated = deliberation.records.indices.filter { deliberation.isOutdated(deliberation.records[$0]) }
    #if MUTANTS
    if Mutant.surgeUnbounded.isActive { return replaceAll(outdated, in: &deliberation) }
    #endif
    // What does not run yet goes first: nobody misses it.
    let idle = outdated.first { !deliberation.runs(deliberation.records[$0]) }
    guard let index = idle ?? outdated.first, !deliberation.surgeIsUnderWay, !deliberation.mendsALoss else { return }
    guard !deliberation.isHalted(index), deliberation.mayReplace(index) else { return }
    if let stall = deliberation.situation.stall {
        deliberation.stall = stall
        return
    }
    guard let market = deliberation.situation.market else {
        deliberation.needsMarket = true
        return
    }
    let home = deliberation.records[index].purchase.platform
    let resting = deliberation.situation.resting
    let ranking = market.rank(spec, resting: resting, platforms: [home], now: deliberation.now)
    deliberation.ranking = ranking
    if ranking.candidates.isEmpty, deliberation.freesItsOwnPlace(index, market, spec) {
        makeRoom(for: index, spec, in: &deliberation)
    } else if ranking.candidates.isEmpty {
        moveAway(from: home, outdated, market, spec, in: &deliberation)
    } else if let candidate = deliberation.firstUsable(ranking) {
        replace(index, by: candidate, spec, in: &deliberation)
    } else {
        reportPause(of: ranking.candidates, in: &deliberation)
    }
}

#if MUTANTS
/// Replaces whatever is not being replaced yet, all of it beside the old ones.
private func replaceAll(_ outdated: [Int], in deliberation: inout Deliberation) {
    guard let spec = deliberation.spec else { return }
    let replaced = Set(deliberation.records.compactMap(\.replaces))
    let open = outdated.filter { !replaced.contains(deliberation.records[$0].attempt) }
    guard !open.isEmpty else { return }
    guard let market = deliberation.situation.market else {
        deliberation.needsMarket = true
        return
    }
    for index in open {
        let home = deliberation.records[index].purchase.platform
        let ranking = market.rank(
            spec,
            resting: deliberation.situation.resting,
            platforms: [home],
            now: deliberation.now
        )
        guard let candidate = deliberation.firstUsable(ranking) else { continue }
        let record = deliberation.records[index]
        deliberation.steps.append(.provision(slot: record.slot, candidate, replacing: record.attempt))
    }
}
#endif

/// Replaces one allocation: beside it where it may and the caps pay for both, else after it has gone.
private func replace(_ index: Int, by candidate: Candidate, _ spec: IntentSpec, in deliberation: inout Deliberation) {
    let record = deliberation.records[index]
    #if MUTANTS
    if Mutant.surgeWithoutCap.isActive {
        return deliberation.steps.append(.provision(slot: record.slot, candidate, replacing: record.attempt))
    }
    #endif
    let others = deliberation.countedHourly - record.hourly
    guard deliberation.mayCost(others + candidate.hourlyPerAllocation) else { return }
    guard !deliberation.owesASlot(spec) || !deliberation.pays(for: candidate, spec) else { return }
    let surges =
        !spec.forbidsSurge && deliberation.pays(for: candidate, spec) && deliberation.totalPays(for: candidate, spec)
        && deliberation.quotaShortage(for: candidate, spec, planned: .zero, count: 0) == nil
    if surges {
        deliberation.steps.append(.provision(slot: record.slot, candidate, replacing: record.attempt))
    } else if !deliberation.isDisturbed(beside: record, spec, candidate) {
        deliberation.end(index, because: .replaced, deliberation.whyAlone(candidate, spec))
    }
}

/// Lets the old one go first where its platform has no capacity for both.
private func makeRoom(for index: Int, _ spec: IntentSpec, in deliberation: inout Deliberation) {
    guard !deliberation.owesASlot(spec) else { return }
    let record = deliberation.records[index]
    let others = deliberation.counted.filter { $0.attempt != record.attempt && !deliberation.isOutdated($0) }
    guard others.allSatisfy({ deliberation.runs($0) }) else { return }
    deliberation.end(index, because: .replaced, "there is no capacity for its replacement beside it: it goes first")
}

/// Nothing fits on an intent's platform any more: all of it goes at once, since an intent lives on one platform.
///
/// Not where that may only seem so: the platform was not heard, or its offers only rest.
private func moveAway(
    from home: PlatformName,
    _ outdated: [Int],
    _ market: Market,
    _ spec: IntentSpec,
    in deliberation: inout Deliberation
) {
    let platform = deliberation.situation.platforms[home]
    let fits = !market.rank(spec, platforms: [home], now: deliberation.now).candidates.isEmpty
    guard let platform, !platform.offersUnheard, !fits else {
        return deliberation.wake(at: deliberation.now + deliberation.policy.pollSettled, "offers of its platform")
    }
    let elsewhere = market.rank(spec, resting: deliberation.situation.resting, now: deliberation.now)
    deliberation.ranking = elsewhere
    guard !elsewhere.candidates.isEmpty else {
        if let refusal = elsewhere.refusal {
            deliberation.stallForNow(
                ErrorStatus(code: refusal.code, message: refusal.words, at: deliberation.now),
                "other offers"
            )
        }
        return
    }
    guard deliberation.firstUsable(elsewhere) != nil else {
        return reportPause(of: elsewhere.candidates, in: &deliberation)
    }
    guard outdated.allSatisfy({ deliberation.mayReplace($0) }) else { return }
    for index in outdated { deliberation.end(index, because: .replaced, "nothing fits on its platform any more") }
}

/// What has been replaced by something that runs goes.
func retireWhatWasReplaced(_ deliberation: inout Deliberation) {
    for replacement in deliberation.records where replacement.replaces != nil && replacement.phase == .live {
        guard let traits = deliberation.traits(of: replacement),
            replacement.isRunning(traits, deliberation.policy, at: deliberation.now),
            let old = deliberation.records.firstIndex(where: { $0.attempt == replacement.replaces })
        else { continue }
        // The spec may have gone back meanwhile: then the old one stays, and what was to take its place goes.
        if deliberation.isOutdated(replacement), deliberation.records[old].phase == .live,
            !deliberation.isOutdated(deliberation.records[old]),
            let new = deliberation.records.firstIndex(where: { $0.attempt == replacement.attempt })
        {
            deliberation.end(new, because: .surplus, "what it was to replace is wanted again")
            continue
        }
        deliberation.end(old, because: .replaced, "attempt \(replacement.attempt.short) has taken its place")
    }
}

extension Deliberation {
    /// Whether a living allocation is to be replaced: the spec has left its shape behind, or it is not what was bought.
    func isOutdated(_ record: AllocationRecord) -> Bool {
        record.phase == .live && (record.shape != wantedShape(on: record.purchase.platform) || isMisshapen(record))
    }

    /// Why a replacement cannot live beside what it replaces, in a sentence.
    func whyAlone(_ candidate: Candidate, _ spec: IntentSpec) -> String {
        if spec.forbidsSurge { return "its replacement shares its domain or its volume: it goes first" }
        if !pays(for: candidate, spec) { return "the hourly cap does not pay for two: it goes first" }
        return "the total cap does not pay for two: it goes first"
    }

    /// Whether an allocation does its work.
    func runs(_ record: AllocationRecord) -> Bool {
        traits(of: record).map { record.isRunning($0, policy, at: now) } ?? false
    }

    /// The best candidate whose platform is not paused.
    func firstUsable(_ ranking: Ranking) -> Candidate? {
        ranking.candidates.first { candidate in
            situation.platforms[candidate.offer.platform].map { $0.pausedBecause == nil } ?? false
        }
    }

    /// Whether another slot is without a running allocation, so that this one must not go before its replacement.
    ///
    /// A slot that stays empty because the cap does not pay for it beside the outdated ones does not count.
    func isDisturbed(beside record: AllocationRecord, _ spec: IntentSpec, _ candidate: Candidate) -> Bool {
        let others = counted.filter { $0.attempt != record.attempt && !isOutdated($0) }
        if others.contains(where: { !runs($0) }) { return true }
        let filled = Set(counted.map(\.slot))
        let isComplete = (0..<wantedAllocations(spec)).allSatisfy(filled.contains)
        return !isComplete && runs(record) && pays(for: candidate, spec)
    }

    /// Whether a slot was emptied to be filled anew and is still empty: the room that this made is its own.
    func owesASlot(_ spec: IntentSpec) -> Bool {
        let wanted = wantedAllocations(spec)
        return records.contains { record in
            guard record.phase == .tombstone, record.ending?.reason == .replaced, record.slot < wanted,
                !account.memory.isDone(record.slot)
            else { return false }
            return !counted.contains { $0.slot == record.slot }
        }
    }

    /// Whether some slot is filled twice at the moment, or about to be.
    var surgeIsUnderWay: Bool {
        var slots = Set<Int>()
        for record in records where record.phase != .tombstone && !forgotten.contains(record.attempt) {
            if !slots.insert(record.slot).inserted { return true }
        }
        return false
    }

    /// Whether a slot holds nothing but what its platform has lost: it is filled anew beside that, which is a surge too.
    var mendsALoss: Bool {
        let rows = counted
        let lost = rows.filter { $0.phase == .ending && $0.ending?.reason == .lost }.map(\.slot)
        return lost.contains { slot in rows.count { $0.slot == slot } == 1 }
    }

    /// Whether the hourly cap pays for one more allocation beside everything that is counted.
    package func pays(for candidate: Candidate, _ spec: IntentSpec, planned: Money = .zero) -> Bool {
        #if MUTANTS
        let planned = Mutant.capPerSlot.isActive ? .zero : planned
        #endif
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
