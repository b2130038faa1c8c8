import Intents
import Placement
import Reconciling
import Testing

@testable import LocalLedger

/// What allocations have cost is kept, bounded, and outlasts their intents.
@Suite(.timeLimit(.minutes(10))) struct CostTests {
    private static let start = Timestamp(day: 20_000)

    private func charge(_ number: Int, _ name: String = "a", day: Int = 0, amount: Int64 = 1_000_000) -> Charge {
        Charge(
            attempt: AttemptID(rawValue: "attempt-\(number)"),
            key: IntentKey(rawValue: name),
            slot: 0,
            platform: number % 2 == 0 ? .flexai : .flare,
            from: Self.start + .seconds(day * 86_400),
            until: Self.start + .seconds(day * 86_400 + 3600),
            amount: Money(micros: amount)
        )
    }

    private func stored(_ name: String, _ labels: [String: String]) -> StoredIntent {
        var spec = IntentSpec()
        spec.workload.name = "x"
        spec.workload.image = "example.com/x"
        return StoredIntent(
            key: IntentKey(rawValue: name),
            file: "f",
            generation: 1,
            createdAt: Self.start,
            intent: Intent(name: name, labels: labels, spec: spec)
        )
    }

    @Test("charges come back, one for each attempt, and one that is taken back is gone")
    func comeBack() async throws {
        let state = TemporaryState()
        let ledger = try await state.open()
        try await ledger.write([.charge(charge(1)), .charge(charge(2)), .charge(charge(1, amount: 5))])
        try await ledger.write([.uncharge(charge(2))])
        await ledger.close()
        #expect(try await LedgerReader(state: state.path).costs().past.charges == [charge(1, amount: 5)])
    }

    @Test("after a week charges become one row for each intent, platform and day, to the last millionth")
    func folded() async throws {
        let state = TemporaryState()
        let ledger = try await state.open()
        for number in 0..<10 { try await ledger.write([.charge(charge(number, amount: 3))]) }
        try await ledger.write([.charge(charge(90, day: 8))])
        let past = try await LedgerReader(state: state.path).costs().past
        #expect(past.charges.map(\.attempt.rawValue) == ["attempt-90"])
        #expect(past.days.map(\.day) == [20_000, 20_000])
        #expect(past.days.map(\.amount.micros) == [15, 15])
        #expect(Set(past.days.map(\.platform)) == [.flexai, .flare])
        let report = CostReport(past, rows: [], by: .intent, now: Self.start)
        #expect(report.total == Money(micros: 1_000_030))
        await ledger.close()
    }

    @Test("what is folded is bounded in each write, and comes to its end")
    func gradually() async throws {
        let state = TemporaryState()
        let ledger = try await state.open()
        try await ledger.write((0..<40).map { .charge(charge($0)) })
        for number in 0..<3 { try await ledger.write([.charge(charge(100 + number, day: 9))]) }
        let past = try await LedgerReader(state: state.path).costs().past
        #expect(past.charges.count == 3)
        #expect(past.days.reduce(Money.zero) { $0 + $1.amount } == Money(micros: 40_000_000))
        await ledger.close()
    }

    @Test("a withdrawn intent's costs and labels stay; one that never cost anything leaves nothing")
    func withdrawn() async throws {
        let state = TemporaryState()
        let ledger = try await state.open()
        try await ledger.write([.intent(stored("a", ["team": "search"])), .intent(stored("b", ["team": "video"]))])
        try await ledger.write([.charge(charge(1, "a"))])
        for name in ["a", "b"] { try await ledger.write([.dropIntent(IntentKey(rawValue: name))]) }
        let past = try await LedgerReader(state: state.path).costs().past
        #expect(past.labels == [IntentKey(rawValue: "a"): ["team": "search"]])
        #expect(past.charges.count == 1)
        await ledger.close()
    }

    @Test("an operator that starts anew knows what withdrawn intents were labelled and have cost: quotas go by it")
    func loaded() async throws {
        let state = TemporaryState()
        let ledger = try await state.open()
        try await ledger.write([.intent(stored("a", ["team": "search"])), .charge(charge(1, "a"))])
        try await ledger.write([.dropIntent(IntentKey(rawValue: "a"))])
        let costs = try await ledger.load().costs
        #expect(costs.labels == [IntentKey(rawValue: "a"): ["team": "search"]])
        #expect(costs.charges == [charge(1, "a")])
        await ledger.close()
    }

    @Test("labels follow their intent, and strange ones come back")
    func labels() async throws {
        let state = TemporaryState()
        let ledger = try await state.open()
        for labels in [["a": "1", "b": "zwei \"2\""], ["a": "2"], [:]] {
            try await ledger.write([.intent(stored("a", labels))])
            let found = try await LedgerReader(state: state.path).costs().past.labels
            #expect(found[IntentKey(rawValue: "a")] ?? [:] == labels)
        }
        await ledger.close()
    }
}

/// The secret from which tokens are made lies in the state directory, for its owner alone.
@Suite struct CompletionSecretTests {
    @Test("it is made once, with other bytes for every directory, and stays")
    func stays() throws {
        let (one, other) = (TemporaryState(), TemporaryState())
        var dice = Dice(seed: 1)
        let first = try CompletionSecret(state: one.path, dice: &dice)
        #expect(first.bytes.count == CompletionSecret.length)
        #expect(try CompletionSecret(state: one.path, dice: &dice).bytes == first.bytes)
        #expect(try CompletionSecret(state: other.path, dice: &dice).bytes != first.bytes)
    }

    @Test("one that others may read, and one that is torn, is refused with what to do")
    func refused() throws {
        let state = TemporaryState()
        var dice = Dice(seed: 2)
        _ = try CompletionSecret(state: state.path, dice: &dice)
        let file = state.path + "/completion.key"
        try state.write(Array("00ff".utf8), to: file)
        let torn = #expect(throws: LedgerError.self) { try CompletionSecret(state: state.path, dice: &dice) }
        #expect(torn?.message.contains("damaged") == true)
        try state.open(toOthers: file)
        let open = #expect(throws: LedgerError.self) { try CompletionSecret(state: state.path, dice: &dice) }
        #expect(open?.message.contains("chmod 600") == true)
    }
}
