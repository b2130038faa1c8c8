import Intents
import Placement
import Reconciling
import Testing

@testable import Kubernetes

/// The sums as they stand in a Lease, and the groups that they are of.
@Suite struct SpentNoteTests {
    private static let noon = Timestamp(day: 20_600) + .seconds(43_200)

    /// A note of any shape.
    private static func note(_ dice: inout Dice, groups: Int = 3, days: ClosedRange<Int> = -40...0) -> SpentNote {
        var note = SpentNote()
        for number in 0..<Int.random(in: 0...40, using: &dice) {
            let group = SpentGroup(["team": "t\(Int.random(in: 0..<groups, using: &dice))", "a \"b\"": "Zürich"])
            let platform = Bool.random(using: &dice) ? PlatformName.flexai : .flare
            let from = noon + .seconds(Int.random(in: days, using: &dice) * 86_400)
            note.rows[AttemptID(rawValue: "attempt-\(number)")] = SpentRow(
                group: group,
                platform: platform,
                from: from,
                until: from + .milliseconds(Int.random(in: 0...400_000_000, using: &dice)),
                amount: Money(micros: Int64.random(in: 0...90_000_000, using: &dice))
            )
            if Bool.random(using: &dice) { note.fold(AttemptID(rawValue: "attempt-\(number)")) }
        }
        return note
    }

    @Test("every note is read as it was written", arguments: 1...UInt64(50))
    func text(seed: UInt64) throws {
        var dice = Dice(seed: seed)
        let note = Self.note(&dice)
        let text = try #require(note.annotation(at: Self.noon))
        #expect(try SpentNote(annotation: text) == note)
        #expect(try SpentNote(annotation: text).annotation(at: Self.noon) == text)
    }

    @Test("a row that is gone is in the sums to the last millionth, once", arguments: 1...UInt64(30))
    func folded(seed: UInt64) {
        var dice = Dice(seed: seed)
        var note = Self.note(&dice)
        let whole = note.sums.values.reduce(Money.zero, +) + note.rows.values.reduce(.zero) { $0 + $1.amount }
        for attempt in note.rows.keys.sorted() + note.rows.keys.sorted() { note.fold(attempt) }
        #expect(note.rows.isEmpty)
        #expect(note.days.reduce(.zero) { $0 + $1.amount } == whole)
        #expect(note.days.allSatisfy { $0.amount > .zero })
    }

    @Test("days are dropped when no month can ask for them any more")
    func pruned() {
        var note = SpentNote()
        let group = SpentGroup([:])
        for day in 0...100 {
            note.sums[SpentNote.Sum(group: group, platform: .flare, day: Self.noon.dayNumber - day)] = .zero
        }
        note.prune(at: Self.noon)
        #expect(note.sums.count == 63)
        #expect(note.sums.keys.map(\.day).min() == Self.noon.dayNumber - 62)
    }

    @Test("a condensed note says the same to every total", arguments: 0..<70)
    func condensed(day: Int) throws {
        var dice = Dice(seed: UInt64(day))
        let now = Self.noon + .seconds(day * 86_400)
        var note = Self.note(&dice, days: (day - 40)...day)
        for attempt in note.rows.keys { note.fold(attempt) }
        let short = note.condensed(at: now)
        for period in Quota.Period.allCases {
            for moment in [now, now + .seconds(43_199)] {
                let days = period.days(around: moment)
                for group in Set(note.sums.keys.map(\.group)) {
                    let sums = [note, short].map { note in
                        note.sums.filter { $0.key.group == group && days.contains($0.key.day) }.values
                            .reduce(Money.zero, +)
                    }
                    #expect(sums[0] == sums[1], "\(period) \(group)")
                }
            }
        }
        let late = Set(note.sums.keys.map(\.day).filter { $0 >= now.dayNumber - 1 }).count
        let most = Set(note.sums.keys.map(\.group)).count * 2 * (late + 1)
        #expect(short.sums.count <= most)
    }

