import Documents
import Testing

/// What plain, quoted and tagged scalars mean.
@Suite struct CoreSchemaTests {
    /// A scalar as it is written, and what it must be.
    struct Case: CustomTestStringConvertible {
        let text: String
        let value: Node.Value
        var testDescription: String { text.isEmpty ? "(nothing)" : text }

        init(_ text: String, _ value: Node.Value) {
            self.text = text
            self.value = value
        }

        /// Text that means itself.
        init(text: String) { self.init(text, .string(text)) }

        /// A number that keeps its text.
        init(_ text: String, number: Double) { self.init(text, .number(number, text: text)) }
    }

    static let words: [Case] = [
        Case("", .null), Case("~", .null), Case("null", .null), Case("Null", .null), Case("NULL", .null),
        Case("true", .bool(true)), Case("True", .bool(true)), Case("TRUE", .bool(true)),
        Case("false", .bool(false)), Case("False", .bool(false)), Case("FALSE", .bool(false)),
        Case(text: "nULL"), Case(text: "NuLL"), Case(text: "nulL"), Case(text: "tRUE"), Case(text: "TRuE"),
        Case(text: "falsE"), Case(text: "nul"), Case(text: "nulls"), Case(text: "~x"), Case(text: "truex"),
        Case(text: "y"), Case(text: "Y"), Case(text: "yes"), Case(text: "Yes"), Case(text: "n"), Case(text: "no"),
        Case(text: "NO"), Case(text: "on"), Case(text: "off"), Case(text: "Off"), Case(text: "="),
    ]

    static let integers: [Case] = [
        Case("0", .integer(0)), Case("-0", .integer(0)), Case("+0", .integer(0)), Case("7", .integer(7)),
        Case("+12", .integer(12)), Case("-12", .integer(-12)), Case("017", .integer(17)), Case("-017", .integer(-17)),
        Case("08", .integer(8)), Case("0o17", .integer(15)), Case("0o0", .integer(0)), Case("0xff", .integer(255)),
        Case("0xFF", .integer(255)), Case("0xaB", .integer(171)), Case("0x0", .integer(0)),
        Case("9223372036854775807", .integer(.max)), Case("-9223372036854775808", .integer(.min)),
        Case("0x7fffffffffffffff", .integer(.max)), Case("0o777777777777777777777", .integer(.max)),
        Case("00000000000000000000000000000001", .integer(1)),
        Case("9223372036854775808", number: 0x1p63), Case("-9223372036854775809", number: -0x1p63),
        Case("0x8000000000000000", number: 0x1p63), Case("0o1000000000000000000000", number: 0x1p63),
        Case(text: "1_000"), Case(text: "0b11"), Case(text: "0o8"), Case(text: "0xg"), Case(text: "0x"),
        Case(text: "0o"), Case(text: "-0x1"), Case(text: "+0o1"), Case(text: "0X1"), Case(text: "0O1"),
        Case(text: "12:30"), Case(text: "1 2"), Case(text: "+"), Case(text: "--1"), Case(text: "1-"), Case(text: "1a"),
    ]

    static let floats: [Case] = [
        Case("1.5", number: 1.5), Case("-1.5", number: -1.5), Case("+1.5", number: 1.5), Case("1.", number: 1),
        Case(".5", number: 0.5), Case("-.5", number: -0.5), Case("+.5", number: 0.5), Case("8.0", number: 8),
        Case("1e3", number: 1000), Case("1E3", number: 1000), Case("1e+3", number: 1000), Case("1e-3", number: 0.001),
        Case("1.e3", number: 1000), Case(".5e1", number: 5), Case("01.5", number: 1.5), Case("1.50", number: 1.5),
        Case("-0.0", number: 0), Case("5e-324", number: .leastNonzeroMagnitude), Case("1e-400", number: 0),
        Case(".inf", number: .infinity), Case(".Inf", number: .infinity), Case(".INF", number: .infinity),
        Case("+.inf", number: .infinity), Case("-.inf", number: -.infinity), Case("-.INF", number: -.infinity),
        Case(text: "."), Case(text: ".."), Case(text: "1.2.3"), Case(text: "1e"), Case(text: "1e+"), Case(text: "e3"),
        Case(text: ".e3"), Case(text: "-."), Case(text: "-.x"), Case(text: "inf"), Case(text: "nan"),
        Case(text: ".iNF"), Case(text: ".nAN"), Case(text: ".Nan"), Case(text: "-.nan"), Case(text: "+.nan"),
        Case(text: "1.inf"), Case(text: "1.5x"), Case(text: "0x1.8p1"), Case(text: "1,5"), Case(text: "2001-12-14"),
        Case(text: "10.0.0.1"), Case(text: "v1"), Case(text: ".infinity"), Case(text: "1e3.5"),
    ]

    @Test(arguments: words + integers + floats)
    func plainScalarMeansWhatTheCoreSchemaSays(_ given: Case) throws {
        #expect(try Reading.root("- \(given.text)\n").sequence == [Node(given.value)])
        #expect(try Reading.root("k: \(given.text)\n")["k"] == Node(given.value))
    }

