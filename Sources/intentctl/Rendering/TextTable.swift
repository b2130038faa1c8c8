import Reporting

/// A table in plain text: columns as wide as they must be, the last one cut to the terminal.
struct TextTable: Sendable {
    /// One column.
    struct Column: Hashable, Sendable {
        /// Where its cells stand.
        enum Alignment: Hashable, Sendable {
            /// At the left.
            case left
            /// At the right, for numbers.
            case right
        }

        /// Its title.
        var title: String
        /// Where its cells stand.
        var alignment = Alignment.left
        /// When it is given up on a narrow terminal: the highest goes first, 0 never.
        var givenUp = 0
    }

    /// One cell.
    struct Cell: Hashable, Sendable, ExpressibleByStringLiteral {
        /// What it says; shown without control characters.
        var text: String
        /// Its colour; nil for none.
        var paint: Paint?

        /// A cell.
        init(_ text: String, _ paint: Paint? = nil) {
            self.text = Displayed.text(text)
            self.paint = paint
        }

        init(stringLiteral text: String) { self.init(text) }
    }

    /// The columns.
    var columns: [Column]
    /// The rows; each has a cell for each column.
    var rows: [[Cell]]

    private static let gap = 2
    /// The least that is left of the last column before others are given up.
    private static let leastOfLast = 16

    /// The lines with the titles first; `width` is the terminal's, nil for no limit.
    func lines(width: Int? = nil, colour: Colour = .none) -> [String] {
        var shown = Array(columns.indices)
        var widths = columns.indices.map(naturalWidth)
        if let width {
            while let index = tooMuch(shown, widths, width) { shown.removeAll { $0 == index } }
            if let last = shown.last {
                let others = shown.dropLast().map { widths[$0] + Self.gap }.reduce(0, +)
                widths[last] = min(widths[last], max(0, width - others))
            }
        }
        let titles = columns.map { Cell($0.title, .strong) }
        return ([titles] + rows).map { row in
            let line = shown.map { self.cell(row[$0], of: $0, widths[$0], colour, isLast: $0 == shown.last) }
            return Self.trimmed(line.joined(separator: String(repeating: " ", count: Self.gap)))
        }
    }

    /// The column to give up next; nil where all that are left fit.
    private func tooMuch(_ shown: [Int], _ widths: [Int], _ width: Int) -> Int? {
        guard let last = shown.last else { return nil }
        let others = shown.dropLast().map { widths[$0] + Self.gap }.reduce(0, +)
        guard others + min(widths[last], Self.leastOfLast) > width else { return nil }
        return shown.filter { columns[$0].givenUp > 0 }.max { columns[$0].givenUp < columns[$1].givenUp }
    }

    private func naturalWidth(of index: Int) -> Int {
        rows.reduce(Displayed.width(columns[index].title)) { max($0, Displayed.width($1[index].text)) }
    }

    private func cell(_ cell: Cell, of index: Int, _ width: Int, _ colour: Colour, isLast: Bool) -> String {
        let text = Displayed.cut(cell.text, to: width)
        let blanks = String(repeating: " ", count: max(0, width - Displayed.width(text)))
        let painted = cell.paint.map { $0(text, colour) } ?? text
        if columns[index].alignment == .right { return blanks + painted }
        return isLast ? painted : painted + blanks
    }

    /// A line without blanks at its end.
    private static func trimmed(_ line: String) -> String {
        guard let last = line.lastIndex(where: { $0 != " " }) else { return "" }
        return String(line[...last])
    }
}
