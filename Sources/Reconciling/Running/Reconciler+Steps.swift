import Intents
import Placement

extension Reconciler {
    /// Takes the steps of a decision side by side; returns the failure that says most about what must happen next.
    ///
    /// `generation` is the one that was decided about: nothing is bought for another one.
    func take(_ steps: [Step], of key: IntentKey, generation: Int) async -> PlatformError? {
        let account = tools.books.account(of: key)
        let opened = steps.count(where: \.opensARow)
        var ordinal = account.attempts
        var ordered: [(Step, Int)] = []
        for step in steps {
            if step.opensARow { ordinal += 1 }
            ordered.append((step, ordinal))
        }
        var counting = account
        counting.attempts += opened
        let written = counting
        if ordered.count == 1, let (step, ordinal) = ordered.first {
            return await take(step, ordinal: ordinal, account: written, generation: generation, of: key)
        }
        return await withTaskGroup(of: PlatformError?.self) { group in
            for (step, ordinal) in ordered {
                group.addTask {
                    await self.take(step, ordinal: ordinal, account: written, generation: generation, of: key)
                }
            }
            var worst: PlatformError?
            for await failure in group {
                guard let failure else { continue }
                if let known = worst, known.consequence != .nextOffer { continue }
                worst = failure
            }
            return worst
        }
    }

    private func take(
        _ step: Step,
        ordinal: Int,
        account: IntentAccount,
        generation: Int,
        of key: IntentKey
    ) async -> PlatformError? {
        switch step {
        case .provision(let slot, let candidate, let replaced):
            guard let wish = wish(key), wish.generation == generation else { return changed(candidate.offer.platform) }
            return await provision(
                slot,
                candidate,
                replacing: replaced,
                ordinal: ordinal,
                account: account,
                wish: wish,
                of: key
            )
        case .repeatCreate(let attempt): return await repeatCreate(attempt, of: key)
        case .adopt(let attempt, let observation): return await adopt(observation, for: attempt, of: key)
        case .takeBack(let found, let slot, let purchase, let shape, let replaced):
            guard let wish = wish(key), wish.generation == generation else { return changed(found.platform) }
            let row = row(of: found, slot: slot, ordinal: ordinal, purchase, shape: shape, of: key, replacing: replaced)
            return await takeBack(row, account, for: wish)
        case .stop(let attempt): return await stop(attempt, of: key)
        case .delete(let attempt): return await delete(attempt, of: key)
        }
    }

    func record(_ attempt: AttemptID, of key: IntentKey) -> AllocationRecord? {
        tools.books.records(of: key).first { $0.attempt == attempt }
    }

    private func stop(_ attempt: AttemptID, of key: IntentKey) async -> PlatformError? {
        guard var record = record(attempt, of: key), let id = record.id,
            let gate = tools.gates[record.purchase.platform]
        else { return nil }
        var failure: PlatformError?
        do throws(PlatformError) {
            try await gate.call { platform async throws(PlatformError) in try await platform.stop(id) }
        } catch {
            if error.consequence != .gone { failure = error }
        }
        guard record.ending != nil else { return failure }
        // Asked is asked: a stop that fails for ever must not keep the DELETE from being sent.
        if failure.map({ $0.httpStatus != nil || $0.mayHaveArrived }) ?? true {
            record.ending?.stopAskedAt = tools.time.now
            _ = await tools.books.commitFact([.put(record)])
        }
        return failure
    }

    private func delete(_ attempt: AttemptID, of key: IntentKey) async -> PlatformError? {
        guard var record = record(attempt, of: key), let id = record.id,
            let gate = tools.gates[record.purchase.platform]
        else { return nil }
        let before = record
        if gate.platform.traits.failedDeleteHidesAllocation {
            if let wait = deleteOnItsWay(record, gate) { return wait }
            // Who is cut off before the answer can never tell whether the DELETE failed. A full disk does not keep it from
            // being sent: the bill goes on.
            record.ending?.deleteFailedAt = tools.time.now
            _ = await tools.books.commitFact([.put(record)])
        }
        do throws(PlatformError) {
            try await gate.call { platform async throws(PlatformError) in try await platform.delete(id) }
            record.ending?.deletedAt = tools.time.now
            record.ending?.deleteFailedAt = nil
            memories.withLock { _ = $0[key]?.refusedDeletes.remove(attempt) }
        } catch {
            noteRefusal(of: attempt, key, error)
            switch error.consequence {
            case .gone:
                record.ending?.deleteFailedAt = before.ending?.deleteFailedAt
                record.ending?.deletedAt = tools.time.now
            default:
                guard error.mayHaveArrived else {
                    if record != before { _ = await tools.books.commitFact([.put(before)]) }
                    return error
                }
                record.ending?.deleteFailedAt = tools.time.now
                _ = await tools.books.commitFact([.put(record)])
                return error
            }
        }
        _ = await tools.books.commitFact([.put(record)])
        return nil
    }

