import Glibc
import Intents
import Reconciling
import Testing

@testable import LocalLedger

/// One holder at a time, who is named.
@Suite(.timeLimit(.minutes(10))) struct LockTests {
    @Test func aSecondHolderIsRefusedWithTheFirstOnesName() async throws {
        let state = TemporaryState()
        let first = try await state.open()
        let error = await #expect(throws: LedgerError.self) { try await state.open(seed: 2) }
        let holder = LockHolder(since: Timestamp(seconds: 1_800_000_000))
        #expect(error?.kind == .held)
        #expect(error?.message.contains("process \(getpid()) on host \(holder.host)") == true)
        try await first.write([.account(IntentAccount(key: IntentKey(rawValue: "a")))])
        #expect(try await first.load().accounts.count == 1, "the first one goes on")
    }

    @Test func theHolderIsToldToCommands() async throws {
        let state = TemporaryState()
        let reader = LedgerReader(state: state.path)
        #expect(try await reader.holder() == nil)
        let ledger = try await state.open()
        let moment = Timestamp(seconds: 1_800_000_000)
        #expect(try await reader.holder() == LockHolder(since: moment))
        await ledger.close()
        #expect(try await reader.holder() == nil)
    }

    @Test func closingAndLettingGoGiveTheDirectoryBack() async throws {
        let state = TemporaryState()
        for _ in 0..<3 {
            let ledger = try await state.open()
            await ledger.close()
        }
        do {
            let ledger = try await state.open()
            _ = try await ledger.load()
        }
        let again = try await state.open()
        _ = try await again.load()
    }

    @Test func aHolderThatDiedHoldsNothing() async throws {
        let state = TemporaryState()
        try state.make()
        let dead = LockHolder(process: 1, host: "elsewhere", since: Timestamp(seconds: 1))
        try state.write(Array(dead.text.utf8), to: state.files.lock)
        let ledger = try await state.open()
        #expect(try await LedgerReader(state: state.path).holder()?.process == getpid())
        await ledger.close()
    }

    @Test func aLockThatIsALinkIsRefused() async throws {
        let state = TemporaryState()
        try state.make()
        try #require(unsafe symlink("/dev/null", state.files.lock) == 0)
        let error = await #expect(throws: LedgerError.self) { try await state.open() }
        #expect(error?.kind == .failed)
    }

    @Test func aHoldersTextIsReadBack() {
        let holder = LockHolder(process: 42, host: "node-1.example", since: Timestamp(milliseconds: 1_234_567))
        #expect(LockHolder(text: holder.text) == holder)
        for torn in ["", "42", "42\nhost\n", "42\nhost\n12", "x\nhost\n12\n", "42\nhost\nx\n", "1\na\n2\n\n"] {
            #expect(LockHolder(text: torn) == nil)
        }
    }

    @Test func filesAndDirectoryAreTheirOwnersAlone() async throws {
        let state = TemporaryState()
        let before = umask(0)
        defer { umask(before) }
        let ledger = try await state.open()
        try await ledger.write([.status(IntentKey(rawValue: "a"), json: "{}")])
        #expect(try state.permissions(of: state.path) == 0o700)
        for file in [state.files.ledger, state.files.ledger + "-wal", state.files.ledger + "-shm", state.files.lock] {
            #expect(try state.permissions(of: file) == 0o600)
        }
        #expect(state.bytes(of: state.files.unfinished) == nil)
    }

    @Test func aDirectoryWithoutParentIsRefusedWithItsName() async throws {
        let state = TemporaryState()
        let error = await #expect(throws: LedgerError.self) {
            var dice = Dice(seed: 1)
            _ = try await SQLiteLedger(state: state.path + "/a/b", at: Timestamp(seconds: 1), dice: &dice)
        }
        #expect(error?.kind == .failed)
        #expect(error?.message.contains(state.path + "/a/b: No such file or directory") == true)
    }
}
