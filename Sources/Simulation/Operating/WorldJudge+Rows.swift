import Intents
import Placement
import Reconciling

extension WorldJudge {
    /// How soon after its purchase an allocation must not go for nothing.
    private static let youth = Duration.seconds(120)
    /// How long the source must have shown an intent for its withdrawal to be wrong.
    private static let shownLong = Duration.seconds(3)
    /// How far apart two words of "gone" must be.
    private static let goneApart = Duration.seconds(10)

    /// A change becomes durable: the second, third and sixth promise.
    func writes(_ change: LedgerChange, _ rows: [AttemptID: AllocationRecord]) {
        let now = now
        if !isBill(change, rows) { with { $0.lastWrite = now } }
        switch change {
        case .put(let record): puts(record, before: rows[record.attempt], rows)
        case .forget(let attempt):
            note("forget", attempt.short)
            judgeForgetting(attempt, rows)
        case .event(let event):
            count("reason \(event.reason)")
            hears(event)
            note("event", "\(event.key?.rawValue ?? "-") \(event.reason): \(event.message)")
        case .status: note("status", "")
        case .account(let account): watchFinish(account)
        case .heldWithdrawals(let list): with { $0.held = Set(list?.keys ?? []) }
        case .dropIntent(let key): drops(key)
        case .override(let override):
            with { $0.changed[override.key.rawValue] = now }
            note("override", override.key.rawValue)
        case .intent(let intent):
            with { state in
                state.changed[intent.key.rawValue] = now
                state.stored.insert(intent.key)
                state.dependsOn[intent.key.rawValue] = intent.intent.spec.dependsOn
                state.lives.stored[intent.key] = intent
            }
            note("intent", "\(intent.key.rawValue) generation \(intent.generation)")
        default: break
        }
    }

    /// Whether a change comes of what is spent as time goes by: a total cap comes nearer, or people are told what a paused
    /// intent costs that is not ended.
    private func isBill(_ change: LedgerChange, _ rows: [AttemptID: AllocationRecord]) -> Bool {
        let key: IntentKey? =
            switch change {
            case .put(let record): record.key
            case .forget(let attempt): rows[attempt]?.key
            case .account(let account): account.key
            case .event(let event): event.key
            case .status(let key, _): key
            case .charge(let charge): charge.key
            default: nil
            }
        guard let key else { return false }
        if with({ $0.lives.totals[key.rawValue] }) != nil { return true }
        guard case .status = change, with({ $0.pausedSince[key]?.isEmpty == false }) else { return false }
        return rows.values.contains { $0.key == key && $0.phase == .ending }
    }

    private func puts(
        _ record: AllocationRecord,
        before: AllocationRecord?,
        _ rows: [AttemptID: AllocationRecord]
    ) {
        let now = now
        if record.phase == .live, before?.phase != .live { with { $0.lives.foundAt[record.attempt] = now } }
        if before == nil, isTakenBack(record) {
            count("other rows taken back")
        } else if before == nil, !isWrittenAgain(record) {
            judgeBegin(of: record, rows)
            judgeAfterlife(of: record)
            judgeOpening(of: record, rows)
            judgeKnowledge(of: record)
            judgeSight(of: record)
            let opening = WorldFindings.Opening(
                at: now,
                key: record.key.rawValue,
                slot: record.slot,
                platform: record.purchase.platform,
                replaces: record.replaces
            )
            with { $0.opened[record.attempt] = $0.opened[record.attempt] ?? opening }
        }
        if record.phase == .ending, record.ending?.reason == .withdrawn {
            if before?.phase == .live { judgeWithdrawal(of: record, rows) }
            if before?.ending?.reason != .withdrawn { judgeRelease(of: record) }
        }
        if record.phase != before?.phase { enters(record) }
        note("row", Self.words(record))
    }

    /// Whether a row is written for what was bought before the ledger was put back: under the slot and the name by which
    /// it was bought.
    private func isTakenBack(_ record: AllocationRecord) -> Bool {
        guard record.phase == .live || record.phase == .ending, let id = record.id,
            let buyer = purchase(id.rawValue)?.attempt
        else { return false }
        return with { state in
            guard state.forgotten.contains(buyer), let opening = state.opened[buyer],
                opening.key == record.key.rawValue, opening.slot == record.slot,
                buyer.short == record.attempt.short
            else { return false }
            state.takenBack[buyer] = record.attempt
            state.opened[record.attempt] = WorldFindings.Opening(
                at: opening.at,
                key: opening.key,
                slot: opening.slot,
                platform: opening.platform,
                replaces: record.replaces
            )
            return true
        }
    }

