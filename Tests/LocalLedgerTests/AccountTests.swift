import Intents
import Reconciling
import Testing

@testable import LocalLedger

/// Accounts come back as they were written, their intent's end included.
@Suite(.timeLimit(.minutes(10))) struct AccountTests {
    private static let key = IntentKey(rawValue: "team/job")

    private static func account(_ outcome: Finish.Outcome?, began: Timestamp?) -> IntentAccount {
        var account = IntentAccount(key: key, spent: Money(micros: 12_345_678), attempts: 7)
        account.workBeganAt = began
        account.finish = outcome.map { outcome in
            Finish(outcome: outcome, generation: 3, at: Timestamp(seconds: 1_800_000_100), message: "it's \"over\"\n")
        }
        return account
    }

    @Test("Every end of an intent's work outlasts a restart", arguments: Finish.Outcome.allCases, [true, false])
    func ends(_ outcome: Finish.Outcome, _ hasBegun: Bool) async throws {
        let state = TemporaryState()
        let account = Self.account(outcome, began: hasBegun ? Timestamp(seconds: 1_800_000_000) : nil)
        let ledger = try await state.open()
        try await ledger.write([.account(account)])
        await ledger.close()
        #expect(try await LedgerReader(state: state.path).snapshot().accounts == [account])
        let again = try await state.open()
        #expect(try await again.load().accounts == [account])
        await again.close()
    }

    @Test("What is remembered of an intent outlasts a restart, and what is forgotten goes")
    func memory() async throws {
        let state = TemporaryState()
        var account = Self.account(nil, began: nil)
        var task = TaskMemory(slot: 2)
        (task.failures, task.failedAt) = (2, Timestamp(seconds: 7))
        account.memory.tasks = [task]
        account.memory.losses = [Timestamp(seconds: 8)]
        account.memory.approve(Permission(.price, generation: 3, upTo: Money(micros: 5)), at: Timestamp(seconds: 9))
        let ledger = try await state.open()
        try await ledger.write([.account(account)])
        await ledger.close()
        #expect(try await LedgerReader(state: state.path).snapshot().accounts == [account])
        let again = try await state.open()
        account.memory = AccountMemory()
        try await again.write([.account(account)])
        #expect(try await again.load().accounts == [account])
        await again.close()
    }

    @Test("A memory that is no memory is unreadable, and not taken for none")
    func strangeMemory() async throws {
        let state = TemporaryState()
        let ledger = try await state.open()
        try await ledger.write([.account(Self.account(nil, began: nil))])
        await ledger.close()
        do {
            let connection = try Connection(file: state.files.ledger, access: .writing)
            try connection.execute("UPDATE accounts SET memory = '{\"tasks\": 1}'")
        }
        let again = try await state.open()
        let error = await #expect(throws: LedgerError.self) { try await again.load() }
        #expect(error?.kind == .unusable)
        await again.close()
    }

    @Test("A later generation's account takes the place of one that had ended")
    func anew() async throws {
        let state = TemporaryState()
        let ledger = try await state.open()
        try await ledger.write([.account(Self.account(.failed, began: Timestamp(seconds: 5)))])
        try await ledger.write([.account(Self.account(nil, began: nil))])
        let accounts = try await ledger.load().accounts
        #expect(accounts == [Self.account(nil, began: nil)])
        #expect(accounts.first?.finish == nil)
        await ledger.close()
    }

    @Test("An end that nobody knows is unreadable, and not taken for none")
    func strangeEnd() async throws {
        let state = TemporaryState()
        let ledger = try await state.open()
        try await ledger.write([.account(Self.account(.completed, began: nil))])
        await ledger.close()
        do {
            let connection = try Connection(file: state.files.ledger, access: .writing)
            try connection.execute("UPDATE accounts SET finish_outcome = 'Exploded'")
        }
        let again = try await state.open()
        let error = await #expect(throws: LedgerError.self) { try await again.load() }
        #expect(error?.kind == .unusable)
        await again.close()
    }
}
