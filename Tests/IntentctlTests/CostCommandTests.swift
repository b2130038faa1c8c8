import Documents
import Intents
import Placement
import Reconciling
import Testing

@testable import intentctl

/// `cost`, `complete`, `token complete` and `approve NAME`, from the words that are typed to what is written.
@Suite struct CostCommandTests {
    private static func charge(_ name: String, _ amount: Int64, daysAgo: Int = 1) -> Charge {
        Charge(
            attempt: AttemptID(rawValue: "\(name)-\(daysAgo)"),
            key: IntentKey(rawValue: name),
            slot: 0,
            platform: .flexai,
            from: Samples.now - .seconds(daysAgo * 86_400),
            until: Samples.now - .seconds(daysAgo * 86_400 - 3600),
            amount: Money(micros: amount)
        )
    }

    private static var answers: FakeOperations.Answers {
        var answers = FakeOperations.Answers()
        answers.costs.past.charges = [
            charge("a", 8_000_000), charge("b", 2_000_000), charge("b", 1_000_000, daysAgo: 40),
        ]
        answers.costs.past.labels[IntentKey(rawValue: "a")] = ["team": "search"]
        return answers
    }

    @Test("a table with bars on a terminal, and without elsewhere")
    func table() async {
        let plain = await CommandTests.run(["cost"], Self.answers)
        #expect(plain.status == .done)
        let lines = plain.output.split(separator: "\n").map(String.init)
        #expect(lines.count == 4 && lines[1].hasPrefix("a ") && lines[1].contains("8.00 EUR"))
        #expect(lines[3].hasPrefix("total ") && lines[3].contains("11.00 EUR"))
        #expect(!plain.output.contains("█"))
        let drawn = await CommandTests.run(["cost"], Self.answers, size: TerminalSize(width: 100, height: 30))
        #expect(drawn.output.contains(String(repeating: "█", count: CostText.barWidth)))
        #expect(await CommandTests.run(["cost"]).output == "Nothing was spent.\n")
    }

    @Test("bars are as long as their shares", arguments: [(8, 8, 24), (4, 8, 12), (1, 8, 3), (0, 8, 0), (1, 800, 1)])
    func bars(amount: Int64, most: Int64, cells: Int) {
        #expect(CostText.bar(Money(micros: amount), of: Money(micros: most)).count == cells)
    }

    @Test("JSON and CSV")
    func forms() async throws {
        let json = await CommandTests.run(["cost", "--by", "label", "-o", "json"], Self.answers)
        let node = try DocumentParser.json(Array(json.output.utf8))
        #expect(node["by"]?.string == "label" && node["total"]?.string == "11.00 EUR")
        #expect(node["lines"]?.sequence?.compactMap { $0["name"]?.string } == ["team=search", "(no label)"])
        let csv = await CommandTests.run(["cost", "-o", "csv"], Self.answers)
        #expect(csv.output == "intent,amount_eur,hourly_eur\na,8.00,0.00\nb,3.00,0.00\n")
    }

    @Test("a name in a CSV breaks neither its line nor a spreadsheet")
    func quoting() {
        var past = CostRecords()
        past.charges = [Self.charge("=a,\"b\"\n", 1)]
        let report = CostReport(past, rows: [], by: .intent, now: Samples.now)
        #expect(CostText.csv(report)[1].hasPrefix("\"'=a,\"\"b\"\""))
        #expect(CostText.csv(report).count == 2 && !CostText.csv(report)[1].contains("\n"))
    }

    @Test(
        "--since takes a day, a moment and a span",
        arguments: [("2027-01-10", 10), ("2027-01-10T00:00:00Z", 10), ("72h", 10), ("60d", 11), ("1h", 0)]
    )
    func since(text: String, euros: Int64) async throws {
        let result = await CommandTests.run(["cost", "--since", text, "-o", "json"], Self.answers)
        let total = try DocumentParser.json(Array(result.output.utf8))["total"]?.string
        #expect(total == Money(micros: euros * 1_000_000).text)
    }

    @Test("nonsense is refused, and so is what a cluster does not know")
    func refused() async {
        for words in [["cost", "--since", "soon"], ["cost", "--by", "colour"]] {
            #expect(await CommandTests.run(words, Self.answers).status == .error)
        }
        var sums = Self.answers
        sums.costs.detail = .sums
        for words in [["--by", "day"], ["--by", "platform"], ["--since", "1h"]] {
            #expect(await CommandTests.run(["cost"] + words, sums).status == .error)
        }
        #expect(await CommandTests.run(["cost", "--by", "label"], sums).status == .done)
    }

    private static let views = FakeOperations.Answers(views: [Samples.view("a"), asking("b")])

    private static func asking(_ name: String) -> IntentView {
        Samples.view(name) { status in
            status.approvals = [
                ApprovalStatus(Permission(.price, generation: 2, upTo: Money(micros: 5)), why: "it is to cost a lot")
            ]
        }
    }

    @Test("complete asks for the end of a slot's task")
    func complete() async {
        let done = await CommandTests.run(["complete", "a", "--slot", "1"], Self.views)
        #expect(done.operations.request == .complete(IntentKey(rawValue: "a"), slot: 1, .completed))
        let failed = await CommandTests.run(["complete", "a", "--slot", "0", "--failed"], Self.views)
        #expect(failed.operations.request == .complete(IntentKey(rawValue: "a"), slot: 0, .failed))
        for words in [["complete", "a"], ["complete", "a", "--slot", "-1"], ["complete", "zz", "--slot", "0"]] {
            #expect(await CommandTests.run(words, Self.views).status == .error)
        }
    }

    @Test("token complete prints the token alone, so that a script can take it")
    func token() async {
        let result = await CommandTests.run(["token", "complete", "a", "--slot", "3"])
        #expect(result.output == "token-of-a-3\n")
        #expect(await CommandTests.run(["token", "complete", "a", "--slot", "3"], environment: [:]).status == .error)
    }

    @Test("approve NAME allows exactly what the intent asks, as it was shown")
    func approve() async {
        let result = await CommandTests.run(["approve", "b"], Self.views)
        #expect(result.output.hasPrefix("b: it is to cost a lot\n"))
        let permission = Permission(.price, generation: 2, upTo: Money(micros: 5))
        #expect(result.operations.request == .permit(IntentKey(rawValue: "b"), permission))
        let nobody = await CommandTests.run(["approve", "a"], Self.views)
        #expect(nobody.output == "Nothing waits for approval.\n" && nobody.operations.request == nil)
    }

    @Test("approve without a name tells who asks, and allows nothing")
    func tellsWhoAsks() async {
        let result = await CommandTests.run(["approve"], Self.views)
        #expect(result.status == .done && result.operations.request == nil)
        #expect(result.output == "b: it is to cost a lot\nSay which: intentctl approve NAME\n")
    }
}
