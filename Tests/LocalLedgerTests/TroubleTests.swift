import FoundationEssentials
import Intents
import Reconciling
import Testing

@testable import LocalLedger

/// Directories and files that are not as a ledger needs them, and what the operator is told of it.
@Suite(.timeLimit(.minutes(10))) struct TroubleTests {
    /// Expects that opening fails for a reason that may pass, and says what and where.
    private func expectFailure(
        _ state: TemporaryState,
        saying words: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async {
        let error = await #expect(throws: LedgerError.self, sourceLocation: sourceLocation) { try await state.open() }
        #expect(error?.kind == .failed, sourceLocation: sourceLocation)
        #expect(error?.message.contains(words) == true, "\(error?.message ?? "")", sourceLocation: sourceLocation)
        #expect(error?.message.contains(state.path) == true, sourceLocation: sourceLocation)
    }

    @Test func aDirectoryInThePlaceOfTheLedgerIsNoLedger() async throws {
        let state = TemporaryState()
        try FileManager.default.createDirectory(atPath: state.files.ledger, withIntermediateDirectories: true)
        await expectFailure(state, saying: "cannot open the ledger")
        let isEmpty = try FileManager.default.contentsOfDirectory(atPath: state.files.ledger).isEmpty
        #expect(isEmpty, "it is left as it is")
    }

    @Test func aNewLedgerNeedsItsUnfinishedName() async throws {
        let state = TemporaryState()
        try FileManager.default.createDirectory(atPath: state.files.unfinished, withIntermediateDirectories: true)
        await expectFailure(state, saying: "cannot make the ledger")
        #expect(state.bytes(of: state.files.ledger) == nil)
        try FileManager.default.removeItem(atPath: state.files.unfinished)
        try await state.open().close()
        #expect(state.bytes(of: state.files.ledger) != nil, "it goes on once the name is free")
    }

    @Test func aStateDirectoryBelowAFileCannotBeLookedInto() async throws {
        let state = TemporaryState()
        try state.make()
        try state.write([1], to: state.path + "/file")
        let below = state.path + "/file/state"
        let error = await #expect(throws: LedgerError.self) { try await LedgerReader(state: below).snapshot() }
        #expect(error?.kind == .failed)
        #expect(error?.message.contains("cannot open the ledger \(below)") == true, "\(error?.message ?? "")")
    }

    @Test func namesCannotBeSettledInADirectoryThatIsGone() {
        let state = TemporaryState()
        let error = #expect(throws: LedgerError.self) { try state.files.settle() }
        #expect(error?.kind == .failed)
        #expect(error?.message.contains("cannot write to the state directory \(state.path)") == true)
    }

    @Test func aLedgerThatNamesNoOperatorIsRefusedByEverybody() async throws {
        let state = TemporaryState()
        try await state.open().close()
        do {
            let connection = try Connection(file: state.files.ledger, access: .writing)
            try connection.execute("DELETE FROM meta")
        }
        let ledger = try await state.open()
        let error = await #expect(throws: LedgerError.self) { try await ledger.load() }
        #expect(error?.kind == .unusable)
        #expect(error?.message.contains("names no operator") == true)
        await ledger.close()
        let seen = await #expect(throws: LedgerError.self) { try await LedgerReader(state: state.path).snapshot() }
        #expect(seen?.kind == .unusable)
    }
}
