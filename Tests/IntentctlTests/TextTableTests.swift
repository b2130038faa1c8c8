import Reporting
import Testing

@testable import intentctl

/// Tables in plain text.
@Suite struct TextTableTests {
    private let table = TextTable(
        columns: [
            .init(title: "NAME"), .init(title: "N", alignment: .right, givenUp: 1), .init(title: "GPU", givenUp: 2),
            .init(title: "MESSAGE"),
        ],
        rows: [
            ["a", "1", "H100", "all is well with this one"], ["longer-name", "22", "L4", ""],
        ]
    )

    @Test("As wide as it must be, without blanks at the ends")
    func natural() {
        #expect(
            table.lines() == [
                "NAME          N  GPU   MESSAGE", "a             1  H100  all is well with this one",
                "longer-name  22  L4",
            ]
        )
    }

    @Test(
        "A narrow terminal cuts the last column, then gives columns up in their order",
        arguments: [
            (60, "a             1  H100  all is well with this one"), (40, "a             1  H100  all is well with…"),
            (36, "a             1  all is well with t…"), (30, "a            all is well with…"), (10, "a"),
        ]
    )
    func narrow(_ width: Int, _ expected: String) {
        let lines = table.lines(width: width)
        #expect(lines[1] == expected)
        if width > 12 { for line in lines { #expect(Displayed.width(line) <= width) } }
    }

    @Test("No cell moves the cursor, and colours take no room")
    func cells() {
        let cells: [TextTable.Cell] = [.init("a\u{1B}[2Jb\n", .bad), .init("x", .good)]
        let table = TextTable(columns: [.init(title: "A"), .init(title: "B")], rows: [cells])
        #expect(table.lines()[1] == "a\\u001b[2Jb\\n  x")
        let coloured = table.lines(colour: .ansi)[1]
        #expect(coloured == "\u{1B}[31ma\\u001b[2Jb\\n\u{1B}[0m  \u{1B}[32mx\u{1B}[0m")
    }

    @Test(
        "Widths count cells, not letters",
        arguments: [
            ("abc", 3), ("é", 1), ("e\u{301}", 1), ("漢字", 4), ("🚀", 2), ("", 0), ("…", 1),
        ]
    )
    func widths(_ text: String, _ cells: Int) {
        #expect(Displayed.width(text) == cells)
        #expect(Displayed.width(Displayed.padded(text, to: 9)) == 9)
    }

    @Test("What is cut never takes more room than it may", arguments: 0..<8)
    func cuts(_ cells: Int) {
        for text in ["abcdefgh", "漢字漢字", "a漢b字", "", "ab"] {
            #expect(Displayed.width(Displayed.cut(text, to: cells)) <= cells)
            if Displayed.width(text) <= cells { #expect(Displayed.cut(text, to: cells) == text) }
        }
    }
}
