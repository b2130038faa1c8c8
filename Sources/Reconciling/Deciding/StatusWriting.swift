import Intents
import Placement

extension Deliberation {
    /// The decision that the concerns have come to; the status is written here and nowhere else.
    package consuming func decision() -> Decision {
        stall = stall ?? questionStall ?? driftStall ?? pauseStall
        let standing = standing()
        var status = writtenStatus(standing)
        if let previous = situation.previous, previous.tellsTheSame(as: status) { status = previous }
        return Decision(
            changes: changes(),
            steps: steps,
            status: status,
            next: next(standing),
            standing: standing,
            needsMarket: needsMarket,
            needsHolders: needsHolders,
            isYielding: yields != nil,
            breaksAt: breaksAt,
            isOver: situation.wish == nil && survivors.isEmpty
        )
    }

    /// The rows that stay.
    private var survivors: [AllocationRecord] {
        forgotten.isEmpty ? records : records.filter { !forgotten.contains($0.attempt) }
    }

    /// The rows that are not confirmed gone.
    package var counted: CountedRows { CountedRows(records, forgotten: forgotten) }

    private func changes() -> [LedgerChange] {
        var changes: [LedgerChange] = []
        for (old, new) in zip(situation.records, records) where old != new && !forgotten.contains(new.attempt) {
            changes.append(.put(new))
        }
        changes += records.filter { forgotten.contains($0.attempt) }.map { .forget($0.attempt) }
        if account != situation.account { changes.append(.account(account)) }
        return changes + charges + events.map { .event($0) }
    }

    /// Whether all is as written, on its way, or stuck.
    private func standing() -> Standing {
        if isRefused, stall != nil { return .stalled }
        if !steps.isEmpty || needsMarket { return .moving }
        if isKeptForDependents { return stall == nil ? .moving : .stalled }
        let sums = sums
        switch holdBuying {
        case .withdrawn: return sums.counted == 0 ? .converged : (onlyStuck ? .stalled : .moving)
        case .suspended, .closed:
            if sums.counted == sums.live { return .converged }
            return onlyStuck ? .stalled : .moving
        case .paused: return .converged
        case .finished(let finish):
            return sums.counted == 0 ? (finish.outcome == .completed ? .converged : .stalled) : .moving
        case .deadlinePassed, .budget, .quota: return sums.counted == 0 || onlyStuck ? .stalled : .moving
        case nil: break
        }
        // What runs although the intent has come to want something else, which cannot be had, is not as written.
        let isComplete = allRun && sums.ending == 0 && sums.counted == sums.runningSlots
        if isComplete, stall == nil, !counted.contains(where: { isOutdated($0) || isMissed($0) }) {
            return .converged
        }
        if stall != nil || onlyStuck { return .stalled }
        return notYet != nil && isAsFarAsItMayBe ? .converged : .moving
    }

    /// Why the platform of something that is held refuses us: nothing can be said of that before a person has acted.
    private var pauseStall: ErrorStatus? {
        // What a look was refused just now is not known of the platform yet.
        let refusals = refusals
        guard !refusals.isEmpty else { return nil }
        let error = counted.lazy.compactMap { record in
            situation.looks[record.attempt]?.isSight == true
                ? nil : refusals.first { $0.platform == record.purchase.platform }
        }.first
        return error.map { ErrorStatus(code: $0.code, message: $0.message, at: now) }
    }

    /// Why platforms refuse us, as far as anybody has heard.
    private var refusals: [PlatformError] {
        situation.looks.values.compactMap(\.refusal) + situation.platforms.values.compactMap(\.pausedBecause)
    }

    /// Whether everything that is to be done would be refused, until a person has acted.
    private var isRefused: Bool {
        guard !steps.isEmpty else { return false }
        let names = Set(refusals.map(\.platform))
        guard !names.isEmpty else { return false }
        return steps.allSatisfy { step in
            switch step {
            case .provision(_, let candidate, _): names.contains(candidate.offer.platform)
            case .takeBack: false
            case .repeatCreate(let attempt), .adopt(let attempt, _), .stop(let attempt), .delete(let attempt):
                records.contains { $0.attempt == attempt && names.contains($0.purchase.platform) }
            }
        }
    }

