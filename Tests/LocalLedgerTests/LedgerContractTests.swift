import Intents
import Reconciling
import Testing

@testable import LocalLedger

/// The ledger on SQLite keeps what every ledger promises.
@Suite struct LedgerContractTests {
    @Test(arguments: LedgerContract.clauses)
    func keeps(_ clause: LedgerContract) async throws {
        try await clause.check(SQLiteSubject())
    }
}

/// One state directory, opened again and again.
private actor SQLiteSubject: LedgerSubject {
    private let state = TemporaryState()
    private var present: SQLiteLedger?
    private var seed: UInt64 = 0

    func open() async throws -> any Ledger {
        await present?.close()
        seed += 1
        let ledger = try await state.open(seed: seed)
        present = ledger
        return ledger
    }

    func ask(_ verb: OperatorRequest.Verb, at moment: Timestamp) async throws -> Int64 {
        try await RequestDesk(state: state.path).ask(verb, at: moment)
    }
}
