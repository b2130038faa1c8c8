import Reconciling

/// The one writer of a ledger: an actor on a thread of its own.
actor LedgerStore {
    private let executor = QueueExecutor(label: "ledger")
    private let waiting = WaitingWrites()
    private var database: LedgerDatabase?
    private var outcomes: [WaitingWrites.Ticket: LedgerError?] = [:]

    nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }

    /// Opens the ledger that `open` opens.
    func open(_ open: @Sendable () throws(LedgerError) -> sending LedgerDatabase) throws(LedgerError) {
        database = try open()
    }

    /// Closes the database and gives the directory's lock back.
    func close() { database = nil }

    /// Lets a test reach into the database.
    func reach<Value: Sendable>(
        _ body: @Sendable (LedgerDatabase) throws(LedgerError) -> Value
    ) throws(LedgerError) -> Value {
        try body(try opened())
    }

    /// Everything on record.
    func load() throws(LedgerError) -> LedgerSnapshot { try opened().load() }

    /// Requests that have not been answered.
    func pendingRequests() throws(LedgerError) -> [OperatorRequest] { try opened().pendingRequests() }

    /// Writes changes down together with all that are waiting at the moment when the thread is free.
    nonisolated func write(_ changes: [LedgerChange]) async throws(LedgerError) {
        let ticket = waiting.add(changes)
        if let error = await outcome(of: ticket) { throw error }
    }

    private func outcome(of ticket: WaitingWrites.Ticket) -> LedgerError? {
        if let outcome = outcomes.removeValue(forKey: ticket) { return outcome }
        commitWaiting()
        guard let outcome = outcomes.removeValue(forKey: ticket) else { preconditionFailure("a write without outcome") }
        return outcome
    }

    private func commitWaiting() {
        let writes = waiting.takeAll()
        let errors: [LedgerError?]
        do {
            errors = try opened().commit(writes.map(\.changes))
        } catch {
            errors = writes.map { _ in error }
        }
        for (write, error) in zip(writes, errors) { outcomes.updateValue(error, forKey: write.ticket) }
    }

    private func opened() throws(LedgerError) -> LedgerDatabase {
        guard let database else { throw LedgerError(kind: .failed, message: "the ledger is closed") }
        return database
    }
}
