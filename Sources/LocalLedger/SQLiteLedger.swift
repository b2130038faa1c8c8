package import Intents
package import Reconciling

/// The ledger in a directory on this machine, kept by SQLite.
///
/// Writes that arrive while one is under way are committed together. One process at a time holds a directory; commands
/// read it through `LedgerReader` and ask through `RequestDesk` beside the holder. After an error, what was to be
/// written may be taken as not written, but for a disk that fails while it confirms: then it may turn up after a crash.
package struct SQLiteLedger: Ledger {
    /// The writer.
    let store: LedgerStore

    /// Opens the ledger of a state directory, or makes both, and holds it until `close` or its end.
    ///
    /// `dice` names the operator where the ledger is new; `moment` tells people since when it is held. Throws `.held`
    /// where another process holds it, and `.unusable` for a file that is torn, foreign or newer, which is left as it is.
    package init(
        state path: String,
        codec: IntentCodec = .document,
        at moment: Timestamp,
        dice: inout some RandomNumberGenerator
    ) async throws(LedgerError) {
        let operatorID = AttemptID(using: &dice).rawValue
        try await self.init(path, schema: .ledger, codec: codec, holder: LockHolder(since: moment), operatorID)
    }

    /// Opens a ledger whose schema is given.
    init(
        _ path: String,
        schema: Schema,
        codec: IntentCodec,
        holder: LockHolder,
        _ operatorID: String
    ) async throws(LedgerError) {
        store = LedgerStore()
        try await store.open { () throws(LedgerError) in
            try LedgerDatabase(
                state: StateDirectory(path: path),
                schema: schema,
                holder: holder,
                operatorID: operatorID,
                codec: codec
            )
        }
    }

    /// Closes it and gives the directory back; later calls throw `.failed`.
    package func close() async { await store.close() }

    package func load() async throws(LedgerError) -> LedgerSnapshot { try await store.load() }

    package func write(_ changes: [LedgerChange]) async throws(LedgerError) {
        if changes.isEmpty { return }
        try await store.write(changes)
    }

    package func pendingRequests() async throws(LedgerError) -> [OperatorRequest] {
        try await store.pendingRequests()
    }
}