    /// The ledger is put back from an older copy: what it knows is what it knew.
    func putBack(_ content: SimulatedDisk.Content) {
        note("put back", "to \(content.records.count) rows")
        let now = now
        let living = livingIDs
        for (key, stored) in content.intents where with({ $0.removed.contains(key.rawValue) }) {
            // What no file holds any more is wished for as it was then, until its withdrawal is let through.
            setCap(stored.intent.spec.hourlyCapUnasked, of: key.rawValue)
            with { state in
                for slot in 0..<stored.intent.spec.workload.wantedSlots {
                    state.asked[WorldFindings.Slot(intent: key.rawValue, number: slot), default: 0] += 1
                }
            }
        }
        with { state in
            state.forgotten = Set(state.opened.keys).subtracting(content.records.keys)
            // Whom it has stopped it does not know any more.
            for id in living { state.farewells[id]?.isStopped = false }
            state.takenBack = state.takenBack.filter { content.records[$0.value] != nil }
            state.stored = Set(content.intents.keys)
            state.held = Set(content.held?.keys ?? [])
            state.lastWrite = now
            for (key, intent) in content.intents {
                state.dependsOn[key.rawValue] = intent.intent.spec.dependsOn
                state.lives.stored[key] = intent
            }
        }
    }

    /// Whether a row was there before, and is written as the operator still has it: it was to be forgotten while the disk
    /// did not tell what it keeps.
    private func isWrittenAgain(_ record: AllocationRecord) -> Bool {
        with { state in
            guard state.opened[record.attempt] != nil, let trouble = state.diskFull else { return false }
            return trouble.until + Self.goneApart > now
        }
    }

    /// Nothing is begun for what the source has shown to be gone, unless a person is asked first whether it may go.
    private func judgeSight(of record: AllocationRecord) {
        let (now, name) = (now, record.key.rawValue)
        let (since, isAsked) = with { ($0.hiddenSince[name], $0.held.contains(record.key)) }
        guard let since, !isAsked, now - since > Self.shownLong else { return }
        blame(.noSpare, "attempt \(record.attempt.short) is made for \(name), which the source has shown to be gone")
    }

    /// A start at which the source cannot be read would take what nobody seems to wish for, and release it.
    private func judgeKnowledge(of record: AllocationRecord) {
        guard !with({ $0.stored.contains(record.key) }) else { return }
        let words = "attempt \(record.attempt.short) is made, and the ledger knows no \(record.key.rawValue)"
        blame(.durableAttempt, words)
    }

    /// Such a start would take what still seems to be wished for, and buy it anew.
    private func judgeRelease(of record: AllocationRecord) {
        guard with({ $0.stored.contains(record.key) }) else { return }
        blame(
            .silenceWithdrawsNothing,
            "attempt \(record.attempt.short) goes, and the ledger still wishes for \(record.key.rawValue)"
        )
    }

    private static func words(_ record: AllocationRecord) -> String {
        let ending = record.ending.map { " \($0.reason.rawValue)" } ?? ""
        let id = record.id?.rawValue ?? ""
        return "\(record.key.rawValue)/\(record.slot) \(record.attempt.short) \(record.phase.rawValue)\(ending) \(id)"
    }

    private func enters(_ record: AllocationRecord) {
        count("row \(record.phase.rawValue)")
        switch record.phase {
        case .ending:
            guard let reason = record.ending?.reason else { return }
            count("ending \(reason.rawValue)")
            judgeYouth(of: record, reason)
            judgeScaling(of: record, reason)
        case .tombstone: judgeBurial(of: record)
        default: break
        }
    }

