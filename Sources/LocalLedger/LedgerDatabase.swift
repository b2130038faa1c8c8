import Reconciling

/// A ledger that is open for writing, used by one thread at a time.
final class LedgerDatabase {
    private let lock: StateLock
    private let tables: LedgerTables
    private var shelf: EventShelf
    private var pending: PendingRequests?

    /// What was asked and not answered, as of a state of the file.
    private struct PendingRequests {
        /// Changes whenever another connection has written.
        var dataVersion: Int64
        /// The requests.
        var requests: [OperatorRequest]
    }

    /// Takes the directory's lock and opens its database; makes both where they are missing.
    init(
        state: StateDirectory,
        schema: Schema,
        holder: LockHolder,
        operatorID: String,
        codec: IntentCodec
    ) throws(LedgerError) {
        try state.make()
        lock = try StateLock(of: state, holder: holder)
        let file = LedgerFile(state: state, schema: schema)
        tables = LedgerTables(try file.openForWriting(operatorID: operatorID), codec: codec)
        shelf = try EventShelf(tables.events)
    }

    /// The connection, for tests that make it fail.
    var connection: Connection { tables.connection }

    /// Everything on record, as of one moment.
    ///
    /// What was paid for comes with it, since quotas go by it, and by the labels of what was withdrawn and still lives.
    func load() throws(LedgerError) -> LedgerSnapshot {
        var snapshot = try tables.snapshot()
        snapshot.costs = try tables.allCosts()
        return snapshot
    }

    /// Writes each caller's changes in one transaction for all.
    ///
    /// Where that fails, each caller's changes are tried alone, so that bad ones fail alone; a full disk fails all.
    func commit(_ writes: [[LedgerChange]]) -> [LedgerError?] {
        pending = nil
        guard let error = attempt(writes) else { return writes.map { _ in nil } }
        if writes.count == 1 || error.kind == .full { return writes.map { _ in error } }
        return writes.map { attempt([$0]) }
    }

    private func attempt(_ writes: [[LedgerChange]]) -> LedgerError? {
        do {
            try tables.connection.transaction { () throws(LedgerError) in
                for change in writes.joined() { try tables.apply(change, shelf: &shelf) }
            }
            shelf.keep()
            return nil
        } catch {
            shelf.undo()
            return error
        }
    }

    /// Requests that have not been answered, oldest first; the table is read only when somebody has written.
    func pendingRequests() throws(LedgerError) -> [OperatorRequest] {
        let version = try tables.connection.statement("PRAGMA data_version").first { row in row.number() } ?? 0
        if let pending, pending.dataVersion == version { return pending.requests }
        let requests = try tables.requests.waiting()
        pending = PendingRequests(dataVersion: version, requests: requests)
        return requests
    }
}
