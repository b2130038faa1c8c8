import Documents
import Intents
package import Reconciling

extension KubernetesLedger {
    package func load() async throws(LedgerError) -> LedgerSnapshot {
        try await load { () async throws(APIError) in try await self.operatorID() }
    }

    /// Everything that is on record, for commands that only look: nothing is claimed and nothing written.
    ///
    /// Who may not see the Lease learns nothing of what it says: the operator's name and the withdrawals that are held.
    package func look() async throws(LedgerError) -> LedgerSnapshot {
        try await load { () async throws(APIError) in
            do throws(APIError) {
                try await self.parts.lock.look()
            } catch {
                guard case .forbidden = error.consequence else { throw error }
            }
            return self.parts.lock.lease?.metadata.annotations[OwnAnnotation.operatorID] ?? ""
        }
    }

    private func load(
        _ operatorID: () async throws(APIError) -> String
    ) async throws(LedgerError) -> LedgerSnapshot {
        do throws(APIError) {
            var snapshot = LedgerSnapshot(operatorID: try await operatorID())
            let allocations = try await listAllocations()
            let intents = try await listIntents()
            let (rows, leftovers) = sorted(allocations)
            snapshot.records = rows.map(\.record)
            state.withLock { state in
                state.operatorID = snapshot.operatorID
                state.rows = LedgerRows()
                for row in rows { state.rows[row.record.attempt] = LedgerRow(row) }
                state.leftovers = leftovers
            }
            take(intents, into: &snapshot)
            try takeCosts(of: rows, into: &snapshot)
            takeOrphans(into: &snapshot)
            snapshot.held = held()
            snapshot.platformAccounts = PlatformAccount.all(in: parts.lock.lease?.metadata.annotations ?? [:])
            return snapshot
        } catch {
            throw LedgerError(error, "the ledger cannot be read")
        }
    }

    /// An Intent as the ledger needs it.
    private struct LoadedIntent: Sendable {
        var object: IntentObject
        var status: Node?
        var account: AccountNote?
        var lastGood: LastGood?

        init(_ node: Node) throws(MalformedObject) {
            object = try IntentObject(node)
            if let shown = node["status"], shown["conditions"] != nil { status = shown }
            // What is malformed here was written by hand; the rows still tell what is held.
            account = try? ObjectFields(node, path: "").optionalPart("status")?.optionalPart("account")
                .map { fields throws(MalformedObject) in try AccountNote(fields) }
            lastGood = object.metadata.annotations[OwnAnnotation.lastGood].flatMap { LastGood(text: $0) }
        }
    }

    /// Names this operator for ever: as the Lease says, else as the rows do, else as the Lease's own uid.
    private func operatorID() async throws(APIError) -> String {
        if let known = parts.lock.lease?.metadata.annotations[OwnAnnotation.operatorID] { return known }
        let fresh = parts.lock.lease?.metadata.uid ?? parts.lock.name.description
        try await parts.lock.annotate([(name: OwnAnnotation.operatorID, value: fresh)])
        return fresh
    }

    private func listAllocations() async throws(APIError) -> [AllocationObject] {
        var refused: MalformedObject?
        let list = try await parts.client.list(.allocations, Selection(namespace: parts.selection.namespace)) {
            node throws(MalformedObject) in
            try AllocationObject(node)
        } skipped: {
            refused = $0
        }
        // A row that is passed over is a purchase that is forgotten.
        if let refused { throw APIError(.refused, code: "MALFORMED_ROW", message: "an Allocation: \(refused)") }
        return list.items.filter { parts.shard.holds($0.record.key) }
    }

    private func listIntents() async throws(APIError) -> [LoadedIntent] {
        var refused: MalformedObject?
        let list = try await parts.client.list(.intents, parts.selection) { node throws(MalformedObject) in
            try LoadedIntent(node)
        } skipped: {
            refused = $0
        }
        if let refused { throw APIError(.refused, code: "MALFORMED_OBJECT", message: "an Intent: \(refused)") }
        return list.items.filter { parts.shard.holds($0.object.key) }
    }

