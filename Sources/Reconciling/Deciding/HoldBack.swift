import Intents

/// Finds out whether anything may be bought at all: withdrawn, paused, suspended, finished, too late.
func holdBack(_ deliberation: inout Deliberation) {
    guard let wish = deliberation.situation.wish else {
        deliberation.holdBuying = .withdrawn
        return
    }
    if let pause = wish.pause, deliberation.situation.isPaused {
        if let until = pause.until { deliberation.wake(at: until, "the pause ends") }
        deliberation.holdBuying = .paused(pause)
        return
    }
    #if MUTANTS
    if Mutant.jobRunsAgain.isActive { deliberation.account.beginAnew() }
    #endif
    if let finish = deliberation.account.finish, finish.generation == wish.generation {
        deliberation.holdBuying = .finished(finish)
        return forgetDetails(of: finish, wish, in: &deliberation)
    }
    // A changed spec begins anew.
    if deliberation.account.finish != nil { deliberation.account.beginAnew() }
    if let suspension = wish.suspension {
        guard let until = suspension.until, until <= deliberation.now else {
            if let until = suspension.until { deliberation.wake(at: until, "the suspension ends") }
            deliberation.holdBuying = .suspended(suspension)
            return
        }
        deliberation.holdBuying = nil
    }
    if let deadline = wish.intent.spec.constraints.deadline {
        if deadline <= deliberation.now {
            deliberation.holdBuying = .deadlinePassed(deadline)
            return
        }
        deliberation.wake(at: deadline, "the deadline")
    }
    timeJobOut(wish, in: &deliberation)
}

/// A job on platforms that do not know when it ends is ended by its timeout, counted from when it first ran.
private func timeJobOut(_ wish: Wish, in deliberation: inout Deliberation) {
    guard wish.intent.spec.workload.kind != .service, let timeout = wish.intent.spec.workload.job?.timeout,
        let began = deliberation.account.workBeganAt
    else { return }
    #if MUTANTS
    if Mutant.timeoutIgnored.isActive { return }
    #endif
    let end = began + timeout
    guard end <= deliberation.now else { return deliberation.wake(at: end, "the job's timeout") }
    let finish = Finish(
        outcome: .timedOut,
        generation: wish.generation,
        at: deliberation.now,
        message: "the job did not end within its timeout"
    )
    deliberation.account.finish = finish
    deliberation.holdBuying = .finished(finish)
}

/// Releases what no longer has a reason to live, or parks it where the suspension says so.
func releaseWhatIsOver(_ deliberation: inout Deliberation) {
    switch deliberation.holdBuying {
    case .withdrawn where deliberation.isKeptForDependents: break
    case .withdrawn: releaseAll(.withdrawn, "its intent was withdrawn", in: &deliberation)
    case .deadlinePassed(let deadline):
        releaseAll(.deadlinePassed, "the deadline \(deadline) has passed", in: &deliberation)
    case .finished(let finish) where finish.outcome == .timedOut:
        releaseAll(.jobTimeout, finish.message, in: &deliberation)
    case .finished(let finish):
        releaseAll(finish.outcome == .failed ? .failed : .completed, "its work has ended", in: &deliberation)
    case .suspended(let suspension):
        switch suspension.mode {
        case .release: releaseAll(.suspended, "its intent is suspended: \(suspension.reason)", in: &deliberation)
        case .stop: parkAll(in: &deliberation)
        }
    case .paused, .budget, .quota, .closed, nil: break
    }
    if deliberation.holdBuying == nil { unparkAll(in: &deliberation) }
}

private func releaseAll(_ reason: Ending.Reason, _ message: String, in deliberation: inout Deliberation) {
    for index in deliberation.records.indices { deliberation.end(index, because: reason, message) }
}

/// Stopped and kept; a platform that cannot stop an allocation has it released.
private func parkAll(in deliberation: inout Deliberation) {
    let wanted = deliberation.spec.map { deliberation.wantedAllocations($0) } ?? 0
    let replaced = Set(deliberation.records.filter { $0.phase == .live }.compactMap(\.replaces))
    for index in deliberation.records.indices where deliberation.records[index].phase == .live {
        guard let traits = deliberation.traits(of: deliberation.records[index]), traits.stopsBeforeDelete else {
            deliberation.end(index, because: .suspended, "its intent is suspended, and its platform cannot stop it")
            continue
        }
        guard deliberation.records[index].slot < wanted else {
            deliberation.end(index, because: .scaledDown, "\(wanted) slots are wanted")
            continue
        }
        guard !replaced.contains(deliberation.records[index].attempt) else {
            deliberation.end(index, because: .replaced, "what was to replace it is kept")
            continue
        }
        // What never ran holds nothing that is worth its price.
        giveUpProvisioning(at: index, traits, in: &deliberation)
        guard deliberation.records[index].phase == .live else { continue }
        if deliberation.records[index].parkedAt == nil {
            deliberation.records[index].parkedAt = deliberation.now
            deliberation.steps.append(.stop(deliberation.records[index].attempt))
        } else if case .seen(let seen) = deliberation.look(row: index),
            seen.state == .running || seen.state == .provisioning
        {
            // Asked, and seen to run all the same: asked again, but not before it has been looked at again.
            deliberation.steps.append(.stop(deliberation.records[index].attempt))
        }
    }
}

/// No platform can start a stopped allocation again: resuming replaces it.
private func unparkAll(in deliberation: inout Deliberation) {
    for index in deliberation.records.indices where deliberation.records[index].parkedAt != nil {
        deliberation.end(index, because: .replaced, "it was stopped, and no platform starts one again")
    }
}