    /// Whether what may not be begun yet waits for nothing but a time: what has begun runs.
    private var isAsFarAsItMayBe: Bool {
        situation.surroundings.dependencies.allSatisfy { $0.state == .ready }
            && sums.running == sums.counted
    }

    /// Whether this look did not find it, which is not believed yet: it is about to be looked for again.
    private func isMissed(_ record: AllocationRecord) -> Bool {
        guard missesSomething, record.phase == .live else { return false }
        switch situation.looks[record.attempt] {
        case .absent, .doubtful: return true
        case .seen, .unreachable, nil: return false
        }
    }

    /// Whether nothing but a person's word can move what is left.
    private var onlyStuck: Bool {
        guard sums.unknown + sums.unverified > 0, sums.ending == 0, sums.live == sums.running else { return false }
        let stuck = counted.lazy.filter { $0.phase == .unknown || $0.phase == .unverified }
        return stuck.allSatisfy { waitsForAPerson($0) }
    }

    private func waitsForAPerson(_ record: AllocationRecord) -> Bool {
        guard record.phase == .unknown, let platform = situation.platforms[record.purchase.platform] else {
            return true
        }
        if keyServes(record, platform) { return false }
        if case .retryAfter = platform.traits.onUnknownCreate { return false }
        guard let listing = platform.listing else { return platform.cannotList }
        let grace = record.lastSent(platform.traits) + platform.traits.visibilityGrace
        guard listing.beganAt >= grace else { return false }
        guard listing.isWhole else { return true }
        // What may be ours but bears no name is settled by nobody but a person, however often it is listed.
        if !platform.traits.exclusiveAccount, !listing.proves(absenceOf: record) { return true }
        // A listing that shows neither the purchase nor anything later cannot tell by itself.
        guard let doubt = record.doubt, let first = doubt.firstMissAt else { return false }
        let bounded = platform.traits.listingDelayBound != nil
        return !bounded && !doubt.sawLaterCreation && now >= first + policy.listingsApart
    }

    private func isRunning(_ record: AllocationRecord, _ traits: PlatformTraits) -> Bool {
        record.isRunning(traits, policy, at: now)
    }

    var allRun: Bool {
        guard let spec else { return false }
        return sums.runningSlots + doneSlots >= wantedAllocations(spec)
    }

    /// Whether nothing of what is held moves.
    private var isStill: Bool {
        steps.isEmpty && sums.counted == sums.live && (isKeptForDependents || sums.live == sums.running)
            && (!missesSomething || !counted.contains { isMissed($0) })
    }

    private func next(_ standing: Standing) -> Next {
        let due = wakeups.min { $0.at < $1.at }
        if let notYet, !needsMarket, isStill {
            // It is woken by what it waits for; what it holds is looked at now and then.
            guard let due, sums.counted == 0 || due.at < now + policy.pollSettled else {
                return .settled(poll: policy.pollSettled)
            }
            return .waiting(until: due.at, why: notYet.message)
        }
        if let failure, !makesRoom, standing != .converged { return .retry(after: failure.after, failure.error) }
        switch standing {
        case .stalled:
            if let due { return .waiting(until: max(due.at, now + policy.pollChanging), why: due.why) }
            return .stalled(stall ?? ErrorStatus(code: "Stalled", message: "a person's word is needed", at: now))
        case .converged:
            guard let due, sums.live == 0 || due.at < now + policy.pollSettled else {
                return .settled(poll: policy.pollSettled)
            }
            return .waiting(until: due.at, why: due.why)
        case .moving:
            let poll = now + policy.pollChanging
            guard let due, due.at < poll else { return .waiting(until: poll, why: "something is on its way") }
            return .waiting(until: due.at, why: due.why)
        }
    }
}

/// Whether an intent is as written.
package enum Standing: Hashable, Sendable {
    /// It is, and nothing is under way.
    case converged
    /// It is on its way there.
    case moving
    /// It will not get there without a person.
    case stalled
}