    private func sorted(
        _ objects: [AllocationObject]
    ) -> (rows: [AllocationObject], leftovers: [ObjectName: String]) {
        var leftovers: [ObjectName: String] = [:]
        var rows: [AllocationObject] = []
        for object in objects {
            if object.metadata.annotations[OwnAnnotation.forgotten] != nil {
                leftovers[object.metadata.name] = object.metadata.uid
            } else {
                rows.append(object)
            }
        }
        return (rows.sorted { ($0.record.key, $0.record.ordinal) < ($1.record.key, $1.record.ordinal) }, leftovers)
    }

    private func take(_ loaded: [LoadedIntent], into snapshot: inout LedgerSnapshot) {
        let rows = Dictionary(grouping: snapshot.records, by: \.key)
        for item in loaded {
            let key = item.object.key
            parts.catalog.note(item.object)
            let account = (item.account ?? AccountNote(IntentAccount(key: key), includes: []))
                .account(of: key, rows: rows[key] ?? [])
            if account != IntentAccount(key: key) { snapshot.accounts.append(account) }
            let stored = Self.stored(item, key)
            if let stored {
                snapshot.intents.append(stored)
                parts.catalog.noteWork(stored.generation, of: key)
                if let status = item.status {
                    snapshot.statuses[key] = DocumentPrinter.json(shown(status, item.object, stored))
                }
            }
            state.withLock { state in
                state.accounts[key] = account
                state.notes[key] = item.account
                state.intents[key] = stored
            }
        }
    }

    /// A status as the operator counts: the server's generation gives way to the work that it stands for.
    private func shown(_ status: Node, _ object: IntentObject, _ stored: StoredIntent) -> Node {
        guard let generation = object.observedGeneration, var members = status.mapping else { return status }
        // A status of an older generation may be one of older work: it is shown anew.
        let work = generation == object.metadata.generation ? stored.generation : stored.generation - 1
        parts.catalog.noteShown(work: work, generation: generation, of: object.key)
        members.removeAll { $0.key == "observedGeneration" }
        members.append(Node.Member("observedGeneration", .integer(work)))
        return Node(.mapping(members))
    }

    /// What an Intent's work was when it was last good; nil where it never was, or nothing was bought for it.
    private static func stored(_ item: LoadedIntent, _ key: IntentKey) -> StoredIntent? {
        let file = key.rawValue
        let createdAt = item.object.metadata.creationTimestamp ?? Timestamp(milliseconds: 0)
        if let good = item.lastGood {
            return StoredIntent(
                key: key,
                file: file,
                generation: good.generation,
                createdAt: createdAt,
                intent: good.intent
            )
        }
        guard let intent = item.object.intent else { return nil }
        return StoredIntent(key: key, file: file, generation: 1, createdAt: createdAt, intent: intent)
    }

    /// Rows whose Intent is gone: until the deletion guard has judged that, they are only looked at.
    private func takeOrphans(into snapshot: inout LedgerSnapshot) {
        let known = Set(snapshot.intents.map(\.key))
        let orphans = Dictionary(grouping: snapshot.records.filter { !known.contains($0.key) }, by: \.key)
        for (key, rows) in orphans.sorted(by: { $0.key < $1.key })
        where rows.contains(where: { $0.phase != .tombstone }) {
            guard let name = ObjectName(key) else { continue }
            var spec = IntentSpec()
            var pause = Pause()
            pause.reason = "its Intent is gone, or cannot be read; what it holds is only looked at"
            spec.paused = pause
            var intent = Intent(name: name.name, namespace: name.namespace, spec: spec)
            // It counts in the groups that it was in.
            intent.labels = snapshot.costs.labels[key] ?? [:]
            let created = rows.map(\.openedAt).min() ?? parts.time.now
            snapshot.intents.append(
                StoredIntent(key: key, file: key.rawValue, generation: 1, createdAt: created, intent: intent)
            )
        }
    }

    private func held() -> HeldWithdrawals? {
        parts.lock.lease?.metadata.annotations[OwnAnnotation.held].flatMap { HeldWithdrawals(annotation: $0) }
    }
}
