import Intents
import Reconciling
import Testing

@testable import LocalLedger

/// Writes that wait are committed together, and each caller hears of its own alone.
@Suite(.timeLimit(.minutes(10))) struct GroupCommitTests {
    private func account(_ name: String, _ attempts: Int) -> LedgerChange {
        .account(IntentAccount(key: IntentKey(rawValue: name), attempts: attempts))
    }

    /// A change that no ledger takes: its text is longer than a row may be.
    private var tooLarge: LedgerChange {
        let text = String(repeating: "x", count: Int(Connection.largestText) + 1)
        return .status(IntentKey(rawValue: "large"), json: text)
    }

    /// How many transactions stand in the journal: its frames that end one.
    ///
    /// Source: the "WAL File Format" of SQLite's file format.
    private func commits(in state: TemporaryState) throws -> Int {
        let journal = try #require(state.bytes(of: state.files.ledger + "-wal"))
        return stride(from: 32, to: journal.count - 24, by: 24 + 4096).count { frame in
            journal[(frame + 4)..<(frame + 8)].contains { $0 != 0 }
        }
    }

    private func keepWholeJournal(_ ledger: SQLiteLedger) async throws {
        try await ledger.store.reach { database throws(LedgerError) in
            try database.connection.statement("PRAGMA wal_autocheckpoint = 0").run()
        }
    }

    @Test func manyCallersShareCommits() async throws {
        let state = TemporaryState()
        let ledger = try await state.open()
        try await keepWholeJournal(ledger)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for caller in 0..<64 {
                group.addTask {
                    for round in 1...50 { try await ledger.write([account("\(caller)", round)]) }
                }
            }
            try await group.waitForAll()
        }
        let accounts = try await ledger.load().accounts
        #expect(accounts.map(\.attempts) == Array(repeating: 50, count: 64))
        #expect(try commits(in: state) < 64 * 50 / 2, "writes that wait are gathered")
    }

    @Test func aBatchIsOneTransaction() async throws {
        let state = TemporaryState()
        let ledger = try await state.open()
        try await keepWholeJournal(ledger)
        let before = try commits(in: state)
        let errors = await ledger.store.commit((0..<64).map { [account("\($0)", 1)] })
        #expect(errors == Array(repeating: nil, count: 64))
        #expect(try commits(in: state) == before + 1)
        #expect(try await LedgerReader(state: state.path).snapshot().accounts.count == 64)
    }

    @Test func aBadWriteFailsItsCallerAlone() async throws {
        let state = TemporaryState()
        let ledger = try await state.open()
        let errors = await ledger.store.commit([
            [account("a", 1)], [account("b", 1), tooLarge, account("c", 1)], [account("d", 1)],
        ])
        #expect(errors.map { $0?.kind } == [nil, .failed, nil])
        let snapshot = try await ledger.load()
        #expect(snapshot.accounts.map(\.key.rawValue) == ["a", "d"], "of the bad write nothing is kept")
        #expect(snapshot.statuses.isEmpty)
        try await ledger.write([account("e", 1)])
        #expect(try await ledger.load().accounts.count == 3)
    }

    @Test func eachCallerHearsOfItsOwn() async throws {
        let state = TemporaryState()
        let ledger = try await state.open()
        let large = tooLarge
        let failed = await withTaskGroup(of: Int?.self) { group in
            for caller in 0..<32 {
                group.addTask {
                    do {
                        try await ledger.write([account("\(caller)", 1)] + (caller % 4 == 0 ? [large] : []))
                        return nil
                    } catch {
                        return caller
                    }
                }
            }
            return await group.reduce(into: Set<Int>()) { failed, caller in
                if let caller { failed.insert(caller) }
            }
        }
        #expect(failed == Set(stride(from: 0, to: 32, by: 4)))
        #expect(try await ledger.load().accounts.count == 24)
    }

    @Test func anErrorSaysNothingOfWhatWasWritten() async throws {
        let state = TemporaryState()
        let ledger = try await state.open()
        let secret = "PASSWORD=hunter2 " + String(repeating: "x", count: Int(Connection.largestText))
        let error = await #expect(throws: LedgerError.self) {
            try await ledger.write([.status(IntentKey(rawValue: "secret-name"), json: secret)])
        }
        let message = try #require(error?.message)
        #expect(!message.contains("hunter2") && !message.contains("secret-name") && !message.contains("INSERT"))
        #expect(message.contains(state.files.ledger))
    }

    @Test func closingRefusesLaterCalls() async throws {
        let state = TemporaryState()
        let ledger = try await state.open()
        await ledger.close()
        let error = LedgerError(kind: .failed, message: "the ledger is closed")
        await #expect(throws: error) { try await ledger.write([account("a", 1)]) }
        await #expect(throws: error) { try await ledger.load() }
        await #expect(throws: error) { try await ledger.pendingRequests() }
        let again = try await state.open()
        #expect(try await again.load().accounts.isEmpty)
    }
}

extension LedgerStore {
    /// Commits the writes of several callers together, without waiting for chance to bring them together.
    fileprivate func commit(_ writes: [[LedgerChange]]) async -> [LedgerError?] {
        do throws(LedgerError) {
            return try reach { database throws(LedgerError) in database.commit(writes) }
        } catch {
            return writes.map { _ in error }
        }
    }
}
