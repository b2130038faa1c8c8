import Documents
import Intents
import Placement
import Reconciling

extension KubernetesLedger {
    /// How many statuses are on their way at a time.
    static let statusesAtATime = 16

    /// Shows people the statuses of several intents; throws what came of the first that could not be shown.
    func putStatuses(_ statuses: [(key: IntentKey, json: String?)]) async throws(LedgerError) {
        let first: LedgerError? = await withTaskGroup(of: LedgerError?.self) { group in
            var rest = statuses[...]
            var failure: LedgerError?
            func add() {
                guard let status = rest.popFirst() else { return }
                group.addTask { await self.refusal(of: status.key, status.json) }
            }
            for _ in 0..<Self.statusesAtATime { add() }
            for await refusal in group {
                failure = failure ?? refusal
                add()
            }
            return failure
        }
        if let first { throw first }
    }

    private func refusal(of key: IntentKey, _ json: String?) async -> LedgerError? {
        do throws(LedgerError) {
            try await putStatus(key, json)
            return nil
        } catch {
            return error
        }
    }

    /// Shows people a status, where the Intent is still there.
    func putStatus(_ key: IntentKey, _ json: String?) async throws(LedgerError) {
        guard let json, let name = ObjectName(key), let entry = parts.catalog[key] else { return }
        guard var members = Self.members(json) else { return }
        let work = members.first { $0.key == "observedGeneration" }?.node.integer.map { Int($0) } ?? 0
        let generation = entry.generation(ofWork: work)
        members.removeAll { $0.key == "observedGeneration" }
        members.insert(Node.Member("observedGeneration", .integer(generation)), at: 0)
        do throws(APIError) {
            _ = try await parts.client.apply(
                .intents,
                name,
                uid: entry.uid,
                subresource: "status",
                ["status": Node(.mapping(members))]
            )
            parts.catalog.noteShown(work: work, generation: generation, of: key)
            noteError(members, of: key)
        } catch {
            switch error.consequence {
            // It is gone, or another one stands in its place, of which the source will tell.
            case .gone, .readAgain: break
            default: throw LedgerError(error, "the status of \(name) is not written")
            }
        }
    }

    private static func members(_ json: String) -> [Node.Member]? {
        do throws(Diagnostic) {
            return try DocumentParser.json(Array(json.utf8)).mapping
        } catch {
            return nil
        }
    }

    /// Remembers why a deletion does not come to its end.
    private func noteError(_ members: [Node.Member], of key: IntentKey) {
        let words = members.first { $0.key == "lastError" }?.node["message"]?.string
        state.withLock { $0.deletions[key]?.lastError = words }
    }

    /// Keeps an account; written down at once where the rows do not tell the same.
    func putAccount(_ account: IntentAccount) async throws(LedgerError) {
        let (old, told) = state.withLock { state in
            (state.accounts.updateValue(account, forKey: account.key), state.spentAsTold(account.key))
        }
        let known = old ?? IntentAccount(key: account.key)
        let tellsMore =
            account.finish != known.finish || account.workBeganAt != known.workBeganAt
            || account.memory != known.memory
        // What the rows' tombstones say is added to what is written, so that it need not be written at once.
        guard tellsMore || account.spent != told else { return }
        try await saveIntents([account.key])
        try await flushAccount(of: account.key)
    }

    /// Writes an account down, where it has not been; `beforeErasing` names a tombstone that it must count by itself.
    func flushAccount(of key: IntentKey, beforeErasing ordinal: Int? = nil) async throws(LedgerError) {
        let (account, note, tombstones) = state.withLock { state in
            let rows = state.rows.rows(of: key).filter { $0.phase == .tombstone }
            return (state.accounts[key], state.notes[key], rows.map(\.ordinal))
        }
        guard let account, let name = ObjectName(key), parts.catalog[key] != nil else { return }
        let fresh = AccountNote(account, includes: tombstones)
        guard fresh != note else { return }
        if let ordinal, note?.includes.contains(ordinal) == true, note?.finish == fresh.finish { return }
        do throws(APIError) {
            let node = try await parts.client.merge(
                .intents,
                name,
                subresource: "status",
                .mapping(["status": .mapping(["account": fresh.node])])
            )
            try noteIntent(node)
            state.withLock { $0.notes[key] = fresh }
        } catch {
            if case .gone = error.consequence { return }
            // It may be there all the same, and what is written next may be what was known before.
            state.withLock { $0.notes[key] = nil }
            throw LedgerError(error, "the account of \(name) is not written")
        }
    }

    /// Keeps the deletion guard's list in the Lease.
    func putHeld(_ held: HeldWithdrawals?) async throws(LedgerError) {
        do throws(APIError) {
            try await parts.lock.annotate([(name: OwnAnnotation.held, value: held?.annotation)])
        } catch {
            throw LedgerError(error, "the withdrawals that wait are not written into the Lease")
        }
    }

    /// Keeps in the Lease for which account is bought on each platform.
    func putAccounts(_ accounts: [PlatformName: PlatformAccount]) async throws(LedgerError) {
        guard !accounts.isEmpty else { return }
        do throws(APIError) {
            try await parts.lock.annotate(
                accounts.sorted { $0.key < $1.key }.map { platform, account in
                    (name: OwnAnnotation.account + platform.rawValue, value: account.annotation)
                }
            )
        } catch {
            throw LedgerError(error, "for which account is bought is not written into the Lease")
        }
    }

    /// Answers a request where it was asked.
    func putAnswer(_ request: Int64, _ text: String, refused: Bool) async throws(LedgerError) {
        guard let place = state.withLock({ $0.requests.answer(request) }) else { return }
        try await answer(place, text, refused: refused)
        guard place.key != nil, place.annotation != OwnAnnotation.reconcileAt else { return }
        state.withLock { $0.requests.forget(request) }
    }

    /// Answers a request where it stands.
    func answer(_ place: RequestBook.Place, _ text: String, refused: Bool) async throws(LedgerError) {
        let reply = DocumentPrinter.json(
            .mapping([
                "annotation": .string(place.annotation),
                "value": .string(place.value),
                "text": .string(text),
                "refused": .bool(refused),
                "at": .string(parts.time.now.text),
            ])
        )
        do throws(APIError) {
            guard let key = place.key, let name = ObjectName(key) else {
                return try await parts.lock.annotate([
                    (name: place.annotation, value: nil), (name: OwnAnnotation.answer, value: reply),
                ])
            }
            if place.annotation == OwnAnnotation.reconcileAt {
                let status = Node.mapping(["reconciledAt": .string(place.value)])
                let node = try await parts.client.merge(
                    .intents,
                    name,
                    subresource: "status",
                    .mapping(["status": status])
                )
                return try noteIntent(node)
            }
            let annotations = Node.mapping([place.annotation: .null, OwnAnnotation.answer: .string(reply)])
            let node = try await parts.client.merge(
                .intents,
                name,
                .mapping(["metadata": .mapping(["annotations": annotations])])
            )
            try noteIntent(node)
        } catch {
            if case .gone = error.consequence { return }
            throw LedgerError(error, "an answer is not written")
        }
    }
}

extension KubernetesLedger.State {
    /// What an intent has cost by its account as it is written down and the tombstones that this does not count.
    fileprivate func spentAsTold(_ key: IntentKey) -> Money {
        let note = notes[key]
        return rows.rows(of: key).reduce(note?.spent ?? .zero) { sum, row in
            guard let charge = row.charge, note?.includes.contains(row.ordinal) != true else { return sum }
            return sum + charge.amount
        }
    }
}
