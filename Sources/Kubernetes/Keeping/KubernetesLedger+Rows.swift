import Documents
import Intents
import Reconciling

extension KubernetesLedger {
    /// How often a write is begun again when somebody wrote in between or nobody can tell what became of it.
    static let tries = 5

    /// Makes rows, and meanwhile writes down what their intents wish; where that fails the rows go again.
    func create(_ records: [AllocationRecord], saving keys: Set<IntentKey>) async throws(LedgerError) {
        async let saved = saves(keys)
        for record in records { try await create(record) }
        do throws(LedgerError) { try await saved.get() } catch {
            state.withLock { state in
                for record in records {
                    guard let name = state.rows[record.attempt]?.name else { continue }
                    state.rows[record.attempt] = nil
                    state.strays[record.attempt] = name
                }
            }
            throw error
        }
    }

    private func saves(_ keys: Set<IntentKey>) async -> Result<Void, LedgerError> {
        do throws(LedgerError) {
            return .success(try await saveIntents(keys))
        } catch {
            return .failure(error)
        }
    }

    /// Makes a row: durable when this returns.
    func create(_ record: AllocationRecord) async throws(LedgerError) {
        let owner = try await holdIntent(of: record)
        let (operatorID, labels) = state.withLock { ($0.operatorID, self.labels(of: record.key, $0) ?? [:]) }
        let body = AllocationObject.creation(record, owner: owner, operatorID: operatorID, labels: labels)
        let name = ObjectName(
            namespace: ObjectName(record.key)?.namespace ?? "",
            name: AllocationObject.name(intentUID: owner.uid, slot: record.slot, ordinal: record.ordinal)
        )
        // Our own row of an earlier try may still lie under this name; `run` takes it away.
        guard state.withLock({ !$0.strays.values.contains(name) }) else {
            throw LedgerError(kind: .failed, message: "\(name) is being cleared away; trying again")
        }
        var mayBeThere = false
        for attempt in 1...Self.tries {
            do throws(APIError) {
                let object = try note(try await parts.client.create(.allocations, in: name.namespace, body))
                if object.record.standingMark != record.standingMark { try await repeatStanding(record) }
                return
            } catch {
                switch error.consequence {
                case .alreadyExists:
                    guard try await isOurs(name, record) else {
                        throw intruded(
                            "\(name) is there already and is another attempt: another operator acts for "
                                + "\(record.key.rawValue); this one ends"
                        )
                    }
                    return
                case .unknown where attempt < Self.tries: mayBeThere = true
                case .retry(let after) where attempt < 3: try await pause(after)
                default:
                    if mayBeThere || error.mayHaveHappened {
                        state.withLock { $0.strays[record.attempt] = name }
                    }
                    throw LedgerError(error, "attempt \(record.ordinal) of \(record.key.rawValue) is not written down")
                }
            }
        }
    }

    private func repeatStanding(_ record: AllocationRecord) async throws(APIError) {
        do throws(LedgerError) {
            try await putStanding(record)
        } catch {
            throw APIError(.unknown, code: "LEDGER", message: error.message)
        }
    }

    /// Whether an object that is there is this very attempt, which an earlier call made without our hearing of it.
    private func isOurs(_ name: ObjectName, _ record: AllocationRecord) async throws(LedgerError) -> Bool {
        do throws(APIError) {
            let object = try note(try await parts.client.get(.allocations, name), onlyFor: record.attempt)
            return object.record.attempt == record.attempt
        } catch {
            state.withLock { $0.strays[record.attempt] = name }
            throw LedgerError(error, "\(name) cannot be read")
        }
    }

    /// Writes a row's standing.
    func putStanding(_ record: AllocationRecord) async throws(LedgerError) {
        let wanted = record.standingMark
        for _ in 1...Self.tries {
            guard let row = state.withLock({ $0.rows[record.attempt] }) else { return try await create(record) }
            if row.isForgotten {
                try await remember(row, record.attempt)
                continue
            }
            guard row.standing != wanted || !row.unsure.isEmpty else { return }
            let patch = Node.mapping([
                "metadata": .mapping(["resourceVersion": .string(row.resourceVersion)]), "status": record.standingNode,
            ])
            do throws(APIError) {
                let node = try await parts.client.merge(.allocations, row.name, subresource: "status", patch)
                try note(node)
                return
            } catch {
                // Until it is read again: whoever writes next must know that this may be ours.
                state.withLock { _ = $0.rows[record.attempt]?.unsure.insert(wanted) }
                switch error.consequence {
                case .readAgain, .unknown:
                    guard try await reread(row, record.attempt, wanted) else { return }
                case .retry(let after): try await pause(after)
                case .gone:
                    // Somebody has taken it away by force; what it tells of may still be billed.
                    state.withLock { $0.rows[record.attempt] = nil }
                default: throw LedgerError(error, "\(row.name) is not written")
                }
            }
        }
        throw LedgerError(kind: .failed, message: "\(record.key.rawValue): a row is not written; trying again")
    }

