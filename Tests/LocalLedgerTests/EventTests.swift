import Intents
import Reconciling
import Testing

@testable import LocalLedger

/// Events are kept in order and within their bounds.
@Suite(.timeLimit(.minutes(10))) struct EventTests {
    private func event(_ number: Int, of key: String?) -> Event {
        Event(
            at: Timestamp(milliseconds: Int64(number)),
            key: key.map(IntentKey.init(rawValue:)),
            severity: number.isMultiple(of: 2) ? .normal : .warning,
            reason: "Provisioned",
            message: "number \(number)"
        )
    }

    @Test func theNewestOfAnIntentOrOfAllComeOldestFirst() async throws {
        let state = TemporaryState()
        let ledger = try await state.open()
        let events = (0..<30).map { event($0, of: [nil, "a", "b"][$0 % 3]) }
        try await ledger.write(events.map { .event($0) })
        let reader = LedgerReader(state: state.path)
        #expect(try await reader.events(limit: 100) == events)
        #expect(try await reader.events(limit: 4) == Array(events.suffix(4)))
        let ofA = events.filter { $0.key?.rawValue == "a" }
        #expect(try await reader.events(of: IntentKey(rawValue: "a"), limit: 100) == ofA)
        #expect(try await reader.events(of: IntentKey(rawValue: "a"), limit: 3) == Array(ofA.suffix(3)))
        #expect(try await reader.events(of: IntentKey(rawValue: "c"), limit: 3).isEmpty)
        #expect(try await reader.events(limit: 0).isEmpty)
    }

    @Test func eachIntentKeepsItsNewest() async throws {
        let state = TemporaryState()
        let ledger = try await state.open()
        let surplus = 25
        for key in ["a", nil, "b"] as [String?] {
            let count = key == "b" ? 3 : EventShelf.perKey + surplus
            try await ledger.write((0..<count).map { .event(event($0, of: key)) })
        }
        await ledger.close()
        let again = try await state.open()
        try await again.write([.event(event(9999, of: "a"))])
        let reader = LedgerReader(state: state.path)
        let ofA = try await reader.events(of: IntentKey(rawValue: "a"), limit: 1000)
        #expect(ofA.count == EventShelf.perKey)
        #expect(ofA.first == event(surplus + 1, of: "a"), "the count was found again after opening")
        #expect(ofA.last == event(9999, of: "a"))
        let all = try await reader.events(limit: 10_000)
        #expect(all.filter { $0.key == nil }.count == EventShelf.perKey)
        #expect(all.filter { $0.key?.rawValue == "b" }.count == 3)
    }

    @Test func allIntentsTogetherKeepTheNewest() async throws {
        let state = TemporaryState()
        let ledger = try await state.open()
        let keys = EventShelf.overall / EventShelf.perKey + 2
        for key in 0..<keys {
            try await ledger.write((0..<EventShelf.perKey).map { .event(event($0, of: "key-\(key)")) })
        }
        let reader = LedgerReader(state: state.path)
        let all = try await reader.events(limit: 100_000)
        #expect(all.count == EventShelf.overall)
        #expect(all.first?.key?.rawValue == "key-2")
        try await ledger.write([.event(event(1, of: "key-0"))])
        #expect(try await reader.events(of: IntentKey(rawValue: "key-0"), limit: 10).count == 1)
        #expect(try await reader.events(of: IntentKey(rawValue: "key-2"), limit: 1000).count == EventShelf.perKey - 1)
    }
}
