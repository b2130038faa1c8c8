import Documents
import Testing

/// RFC 8259 to the letter.
@Suite struct JSONReaderTests {
    @Test(arguments: [
        ("null", Node.Value.null), ("true", .bool(true)), ("false", .bool(false)), ("0", .integer(0)),
        ("-0", .integer(0)),
        ("12", .integer(12)), ("-12", .integer(-12)), ("9223372036854775807", .integer(.max)),
        ("-9223372036854775808", .integer(.min)), ("9223372036854775808", .number(0x1p63, text: "9223372036854775808")),
        ("1.0", .number(1, text: "1.0")), ("1.50", .number(1.5, text: "1.50")), ("1e3", .number(1000, text: "1e3")),
        ("1E+3", .number(1000, text: "1E+3")), ("-0.5e-1", .number(-0.05, text: "-0.5e-1")),
        ("0.0", .number(0, text: "0.0")),
        ("0e0", .number(0, text: "0e0")), ("1e-400", .number(0, text: "1e-400")),
        ("\"\"", .string("")), ("\"a\"", .string("a")), ("\"é😀\"", .string("é😀")), ("[]", .sequence([])),
        ("{}", .mapping([])),
        ("[ ]", .sequence([])), ("{ }", .mapping([])), (" [1 , \t2\r\n] ", .sequence([1, 2])),
        ("{\"\":1}", .mapping([.init("", 1)])), ("[[],{}]", .sequence([[], .mapping([:])])),
        ("\"\u{7F}\"", .string("\u{7F}")),
        ("\"\u{2028}\u{FEFF}\"", .string("\u{2028}\u{FEFF}")), ("\u{FEFF}1", .integer(1)),
    ])
    func reads(_ text: String, _ value: Node.Value) throws {
        #expect(try Reading.json(text).value == value)
        #expect(try Reading.json(" \n[\(text.drop { $0 == "\u{FEFF}" })]\n").sequence == [Node(value)])
    }

