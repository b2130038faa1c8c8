import Intents
import Placement
import Testing

@testable import Reconciling

/// What allocations cost, added up by day, intent, label and platform, to the last millionth.
@Suite struct ChargeTests {
    private static let day = Duration.seconds(86_400)
    private static let start = Timestamp(day: 20_000)

    private func charge(
        _ name: String,
        from: Timestamp,
        lasting span: Duration,
        amount: Int64,
        on platform: PlatformName = .flexai
    ) -> Charge {
        Charge(
            attempt: AttemptID(rawValue: name),
            key: IntentKey(rawValue: name),
            slot: 0,
            platform: platform,
            from: from,
            until: from + span,
            amount: Money(micros: amount)
        )
    }

    @Test("a bill by days makes exactly the whole", arguments: 0..<UInt64(300))
    func days(seed: UInt64) {
        var dice = StatusDice(seed: seed)
        let from = Self.start + .milliseconds(dice.number(-90_000_000...90_000_000))
        let span = Duration.milliseconds(dice.number(0...900_000_000))
        let charge = charge("a", from: from, lasting: span, amount: Int64(dice.number(0...1_000_000_000)))
        let days = charge.days
        #expect(days.reduce(Money.zero) { $0 + $1.amount } == charge.amount)
        #expect(days.map(\.day) == Array(days[0].day..<days[0].day + days.count))
        #expect(days[0].day == from.dayNumber)
        #expect(days.allSatisfy { $0.amount >= .zero })
        let cut = from + .milliseconds(dice.number(0...900_000_000))
        let late = charge.amount(since: cut)
        #expect(late >= .zero && late <= charge.amount)
    }

    @Test("a day's part is what that day has had of it")
    func parts() {
        let bill = charge("a", from: Self.start - .seconds(43_200), lasting: Self.day * 2, amount: 4_000_000)
        #expect(bill.days.map(\.amount.micros) == [1_000_000, 2_000_000, 1_000_000])
        let whole = charge("a", from: Self.start, lasting: Self.day, amount: 5)
        #expect(whole.days.map(\.day) == [20_000], "what ends at midnight is of the day before")
        #expect(bill.amount(since: Self.start).micros == 3_000_000)
        #expect(bill.amount(since: bill.until) == .zero)
        #expect(bill.amount(since: bill.from - .seconds(9)) == bill.amount)
    }

    @Test("days before 1970 are days too")
    func early() {
        #expect(Timestamp(milliseconds: -1).dayNumber == -1)
        #expect(Timestamp(milliseconds: -86_400_000).dayNumber == -1)
        #expect(Timestamp(milliseconds: -86_400_001).dayNumber == -2)
    }

    @Test("what lives is charged when it is confirmed gone, from its attempt on, and once")
    func buried() {
        var scene = Scene()
        scene.situation.wish = nil
        let attempt = scene.add(.ending, slot: 1, age: .seconds(3600), hourly: 4) { record in
            record.ending?.deletedAt = noon - .seconds(60)
            record.ending?.goneAt = noon - .seconds(30)
        }
        scene.situation.looks[attempt] = .absent
        let decision = scene.decideAndApply()
        #expect(decision.charges == [Charge(scene.situation.records[0], until: noon, amount: .euros(4))])
        scene.pass(.seconds(600))
        scene.situation.looks[attempt] = .absent
        #expect(scene.decideAndApply().charges.isEmpty)
    }

    @Test("a dearer price that its platform tells is the one that counts")
    func dearer() {
        var scene = Scene()
        let attempt = scene.add(.ending, age: .seconds(1800), hourly: 4) { record in
            record.sighting?.hourlyCost = .euros(6)
            record.ending?.deletedAt = noon - .seconds(60)
            record.ending?.goneAt = noon - .seconds(30)
        }
        scene.situation.looks[attempt] = .absent
        #expect(scene.decideAndApply().charges.map(\.amount) == [.euros(3)])
    }

