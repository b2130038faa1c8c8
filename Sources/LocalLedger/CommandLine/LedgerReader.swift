import Intents
package import Reconciling

/// Reads a state directory beside its holder, or when nobody holds it.
///
/// Each reading call gives the state of one moment and opens the file anew, so that a reader never keeps a writer's
/// journal from shrinking.
package actor LedgerReader {
    private let executor = QueueExecutor(label: "ledger reader")
    private let state: StateDirectory
    private let codec: IntentCodec

    package nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }

    /// A reader of the ledger in a state directory.
    package init(state path: String, codec: IntentCodec = .document) {
        state = StateDirectory(path: path)
        self.codec = codec
    }

    /// Who holds the directory now; nil where nobody does.
    package func holder() throws(LedgerError) -> LockHolder? { try StateLock.holder(of: state) }

    /// Everything on record.
    package func snapshot() throws(LedgerError) -> LedgerSnapshot { try tables().snapshot() }

    /// What people are shown of each intent, as JSON text.
    package func statuses() throws(LedgerError) -> [IntentKey: String] { try tables().allStatuses() }

    /// Everything that was paid for and is over, and the rows of what is not.
    package func costs() throws(LedgerError) -> (past: CostRecords, rows: [AllocationRecord]) {
        let tables = try tables()
        return (try tables.allCosts(), try tables.snapshot().records)
    }

    /// The newest events, oldest first: of one intent, or all for nil.
    package func events(of key: IntentKey? = nil, limit: Int) throws(LedgerError) -> [Event] {
        try tables().events.newest(of: key, limit: limit)
    }

    /// Requests that are kept, oldest first, and what became of them.
    package func requests() throws(LedgerError) -> [AnsweredRequest] { try tables().requests.all() }

    private func tables() throws(LedgerError) -> LedgerTables {
        LedgerTables(try LedgerFile(state: state, schema: .ledger).openForReading(), codec: codec)
    }
}
