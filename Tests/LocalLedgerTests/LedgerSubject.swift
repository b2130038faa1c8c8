import Intents
import Reconciling

/// A kind of ledger that the contract is checked against.
protocol LedgerSubject: Sendable {
    /// Opens one store: the first time a new one, later the same one again after its holder was closed.
    func open() async throws -> any Ledger
    /// Writes a request down as a command would.
    func ask(_ verb: OperatorRequest.Verb, at moment: Timestamp) async throws -> Int64
}