    @Test("what was called gone and lives takes its charge back, to be charged again at its end")
    func reopened() {
        var scene = Scene()
        let attempt = scene.add(.tombstone, age: .seconds(60)) { $0.tombstone?.settled = .euros(3) }
        scene.situation.account.spent = .euros(3)
        scene.see(attempt, .running)
        let decision = scene.decideAndApply()
        let back = decision.changes.compactMap { if case .uncharge(let charge) = $0 { charge } else { nil } }
        #expect(back.map(\.attempt) == [attempt])
        #expect(back.map(\.amount) == [.euros(3)])
    }

    private var past: CostRecords {
        var past = CostRecords()
        past.charges = [
            charge("a", from: Self.start, lasting: Self.day, amount: 3_000_000),
            charge("b", from: Self.start + Self.day, lasting: .seconds(3600), amount: 5_000_000, on: .flare),
        ]
        past.days = [
            DailyCost(key: IntentKey(rawValue: "a"), platform: .flexai, day: 19_990, amount: .euros(1)),
            DailyCost(key: IntentKey(rawValue: "gone"), platform: .flare, day: 19_991, amount: .euros(2)),
        ]
        past.labels = [
            IntentKey(rawValue: "a"): ["team": "search", "env": "prod"], IntentKey(rawValue: "b"): ["team": "search"],
        ]
        return past
    }

    private func lines(_ aspect: CostReport.Aspect, since: Timestamp? = nil) -> [String] {
        CostReport(past, rows: [], by: aspect, since: since, now: Self.start + Self.day * 3).lines
            .map { "\($0.name) \($0.amount.text)" }
    }

    @Test("added up by intent, platform, label and day; withdrawn intents stay")
    func aspects() {
        #expect(lines(.intent) == ["b 5.00 EUR", "a 4.00 EUR", "gone 2.00 EUR"])
        #expect(lines(.platform) == ["flare 7.00 EUR", "flexai 4.00 EUR"])
        #expect(lines(.label) == ["team=search 9.00 EUR", "env=prod 4.00 EUR", "(no label) 2.00 EUR"])
        #expect(
            lines(.day) == ["2024-09-24 1.00 EUR", "2024-09-25 2.00 EUR", "2024-10-04 3.00 EUR", "2024-10-05 5.00 EUR"]
        )
    }

    @Test("from a moment on: charges to the millisecond, old days where they count whole")
    func since() {
        #expect(lines(.intent, since: Self.start + Self.day / 3) == ["b 5.00 EUR", "a 2.00 EUR"])
        #expect(lines(.intent, since: Timestamp(day: 19_991)) == ["b 5.00 EUR", "a 3.00 EUR", "gone 2.00 EUR"])
        #expect(lines(.intent, since: Timestamp(day: 19_991) + .seconds(1)).count == 2)
        #expect(lines(.day, since: Self.start + Self.day).count == 1)
    }

    @Test("what lives and what is unknown count at full price until now; a total counts each once")
    func rows() {
        var scene = Scene()
        scene.add(.live, age: .seconds(7200), hourly: 4)
        scene.add(.unknown, age: .seconds(3600), hourly: 3)
        scene.add(.tombstone, age: .seconds(3600), hourly: 9)
        var past = CostRecords()
        past.labels[scene.situation.key] = ["a": "1", "b": "2"]
        let report = CostReport(past, rows: scene.situation.records, by: .label, now: noon)
        #expect(report.lines.map(\.amount) == [.euros(11), .euros(11)])
        #expect(report.total == .euros(11))
        #expect(report.hourly == .euros(7))
        #expect(report.lines.map(\.hourly) == [.euros(7), .euros(7)])
        let lately = CostReport(
            past,
            rows: scene.situation.records,
            by: .intent,
            since: noon - .seconds(1800),
            now: noon
        )
        #expect(lately.total == Money(micros: 3_500_000))
    }
}

extension Decision {
    /// What is charged.
    var charges: [Charge] { changes.compactMap { if case .charge(let charge) = $0 { charge } else { nil } } }
}
