import Intents
import Reconciling
import Testing

@testable import LocalLedger

/// A full disk fails the writes that it stops and nothing else.
@Suite(.timeLimit(.minutes(10))) struct FullDiskTests {
    @Test func everybodyHearsThatTheDiskIsFullAndTheLedgerGoesOn() async throws {
        let state = TemporaryState()
        let ledger = try await state.open()
        let small = LedgerChange.account(IntentAccount(key: IntentKey(rawValue: "a"), attempts: 1))
        let large = LedgerChange.status(IntentKey(rawValue: "b"), json: String(repeating: "x", count: 1 << 20))
        try await ledger.write([small])
        let pages = try await ledger.store.reach { database throws(LedgerError) in
            let pages = try database.connection.statement("PRAGMA page_count").first { $0.number() } ?? 0
            try database.connection.execute("PRAGMA max_page_count = \(pages + 2)")
            return pages
        }
        let error = await #expect(throws: LedgerError.self) { try await ledger.write([large]) }
        #expect(error?.kind == .full)
        #expect(error?.message.contains("make room on its disk") == true)
        let errors = try await ledger.store.reach { database throws(LedgerError) in
            database.commit([[small], [large], [small]])
        }
        #expect(errors.map { $0?.kind } == [.full, .full, .full], "one disk, one answer for all")
        #expect(try await ledger.load().statuses.isEmpty)
        try await ledger.write([.account(IntentAccount(key: IntentKey(rawValue: "a"), attempts: 2))])
        #expect(try await ledger.load().accounts.map(\.attempts) == [2], "what needs no room goes on")
        try await ledger.store.reach { database throws(LedgerError) in
            try database.connection.execute("PRAGMA max_page_count = \(pages + 100_000)")
        }
        try await ledger.write([large])
        #expect(try await ledger.load().statuses.count == 1, "room that was made is used")
    }

    @Test func anEventThatFoundNoRoomIsNotCounted() async throws {
        let state = TemporaryState()
        let ledger = try await state.open()
        let key = IntentKey(rawValue: "a")
        let event = Event(at: Timestamp(seconds: 1), key: key, reason: "Kept", message: "")
        try await ledger.write(Array(repeating: .event(event), count: EventShelf.perKey))
        let large = LedgerChange.status(key, json: String(repeating: "x", count: Int(Connection.largestText) + 1))
        for _ in 0..<3 {
            await #expect(throws: LedgerError.self) { try await ledger.write([.event(event), large]) }
        }
        try await ledger.write([.event(event)])
        let kept = try await LedgerReader(state: state.path).events(of: key, limit: 1000)
        #expect(kept.count == EventShelf.perKey)
    }
}