    /// What was just bought does not go again, unless something has changed meanwhile.
    private func judgeYouth(of record: AllocationRecord, _ reason: Ending.Reason) {
        switch reason {
        case .lost, .failed, .completed, .provisioningTimeout, .jobTimeout, .deadlinePassed, .windowClosed: return
        default: break
        }
        let (now, intent) = (now, record.key.rawValue)
        let isStale = with { state in
            guard let opening = state.opened[record.attempt], now - opening.at < Self.youth else { return true }
            let since = opening.at - Self.patience
            let denied = record.id.map { (state.farewells[$0.rawValue]?.denials ?? 0) > 0 } ?? false
            return denied || state.marketChanged >= since || (state.changed[intent] ?? .zero) >= since
        }
        guard !isStale else { return }
        blame(
            .noSpare,
            "attempt \(record.attempt.short) of \(intent) goes (\(reason.rawValue)), and nothing has changed"
        )
    }

    /// An allocation is called gone: after our DELETE, and two words of the platform, some time apart.
    private func judgeBurial(of record: AllocationRecord) {
        guard let id = record.id?.rawValue else {
            return blame(.confirmedGone, "attempt \(record.attempt.short) is a tombstone without an id")
        }
        let (farewell, hasJumped) = with { state in (state.farewells[id] ?? .init(), state.marketChanged) }
        guard farewell.deletedAt != nil, let first = farewell.firstGone, let last = farewell.lastGone else {
            return blame(.confirmedGone, "\(id) is called gone without a DELETE and a word of the platform")
        }
        // Who sets the wall clock sets the distance too.
        if last - first < Self.goneApart, hasJumped < first - Self.goneApart {
            blame(.confirmedGone, "\(id) is called gone after words \(last - first) apart")
        }
        if let purchase = purchase(id), purchase.isAlive, purchase.isDenied {
            blame(.confirmedGone, "\(id) is called gone, and a failed DELETE is all that hides it")
        }
    }

    private func judgeForgetting(_ attempt: AttemptID, _ rows: [AttemptID: AllocationRecord]) {
        guard let lives = alive(rows).first(where: { $0.attempt == attempt }) else { return }
        // Two words at the time, and two later looks.
        let denials = with { $0.farewells[lives.id]?.denials ?? 0 }
        if denials < 4, !with({ $0.abandoned.contains(attempt) }) {
            blame(.durableAttempt, "attempt \(attempt.short) is forgotten, and \(lives.id) lives")
        }
    }

    private func drops(_ key: IntentKey) {
        note("drop", key.rawValue)
        let now = now
        // What was withdrawn before is dropped once more when it holds nothing any longer.
        guard with({ $0.stored.remove(key) }) != nil else { return }
        with { state in
            state.changed[key.rawValue] = now
            state.lives.forget(key)
        }
        let (since, silent) = with { ($0.shownSince[key.rawValue], $0.sourceSilentSince) }
        // What was withdrawn while nothing could be written is written when something can be, whatever is shown then.
        var decided = now
        for trouble in with({ [$0.standstill, $0.diskFull] }).compactMap(\.self)
        where decided - trouble.until <= Self.shownLong {
            decided = min(decided, trouble.since)
        }
        if let since, decided - since > Self.shownLong {
            blame(.silenceWithdrawsNothing, "\(key.rawValue) is withdrawn, and the source shows it")
        }
        if let silent, decided - silent > Self.shownLong {
            blame(.silenceWithdrawsNothing, "\(key.rawValue) is withdrawn while the source cannot be read")
        }
    }

    /// The source has told the operator something.
    func shows(_ shown: SimulatedSource.Shown) {
        let now = now
        with { state in
            switch shown {
            case .nothing:
                state.sourceSilentSince = state.sourceSilentSince ?? now
                // Who begins now knows only what is written down.
                state.hiddenSince = [:]
            case .file(let file, let names): state.shown[file] = names
            case .present(let files):
                state.sourceSilentSince = nil
                state.shown = state.shown.filter { files.contains($0.key) }
                let names = Set(state.shown.values.joined())
                for name in state.removed where !names.contains(name) && state.hiddenSince[name] == nil {
                    state.hiddenSince[name] = now
                }
            }
            let all = Set(state.shown.values.joined())
            state.shownSince = state.shownSince.filter { all.contains($0.key) }
            for name in all where state.shownSince[name] == nil { state.shownSince[name] = now }
            state.hiddenSince = state.hiddenSince.filter { !all.contains($0.key) && state.removed.contains($0.key) }
        }
    }
}
