import Intents
import Reconciling
import Testing

@testable import LocalLedger

/// Commands read beside the holder and without one.
@Suite(.timeLimit(.minutes(10))) struct ReaderTests {
    @Test func readsWhileTheWriterLivesAndWhenNobodyDoes() async throws {
        let state = TemporaryState()
        let reader = LedgerReader(state: state.path)
        var samples = Samples(seed: 41)
        var model = LedgerModel()
        for _ in 0..<5 {
            let ledger = try await state.open()
            let changes = (0..<10).map { _ in samples.change() }
            try await ledger.write(changes)
            model.apply(changes)
            #expect(LedgerModel(try await reader.snapshot()) == model)
            #expect(try await reader.statuses() == (try await reader.snapshot()).statuses)
            await ledger.close()
            #expect(LedgerModel(try await reader.snapshot()) == model)
        }
    }

    @Test func seesEachWriteWholeOrNotAtAll() async throws {
        let state = TemporaryState()
        let ledger = try await state.open()
        let reader = LedgerReader(state: state.path)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                for round in 1...100 {
                    try await ledger.write(
                        ["a", "b", "c"].map {
                            .account(IntentAccount(key: IntentKey(rawValue: $0), attempts: round))
                        }
                    )
                }
            }
            group.addTask {
                for _ in 0..<50 {
                    let accounts = try await reader.snapshot().accounts
                    #expect(Set(accounts.map(\.attempts)).count <= 1)
                    #expect(accounts.isEmpty || accounts.count == 3)
                }
            }
            try await group.waitForAll()
        }
    }

    @Test func cannotWrite() async throws {
        let state = TemporaryState()
        try await state.open().close()
        let connection = try LedgerFile(state: state.files, schema: .ledger).openForReading()
        #expect(throws: LedgerError.self) { try connection.execute("DELETE FROM meta") }
    }

    @Test func aRowWithAnUnknownWordIsRefused() async throws {
        let state = TemporaryState()
        let ledger = try await state.open()
        var samples = Samples(seed: 42)
        try await ledger.write([.put(samples.record())])
        try await ledger.store.reach { database throws(LedgerError) in
            try database.connection.execute("UPDATE allocations SET phase = 'Dreaming'")
        }
        let error = await #expect(throws: LedgerError.self) { try await ledger.load() }
        #expect(error?.kind == .unusable)
        #expect(error?.message.contains("a word that is not known") == true)
    }

    @Test func anIntentThatCannotBeReadBackIsRefused() async throws {
        let state = TemporaryState()
        let ledger = try await state.open()
        var samples = Samples(seed: 43)
        try await ledger.write([.intent(samples.stored(IntentKey(rawValue: "web")))])
        try await ledger.store.reach { database throws(LedgerError) in
            try database.connection.execute("UPDATE intents SET intent = '{\"kind\": \"Dream\"}'")
        }
        let error = await #expect(throws: LedgerError.self) { try await ledger.load() }
        #expect(error?.kind == .unusable)
        #expect(error?.message.contains("the intent web in words that are not known") == true)
    }

    @Test func intentsComeBackAsTheyWere() throws {
        var samples = Samples(seed: 44)
        for _ in 0..<200 {
            let intent = samples.stored().intent
            let text = IntentCodec.document.encode(intent)
            #expect(IntentCodec.document.decode(text) == intent)
            #expect(IntentCodec.document.encode(intent) == text)
            #expect(!text.contains("\n"))
        }
        for broken in ["", "{", "[]", "null", "{}", "\u{0}"] {
            #expect(IntentCodec.document.decode(broken) == nil)
        }
    }
}
