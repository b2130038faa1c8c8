import Testing

@testable import Documents

/// The printed text itself.
@Suite struct PrinterTests {
    static let sample = Node.mapping([
        "name": "a", "ports": [80, "443"], "empty": .mapping([:]), "none": [], "note": nil, "spot": false,
        "deep": .mapping(["list": [[1, [2]], .mapping(["k": "v", "l": [nil]])]]), "text": "one\ntwo\n",
    ])

    @Test func blockStyle() {
        #expect(
            DocumentPrinter.yaml(Self.sample) == """
                name: a
                ports:
                  - 80
                  - "443"
                empty: {}
                none: []
                note: null
                spot: false
                deep:
                  list:
                    - - 1
                      - - 2
                    - k: v
                      l:
                        - null
                text: |
                  one
                  two

                """
        )
    }

    @Test func compactAndPrettyJSON() {
        let compact = """
            {"name":"a","ports":[80,"443"],"empty":{},"none":[],"note":null,"spot":false,\
            "deep":{"list":[[1,[2]],{"k":"v","l":[null]}]},"text":"one\\ntwo\\n"}
            """
        #expect(DocumentPrinter.json(Self.sample) == compact)
        #expect(DocumentPrinter.jsonBytes(Self.sample) == Array(compact.utf8))
        let pretty = DocumentPrinter.json(.mapping(["a": [1, .mapping([:])], "b": []]), style: .pretty)
        #expect(pretty == "{\n  \"a\": [\n    1,\n    {}\n  ],\n  \"b\": []\n}")
    }

    @Test func sortedKeysMakeEqualContentEqualText() {
        let left = Node.mapping(["b": 1, "a": .mapping(["é": 1, "z": 2, "Z": 3]), "aa": nil])
        let right = Node.mapping(["aa": nil, "a": .mapping(["Z": 3, "z": 2, "é": 1]), "b": 1])
        let text = #"{"a":{"Z":3,"z":2,"é":1},"aa":null,"b":1}"#
        #expect(DocumentPrinter.json(left, keys: .sorted) == text)
        #expect(DocumentPrinter.json(right, keys: .sorted) == text)
        #expect(DocumentPrinter.json(left) != DocumentPrinter.json(right))
    }

    @Test func severalDocuments() {
        #expect(DocumentPrinter.yaml([]).isEmpty)
        #expect(DocumentPrinter.yaml(["a", nil, [1]]) == "a\n---\nnull\n---\n- 1\n")
        #expect(DocumentPrinter.yaml(Node("a\nb")) == "|-\n  a\n  b\n")
    }

    @Test(arguments: [
        ("\"", #""\"""#), ("\\", #""\\""#), ("/", #""/""#), ("\u{8}\t\n\u{C}\r", #""\b\t\n\f\r""#),
        ("\0", #""\u0000""#),
        ("\u{1F}", #""\u001f""#), ("\u{7F}", #""\u007f""#), ("é😀", "\"é😀\""),
    ])
    func jsonEscapes(_ text: String, _ json: String) {
        #expect(DocumentPrinter.json(.string(text)) == json)
    }

    @Test(arguments: [
        "", " ", "a ", " a", "~", "null", "Null", "NULL", "true", "False", "y", "Y", "yes", "Yes", "YES", "n", "N",
        "no", "No", "on",
        "On", "off", "OFF", "0", "-0", "12", "+12", "017", "08", "0o17", "0xff", "0b11", "1_000", "1__0", "12:30",
        "190:20:30", "190:20:30.15", "-1:30", "1.5", "1.", ".5", "1e3", "1.5e3", "1e-3", ".inf", "-.INF", ".nan",
        ".NaN", "1.2.3",
        "10.0.0.1", "685_230.15", "2001-12-14", "2001-1-1", "2001-12-14t21:59:43.10-05:00", "2001-12-14 21:59:43", "=",
        "<<", "-",
        "- a", "---", "--- a", "...", "? a", "?", ": a", ":", "a:", "a: b", "a #b", "#a", "&a", "*a", "!a", "|", ">",
        "'a'", "\"a\"",
        "%a", "@a", "`a", "[a", "]a", "{a", "}", ",a", "a\tb", "\ta", "a\r", "\u{85}", "a\u{2028}b", "\u{FEFF}a",
        "\u{7F}", "\0", "0x_f",
        "\n", " \na", "\na",
    ])
    func quoted(_ text: String) throws {
        #expect(DocumentPrinter.yaml(.string(text)).hasPrefix("\""))
        #expect(DocumentPrinter.yaml(.mapping([(text, .string(text))])).hasPrefix("\""))
        #expect(try Reading.root(DocumentPrinter.yaml(.string(text))) == .string(text))
    }

    @Test(arguments: [
        "a", "a b", "a-b", "-a", "--flag", "a:b", "http://x/y", "a#b", "a,b", "a[0]", "a{b}", "it's", "say \"a\"",
        "a\\b", "é", "😀", "yess",
        "nope", "none", "only", "nulls", "truth", "v1.2.3", "1.2.3-rc1", "1a", "1-2", "12h", "8Gi", "500m", "a100",
        "0x", "0xg", "0b2c",
        "+", "+a", ".a", "./a", "<", "<a", "==", "1e", "1:a", "x2001-12-14", "20011-2-3x", "nvidia/cuda:12.4", "a=b",
        "$HOME", "(a)",
        "a:\u{A0}b", "sha256:0a", "1 2", "inf", "nan", "~a", "_1",
    ])
    func bare(_ text: String) throws {
        #expect(DocumentPrinter.yaml(.string(text)) == text + "\n")
        #expect(DocumentPrinter.yaml(.mapping([(text, .string(text))])) == "\(text): \(text)\n")
        #expect(try Reading.root(text + "\n") == .string(text))
    }

    @Test(arguments: [
        ("a\nb", "|-\n  a\n  b\n"), ("a\n", "|\n  a\n"), ("a\n\n", "|+\n  a\n\n"), ("a\n\nb\n", "|\n  a\n\n  b\n"),
        ("a\n  b\n", "|\n  a\n    b\n"), ("a \n#b\n", "|\n  a \n  #b\n"), ("a\n \nb", "|-\n  a\n   \n  b\n"),
        ("a\tb\n", "|\n  a\tb\n"),
        ("a\n---\nb\n", "|\n  a\n  ---\n  b\n"),
    ])
    func blocks(_ text: String, _ yaml: String) throws {
        #expect(DocumentPrinter.yaml(.string(text)) == yaml)
        #expect(try Reading.root(yaml) == .string(text))
        #expect(try Reading.root(DocumentPrinter.yaml([[.string(text)]])) == [.string(text)])
    }

    @Test(arguments: ["0", "-0", "12", "-1.5", "1e3", "1E-3", "0.0", "10.25e+7"])
    func jsonNumbers(_ text: String) { #expect(JSONWriter.isNumber(text)) }

    @Test(arguments: [
        "", "-", "+1", "01", "1.", ".5", "1e", "1e+", "0x1", "1_0", " 1", "1 ", "1.5.5", "inf", "1a", "--1",
    ])
    func noJSONNumbers(_ text: String) { #expect(!JSONWriter.isNumber(text)) }
}
