import Intents
import Placement
import Testing

@testable import Reconciling

/// Reading from memory, writing to the ledger first, and never losing a fact.
@Suite struct BooksTests {
    private static func record(_ number: Int, _ change: (inout AllocationRecord) -> Void = { _ in }) -> AllocationRecord
    {
        var scene = Scene()
        var attempt = scene.add(.open)
        for _ in 0..<number { attempt = scene.add(.open, slot: number) }
        guard var record = scene.row(attempt) else { preconditionFailure("the row was just added") }
        change(&record)
        return record
    }

    private static func event(_ text: String) -> LedgerChange {
        .event(Event(at: noon, key: nil, reason: "Test", message: text))
    }

    @Test("what could not be written is not shown; what was is")
    func commit() async {
        let ledger = FakeLedger()
        let books = Books(ledger: ledger, snapshot: ledger.snapshot)
        let record = Self.record(1)
        ledger.fill(true)
        await #expect(throws: LedgerError.self) { try await books.commit([.put(record)]) }
        #expect(books.records(of: record.key).isEmpty)
        #expect(books.owesWrites, "a part of it may have been kept")
        ledger.fill(false)
        #expect(await books.commitFact([.put(record)]))
        #expect(books.records(of: record.key) == [record])
        #expect(ledger.records == [record])
    }

    @Test("a fact that could not be written is shown, owed, and written before anything else")
    func facts() async throws {
        let ledger = FakeLedger()
        let books = Books(ledger: ledger, snapshot: ledger.snapshot)
        let record = Self.record(1)
        try await books.commit([.put(record)])
        ledger.fill(true)
        let live = Self.record(1) { record in
            record.phase = .live
            record.id = AllocationID(rawValue: "i-1")
        }
        #expect(await !books.commitFact([.put(live)]))
        #expect(books.records(of: record.key) == [live])
        #expect(ledger.records == [record], "after a crash it is open, thus unknown")
        let never = Self.record(2)
        await #expect(throws: LedgerError.self) { try await books.commit([.put(never)]) }
        ledger.fill(false)
        try await books.commit([Self.event("next")])
        #expect(!books.owesWrites)
        let log = ledger.state.withLock { $0.log }
        #expect(log.suffix(3) == [.put(live), .forget(never.attempt), Self.event("next")])
    }

    @Test("what a write that failed has kept all the same is put right by the next one, and only once")
    func doubts() async throws {
        let ledger = FakeLedger()
        let books = Books(ledger: ledger, snapshot: ledger.snapshot)
        let live = Self.record(1) { record in
            record.phase = .live
            record.id = AllocationID(rawValue: "i-1")
        }
        var account = IntentAccount(key: live.key)
        account.spent = .euros(1)
        try await books.commit([.put(live), .account(account)])
        var (ending, dearer) = (live, account)
        ending.phase = .ending
        dearer.spent = .euros(2)
        let never = Self.record(2)
        ledger.state.withLock { $0.isUnsure = true }
        await #expect(throws: LedgerError.self) { try await books.commit([.put(ending), .account(dearer)]) }
        #expect(ledger.records == [ending], "it has kept that")
        #expect(books.owesWrites)
        await #expect(throws: LedgerError.self) { try await books.commit([.put(never)]) }
        #expect(ledger.records == [live, never])
        #expect(books.records(of: live.key) == [live])
        ledger.state.withLock { $0.isUnsure = false }
        #expect(await books.commitFact([]))
        #expect(ledger.records == [live])
        #expect(ledger.snapshot.accounts == [account])
        #expect(!books.owesWrites)
        let writes = ledger.writes
        #expect(await books.commitFact([]))
        #expect(ledger.writes == writes)
    }

    @Test(
        "a charge that may have been kept, or taken back, stands where the row is over, and nowhere else",
        arguments: [true, false]
    )
    func doubtfulCharges(isOver: Bool) async throws {
        let ledger = FakeLedger()
        let books = Books(ledger: ledger, snapshot: ledger.snapshot)
        var row = Self.record(1)
        row.phase = isOver ? .tombstone : .ending
        row.id = AllocationID(rawValue: "i-1")
        try await books.commit([.put(row)])
        let charge = Charge(row, until: noon + .seconds(60))
        ledger.state.withLock { $0.isUnsure = true }
        let plan: LedgerChange = isOver ? .uncharge(charge) : .charge(charge)
        await #expect(throws: LedgerError.self) { try await books.commit([plan]) }
        ledger.state.withLock { $0.isUnsure = false }
        #expect(await books.commitFact([]))
        #expect(ledger.state.withLock { $0.log.last } == (isOver ? .charge(charge) : .uncharge(charge)))
    }

    @Test("who has nothing to write waits for nothing")
    func nothingToWrite() async throws {
        let ledger = FakeLedger()
        let books = Books(ledger: ledger, snapshot: ledger.snapshot)
        ledger.fill(true)
        await #expect(throws: LedgerError.self) { try await books.commit([.put(Self.record(1))]) }
        try await books.commit([])
        #expect(books.owesWrites)
    }

    @Test("a fact of which nobody knows whether it was kept is written again, and stays as it is")
    func unsureFact() async {
        let ledger = FakeLedger()
        let books = Books(ledger: ledger, snapshot: ledger.snapshot)
        let record = Self.record(1)
        ledger.state.withLock { $0.isUnsure = true }
        #expect(await !books.commitFact([.put(record)]))
        ledger.state.withLock { $0.isUnsure = false }
        #expect(await books.commitFact([]))
        #expect(ledger.records == [record])
        #expect(ledger.state.withLock { $0.log } == [.put(record), .put(record)])
    }

