import Intents
import Reconciling
import Testing

@testable import LocalLedger

/// What is no ledger of ours, or a damaged one, is refused and left as it is, byte for byte.
@Suite(.timeLimit(.minutes(10))) struct RefusalTests {
    /// Expects that everybody refuses the directory and that its files stay as they are.
    private func expectRefused(
        _ state: TemporaryState,
        saying words: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let files = [state.files.ledger, state.files.ledger + "-wal"]
        let before = files.map(state.bytes)
        let error = await #expect(throws: LedgerError.self, sourceLocation: sourceLocation) { try await state.open() }
        #expect(error?.kind == .unusable, sourceLocation: sourceLocation)
        #expect(error?.message.contains(words) == true, "\(error?.message ?? "")", sourceLocation: sourceLocation)
        #expect(files.map(state.bytes) == before, "touched by opening", sourceLocation: sourceLocation)
    }

    private func expectCommandsRefused(_ state: TemporaryState) async throws {
        let before = state.bytes(of: state.files.ledger)
        await #expect(throws: LedgerError.self) { try await LedgerReader(state: state.path).snapshot() }
        await #expect(throws: LedgerError.self) {
            try await RequestDesk(state: state.path).ask(.reconcile(nil), at: Timestamp(seconds: 1))
        }
        #expect(state.bytes(of: state.files.ledger) == before, "touched by a command")
    }

    @Test func aFileThatIsNoDatabase() async throws {
        for content in ["", "hello", String(repeating: "not a database ", count: 1000)] {
            let state = TemporaryState()
            try state.make()
            try state.write(Array(content.utf8), to: state.files.ledger)
            try await expectRefused(state, saying: content.utf8.count < 100 ? "is cut short" : "is no SQLite database")
            try await expectCommandsRefused(state)
        }
    }

    @Test func aDatabaseOfAnotherProgram() async throws {
        let state = TemporaryState()
        try state.make()
        try state.write([], to: state.files.ledger)
        do {
            let connection = try Connection(file: state.files.ledger, access: .writing)
            try connection.execute("CREATE TABLE theirs(x); INSERT INTO theirs VALUES(1)")
        }
        try await expectRefused(state, saying: "belongs to another program")
        try await expectCommandsRefused(state)
    }

    @Test func aLedgerOfANewerVersion() async throws {
        let state = TemporaryState()
        try await state.open().close()
        do {
            let connection = try Connection(file: state.files.ledger, access: .writing)
            try connection.execute("PRAGMA user_version = 7")
        }
        try await expectRefused(
            state,
            saying: "has version 7, and this program writes version \(Schema.ledger.version)"
        )
        try await expectCommandsRefused(state)
    }

    @Test("A version below zero is damage, in the file or in its journal", arguments: [true, false], [-1, -5])
    func aLedgerOfAVersionBelowZero(isInJournal: Bool, version: Int) async throws {
        let state = TemporaryState()
        try await state.open().close()
        do {
            let connection = try Connection(file: state.files.ledger, access: .writing)
            if isInJournal { try connection.execute("PRAGMA wal_autocheckpoint = 0") }
            try connection.execute("PRAGMA user_version = \(version)")
            if isInJournal { connection.leaveUntouched() }
        }
        try await expectRefused(state, saying: "is damaged (version \(version))")
        if !isInJournal { try await expectCommandsRefused(state) }
    }

    /// The newer version stands in the journal alone; the file's own header still says the old one.
    @Test func aLedgerThatBecameNewerInItsJournal() async throws {
        let state = TemporaryState()
        try await state.open().close()
        let old = try #require(state.bytes(of: state.files.ledger))
        do {
            let connection = try Connection(file: state.files.ledger, access: .writing)
            try connection.execute("PRAGMA wal_autocheckpoint = 0; PRAGMA user_version = 7")
            connection.leaveUntouched()
        }
        #expect(state.bytes(of: state.files.ledger) == old)
        #expect(state.bytes(of: state.files.ledger + "-wal")?.isEmpty == false)
        try await expectRefused(state, saying: "has version 7")
    }

    @Test func aJournalWithoutItsDatabase() async throws {
        let state = TemporaryState()
        try state.make()
        try state.write(Array("anything".utf8), to: state.files.ledger + "-wal")
        try await expectRefused(state, saying: "is missing, but its journal")
        #expect(state.bytes(of: state.files.ledger) == nil, "no empty ledger takes its place")
    }

    @Test func aDatabaseCutShortAnywhereIsNeverEmpty() async throws {
        let whole = TemporaryState()
        let ledger = try await whole.open()
        var samples = Samples(seed: 21)
        for _ in 0..<40 { try await ledger.write((0..<10).map { _ in samples.change() }) }
        let model = LedgerModel(try await ledger.load())
        await ledger.close()
        let bytes = try #require(whole.bytes(of: whole.files.ledger))
        var refused = 0
        var lengths = [0, 1, 99, 100, 512, 4095, 4096, bytes.count - 1, bytes.count - 4096]
        for _ in 0..<40 { lengths.append(samples.below(bytes.count)) }
        for length in lengths {
            let state = TemporaryState()
            try state.make()
            let torn = Array(bytes.prefix(length))
            try state.write(torn, to: state.files.ledger)
            do {
                let again = try await state.open()
                #expect(LedgerModel(try await again.load()) == model, "only zeros at the end may be missing: \(length)")
                #expect(length > bytes.count - 4096, "a page is missing")
            } catch let error as LedgerError {
                #expect(error.kind == .unusable, "\(length) bytes of \(bytes.count)")
                #expect(state.bytes(of: state.files.ledger) == torn)
                refused += 1
            }
        }
        #expect(refused > lengths.count / 2)
        #expect(model != LedgerModel())
    }

    @Test func aDatabaseWithAZeroedPageIsWholeOrRefused() async throws {
        let whole = TemporaryState()
        let ledger = try await whole.open()
        var samples = Samples(seed: 22)
        for _ in 0..<40 { try await ledger.write((0..<10).map { _ in samples.change() }) }
        let model = LedgerModel(try await ledger.load())
        await ledger.close()
        let bytes = try #require(whole.bytes(of: whole.files.ledger))
        var refused = 0
        for page in 0..<(bytes.count / 4096) {
            let state = TemporaryState()
            try state.make()
            var torn = bytes
            for index in (page * 4096)..<((page + 1) * 4096) { torn[index] = 0 }
            try state.write(torn, to: state.files.ledger)
            do {
                let again = try await state.open()
                #expect(LedgerModel(try await again.load()) == model, "page \(page) made a difference")
            } catch let error as LedgerError {
                #expect(error.kind == .unusable)
                #expect(state.bytes(of: state.files.ledger) == torn)
                refused += 1
            }
        }
        #expect(refused > 5)
    }
}
