import Documents
import Intents
import Reconciling

extension KubernetesLedger {
    /// Puts our finalizer on a row's Intent, with its last good spec; gives the Intent as the row's owner.
    func holdIntent(of record: AllocationRecord) async throws(LedgerError) -> OwnerReference {
        let key = record.key
        guard let name = ObjectName(key), let entry = parts.catalog[key] else {
            throw LedgerError(kind: .failed, message: "nothing is bought: the Intent \(key.rawValue) is gone")
        }
        let owner = OwnerReference(resource: .intents, name: name.name, uid: entry.uid)
        if entry.isHeld { return owner }
        let good = state.withLock { $0.intents[key] }.map { LastGood($0).text }
        try await change(name, "nothing is bought for \(name)") { entry in
            guard !entry.isDeleting, entry.uid == owner.uid else { return nil }
            if entry.isHeld { return nil }
            var head: [(String, Node)] = [
                ("finalizers", .list((entry.finalizers + [OwnAnnotation.intentFinalizer]).map { .string($0) }))
            ]
            if let good { head.append(("annotations", .mapping([OwnAnnotation.lastGood: .string(good)]))) }
            return head
        }
        guard parts.catalog[key]?.isHeld == true, parts.catalog[key]?.uid == owner.uid else {
            throw LedgerError(kind: .failed, message: "nothing is bought: the Intent \(name) is being deleted")
        }
        return owner
    }

    /// Keeps an intent as it is wished for; written down only where something may have been bought for it.
    ///
    /// Its object says the same until somebody breaks it, so that this may wait until something is done about it: an
    /// operator looks at once, and nobody acts before it is written.
    func putIntent(_ stored: StoredIntent) async throws(LedgerError) {
        let key = stored.key
        let old = state.withLock { state in
            state.withdrawn.remove(key)
            return state.intents.updateValue(stored, forKey: key)
        }
        parts.catalog.noteWork(stored.generation, of: key)
        guard ObjectName(key) != nil, let entry = parts.catalog[key], entry.isHeld else { return }
        // Suspended or paused, the work is the same; the object itself says that much.
        if let old, old.generation == stored.generation, !hasMoved(old, stored) { return }
        state.withLock { _ = $0.unsaved.insert(key) }
        if let old, hasMoved(old, stored) { try await saveIntents([key]) }
    }

    /// Writes down what these intents wish, where that has not been done.
    func saveIntents(_ keys: Set<IntentKey>) async throws(LedgerError) {
        for key in state.withLock({ $0.unsaved.intersection(keys) }).sorted() {
            let stored = state.withLock { $0.intents[key] }
            if let stored, let name = ObjectName(key) {
                try await change(name, "the last good state of \(name) is not written") { entry in
                    guard entry.isHeld else { return nil }
                    return [("annotations", .mapping([OwnAnnotation.lastGood: .string(LastGood(stored).text)]))]
                }
            }
            state.withLock { if $0.intents[key] == stored { $0.unsaved.remove(key) } }
        }
    }

    /// Whether an intent counts in other totals than before.
    private func hasMoved(_ old: StoredIntent, _ new: StoredIntent) -> Bool {
        old.intent.labels != new.intent.labels
            && groups.group(of: old.intent.labels) != groups.group(of: new.intent.labels)
    }

    /// Takes our finalizer off a withdrawn Intent that holds nothing any more.
    func release(_ key: IntentKey) async throws(LedgerError) {
        guard let name = ObjectName(key), holdsNothing(key) else { return }
        defer { if parts.catalog[key]?.isHeld != true { state.withLock { $0.deletions[key] = nil } } }
        guard let entry = parts.catalog[key], entry.isHeld, entry.isDeleting else { return }
        try await flushAccount(of: key)
        try await change(name, "\(name) is not released") { entry in
            guard entry.isDeleting, entry.isHeld else { return nil }
            let others = entry.finalizers.filter { $0 != OwnAnnotation.intentFinalizer }
            return [("finalizers", .list(others.map { .string($0) }))]
        }
    }

    /// The same, left to `run` where it fails now.
    func releaseQuietly(_ key: IntentKey) async {
        do throws(LedgerError) { try await release(key) } catch {
            // `run` tries again until it is done.
        }
    }

    /// Whether every row of an intent has its tombstone.
    func holdsNothing(_ key: IntentKey) -> Bool {
        state.withLock { state in
            state.withdrawn.contains(key) && state.rows.rows(of: key).allSatisfy { $0.phase == .tombstone }
        }
    }

    /// Forgets an Intent whose object and rows are all gone.
    func forgetIfOver(_ key: IntentKey) {
        guard parts.catalog[key] == nil else { return }
        state.withLock { state in
            guard state.withdrawn.contains(key), state.rows.rows(of: key).isEmpty else { return }
            state.withdrawn.remove(key)
            state.intents[key] = nil
            state.unsaved.remove(key)
            state.accounts[key] = nil
            state.notes[key] = nil
            state.deletions[key] = nil
        }
    }

    /// Changes an Intent's head as `decide` says, again and again while others write in between; nil changes nothing.
    private func change(
        _ name: ObjectName,
        _ failure: String,
        _ decide: (IntentCatalog.Entry) -> [(String, Node)]?
    ) async throws(LedgerError) {
        for attempt in 1...Self.tries {
            guard let entry = parts.catalog[name.key], let head = decide(entry) else { return }
            let version = ("resourceVersion", Node.string(entry.resourceVersion))
            do throws(APIError) {
                let node = try await parts.client.merge(
                    .intents,
                    name,
                    .mapping(["metadata": .mapping([version] + head)])
                )
                return try noteIntent(node)
            } catch {
                switch error.consequence {
                case .readAgain, .unknown: try await readIntent(name, failure)
                case .gone: return parts.catalog.drop(name, uid: entry.uid)
                case .retry(let after) where attempt < 3: try await pause(after)
                // A finalizer cannot be added to what is being deleted.
                case .invalid: return try await readIntent(name, failure)
                default: throw LedgerError(error, failure)
                }
            }
        }
        throw LedgerError(kind: .failed, message: "\(failure): others write into it all the time; trying again")
    }

    private func readIntent(_ name: ObjectName, _ failure: String) async throws(LedgerError) {
        do throws(APIError) {
            try noteIntent(try await parts.client.get(.intents, name))
        } catch {
            if case .gone = error.consequence, let entry = parts.catalog[name.key] {
                return parts.catalog.drop(name, uid: entry.uid)
            }
            throw LedgerError(error, failure)
        }
    }

    /// Keeps what a reply says of an Intent's head.
    func noteIntent(_ node: Node) throws(APIError) {
        do throws(MalformedObject) {
            let object = try IntentObject(head: node)
            let isOver = object.metadata.isDeleting && object.metadata.finalizers.isEmpty
            // The reply that removes the last finalizer shows an object that is gone.
            if isOver {
                parts.catalog.drop(object.metadata.name, uid: object.metadata.uid)
            } else {
                parts.catalog.note(object)
            }
        } catch {
            throw .malformed("an Intent: \(error.description)")
        }
    }
}
