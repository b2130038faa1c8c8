import Intents
import Reconciling
import Testing

@testable import LocalLedger

/// A write that fails half-way leaves nothing of itself, whatever its changes are.
@Suite(.timeLimit(.minutes(10))) struct AllOrNothingTests {
    /// One change of each kind, over a ledger that holds something of each already.
    private static func changes() -> [(name: String, change: LedgerChange)] {
        var samples = Samples(seed: 61)
        let key = IntentKey(rawValue: "a")
        let record = AllocationRecord(samples.record(), attempt: AttemptID(rawValue: "attempt-0"))
        return [
            ("put", .put(record)), ("forget", .forget(AttemptID(rawValue: "attempt-1"))),
            ("account", .account(IntentAccount(key: key, attempts: 77))), ("intent", .intent(samples.stored(key))),
            ("dropIntent", .dropIntent(key)), ("override", .override(IntentOverride(key: key, pause: samples.pause()))),
            ("status", .status(key, json: "{\"new\": true}")), ("event", .event(samples.event(of: key))),
            ("held", .heldWithdrawals(samples.held())), ("nothing held", .heldWithdrawals(nil)),
            ("answer", .answer(request: 1, text: "done", refused: false)),
        ]
    }

    private static let tooLarge = LedgerChange.status(
        IntentKey(rawValue: "large"),
        json: String(repeating: "x", count: Int(Connection.largestText) + 1)
    )

    /// Everything that a ledger shows to anybody.
    private struct Everything: Equatable {
        var model: LedgerModel
        var events: [Event]
        var requests: [AnsweredRequest]
        var pending: [OperatorRequest]
    }

    private func everything(in state: TemporaryState, of ledger: SQLiteLedger) async throws -> Everything {
        let reader = LedgerReader(state: state.path)
        return Everything(
            model: LedgerModel(try await ledger.load()),
            events: try await reader.events(limit: 100),
            requests: try await reader.requests(),
            pending: try await ledger.pendingRequests()
        )
    }

    @Test(arguments: changes().indices)
    func aKindLeavesNothingBehind(index: Int) async throws {
        let (name, change) = Self.changes()[index]
        let state = TemporaryState()
        let ledger = try await state.open()
        var samples = Samples(seed: 62)
        try await ledger.write((0..<60).map { _ in samples.change() })
        _ = try await RequestDesk(state: state.path).ask(.reconcile(nil), at: Timestamp(seconds: 1))
        let before = try await everything(in: state, of: ledger)
        await #expect(throws: LedgerError.self) { try await ledger.write([change, Self.tooLarge]) }
        await #expect(throws: LedgerError.self) { try await ledger.write([Self.tooLarge, change]) }
        #expect(try await everything(in: state, of: ledger) == before, "\(name)")
        await ledger.close()
        let again = try await state.open()
        #expect(try await everything(in: state, of: again) == before, "\(name), opened again")
    }

    /// The check above would pass for a change that never does anything.
    @Test func mostKindsDoSomethingWhenNothingFails() async throws {
        let state = TemporaryState()
        let ledger = try await state.open()
        _ = try await RequestDesk(state: state.path).ask(.reconcile(nil), at: Timestamp(seconds: 1))
        var idle: [String] = []
        for (name, change) in Self.changes() {
            let before = try await everything(in: state, of: ledger)
            try await ledger.write([change])
            if try await everything(in: state, of: ledger) == before { idle.append(name) }
        }
        #expect(idle == ["forget"], "there is no such attempt")
    }
}