    @Test("what is too long is condensed, and what is too long even so is not written")
    func limit() throws {
        var note = SpentNote()
        for group in 0..<40 {
            for day in 0..<62 {
                let sum = SpentNote.Sum(
                    group: SpentGroup(["team": "team-\(group)"]),
                    platform: day.isMultiple(of: 2) ? .flare : .flexai,
                    day: Self.noon.dayNumber - day
                )
                note.sums[sum] = Money(micros: 123_456_789)
            }
        }
        let whole = try #require(note.annotation(at: Self.noon))
        #expect(try SpentNote(annotation: whole) == note)
        let short = try #require(note.annotation(at: Self.noon, limit: whole.utf8.count - 1))
        #expect(try SpentNote(annotation: short) == note.condensed(at: Self.noon))
        #expect(short.utf8.count < whole.utf8.count / 5)
        #expect(note.annotation(at: Self.noon, limit: short.utf8.count - 1) == nil)
    }

    @Test(
        "a note that makes no sense is an error that says where",
        arguments: [
            ("", "the text is no JSON"), ("[]", "the object must be a mapping"), ("{}", "version is missing"),
            (#"{"version":2,"groups":[]}"#, "version must be 1"),
            (#"{"version":1,"groups":[{"days":{"monday":{}}}]}"#, "groups[0].days.monday is no day"),
            (#"{"version":1,"groups":[{"days":{"2026-11-21":{"flare":"much"}}}]}"#, "must be a whole number"),
            (#"{"version":1,"groups":[{"rows":{"x":{"platform":"flare"}}}]}"#, "rows.x.from is missing"),
            (#"{"version":1,"groups":[{"labels":{"team":1}}]}"#, "groups[0].labels must hold text"),
        ]
    )
    func malformed(text: String, words: String) {
        let error = #expect(throws: MalformedObject.self) { try SpentNote(annotation: text) }
        #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
    }
}

/// Which intents are alike for the totals.
@Suite struct TotalGroupsTests {
    private static func labels(_ dice: inout Dice, most: Int) -> [String: String] {
        var labels: [String: String] = [:]
        for _ in 0..<Int.random(in: 0...most, using: &dice) {
            labels["l\(Int.random(in: 0...3, using: &dice))"] = "v\(Int.random(in: 0...1, using: &dice))"
        }
        return labels
    }

    @Test("a group is in exactly the totals that its intents are in", arguments: 1...UInt64(200))
    func same(seed: UInt64) {
        var dice = Dice(seed: seed)
        let quotas = (0..<5).map { _ in
            Quota(
                selector: Self.labels(&dice, most: 2),
                maxTotalCost: Bool.random(using: &dice) ? Quota.Total(Money(micros: 1), per: .day) : nil,
                maxGPUs: 1
            )
        }
        let totals = quotas.filter { $0.maxTotalCost != nil }
        let groups = TotalGroups(quotas)
        #expect(groups.isEmpty == totals.isEmpty)
        for _ in 0..<30 {
            let labels = Self.labels(&dice, most: 5)
            let group = groups.group(of: labels)
            #expect((group == nil) == !totals.contains { $0.selects(labels) })
            guard let group else { continue }
            #expect(totals.filter { $0.selects(group.labels) } == totals.filter { $0.selects(labels) })
            #expect(groups.group(of: group.labels) == group)
            #expect(group.key.rawValue.first == "{", "no object is called so")
        }
    }

    @Test(
        "labels come back from their text",
        arguments: [[:], ["team": "search"], ["b": "2", "a": "1"], ["a \"b\"\n": "Zürich 🚀", "": ""]]
    )
    func text(labels: [String: String]) {
        #expect([String: String](json: labels.json) == labels)
    }

    @Test("what is no mapping of texts is no labels", arguments: ["", "{", "[]", #"{"a":1}"#, "null"])
    func noLabels(text: String) { #expect([String: String](json: text) == nil) }
}