    /// Remembers whether a DELETE that failed was answered by the platform: a proxy's word says nothing of what it passed on.
    private func noteRefusal(of attempt: AttemptID, _ key: IntentKey, _ error: PlatformError) {
        guard error.consequence != .gone, error.mayHaveArrived else { return }
        let isAnswered = error.httpStatus.map { ![408, 502, 504].contains($0) } ?? false
        memories.withLock { memories in
            if isAnswered {
                memories[key, default: Memory()].refusedDeletes.insert(attempt)
            } else {
                memories[key]?.refusedDeletes.remove(attempt)
            }
        }
    }

    /// Why no DELETE is sent now: an earlier one had no answer, which may be because it has not arrived yet.
    ///
    /// Were it to fail after this one was accepted, the platform would deny what lives on, and nobody would know.
    private func deleteOnItsWay(_ record: AllocationRecord, _ gate: PlatformGate) -> PlatformError? {
        #if MUTANTS
        if Mutant.deleteOvertaken.isActive { return nil }
        #endif
        guard let sentAt = record.ending?.deleteFailedAt,
            !memories.withLock({ $0[record.key]?.refusedDeletes.contains(record.attempt) ?? false })
        else { return nil }
        let left = sentAt + gate.platform.traits.visibilityGrace - tools.time.now
        // A moment that lies ahead was written down by a clock that went wrong.
        guard left > .zero, left <= gate.platform.traits.visibilityGrace else { return nil }
        return PlatformError(
            platform: gate.name,
            code: "DELETE_ON_ITS_WAY",
            message: "an earlier DELETE of \(record.id?.rawValue ?? "") had no answer, and may still arrive",
            consequence: .retry(after: left)
        )
    }

    private func adopt(_ observation: Observation, for attempt: AttemptID, of key: IntentKey) async -> PlatformError? {
        guard var record = record(attempt, of: key),
            tools.books.claim(observation.id, on: record.purchase.platform, for: attempt)
        else { return nil }
        becomeLive(&record, observation)
        let event = Event(
            at: tools.time.now,
            key: key,
            reason: "Adopted",
            message: "attempt \(attempt.short) of slot \(record.slot) turned out to be \(observation.id.rawValue)"
        )
        _ = await tools.books.commitFact([.put(record), .event(event)])
        return nil
    }

    /// What follows when an attempt's allocation is known.
    ///
    /// A doubt stays: it tells when the call was last sent, which is when the allocation may have been made.
    func becomeLive(_ record: inout AllocationRecord, _ observation: Observation) {
        record.id = observation.id
        record.phase = .live
        record.phaseSince = tools.time.now
        record.body = nil
        record.ending = nil
        record.missingSince = nil
        record.note = ""
        record.absorb(observation, looksUntilRunning: 1, at: tools.time.now)
        guard let wanted = record.purchase.provider, let got = observation.provider, got != wanted else { return }
        record.phase = .ending
        record.ending = Ending(reason: .notAsOrdered, wantedAt: tools.time.now)
        record.note = "it was placed on \(got) instead of \(wanted)"
        tools.shop.rest(record.purchase.offer, for: policy.offerRest)
    }
}

extension PlatformError {
    /// Whether the platform may have acted although it answered with an error, or not at all.
    var mayHaveArrived: Bool {
        switch code {
        case "UNREACHABLE", "BREAKER_OPEN", "NOT_LEADING", "RATE_LIMITED", "CANCELLED", "ACCOUNT_UNKNOWN",
            PlatformGate.otherAccount, AbsentPlatform.code, PlatformError.notThePlatform:
            false
        default: httpStatus.map { $0 >= 500 } ?? true
        }
    }
}
