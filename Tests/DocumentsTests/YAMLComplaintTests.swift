import Documents
import Testing

/// Broken YAML gets a place and words that say what to do.
@Suite struct YAMLComplaintTests {
    @Test(arguments: [
        ("a:\n\tb: 1\n", "2:1", "indent with spaces, not tabs"),
        ("a: @x\n", "1:4", "no value can start with this character"),
        ("a: `x\n", "1:4", "put the text in quotes"),
        ("a: b: c\n", "1:5", "put text that holds ': ' in quotes"),
        ("a: 1\nb\nc: 2\n", "3:1", "a ':' is missing after this key"),
        ("a: 1\n b: 2\n", "2:3", "wrong indentation"),
        ("a:\n  b: 1\n c: 2\n", "3:2", "look at the indentation of this line"),
        ("- a\nb: 1\n", "2:1", "a list entry ('- ') is expected here"),
        ("a: - b\n", "1:4", "start it on a line of its own"),
        ("a: [1, 2\nb: 3\n", "2:2", "a ',' or the closing ']' of a list is missing before this"),
        ("a: {b: 1\n", "2:1", "a ',' or the closing '}' of a mapping is missing before this"),
        ("a: ]\n", "1:4", "a value is expected here"),
        ("a: \"x\n", "2:1", "the closing quote is missing (in the quoted text that starts on line 1)"),
        ("a: 'x\n---\n", "2:1", "the closing quote is missing"),
        ("a: \"\\q\"\n", "1:6", "write a backslash as \\\\"),
        ("a: \"\\xZZ\"\n", "1:7", "hexadecimal digits are missing"),
        ("a: \"\\ud800\"\n", "1:7", "this escape is no Unicode character"),
        ("a: |0\n x\n", "1:5", "a digit from 1 to 9"),
        ("a: | x\n", "1:6", "only a comment may stand behind this"),
        ("a: &\n", "1:5", "quote text that starts with '&' or '*'"),
        ("a: *\n", "1:5", "quote text that starts with '&' or '*'"),
        ("%YAML 2.0\n---\na\n", "1:1", "only YAML 1.1 and 1.2 are read; drop the %YAML line"),
        ("%YAML 1.2\n%YAML 1.2\n---\na\n", "2:1", "a second %YAML line"),
        ("%FOO x\n---\na\n", "1:1", "only %YAML and %TAG lines are known"),
        ("%TAG !a! b\n%TAG !a! b\n---\na\n", "2:1", "a second %TAG line"),
        ("a: 1\n...\nb: 1\n", "3:1", "a new document starts with '---' on a line of its own"),
    ])
    func saysWhereAndWhat(_ text: String, _ place: String, _ words: String) throws {
        let complaint = try #require(Reading.complaint(text, .yaml))
        #expect(complaint.contains(words))
        #expect(complaint.hasPrefix(place + ": "), "\(complaint)")
    }

    @Test func placesBehindWideCharactersCountBytes() {
        #expect(Reading.complaint("é: @x\n", .yaml)?.hasPrefix("1:5: ") == true)
        #expect(Reading.complaint("a: 1\nb: {é: 😀, ü: @}\n", .yaml)?.hasPrefix("2:19: ") == true)
    }

    @Test(
        arguments: [
            ([0xFF, 0xFE, 0x61, 0x00], "1:1: the text is UTF-16 or UTF-32; save it as UTF-8"),
            ([0xFE, 0xFF, 0x00, 0x61], "1:1: the text is UTF-16 or UTF-32; save it as UTF-8"),
            ([0x61, 0x00, 0x3A, 0x00], "1:2: a zero byte; the file is no text, or not UTF-8"),
            ([0x61, 0x0A, 0x62, 0xC3], "2:2: the text is not valid UTF-8 here; save the file as UTF-8"),
            ([0xC0, 0x80], "1:1: the text is not valid UTF-8 here; save the file as UTF-8"),
            ([0xED, 0xA0, 0x80], "1:1: the text is not valid UTF-8 here; save the file as UTF-8"),
            ([0x80], "1:1: the text is not valid UTF-8 here; save the file as UTF-8"),
            ([0xE9, 0x74], "1:1: the text is not valid UTF-8 here; save the file as UTF-8"),
            (
                [0x61, 0xC2, 0x85],
                "1:2: the line separator \\u0085; break the line, or write \"\\u0085\" in double quotes"
            ),
            (
                [0xE2, 0x80, 0xA8],
                "1:1: the line separator \\u2028; break the line, or write \"\\u2028\" in double quotes"
            ),
            (
                [0xE2, 0x80, 0xA9],
                "1:1: the line separator \\u2029; break the line, or write \"\\u2029\" in double quotes"
            ),
            ([0x61, 0x0D, 0x0A, 0xEF, 0xBB, 0xBF], "2:1: a byte order mark in the middle of the text; delete it"),
            ([0x61, 0x0D, 0x1B], "2:1: a control character; delete it, or write \"\\u001B\" in double quotes"),
            ([0x61, 0x7F], "1:2: a control character; delete it, or write \"\\u007F\" in double quotes"),
            ([0xC2, 0x80], "1:1: a control character; delete it, or write \"\\u0080\" in double quotes"),
            ([0xEF, 0xBF, 0xBE], "1:1: a control character; delete it, or write \"\\uFFFE\" in double quotes"),
        ] as [([UInt8], String)]
    )
    func bytesThatAreNoText(_ bytes: [UInt8], _ complaint: String) {
        #expect(Reading.complaint(bytes: bytes, .yaml) == complaint)
    }

    /// Every control character is refused raw and read as an escape.
    @Test func controlCharacters() throws {
        for byte in UInt8(0)...0x7F where byte < 0x20 || byte == 0x7F {
            let isAllowed = [0x09, 0x0A, 0x0D].contains(byte)
            let raw = [UInt8]("a: \"x".utf8) + [byte] + [UInt8]("y\"".utf8)
            #expect((Reading.complaint(bytes: raw, .yaml) == nil) == isAllowed, "\(byte)")
            let digits = String(byte, radix: 16)
            let escape = "\\x" + String(repeating: "0", count: 2 - digits.count) + digits
            #expect(try Reading.root("\"\(escape)\"").string == String(Unicode.Scalar(byte)))
        }
    }
}
