import Documents
import Intents
import Reconciling
import Reporting

/// `cost`: tells what was spent and what is being spent.
struct CostCommand: Command {
    private let line: ParsedLine
    private let aspect: CostReport.Aspect

    init(_ line: ParsedLine) throws(UsageError) {
        self.line = line
        aspect = line.value(.by).flatMap { CostReport.Aspect(rawValue: $0) } ?? .intent
        if let since = line.value(.since), Self.moment(since, now: Timestamp(milliseconds: 0)) == nil {
            throw UsageError("--since must be a day or moment such as 2027-01-04, or a span such as 24h", in: .cost)
        }
    }

    func run(_ context: CommandContext) async throws(CommandError) -> ExitCode {
        try context.requireState()
        let now = context.console.now()
        let since = line.value(.since).flatMap { Self.moment($0, now: now) }
        let facts = try await context.operations.costs(context.settings)
        if facts.detail == .sums, since != nil || aspect == .platform || aspect == .day {
            throw CommandError(
                "a cluster keeps one sum for each intent: --by platform, --by day and --since need a ledger on disk"
            )
        }
        let report = CostReport(facts.past, rows: facts.rows, by: aspect, since: since, now: now)
        let console = context.console
        switch context.output(line) {
        case "json": context.write(CostText.node(report, since: since), as: "json")
        case "csv": console.lines(CostText.csv(report))
        default:
            console.table(CostText.table(report, charted: console.output.isTerminal), whenEmpty: "Nothing was spent.")
        }
        return .done
    }

    /// A day, a moment, or a span until now; nil where the text is none of them.
    static func moment(_ text: String, now: Timestamp) -> Timestamp? {
        if text.utf8.count == 10, let day = Self.day(text) { return Timestamp(day: day) }
        do throws(UnitError) {
            return try Timestamp(parsing: text)
        } catch {
            return Self.earlier(text, than: now)
        }
    }

    private static func day(_ text: String) -> Int? {
        do throws(UnitError) { return try CalendarDay(parsing: text).number } catch { return nil }
    }

    private static func earlier(_ text: String, than now: Timestamp) -> Timestamp? {
        do throws(UnitError) { return now - (try Duration(parsing: text)) } catch { return nil }
    }
}
