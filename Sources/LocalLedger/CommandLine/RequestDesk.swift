package import Intents
package import Reconciling

/// Where commands ask the operator for something and fetch its answers, whether or not it runs.
package actor RequestDesk {
    private let executor = QueueExecutor(label: "request desk")
    private let state: StateDirectory

    package nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }

    /// The desk of a state directory.
    package init(state path: String) { state = StateDirectory(path: path) }

    /// Writes a request down durably and gives its number.
    ///
    /// Throws `.failed` where too many wait already, which means that nobody carries them out.
    package func ask(_ verb: OperatorRequest.Verb, at moment: Timestamp) throws(LedgerError) -> Int64 {
        try RequestTable(connection: try file.openForAsking()).add(verb, at: moment)
    }

    /// The answer to a request; nil while there is none.
    ///
    /// Throws `.failed` for a request that was never made or is no longer kept.
    package func answer(to request: Int64) throws(LedgerError) -> RequestAnswer? {
        try RequestTable(connection: try file.openForReading()).answer(to: request)
    }

    private var file: LedgerFile { LedgerFile(state: state, schema: .ledger) }
}