    /// Reads a row whose write did not come through; false where it did after all.
    private func reread(_ row: LedgerRow, _ attempt: AttemptID, _ wanted: Int) async throws(LedgerError) -> Bool {
        do throws(APIError) {
            let object = try note(try await parts.client.get(.allocations, row.name), onlyFor: attempt)
            let standing = object.record.standingMark
            if standing == wanted { return false }
            guard object.record.attempt == attempt, standing == row.standing || row.unsure.contains(standing) else {
                throw APIError(.refused, code: "INTRUSION", message: "")
            }
            return true
        } catch {
            if error.code == "INTRUSION" {
                throw intruded("\(row.name) was written by somebody else: another operator acts here; this one ends")
            }
            if case .gone = error.consequence {
                state.withLock { $0.rows[attempt] = nil }
                return true
            }
            throw LedgerError(error, "\(row.name) cannot be read")
        }
    }

    /// Takes back that a row was given up, or finds that it is gone: what it tells of has come to light.
    private func remember(_ row: LedgerRow, _ attempt: AttemptID) async throws(LedgerError) {
        do throws(APIError) {
            let seen = try Self.allocation(try await parts.client.get(.allocations, row.name))
            guard seen.record.attempt == attempt, !seen.metadata.isDeleting else {
                throw APIError(.gone, code: "GONE", message: "")
            }
            var finalizers = Set(seen.metadata.finalizers)
            finalizers.insert(OwnAnnotation.allocationFinalizer)
            let head = Node.mapping([
                "resourceVersion": .string(seen.metadata.resourceVersion),
                "finalizers": .list(finalizers.sorted().map { .string($0) }),
                "annotations": .mapping([OwnAnnotation.forgotten: .null]),
            ])
            try note(try await parts.client.merge(.allocations, row.name, .mapping(["metadata": head])))
        } catch {
            guard case .gone = error.consequence else { throw LedgerError(error, "\(row.name) is not written") }
            state.withLock { $0.rows[attempt] = nil }
        }
    }

    /// Ends a row's story: its object goes.
    ///
    /// Idempotent.
    func erase(_ attempt: AttemptID) async throws(LedgerError) {
        guard let row = state.withLock({ $0.rows[attempt] }) else { return }
        if row.phase == .tombstone { try await flushAccount(of: row.key, beforeErasing: row.ordinal) }
        do throws(APIError) {
            try await remove(row)
            state.withLock { $0.rows[attempt] = nil }
            sums.erased(attempt)
        } catch {
            state.withLock { $0.rows[attempt]?.isForgotten = true }
            throw LedgerError(error, "\(row.name) is not removed")
        }
    }

    /// Takes our finalizer off and asks for the object's end; after the first it is nobody's row any more.
    func remove(_ row: LedgerRow) async throws(APIError) {
        var row = row
        for _ in 1...Self.tries {
            let others = row.finalizers.filter { $0 != OwnAnnotation.allocationFinalizer }
            let head = Node.mapping([
                "resourceVersion": .string(row.resourceVersion),
                "finalizers": .list(others.map { .string($0) }),
                "annotations": .mapping([OwnAnnotation.forgotten: "true"]),
            ])
            do throws(APIError) {
                let node = try await parts.client.merge(.allocations, row.name, .mapping(["metadata": head]))
                if node["metadata"]?["deletionTimestamp"] == nil {
                    try await parts.client.delete(.allocations, row.name, APIClient.Preconditions(uid: row.uid))
                }
                return
            } catch {
                switch error.consequence {
                case .gone: return
                case .readAgain, .unknown:
                    do throws(APIError) {
                        let node = try await parts.client.get(.allocations, row.name)
                        let object = try Self.allocation(node)
                        guard object.metadata.uid == row.uid else { return }
                        row = LedgerRow(object)
                    } catch {
                        if case .gone = error.consequence { return }
                        throw error
                    }
                default: throw error
                }
            }
        }
        throw APIError(.readAgain, code: "Conflict", message: "it changes all the time")
    }

    /// Keeps what a reply says of a row.
    @discardableResult
    func note(_ node: Node, onlyFor attempt: AttemptID? = nil) throws(APIError) -> AllocationObject {
        let object = try Self.allocation(node)
        if attempt == nil || attempt == object.record.attempt {
            let row = LedgerRow(object)
            state.withLock { $0.rows[object.record.attempt] = row }
        }
        return object
    }

    static func allocation(_ node: Node) throws(APIError) -> AllocationObject {
        do throws(MalformedObject) {
            return try AllocationObject(node)
        } catch {
            throw .malformed("an Allocation: \(error.description)")
        }
    }

    /// Waits a moment before another try.
    func pause(_ wish: Duration?) async throws(LedgerError) {
        let wait = min(max(wish ?? .zero, .milliseconds(200)), .seconds(2))
        do {
            try await parts.time.sleep(until: parts.time.uptime + wait)
        } catch {
            throw LedgerError(kind: .failed, message: "not written: the operator ends")
        }
    }
}
