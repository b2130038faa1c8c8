import Documents
import Intents
import Reconciling
import Reporting

/// A report of costs as a table, with bars on a terminal, as JSON and as CSV.
enum CostText {
    /// Cells of the longest bar.
    static let barWidth = 24

    /// The table; its last row is the sum.
    static func table(_ report: CostReport, charted: Bool) -> TextTable {
        var columns: [TextTable.Column] = [
            .init(title: report.aspect.rawValue.uppercased()), .init(title: "SPENT", alignment: .right),
            .init(title: "NOW", alignment: .right, givenUp: 1),
        ]
        if charted { columns.append(.init(title: "", givenUp: 2)) }
        guard !report.lines.isEmpty else { return TextTable(columns: columns, rows: []) }
        let most = report.lines.map(\.amount).max() ?? .zero
        func row(_ name: String, _ amount: Money, _ hourly: Money, _ bar: String) -> [TextTable.Cell] {
            let cells: [TextTable.Cell] = [
                .init(name), .init(StatusTable.hundredths(amount).text),
                .init(hourly == .zero ? "-" : StatusTable.hundredths(hourly).rateText),
            ]
            return charted ? cells + [.init(bar, .moving)] : cells
        }
        var rows = report.lines.map { row($0.name, $0.amount, $0.hourly, bar($0.amount, of: most)) }
        rows.append(row("total", report.total, report.hourly, ""))
        return TextTable(columns: columns, rows: rows)
    }

    /// A bar as long as the amount's share of the largest, in eighths of a cell.
    static func bar(_ amount: Money, of most: Money) -> String {
        guard most > .zero, amount > .zero else { return "" }
        let share = Double(amount.micros) / Double(most.micros)
        let eighths = max(1, Int((share * Double(barWidth * 8)).rounded()))
        let rest = eighths % 8
        let parts = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
        return String(repeating: "█", count: eighths / 8) + parts[rest]
    }

    /// The report as a node.
    static func node(_ report: CostReport, since: Timestamp?) -> Node {
        .mapping(droppingNil: [
            "by": .string(report.aspect.rawValue),
            "since": since.map { .string($0.text) },
            "total": .string(report.total.text),
            "hourly": .string(report.hourly.rateText),
            "lines": .list(
                report.lines.map { line in
                    .mapping([
                        "name": .string(line.name),
                        "amount": .string(line.amount.text),
                        "hourly": .string(line.hourly.rateText),
                    ])
                }
            ),
        ])
    }

    /// The report as CSV (RFC 4180), amounts in euros; without a sum, which a spreadsheet makes itself.
    static func csv(_ report: CostReport) -> [String] {
        let head = "\(report.aspect.rawValue),amount_eur,hourly_eur"
        return [head]
            + report.lines.map { line in
                "\(quoted(line.name)),\(figure(line.amount)),\(figure(line.hourly))"
            }
    }

    private static func figure(_ amount: Money) -> String { amount.text.replacing(" EUR", with: "") }

    /// A field in quotes where it must be.
    private static func quoted(_ field: String) -> String {
        let shown = Displayed.text(field)
        // What begins like a formula is never taken for one.
        let safe = ["=", "+", "-", "@"].contains { shown.hasPrefix($0) } ? "'" + shown : shown
        guard safe.contains(where: { $0 == "," || $0 == "\"" }) else { return safe }
        return "\"" + safe.replacing("\"", with: "\"\"") + "\""
    }
}
