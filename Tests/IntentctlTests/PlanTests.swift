import Documents
import Intents
import Placement
import Reconciling
import Testing

@testable import intentctl

/// What `plan` shows.
@Suite struct PlanTests {
    static func row(_ name: String, _ verb: PlanRow.Verb, _ before: Int64, _ after: Int64, slot: Int? = 0) -> PlanRow {
        PlanRow(
            key: IntentKey(rawValue: name),
            verb: verb,
            slot: slot,
            platform: slot == nil ? nil : .flexai,
            what: "1x H100",
            hourlyBefore: Money(micros: before * 1_000_000),
            hourlyAfter: Money(micros: after * 1_000_000),
            why: "because"
        )
    }

    static let rows = [
        row("a", .provision, 0, 4), row("b", .delete, 3, 0), row("c", .replace, 2, 1),
        row("d", .nothing, 5, 5, slot: nil),
    ]

    @Test("The text")
    func text() {
        #expect(
            PlanText.lines(Self.rows) == [
                "   STEP       INTENT  SLOT  PLATFORM  WHAT                  COST/H  WHY",
                "+  provision  a       0     flexai    1x H100            +4.00 EUR  because",
                "-  delete     b       0     flexai    1x H100            -3.00 EUR  because",
                "~  replace    c       0     flexai    1x H100  2.00 EUR > 1.00 EUR  because",
                "=  nothing    d       -     -         1x H100             5.00 EUR  because", "",
                "1 to provision, 1 to replace, 1 to delete, 1 unchanged; 10.00 EUR/hour as before.",
            ]
        )
        #expect(
            PlanText.summary(Self.rows)
                == "1 to provision, 1 to replace, 1 to delete, 1 unchanged; 10.00 EUR/hour as before."
        )
    }

    @Test("Nothing to do")
    func nothing() {
        #expect(PlanText.lines([]) == ["Nothing to do; 0.00 EUR/hour as before."])
        #expect(!PlanText.isDifferent([Self.rows[3]]))
        #expect(PlanText.summary([Self.rows[3]]) == "Nothing to do; 5.00 EUR/hour as before.")
    }

    @Test("Each verb is a difference but nothing, and has its place in the summary", arguments: PlanRow.Verb.allCases)
    func verbs(_ verb: PlanRow.Verb) {
        let rows = [Self.row("a", verb, 2, 3)]
        #expect(PlanText.isDifferent(rows) == (verb != .nothing))
        #expect(PlanText.lines(rows)[1].hasPrefix(verb.sign + "  " + verb.rawValue))
        let named = verb == .nothing ? "Nothing to do" : "1 to \(verb.rawValue)"
        #expect(PlanText.summary(rows).contains(named))
        #expect(PlanText.summary(rows).hasSuffix("2.00 EUR/hour becomes 3.00 EUR/hour."))
    }

    @Test("The JSON form")
    func json() throws {
        let node = PlanText.node(Self.rows)
        #expect(node["steps"]?.sequence?.map { $0["verb"]?.string } == ["provision", "delete", "replace"])
        #expect(node["unchanged"] == .list([.string("d")]))
        #expect(node["hourlyBefore"]?.string == "10.00 EUR/hour")
        #expect(node["steps"]?.sequence?.first?["hourlyAfter"]?.string == "4.00 EUR/hour")
    }
}
