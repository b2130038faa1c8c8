import Intents

/// Moves what is to go one step on: stop, DELETE, and looks until the platform has said twice that it is gone.
func progressEndings(_ deliberation: inout Deliberation) {
    #if MUTANTS
    if Mutant.pauseIgnored.isActive { deliberation.holdBuying = nil }
    #endif
    guard !deliberation.isFrozen else { return }
    for index in deliberation.records.indices where deliberation.records[index].phase == .ending {
        guard let ending = deliberation.records[index].ending else { continue }
        guard let traits = deliberation.traits(of: deliberation.records[index]) else {
            deliberation.wake(at: deliberation.now + deliberation.policy.pollSettled, "its platform is not configured")
            continue
        }
        if ending.deletedAt == nil {
            askForTheEnd(at: index, ending, traits, in: &deliberation)
        } else {
            confirmTheEnd(at: index, ending, traits, in: &deliberation)
        }
    }
}

private func askForTheEnd(
    at index: Int,
    _ ending: Ending,
    _ traits: PlatformTraits,
    in deliberation: inout Deliberation
) {
    let record = deliberation.records[index]
    let look = deliberation.look(row: index)
    if case .seen(let observation) = look {
        deliberation.records[index].absorb(observation, looksUntilRunning: 1, at: deliberation.now)
    }
    let state = deliberation.records[index].sighting?.state
    let lives = state == nil || state == .running || state == .provisioning || state == .unknown || state == .stopping
    guard traits.stopsBeforeDelete, ending.reason != .lost, lives, look != .absent else {
        deliberation.steps.append(.delete(record.attempt))
        return
    }
    guard let stopAskedAt = ending.stopAskedAt else {
        deliberation.steps.append(.stop(record.attempt))
        return
    }
    let grace =
        stopAskedAt
        + (deliberation.keepsCheckpoints ? deliberation.policy.checkpointGrace : deliberation.policy.stopGrace)
    guard deliberation.now < grace else {
        deliberation.steps.append(.delete(record.attempt))
        return
    }
    deliberation.wake(at: min(grace, deliberation.now + deliberation.policy.pollChanging), "it is stopping")
}

private func confirmTheEnd(
    at index: Int,
    _ ending: Ending,
    _ traits: PlatformTraits,
    in deliberation: inout Deliberation
) {
    let now = deliberation.now
    let made = deliberation.records[index].latestCreation(ending, traits, deliberation.policy)
    let visible = made + traits.visibilityGrace
    #if MUTANTS
    if Mutant.buries(after: deliberation.look(row: index)) {
        return bury(at: index, in: &deliberation)
    }
    var ending = ending
    if Mutant.failedDeleteBelieved.isActive { ending.deleteFailedAt = nil }
    #endif
    switch deliberation.look(row: index) {
    case .absent where ending.deleteFailedAt != nil && traits.failedDeleteHidesAllocation:
        deliberation.records[index].phase = .unverified
        deliberation.records[index].phaseSince = now
        deliberation.records[index].note = "a DELETE failed before the platform called it gone; it may still be billed"
        deliberation.tell("Unverified", deliberation.records[index].note, severity: .warning)
    case .absent where deliberation.situation.looksBeganAt < visible:
        deliberation.wake(at: visible, "too new for its absence to mean anything")
    case .absent:
        let first = ending.goneAt ?? now
        deliberation.records[index].ending?.goneAt = first
        let second = first + deliberation.policy.goneApart
        guard deliberation.situation.looksBeganAt >= second else {
            return deliberation.wake(at: second, "a second word that it is gone")
        }
        bury(at: index, in: &deliberation)
    case .seen(let observation):
        deliberation.records[index].ending?.goneAt = nil
        deliberation.records[index].absorb(observation, looksUntilRunning: 1, at: now)
        // A DELETE that came before it could be seen was told that there is no such thing.
        let asked = ending.deletedAt ?? now
        let again = asked < visible ? now : asked + deliberation.policy.deleteAgain
        if now >= again {
            deliberation.steps.append(.delete(deliberation.records[index].attempt))
        } else {
            deliberation.wake(at: min(again, now + deliberation.policy.pollChanging), "it is being deleted")
        }
    case .unreachable(let error): deliberation.note(error)
    case .doubtful, nil: deliberation.wake(at: now + deliberation.policy.pollChanging, "whether it is gone")
    }
}

private func bury(at index: Int, in deliberation: inout Deliberation) {
    let record = deliberation.records[index]
    let cost = record.hourly.over(deliberation.now - record.openedAt)
    deliberation.records[index].phase = .tombstone
    deliberation.records[index].phaseSince = deliberation.now
    deliberation.records[index].tombstone = Tombstone(at: deliberation.now, looks: 0, settled: cost)
    deliberation.records[index].body = nil
    if let look = deliberation.records[index].nextTombstoneLook(deliberation.policy) {
        deliberation.wake(at: look, "another look at what is gone")
    }
    deliberation.account.spent = deliberation.account.spent + cost
    if deliberation.keepsCheckpoints {
        var task = deliberation.account.memory.task(record.slot)
        task.lastAttempt = record.attempt
        deliberation.account.memory.put(task)
    }
    deliberation.charges.append(.charge(Charge(record, until: deliberation.now, amount: cost)))
    let name = record.id?.rawValue ?? record.attempt.short
    deliberation.tell("Released", "\(name) of slot \(record.slot) is gone; it has cost \(cost)")
}

extension Deliberation {
    /// Whether what is stopped is given time to write a checkpoint, from which the next attempt goes on.
    var keepsCheckpoints: Bool { spec?.keepsCheckpoints ?? false }
}

extension IntentSpec {
    /// Whether what is stopped is given time to write a checkpoint, from which the next attempt goes on.
    package var keepsCheckpoints: Bool { sla.backupStrategy?.lowercased() == "checkpoint" }
}

extension AllocationRecord {
    /// The latest moment at which it can have been made: a call ends by its deadline, and what is to go was known before.
    fileprivate func latestCreation(
        _ ending: Ending,
        _ traits: PlatformTraits,
        _ policy: ReconcilePolicy
    ) -> Timestamp {
        min(ending.wantedAt, lastSent(traits) + policy.longestCreate)
    }
}
