import Intents
import Placement

/// A newer generation cuts in at once: a replacement that does not run yet and is outdated itself goes.
func cutIn(_ deliberation: inout Deliberation) {
    for index in deliberation.records.indices {
        let record = deliberation.records[index]
        guard let replaced = record.replaces, deliberation.isOutdated(record), !deliberation.runs(record),
            let old = deliberation.records.first(where: { $0.attempt == replaced }), old.phase == .live
        else { continue }
        let generation = deliberation.situation.wish?.generation ?? 0
        deliberation.end(index, because: .replaced, "generation \(generation) has cut in before it ran")
    }
}

/// Remembers how the replacement by a new generation goes: given up when one does not run in time or several fail, and
/// forgotten when one runs.
func watchTheRollout(_ deliberation: inout Deliberation) {
    guard let wish = deliberation.situation.wish else { return }
    if let rollout = deliberation.account.memory.rollout, rollout.generation != wish.generation {
        deliberation.account.memory.rollout = nil
    }
    for (before, record) in zip(deliberation.situation.records, deliberation.records) {
        guard record.replaces != nil else { continue }
        if deliberation.runs(record), !deliberation.isOutdated(record) {
            deliberation.account.memory.rollout = nil
        } else if before.phase == .live, record.phase == .ending, let reason = record.ending?.reason,
            !deliberation.runs(before)
        {
            deliberation.noteFailure(of: record, reason, wish.generation)
        }
    }
}

extension Deliberation {
    /// Whether the replacement of what is outdated was given up for this generation; says so where it was.
    mutating func isHalted(_ index: Int) -> Bool {
        guard let rollout = account.memory.rollout, rollout.haltedAt != nil, runs(records[index]) else { return false }
        let old = Set(records.filter { isOutdated($0) }.map(\.purchase.generation)).sorted()
        let stays = old.map(String.init).joined(separator: ", ")
        stall = ErrorStatus(
            code: "ROLLOUT_HALTED",
            message:
                "generation \(rollout.generation) does not run (\(rollout.message)); generation \(stays) stays: change "
                + "the intent, or try again with `intentctl reconcile \(situation.key.rawValue)`",
            at: rollout.haltedAt ?? now
        )
        return true
    }

    /// Whether an allocation may be replaced; what holds a persistent volume waits for a person's word.
    mutating func mayReplace(_ index: Int) -> Bool {
        guard records[index].purchase.holdsVolume, let generation = situation.wish?.generation else { return true }
        let name = records[index].id?.rawValue ?? records[index].attempt.short
        return isAllowed(
            Permission(.volume, generation: generation),
            why: "\(name) of slot \(records[index].slot) holds a persistent volume, and is to be replaced"
        )
    }

    /// Whether nothing but the room that an allocation takes keeps its replacement from its platform.
    func freesItsOwnPlace(_ index: Int, _ market: Market, _ spec: IntentSpec) -> Bool {
        let purchase = records[index].purchase
        guard let offer = market.offer(purchase.offer) else { return false }
        var relieved = market
        if let available = offer.available {
            let freed = purchase.gpuCount * max(1, purchase.maxReplicas ?? 1)
            relieved = market.stocked(offer.id, with: available + freed)
        } else if !situation.short.contains(purchase.offer) {
            return false
        }
        let resting = situation.resting.subtracting(situation.short)
        let ranking = relieved.rank(spec, resting: resting, platforms: [purchase.platform], now: now)
        return ranking.candidates.contains { $0.offer.id == purchase.offer }
    }

    /// Takes in that a replacement went before it ran.
    fileprivate mutating func noteFailure(of record: AllocationRecord, _ reason: Ending.Reason, _ generation: Int) {
        switch reason {
        case .failed, .lost, .provisioningTimeout: break
        default: return
        }
        var rollout = account.memory.rollout ?? RolloutMemory(generation: generation)
        rollout.failures += 1
        rollout.message = record.note
        if reason == .provisioningTimeout || rollout.failures >= policy.rolloutFailures {
            rollout.haltedAt = now
            tell("RolloutHalted", "generation \(generation) does not run: \(record.note)", severity: .warning)
        }
        account.memory.rollout = rollout
    }
}

extension PlatformError {
    /// Whether an offer is refused because there is too little of it.
    var tellsOfCapacity: Bool {
        switch DocumentedCode(rawValue: code) {
        case .insufficientResources, .gpuCountInsufficient, .gpuModelUnavailable: true
        case nil: consequence == .nextOffer && httpStatus != 404
        default: false
        }
    }
}
