import Testing

@testable import intentctl

/// A terminal that understands just what the live table writes.
private struct Terminal {
    /// Cells by line.
    var lines: [[Character]] = [[]]
    /// The cursor's place.
    var row = 0
    var column = 0
    var showsCursor = true

    /// Lines without blanks at their ends, down to the last that holds anything.
    var text: [String] {
        var rows = lines.map { line -> String in
            let text = String(line)
            return text.lastIndex { $0 != " " }.map { String(text[...$0]) } ?? ""
        }
        while rows.last == "" { rows.removeLast() }
        return rows
    }

    mutating func write(_ output: String) {
        // One by one, since a carriage return and a line feed together are a single character.
        var rest = output.unicodeScalars.map { Character($0) }[...]
        while let character = rest.popFirst() {
            switch character {
            case "\n":
                row += 1
                column = 0
                while lines.count <= row { lines.append([]) }
            case "\r": column = 0
            case "\u{1B}": control(&rest)
            default: put(character)
            }
        }
    }

    private mutating func put(_ character: Character) {
        while lines[row].count <= column { lines[row].append(" ") }
        lines[row][column] = character
        column += 1
    }

    private mutating func control(_ rest: inout ArraySlice<Character>) {
        let end = rest.firstIndex { $0.isLetter } ?? rest.endIndex
        guard end < rest.endIndex else { return }
        let body = String(rest[(rest.startIndex + 1)..<end])
        switch rest[end] {
        case "A": row -= Int(body) ?? 1
        case "K": lines[row] = Array(lines[row].prefix(column))
        case "J":
            lines[row] = Array(lines[row].prefix(column))
            lines = Array(lines.prefix(row + 1))
        case "l": showsCursor = false
        case "h": showsCursor = true
        default: break
        }
        rest = rest[(end + 1)...]
    }
}

/// The table that is drawn over itself.
@Suite struct LiveTableTests {
    @Test(
        "Whatever frames follow one another, the last one stands on the screen alone",
        arguments: 0..<60 as Range<UInt64>
    )
    func frames(_ seed: UInt64) {
        var dice = SeededDice(state: seed)
        var table = LiveTable()
        var terminal = Terminal()
        for _ in 0..<25 {
            let height = Int.random(in: 2...8, using: &dice)
            let lines = (0..<Int.random(in: 0...9, using: &dice)).map { index in
                "row \(index) " + String(repeating: "x", count: Int.random(in: 0...5, using: &dice))
            }
            terminal.write(table.frame(lines, width: 10, height: height))
            let room = height - 1
            let fitted = lines.count <= room ? lines : lines.prefix(room - 1) + ["… \(lines.count - room + 1) more"]
            let expected = fitted.map { Displayed.cut($0, to: 10) }.map {
                $0.hasSuffix(" ") ? String($0.dropLast()) : $0
            }
            #expect(terminal.text == expected, "seed \(seed)")
            #expect(terminal.row == fitted.count && terminal.column == 0, "the cursor stands below")
            #expect(!terminal.showsCursor)
        }
        terminal.write(table.finish())
        #expect(terminal.showsCursor)
        #expect(table.finish() == "", "the cursor is given back once")
    }

    @Test("Only what has changed is written")
    func economy() {
        var table = LiveTable()
        _ = table.frame(["one", "two", "three"], width: 40, height: 10)
        #expect(table.frame(["one", "two", "three"], width: 40, height: 10) == "")
        let change = table.frame(["one", "2", "three"], width: 40, height: 10)
        #expect(change == "\u{1B}[3A\r\n\r2\u{1B}[K\n\n")
    }

    @Test("A change of the terminal's size draws everything again")
    func resize() {
        var table = LiveTable()
        _ = table.frame(["one", "two"], width: 40, height: 10)
        let again = table.frame(["one", "two"], width: 30, height: 10)
        #expect(again.contains("\u{1B}[J") && again.contains("one") && again.contains("two"))
    }

    @Test("A table that was never drawn leaves nothing behind")
    func untouched() {
        var table = LiveTable()
        #expect(table.finish() == "")
    }

    @Test("Colours take no room and end where a line is cut")
    func colours() {
        var table = LiveTable()
        let output = table.frame(["\u{1B}[31mabcdef\u{1B}[0m"], width: 3, height: 5)
        #expect(output.contains("\u{1B}[31mabc\u{1B}[0m\u{1B}[K"))
        #expect(!output.contains("d"))
    }
}

/// Repeatable numbers (SplitMix64).
struct SeededDice: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
