package import Intents

/// Takes what the platforms said into the rows: sightings, losses, failures, ends of work.
func absorbLooks(_ deliberation: inout Deliberation) {
    // While it is paused it is looked at and nothing is concluded: what a person does to it meanwhile is no loss.
    let isPaused = deliberation.situation.isPaused
    for index in deliberation.records.indices where deliberation.records[index].phase == .live {
        switch deliberation.look(row: index) {
        case .seen(let observation): absorb(observation, at: index, in: &deliberation)
        case .absent where isPaused: break
        case .absent: absorbAbsence(at: index, in: &deliberation)
        case .doubtful:
            deliberation.wake(at: deliberation.now + deliberation.policy.listingsApart, "most allocations seem gone")
        case .unreachable(let error): deliberation.note(error)
        case nil: break
        }
        if !isPaused { concludeFromSighting(at: index, in: &deliberation) }
    }
}

private func absorb(_ observation: Observation, at index: Int, in deliberation: inout Deliberation) {
    var record = deliberation.records[index]
    if let difference = record.purchase.difference(from: observation) { deliberation.differences[index] = difference }
    guard let traits = deliberation.traits(of: record) else { return }
    let enough = max(1, traits.looksUntilRunning)
    guard record.missingSince != nil || !record.knows(observation, enoughLooks: enough) else { return }
    record.missingSince = nil
    record.absorb(observation, looksUntilRunning: traits.looksUntilRunning, at: deliberation.now)
    deliberation.records[index] = record
}

extension AllocationRecord {
    /// Takes a sighting in; the row stays equal where nothing worth keeping has changed, so that nothing is written.
    package mutating func absorb(_ observation: Observation, looksUntilRunning: Int, at now: Timestamp) {
        if knows(observation, enoughLooks: max(1, looksUntilRunning)) { return }
        guard var seen = sighting, seen.state == observation.state else {
            sighting = Sighting(observation, at: now)
            return
        }
        seen.rawState = observation.rawState
        seen.looks = min(seen.looks + 1, max(1, looksUntilRunning))
        seen.address = observation.address ?? seen.address
        seen.url = observation.url ?? seen.url
        seen.hourlyCost = observation.hourlyCost ?? seen.hourlyCost
        sighting = seen
    }

    /// Whether an observation tells nothing of it that is not known: nearly every one does not.
    fileprivate func knows(_ observation: Observation, enoughLooks: Int) -> Bool {
        sighting?.says(observation, enoughLooks: enoughLooks) ?? false
    }

    /// Whether it does its work, as far as its platform's word can be believed.
    package func isRunning(_ traits: PlatformTraits, _ policy: ReconcilePolicy, at now: Timestamp) -> Bool {
        guard phase == .live, missingSince == nil, let sighting, sighting.state == .running else { return false }
        guard traits.looksUntilRunning > 1 else { return true }
        return sighting.looks >= traits.looksUntilRunning && now - sighting.since >= policy.runningApart
    }
}

extension Sighting {
    /// Whether an observation tells nothing that is not known.
    fileprivate func says(_ observation: Observation, enoughLooks: Int) -> Bool {
        state == observation.state && looks >= enoughLooks && rawState == observation.rawState
            && (observation.address == nil || observation.address == address)
            && (observation.url == nil || observation.url == url)
            && (observation.hourlyCost == nil || observation.hourlyCost == hourlyCost)
    }
}

/// "Gone" is not believed right after a create, and afterwards only twice, some time apart.
private func absorbAbsence(at index: Int, in deliberation: inout Deliberation) {
    let record = deliberation.records[index]
    guard let traits = deliberation.traits(of: record) else { return }
    let now = deliberation.now
    let believed = record.phaseSince + traits.visibilityGrace
    guard now >= believed else { return deliberation.wake(at: believed, "too new for its absence to mean anything") }
    guard let missing = record.missingSince else {
        deliberation.records[index].missingSince = now
        return deliberation.wake(at: now + deliberation.policy.goneApart, "a second look for what seems lost")
    }
    let second = missing + deliberation.policy.goneApart
    guard deliberation.situation.looksBeganAt >= second else {
        return deliberation.wake(at: second, "a second look for what seems lost")
    }
    #if MUTANTS
    if Mutant.lostIsForgotten.isActive {
        deliberation.forgotten.insert(record.attempt)
        return
    }
    #endif
    let message = "the platform does not know it any more"
    guard !deliberation.takeAsDrift(.gone, of: record, message) else { return }
    deliberation.end(index, because: .lost, message)
}

/// What the state of an allocation that should live means for it.
private func concludeFromSighting(at index: Int, in deliberation: inout Deliberation) {
    let record = deliberation.records[index]
    guard record.phase == .live, let state = record.sighting?.state else { return }
    if state == .running {
        noteBeginOfWork(in: &deliberation)
        return watchWhatWasSold(at: index, in: &deliberation)
    }
    guard let sighting = record.sighting else { return }
    switch state {
    case .failed where record.purchase.spot && sighting.tellsOfPreemption:
        deliberation.end(index, because: .lost, sighting.message ?? "the platform took it back")
    case .failed:
        let message = sighting.message ?? "the platform says \(sighting.rawState)"
        deliberation.finishWork(.failed, message, of: record)
        deliberation.end(index, because: .failed, message)
    case .completed:
        let message = sighting.message ?? "the platform says \(sighting.rawState)"
        deliberation.finishWork(.completed, message, of: record)
        deliberation.end(index, because: .completed, "its work is done")
    case .stopped, .stopping:
        guard record.parkedAt == nil else { return }
        let message = "the platform stopped it (\(sighting.rawState))"
        guard !deliberation.takeAsDrift(.state, of: record, message) else { return }
        deliberation.end(index, because: .lost, message)
    case .running, .provisioning, .unknown: watchWhatWasSold(at: index, in: &deliberation)
    }
}

private func noteBeginOfWork(in deliberation: inout Deliberation) {
    guard deliberation.account.workBeganAt == nil, deliberation.isWork else { return }
    deliberation.account.workBeganAt = deliberation.now
}

/// A platform that sold something dearer than the file allows sold something else than was ordered.
private func watchWhatWasSold(at index: Int, in deliberation: inout Deliberation) {
    let record = deliberation.records[index]
    guard let cost = record.sighting?.hourlyCost, let cap = deliberation.spec?.constraints.maxHourlyCost,
        cost > cap, cost > record.purchase.hourly
    else { return }
    deliberation.end(index, because: .notAsOrdered, "it costs \(cost) an hour, over the cap of \(cap)")
}