    @Test("what an earlier process has missed once is missed anew: the brake that doubts it was its own")
    func missing() {
        let live = Self.record(1) { record in
            record.phase = .live
            record.id = AllocationID(rawValue: "i-1")
            record.missingSince = noon
        }
        var snapshot = LedgerSnapshot(operatorID: "op")
        snapshot.records = [live]
        let books = Books(ledger: FakeLedger(), snapshot: snapshot)
        #expect(books.records(of: live.key).map(\.missingSince) == [nil])
        #expect(books.records(of: live.key).map(\.id) == [live.id])
    }

    @Test("nothing changes, nothing is written")
    func empty() async throws {
        let ledger = FakeLedger()
        try await Books(ledger: ledger, snapshot: ledger.snapshot).commit([])
        #expect(ledger.writes == 0)
    }

    @Test("many writers after a full disk: every fact is written once and in order, and nothing overtakes it")
    func crowd() async {
        let ledger = SlowLedger()
        let books = Books(ledger: ledger, snapshot: LedgerSnapshot(operatorID: "op"))
        ledger.fill(true)
        for number in 1...5 { _ = await books.commitFact([Self.event("fact \(number)")]) }
        ledger.fill(false)
        await withTaskGroup(of: Bool.self) { group in
            for number in 1...30 { group.addTask { await books.commitFact([Self.event("later \(number)")]) } }
            for await isDurable in group { #expect(isDurable) }
        }
        let texts = ledger.texts
        #expect(Array(texts.prefix(5)) == (1...5).map { "fact \($0)" })
        #expect(texts.count == 35)
        #expect(Set(texts).count == 35, "nothing twice")
        #expect(!books.owesWrites)
    }

    @Test("facts that fail while others are caught up on are not lost")
    func failing() async {
        let ledger = SlowLedger()
        let books = Books(ledger: ledger, snapshot: LedgerSnapshot(operatorID: "op"))
        ledger.failEveryThird()
        await withTaskGroup(of: Void.self) { group in
            for number in 1...60 { group.addTask { _ = await books.commitFact([Self.event("fact \(number)")]) } }
        }
        ledger.fill(false)
        _ = await books.commitFact([])
        #expect(Set(ledger.texts) == Set((1...60).map { "fact \($0)" }))
        #expect(ledger.texts.count == 60)
        #expect(!books.owesWrites)
    }

    @Test("who owns an allocation: one attempt, until it is forgotten")
    func owners() async throws {
        let ledger = FakeLedger()
        let books = Books(ledger: ledger, snapshot: ledger.snapshot)
        let id = AllocationID(rawValue: "i-1")
        let record = Self.record(1) { record in
            record.phase = .live
            record.id = id
        }
        try await books.commit([.put(record)])
        #expect(books.owner(of: id, on: .flexai) == record.attempt)
        #expect(books.claim(id, on: .flexai, for: record.attempt))
        #expect(!books.claim(id, on: .flexai, for: AttemptID(rawValue: "other")))
        #expect(books.claim(id, on: .flare, for: AttemptID(rawValue: "other")), "ids are the platform's own")
        try await books.commit([.forget(record.attempt)])
        #expect(books.owner(of: id, on: .flexai) == nil)
        #expect(books.keysWithRecords().isEmpty)
    }

    @Test("after a start everything is as the ledger has it")
    func start() async throws {
        let ledger = FakeLedger()
        let books = Books(ledger: ledger, snapshot: ledger.snapshot)
        let record = Self.record(1)
        var account = IntentAccount(key: record.key, spent: .euros(3), attempts: 2)
        account.workBeganAt = noon
        try await books.commit([.put(record), .account(account), .status(record.key, json: "{}")])
        let again = Books(ledger: ledger, snapshot: ledger.snapshot)
        #expect(again.records(of: record.key) == [record])
        #expect(again.account(of: record.key) == account)
    }
}

/// A ledger that takes its time, so that writers overlap.
private final class SlowLedger: Ledger, Sendable {
    private let state = Locked<(changes: [LedgerChange], isFull: Bool, failsThird: Bool, count: Int)>(
        ([], false, false, 0)
    )

    var texts: [String] {
        state.withLock { state in
            state.changes.compactMap { if case .event(let event) = $0 { event.message } else { nil } }
        }
    }

    func fill(_ isFull: Bool) {
        state.withLock { state in
            state.isFull = isFull
            state.failsThird = false
        }
    }

    func failEveryThird() { state.withLock { $0.failsThird = true } }
    func load() async throws(LedgerError) -> LedgerSnapshot { LedgerSnapshot(operatorID: "op") }
    func pendingRequests() async throws(LedgerError) -> [OperatorRequest] { [] }

    func write(_ changes: [LedgerChange]) async throws(LedgerError) {
        for _ in 0..<5 { await Task.yield() }
        let isDone = state.withLock { state in
            state.count += 1
            guard !state.isFull, !(state.failsThird && state.count % 3 == 0) else { return false }
            state.changes += changes
            return true
        }
        for _ in 0..<5 { await Task.yield() }
        if !isDone { throw LedgerError(kind: .full, message: "no room") }
    }
}
