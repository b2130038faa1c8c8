import Intents
import Reconciling
import Testing

@testable import LocalLedger

/// After a crash at any moment, what was confirmed is there, and nothing but a prefix of what was written.
@Suite(.timeLimit(.minutes(10))) struct CrashTests {
    /// A ledger's files as they stand while it is open, and what it held after each write.
    private struct History {
        var database: [UInt8]
        var journal: [UInt8]
        var journalLengths: [Int]
        var states: [LedgerModel]
    }

    private func history(seed: UInt64) async throws -> History {
        let state = TemporaryState()
        let ledger = try await state.open()
        var samples = Samples(seed: seed)
        var model = LedgerModel()
        var states = [model]
        var lengths = [state.bytes(of: state.files.ledger + "-wal")?.count ?? 0]
        for _ in 0..<20 {
            let changes = (0..<(1 + samples.below(5))).map { _ in samples.change() }
            try await ledger.write(changes)
            model.apply(changes)
            states.append(model)
            lengths.append(state.bytes(of: state.files.ledger + "-wal")?.count ?? 0)
        }
        let history = History(
            database: try #require(state.bytes(of: state.files.ledger)),
            journal: try #require(state.bytes(of: state.files.ledger + "-wal")),
            journalLengths: lengths,
            states: states
        )
        await ledger.close()
        return history
    }

    private func reopened(_ database: [UInt8], _ journal: [UInt8]) async throws -> LedgerModel {
        let state = TemporaryState()
        try state.make()
        try state.write(database, to: state.files.ledger)
        try state.write(journal, to: state.files.ledger + "-wal")
        let ledger = try await state.open()
        let model = LedgerModel(try await ledger.load())
        try await ledger.write([.status(IntentKey(rawValue: "after"), json: "{}")])
        #expect(try await ledger.load().statuses[IntentKey(rawValue: "after")] == "{}", "it can be written again")
        await ledger.close()
        return model
    }

    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func aJournalCutAnywhereGivesWhatWasConfirmedBefore(seed: UInt64) async throws {
        let history = try await history(seed: seed)
        var samples = Samples(seed: seed + 100)
        var cuts = history.journalLengths + history.journalLengths.map { max(0, $0 - 1) }
        for _ in 0..<20 { cuts.append(samples.below(history.journal.count)) }
        for cut in cuts {
            let found = try await reopened(history.database, Array(history.journal.prefix(cut)))
            let confirmed = history.journalLengths.lastIndex { $0 <= cut } ?? 0
            #expect(found == history.states[confirmed], "seed \(seed), cut at \(cut)")
        }
    }

    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func aDamagedJournalGivesAPrefix(seed: UInt64) async throws {
        let history = try await history(seed: seed)
        var samples = Samples(seed: seed + 200)
        for _ in 0..<30 {
            var journal = history.journal
            let place = samples.below(journal.count)
            for index in place..<min(journal.count, place + 1 + samples.below(600)) {
                journal[index] = UInt8(truncatingIfNeeded: samples.below(256))
            }
            let found = try await reopened(history.database, journal)
            #expect(history.states.contains(found), "seed \(seed), damage at \(place)")
            let confirmed = history.journalLengths.lastIndex { $0 <= place } ?? 0
            let at = history.states.lastIndex(of: found) ?? 0
            #expect(at >= confirmed, "seed \(seed): what was written before the damage at \(place) is there")
        }
    }

    @Test func aCrashWhileTheLedgerIsMadeLeavesNoHalfOfIt() async throws {
        let whole = TemporaryState()
        try await whole.open().close()
        let bytes = try #require(whole.bytes(of: whole.files.ledger))
        for length in [0, 1, 4096, bytes.count] {
            let state = TemporaryState()
            try state.make()
            try state.write(Array(bytes.prefix(length)), to: state.files.unfinished)
            let ledger = try await state.open(seed: 5)
            #expect(LedgerModel(try await ledger.load()) == LedgerModel())
            #expect(state.bytes(of: state.files.unfinished) == nil)
        }
    }
}