    @Test(arguments: [
        (#"\""#, "\""), (#"\\"#, "\\"), (#"\/"#, "/"), (#"\b"#, "\u{8}"), (#"\f"#, "\u{C}"), (#"\n"#, "\n"),
        (#"\r"#, "\r"),
        (#"\t"#, "\t"), (#"\u0000"#, "\0"), (#"\u0041"#, "A"), (#"\u00e9"#, "é"), (#"\u00E9"#, "é"), (#"\u20AC"#, "€"),
        (#"\ud83d\ude00"#, "😀"), (#"\uD83D\uDE00"#, "😀"), (#"\ud800\udc00"#, "\u{10000}"),
        (#"\udbff\udfff"#, "\u{10FFFF}"),
        (#"\uffff"#, "\u{FFFF}"), (#"a\nb\tcé\u00e9"#, "a\nb\tcéé"), (#"\\u0041"#, "\\u0041"), (#"\\\""#, "\\\""),
    ])
    func escapes(_ escape: String, _ text: String) throws {
        #expect(try Reading.json("\"\(escape)\"").string == text)
        #expect(try Reading.json("{\"x\(escape)y\": 1}").mapping?.first?.key == "x\(text)y")
    }

    /// Every backslash escape of one byte is either one of the nine or refused.
    @Test func noOtherEscape() {
        for byte in UInt8(0x20)..<0x7F {
            let bytes = [UInt8]("\"\\".utf8) + [byte] + [UInt8]("0041\"".utf8)
            let isKnown = "\"\\/bfnrtu".utf8.contains(byte)
            guard byte != UInt8(ascii: "\"") else { continue }
            #expect((Reading.complaint(bytes: bytes, .json) == nil) == isKnown, "\(byte)")
        }
    }

    @Test func controlCharactersMustBeEscaped() throws {
        for byte in UInt8(0)..<0x20 {
            let complaint = Reading.complaint(bytes: [0x22, 0x61, byte, 0x22], .json)
            #expect(complaint?.hasPrefix("1:3: a raw control character") == true)
            let afterEscape = Reading.complaint(bytes: [0x22, 0x5C, 0x6E, byte, 0x22], .json)
            #expect(afterEscape?.hasPrefix("1:4: a raw control character") == true)
            let digits = String(byte, radix: 16)
            let escape = "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            #expect(try Reading.json("\"\(escape)\"").string == String(Unicode.Scalar(byte)))
        }
    }

    @Test(arguments: [
        (#"\ud83d"#, 2), (#"\ude00"#, 2), (#"\ud83dx"#, 2), (#"\ud83d\n"#, 2), (#"\ud83d\u0041"#, 2),
        (#"ab\udfff\ud800"#, 4),
        (#"\ud83d\ud83d\ude00"#, 2), (#"\ude00\ud83d"#, 2),
    ])
    func halfAPairIsRefused(_ escape: String, _ column: Int) {
        #expect(Reading.complaint("\"\(escape)\"", .json) == "1:\(column): half a surrogate pair; write both halves")
    }

    static let malformed: [(String, String)] = [
        ("", "1:1: the text is empty; JSON holds one value"),
        (" \n ", "2:2: the text is empty; JSON holds one value"),
        ("1 2", "1:3: only one value may stand in a JSON text"),
        ("{} x", "1:4: only one value may stand in a JSON text"),
        ("[1,]", "1:3: no ',' may stand before ']'"),
        ("{\"a\":1 , }", "1:8: no ',' may stand before '}'"),
        ("[,1]", "1:2: a value is missing before this"),
        ("[1,,2]", "1:4: a value is missing before this"),
        ("[1 2]", "1:4: a ',' or ']' is expected here"),
        ("[1}", "1:3: a ',' or ']' is expected here"),
        ("{\"a\":1]", "1:7: a ',' or '}' is expected here"),
        ("{\"a\" 1}", "1:6: a ':' is expected after the key"),
        ("{\"a\":}", "1:6: a value is missing before this"),
        ("{a:1}", "1:2: a key in double quotes is expected here"),
        ("{1:1}", "1:2: a key in double quotes is expected here"),
        ("{,}", "1:2: a key in double quotes is expected here"),
        ("'a'", "1:1: a string stands in double quotes"),
        ("// c\n1", "1:1: JSON has no comments"),
        ("[1 /* c */]", "1:4: a ',' or ']' is expected here"),
        ("# c", "1:1: JSON has no comments"),
        ("01", "1:1: a number may not start with 0; text such as 007 stands in double quotes"),
        ("[-01]", "1:2: a number may not start with 0; text such as 007 stands in double quotes"),
        ("1.x", "1:3: a digit is expected here"), ("[1.]", "1:4: a digit is expected here"),
        ("[1e]", "1:4: a digit is expected here"), ("[1e+]", "1:5: a digit is expected here"),
        ("[-]", "1:3: a digit is expected here"), ("-x", "1:2: a digit is expected here"),
        ("-", "1:2: the text ends too early; it is incomplete"),
        ("1e400", "1:1: this number is too large; if text is meant, put it in double quotes"),
        ("\"\\x\"", "1:2: no such escape; write a backslash as \\\\"),
        ("\"\\u00g0\"", "1:2: four hexadecimal digits are expected after \\u"),
        ("\"\\u:\n", "1:2: four hexadecimal digits are expected after \\u"),
        ("\"\\u00", "1:6: the text ends too early; it is incomplete"),
        ("\"\\u+041\"", "1:2: four hexadecimal digits are expected after \\u"),
        ("{\"a\":1,\n\"a\":2}", "2:1: the key \"a\" already stands on line 1; each key may stand once"),
        ("{\"\\n\":1,\"\\n\":2}", "1:9: the key \"\u{FFFD}\" already stands on line 1; each key may stand once"),
        ("{\"a\":1,\"\\u0061\":2}", "1:8: the key \"a\" already stands on line 1; each key may stand once"),
        ("\"a\nb\"", "1:3: a raw control character or line break inside a string; write it as an escape such as \\n"),
    ]

    @Test(arguments: malformed)
    func refusesWithAPlace(_ text: String, _ complaint: String) {
        #expect(Reading.complaint(text, .json) == complaint)
    }

    @Test(arguments: [
        "+1", ".5", "NaN", "Infinity", "-Infinity", "nan", "TRUE", "True", "nul", "truex", "nulll", "undefined", "0x10",
        "1_000",
        "]", "}", ",", ":", "\\", "\u{A0}1", "\u{2028}1", "1\u{0}", "\u{B}1", "--1", "1.2.3", "1e2e3",
        "{\"a\":1 \"b\":2}", "[1;2]",
    ])
    func refuses(_ text: String) {
        #expect(Reading.complaint(text, .json) != nil)
    }

    @Test(
        arguments: [
            [0x22, 0xFF, 0x22], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22],
            [0x22, 0xF4, 0x90, 0x80, 0x80, 0x22],
            [0x22, 0xC3, 0x22], [0x22, 0x5C, 0x6E, 0xC3, 0x22], [0x22, 0x80, 0x22],
        ] as [[UInt8]]
    )
    func invalidUTF8IsRefused(_ bytes: [UInt8]) {
        #expect(Reading.complaint(bytes: bytes, .json) == "1:1: this string is not valid UTF-8")
    }

    @Test func aFileHoldsOneDocument() throws {
        let documents = try DocumentParser.parse(Array("{\"a\": 1}".utf8), file: "b.json", format: .json)
        #expect(documents.map(\.file) == ["b.json"])
        #expect(documents.map(\.root) == [.mapping(["a": 1])])
        let error = #expect(throws: Diagnostic.self) {
            try DocumentParser.parse(Array("{".utf8), file: "b.json", format: .json)
        }
        #expect(error?.description == "b.json:1:2: the text ends too early; it is incomplete")
    }
}
