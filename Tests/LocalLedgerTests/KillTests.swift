import FoundationEssentials
import Glibc
import Intents
import Reconciling
import Testing

@testable import LocalLedger

/// A process that is killed while it writes loses nothing that it was told is durable.
@Suite(.timeLimit(.minutes(10))) struct KillTests {
    @Test func whatWasConfirmedOutlivesTheProcess() async throws {
        let state = TemporaryState()
        let path = state.path
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
            let confirmed = unsafe open(path + ".confirmed", O_WRONLY | O_CREAT | O_APPEND, 0o600)
            var dice = Dice(seed: 1)
            let ledger = try await SQLiteLedger(state: path, at: Timestamp(seconds: 1), dice: &dice)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for caller in UInt8(0)..<8 {
                    group.addTask {
                        let key = IntentKey(rawValue: "\(caller)")
                        for round in 1... {
                            try await ledger.write([.account(IntentAccount(key: key, attempts: round))])
                            var line = caller
                            _ = unsafe write(confirmed, &line, 1)
                            if caller == 0, round == 200 { kill(getpid(), SIGKILL) }
                        }
                    }
                }
                try await group.waitForAll()
            }
        }
        let lines = try #require(state.bytes(of: path + ".confirmed"))
        try FileManager.default.removeItem(atPath: path + ".confirmed")
        #expect(lines.count >= 200)
        let counts = Dictionary(grouping: lines) { $0 }.mapValues(\.count)
        let ledger = try await state.open()
        for account in try await ledger.load().accounts {
            let caller = try #require(UInt8(account.key.rawValue))
            let confirmed = counts[caller] ?? 0
            #expect(account.attempts >= confirmed, "a confirmed write of caller \(caller) is lost")
            #expect(account.attempts <= confirmed + 1, "each caller had one write under way")
        }
    }
}