extension Deliberation {
    private func writtenStatus(_ standing: Standing) -> IntentStatus {
        var status = IntentStatus(
            observedGeneration: situation.wish?.generation ?? situation.previous?.observedGeneration ?? 0,
            wantedSlots: spec.map(wantedAllocations) ?? 0
        )
        status.slots = slotStatuses(wanted: holdBuying == nil ? status.wantedSlots : 0)
        status.phase = phase(ready: status.readySlots + doneSlots, wanted: status.wantedSlots)
        status.placement = placementStatus() ?? (sums.counted == 0 ? nil : situation.previous?.placement)
        status.cost = CostStatus(hourly: countedHourly, total: spent, asOf: now)
        status.cost.reported = reportedTotal
        status.cost.overrun = overrun
        status.url = counted.compactMap { $0.sighting?.url }.first
        status.constraints = ranking?.constraints ?? situation.previous?.constraints ?? []
        status.approvals = questions
        status.availability = availabilityStatus
        status.lastError = lastError()
        status.conditions = conditions(status, standing)
        status.history = isRecordOver ? [] : history(status)
        if isRecordOver { (status.placement, status.constraints, status.lastError) = (nil, [], nil) }
        return status
    }

    private func lastError() -> ErrorStatus? {
        guard let error = stall ?? failure?.error else { return nil }
        if let previous = situation.previous?.lastError, previous.code == error.code, previous.message == error.message
        {
            return previous
        }
        return error
    }

    private func phase(ready: Int, wanted: Int) -> IntentStatus.Phase {
        switch holdBuying {
        case .withdrawn: return .terminating
        case .suspended, .closed: return .suspended
        case .deadlinePassed, .budget: return .failed
        case .quota: return .pending
        case .finished(let finish): return finish.outcome == .completed ? .completed : .failed
        case .paused, nil: break
        }
        if ready >= wanted, wanted > 0 { return .running }
        if ready > 0 { return .degraded }
        let lives = counted.contains { $0.phase == .live || $0.phase == .unknown || $0.phase == .open }
        return lives || steps.contains(where: \.opensARow) ? .provisioning : .pending
    }

    private func placementStatus() -> PlacementStatus? {
        guard let record = counted.first(where: { $0.phase != .ending }) ?? counted.first else {
            return plannedPlacement()
        }
        let purchase = record.purchase
        let chosen = ranking?.candidates.first { $0.offer.id == purchase.offer }
        let known = situation.previous?.placement.flatMap { $0.offer == purchase.offer.name ? $0.because : nil }
        return PlacementStatus(
            platform: purchase.platform,
            provider: purchase.provider,
            offer: purchase.offer.name,
            gpu: purchase.model,
            count: purchase.gpuCount,
            location: purchase.location,
            hourlyCost: countedHourly,
            because: withSpread(chosen?.because ?? known ?? "")
        )
    }

    /// Where the first thing that is about to be bought will live.
    private func plannedPlacement() -> PlacementStatus? {
        for case .provision(_, let candidate, _) in steps {
            return PlacementStatus(
                platform: candidate.offer.platform,
                provider: candidate.offer.provider,
                offer: candidate.offer.id.name,
                gpu: candidate.offer.model,
                count: spec?.workload.resources.gpu?.count ?? 1,
                location: candidate.offer.location,
                hourlyCost: candidate.hourly,
                because: withSpread(candidate.because)
            )
        }
        return nil
    }

    private func slotStatuses(wanted: Int) -> [SlotStatus] {
        if let known = situation.previous?.slots, stillShows(known, wanted: wanted) { return known }
        var slots: [SlotStatus] = []
        slots.reserveCapacity(max(records.count, wanted))
        var isEmpty = [Bool](repeating: true, count: wanted)
        for record in counted {
            slots.append(slotStatus(record))
            if isEmpty.indices.contains(record.slot) { isEmpty[record.slot] = false }
        }
        for number in isEmpty.indices where isEmpty[number] { slots.append(emptySlot(number)) }
        let isSorted = slots.indices.dropFirst().allSatisfy { !slots[$0].stands(before: slots[$0 - 1]) }
        return isSorted ? slots : slots.sorted { $0.stands(before: $1) }
    }