    @Test(arguments: words + integers + floats)
    func quotedScalarIsText(_ given: Case) throws {
        #expect(try Reading.root("- \"\(given.text)\"\n").sequence == [.string(given.text)])
        #expect(try Reading.root("- '\(given.text)'\n").sequence == [.string(given.text)])
        #expect(try Reading.root("- !!str \(given.text)\n").sequence == [.string(given.text)])
        #expect(try Reading.root("- ! \(given.text)\n").sequence == [.string(given.text)])
    }

    @Test(arguments: [".nan", ".NaN", ".NAN"])
    func notANumber(_ text: String) throws {
        guard case .number(let number, let written) = try Reading.root(text).value else {
            Issue.record("\(text) is a number")
            return
        }
        #expect(number.isNaN)
        #expect(written == text)
    }

    @Test func blocksAreText() throws {
        #expect(try Reading.root("a: |\n  12\nb: >-\n  true\n") == .mapping(["a": "12\n", "b": "true"]))
    }

    @Test(arguments: [
        Case("!!int 12", .integer(12)), Case("!!int \"12\"", .integer(12)), Case("!!int 0x1e", .integer(30)),
        Case("!!int 0x1E0000000000000000", .number(553402322211286548480, text: "0x1E0000000000000000")),
        Case("!!int 99999999999999999999", .number(1e20, text: "99999999999999999999")),
        Case("!!float 1", .number(1, text: "1")), Case("!!float 1.5", .number(1.5, text: "1.5")),
        Case("!!float .inf", .number(.infinity, text: ".inf")), Case("!!bool true", .bool(true)),
        Case("!!bool 'False'", .bool(false)), Case("!!null ~", .null), Case("!!null", .null), Case("!!null ''", .null),
        Case("!!str", .string("")), Case("!!seq [1]", .sequence([1])), Case("!!map {}", .mapping([])),
        Case("!<tag:yaml.org,2002:int> 3", .integer(3)), Case("! [1]", .sequence([1])),
    ])
    func coreTagsAreHonoured(_ given: Case) throws {
        #expect(try Reading.root("- \(given.text)\n").sequence == [Node(given.value)])
    }

    @Test(arguments: [
        ("!!int x", "this is not a whole number, which its tag !!int says"),
        ("!!int 1.5", "this is not a whole number, which its tag !!int says"),
        ("!!int 1e3", "this is not a whole number, which its tag !!int says"),
        ("!!int .inf", "this is not a whole number, which its tag !!int says"),
        ("!!int", "this is not a whole number, which its tag !!int says"),
        ("!!float x", "this is not a number, which its tag !!float says"),
        ("!!bool yes", "this is not true or false, which its tag !!bool says"),
        ("!!bool 1", "this is not true or false, which its tag !!bool says"),
        ("!!null no", "this is not null, which its tag !!null says"),
        ("!!seq x", "the tag !!seq means nothing here; drop it, or quote text that starts with '!'"),
        ("!!map [1]", "the tag !!map means nothing here; drop it, or quote text that starts with '!'"),
        ("!!str [1]", "the tag !!str means nothing here; drop it, or quote text that starts with '!'"),
        ("!!set {a}", "the tag !!set means nothing here; drop it, or quote text that starts with '!'"),
        ("!!binary aGk=", "the tag !!binary means nothing here; drop it, or quote text that starts with '!'"),
        (
            "!!timestamp 2001-12-14",
            "the tag !!timestamp means nothing here; drop it, or quote text that starts with '!'"
        ),
        ("!important", "the tag !important means nothing here; drop it, or quote text that starts with '!'"),
        ("!e!x 1", "this tag is unknown; quote text that starts with '!'"),
        ("!%12:30", "the tag !\u{FFFD}:30 means nothing here; drop it, or quote text that starts with '!'"),
    ])
    func otherTagsAreRefused(_ text: String, _ message: String) {
        #expect(Reading.complaint("- \(text)\n", .yaml) == "1:3: \(message)")
    }

    @Test(arguments: [
        "1e400", "-1e400", "12e4567", String(repeating: "9", count: 400), "0x" + String(repeating: "f", count: 300),
    ])
    func numbersBeyondADoubleAreRefused(_ text: String) {
        let message = "1:3: this number is too large; if text is meant, put it in quotes"
        #expect(Reading.complaint("- \(text)\n", .yaml) == message)
        #expect(Reading.complaint("- '\(text)'\n", .yaml) == nil)
    }

    /// Every scalar of up to three characters from the letters of numbers agrees with a slow reading of the grammar.
    @Test func shortScalarsAgreeWithTheGrammar() throws {
        let letters: [Character] = ["0", "1", "9", "+", "-", ".", "e", "x", "o", "_"]
        var texts: [String] = [""]
        for _ in 0..<4 { texts += texts.flatMap { text in letters.map { text + String($0) } } }
        for text in Set(texts) where !text.isEmpty && text != "-" && text != "---" && text != "..." {
            let value = try Reading.root("k: \(text)\n")["k"]?.value
            let whole = text.wholeMatch(of: /[-+]?[0-9]+/) != nil || text.wholeMatch(of: /0o[0-7]+|0x[0-9a-f]+/) != nil
            let number = text.wholeMatch(of: /[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?/) != nil
            switch value {
            case .integer: #expect(whole, "\(text)")
            case .number(let double, _): #expect(number && !whole && Double(text) == double, "\(text)")
            default: #expect(value == .string(text) && !whole && !number, "\(text)")
            }
        }
    }
}
