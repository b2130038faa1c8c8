import Documents
import Intents
import Reconciling

/// What people are told of a deletion that takes its time.
struct DeletionNote: Hashable, Sendable {
    /// Since when it is known, in uptime.
    var since: Duration
    /// What the condition says; nil while there is none.
    var shown: String?
    /// What went wrong last.
    var lastError: String?
}

extension KubernetesLedger {
    /// How often what was left for later is looked at.
    package static let tick = Duration.milliseconds(500)
    /// How many intents that nothing has been done about are written down in a round.
    private static let savedAtATime = 32
    /// How long a deletion may take before its object says why.
    package static let quietDeletion = Duration.seconds(2)

    /// Finishes what writes have left for later, until it is cancelled; throws where another operator writes here.
    package func run() async throws {
        while true {
            if let intrusion = state.withLock({ $0.intrusion }) { throw intrusion }
            await tidy()
            try await parts.time.sleep(until: parts.time.uptime + Self.tick)
        }
    }

    /// One round of what `run` does; what fails is tried again in the next.
    package func tidy() async {
        await removeStrays()
        await saveSomeIntents()
        await answerUnreadable()
        await releaseAll()
        await noteDeletions()
        await noteRefusals()
        await refreshGenerations()
        await parts.events.flush(with: parts.client)
    }

    /// What nothing has been done about is written down all the same, a few at a time.
    private func saveSomeIntents() async {
        let some = state.withLock { Set($0.unsaved.sorted().prefix(Self.savedAtATime)) }
        do throws(LedgerError) { try await saveIntents(some) } catch {
            // They stay to be written.
        }
    }

    private func removeStrays() async {
        let (strays, leftovers) = state.withLock { ($0.strays, $0.leftovers) }
        for (attempt, name) in strays.sorted(by: { $0.value < $1.value }) {
            await quietly { () async throws(APIError) in
                let object = try Self.allocation(try await self.parts.client.get(.allocations, name))
                if object.record.attempt == attempt { try await self.remove(LedgerRow(object)) }
            }
            .onSuccess { self.state.withLock { $0.strays[attempt] = nil } }
        }
        for (name, uid) in leftovers.sorted(by: { $0.key < $1.key }) {
            await quietly { () async throws(APIError) in
                try await self.parts.client.delete(.allocations, name, APIClient.Preconditions(uid: uid))
            }
            .onSuccess { self.state.withLock { $0.leftovers[name] = nil } }
        }
    }

    /// How a call ended that nobody waits for.
    private enum Outcome {
        case done
        case failed

        func onSuccess(_ body: () -> Void) { if case .done = self { body() } }
    }

    /// Makes calls whose failure is only tried again; what is gone needs no more.
    private func quietly(_ body: () async throws(APIError) -> Void) async -> Outcome {
        do throws(APIError) {
            try await body()
            return .done
        } catch {
            switch error.consequence {
            case .gone, .readAgain: return .done
            default: return .failed
            }
        }
    }

    private func answerUnreadable() async {
        let unreadable = state.withLock { state in
            defer { state.unreadable = [] }
            return state.unreadable
        }
        for (place, problem) in unreadable {
            do throws(LedgerError) { try await answer(place, problem, refused: true) } catch {
                // It still stands there, and is found again.
            }
        }
    }

    private func releaseAll() async {
        for key in state.withLock({ $0.withdrawn }).sorted() {
            if parts.catalog[key]?.isHeld == true { await releaseQuietly(key) }
            forgetIfOver(key)
        }
    }

    /// Says on every object that is being deleted, and is not gone soon, why.
    private func noteDeletions() async {
        let now = parts.time.uptime
        for (key, entry) in parts.catalog.ending() where parts.shard.holds(key) {
            let note = state.withLock { state in
                let note = state.deletions[key] ?? DeletionNote(since: now)
                state.deletions[key] = note
                return note
            }
            guard now - note.since >= Self.quietDeletion else { continue }
            let words = reasonOfWaiting(key, note)
            guard note.shown != words.message else { continue }
            await showDeletion(key, entry, words)
        }
    }

    /// Says on every object that never made sense what is wrong with it; the operator itself knows of no such intent.
    private func noteRefusals() async {
        for (key, entry) in parts.catalog.refused() where parts.shard.holds(key) {
            guard let name = ObjectName(key), let refusal = entry.refusal else { continue }
            var status = IntentStatus(observedGeneration: entry.generation, wantedSlots: 0)
            status.phase = .failed
            status.conditions = [("Ready", Condition.Status.no), ("Reconciling", .no), ("Stalled", .yes)].map {
                Condition(
                    type: $0,
                    status: $1,
                    reason: "Invalid",
                    message: refusal,
                    lastTransition: parts.time.now
                )
            }
            let fields = status.node
            await quietly { () async throws(APIError) in
                _ = try await self.parts.client.apply(
                    .intents,
                    name,
                    uid: entry.uid,
                    subresource: "status",
                    ["status": fields]
                )
            }
            .onSuccess { self.parts.catalog.noteShown(refusal: refusal, generation: entry.generation, of: key) }
        }
    }

    private func reasonOfWaiting(_ key: IntentKey, _ note: DeletionNote) -> (reason: String, message: String) {
        let (isWithdrawn, live) = state.withLock { state in
            (
                state.withdrawn.contains(key),
                state.rows.rows(of: key).count { $0.phase != .tombstone }
            )
        }
        guard isWithdrawn else {
            let message = "the deletion waits for the deletion guard: intentctl approve shows and lets it through"
            return ("WaitingForGuard", message)
        }
        let error = note.lastError.map { "; last: \($0)" } ?? ""
        return ("Releasing", "\(live) allocations are not confirmed gone yet\(error)")
    }

    private func showDeletion(
        _ key: IntentKey,
        _ entry: IntentCatalog.Entry,
        _ words: (reason: String, message: String)
    ) async {
        guard let name = ObjectName(key) else { return }
        let condition = Node.mapping([
            "type": "Deleting",
            "status": "True",
            "reason": .string(words.reason),
            "message": .string(words.message),
            "lastTransitionTime": .string(parts.time.now.text),
        ])
        await quietly { () async throws(APIError) in
            _ = try await self.parts.client.apply(
                .intents,
                name,
                uid: entry.uid,
                subresource: "status",
                manager: "\(APIClient.fieldManager)-deletion",
                ["status": .mapping(["conditions": [condition]])]
            )
        }
        .onSuccess { self.state.withLock { $0.deletions[key]?.shown = words.message } }
    }

    /// Tells of objects whose generation has changed but not their work that their status speaks of it still.
    private func refreshGenerations() async {
        for (key, entry) in parts.catalog.outdated() {
            guard let name = ObjectName(key), let work = entry.shownWork, parts.shard.holds(key) else { continue }
            await quietly { () async throws(APIError) in
                let status = Node.mapping(["observedGeneration": .integer(entry.generation)])
                _ = try await self.parts.client.merge(
                    .intents,
                    name,
                    subresource: "status",
                    .mapping(["status": status])
                )
            }
            .onSuccess { self.parts.catalog.noteShown(work: work, generation: entry.generation, of: key) }
        }
    }
}