    /// Whether what was shown of the slots is what there is to show, where every slot runs: nearly always.
    private func stillShows(_ known: [SlotStatus], wanted: Int) -> Bool {
        guard known.count == wanted, sums.counted == wanted, sums.running == wanted else { return false }
        var number = 0
        return counted.allSatisfy { record in
            defer { number += 1 }
            return record.slot == number && known[number].stillShows(record)
        }
    }

    /// A slot that nothing fills, because its task is done or has still to begin.
    private func emptySlot(_ number: Int) -> SlotStatus {
        var slot = SlotStatus(number: number)
        guard spec?.workload.kind != .service else { return slot }
        let task = account.memory.task(number)
        if let done = task.completedAt {
            slot.state = .completed
            slot.since = done
        } else if let failed = task.failedAt {
            slot.since = failed
            slot.note = task.failures == 1 ? "failed once" : "failed \(task.failures) times"
        }
        return slot
    }

    private func slotStatus(_ record: AllocationRecord) -> SlotStatus {
        var slot = SlotStatus(number: record.slot, state: .pending, note: record.note)
        slot.platform = record.purchase.platform
        slot.allocation = record.id
        slot.attempt = record.attempt
        slot.address = record.sighting?.address
        slot.since = record.phaseSince
        slot.generation = record.purchase.shownGeneration
        switch record.phase {
        case .open: slot.state = .provisioning
        case .unknown:
            slot.state = .unknown
            slot.note = record.doubt.map { "nobody can tell yet whether it was bought: \($0.cause)" } ?? slot.note
        case .unverified: slot.state = .unknown
        case .ending: slot.state = endingState(record)
        case .tombstone: slot.state = .deleting
        case .live:
            (slot.state, slot.since) = liveState(record)
            slot.note = record.shownNote
        }
        return slot
    }

    private func endingState(_ record: AllocationRecord) -> SlotStatus.State {
        guard let ending = record.ending else { return .deleting }
        if ending.reason == .lost, ending.deletedAt == nil { return .lost }
        if ending.deletedAt == nil, ending.stopAskedAt != nil { return .stopping }
        return .deleting
    }

    private func liveState(_ record: AllocationRecord) -> (SlotStatus.State, Timestamp) {
        guard let sighting = record.sighting else { return (.provisioning, record.phaseSince) }
        if let missing = record.missingSince { return (.lost, missing) }
        let runs = traits(of: record).map { isRunning(record, $0) } ?? false
        let state: SlotStatus.State =
            switch sighting.state {
            case .provisioning: .provisioning
            case .running: runs ? .running : .provisioning
            case .stopping: .stopping
            case .stopped: .stopped
            case .completed: .completed
            case .failed: .failed
            case .unknown: .unknown
            }
        return (state, sighting.since)
    }
}

extension SlotStatus {
    /// Whether this says all that there is to say of a row that runs.
    fileprivate func stillShows(_ record: AllocationRecord) -> Bool {
        guard state == .running, number == record.slot, attempt == record.attempt, allocation == record.id,
            platform == record.purchase.platform, generation == record.purchase.shownGeneration,
            let since, since == record.sighting?.since, address == record.sighting?.address
        else { return false }
        return note == record.shownNote
    }

    /// The order in which slots are shown.
    fileprivate func stands(before other: Self) -> Bool {
        guard number == other.number else { return number < other.number }
        return (attempt?.rawValue ?? "") < (other.attempt?.rawValue ?? "")
    }
}

extension AllocationRecord {
    /// The word that people are shown of a living allocation: ours, or else its platform's.
    fileprivate var shownNote: String { note.isEmpty ? sighting?.message ?? "" : note }
}

extension Purchase {
    /// The generation that people are shown; nil where nobody wrote it down.
    fileprivate var shownGeneration: Int? { generation == 0 ? nil : generation }
}
