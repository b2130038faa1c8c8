import Documents
import Testing

/// Lists cut out of a stream, however the stream is cut.
@Suite struct JSONElementScannerTests {
    /// What a scan gave: the elements as text, the envelope and the list's key.
    struct Outcome: Equatable {
        var elements: [String] = []
        var envelope = ""
        var key: String?
        var complaint: String?
    }

    /// Feeds the chunks and gathers everything.
    static func scan(
        _ chunks: [[UInt8]],
        elementBytes: Int = JSONElementScanner.usualElementBytes,
        envelopeBytes: Int = JSONElementScanner.usualEnvelopeBytes,
        listDepth: Int = 1
    ) -> Outcome {
        var scanner = JSONElementScanner(
            elementBytes: elementBytes,
            envelopeBytes: envelopeBytes,
            listDepth: listDepth
        )
        var outcome = Outcome()
        do throws(Diagnostic) {
            for chunk in chunks {
                for element in try scanner.feed(chunk) {
                    outcome.elements.append(String(decoding: element, as: UTF8.self))
                }
            }
            let envelope = try scanner.finish()
            outcome.envelope = DocumentPrinter.json(envelope.node)
            outcome.key = envelope.listKey
        } catch {
            outcome.complaint = "\(error.position.line):\(error.position.column): \(error.message)"
        }
        return outcome
    }

    @Test(
        "a list one level below is found there, and arrays elsewhere stay in the envelope",
        arguments: [
            (
                #"{"w":["x"],"d":{"t":"v","r":[{"a":[1]}, 2],"s":[3]}}"#,
                Outcome(
                    elements: [#"{"a":[1]}"#, "2"],
                    envelope: #"{"w":["x"],"d":{"t":"v","r":[],"s":[3]}}"#,
                    key: "d"
                )
            ),
            (
                #"{"a":{"b":{"c":[1]}},"d":{"r":[]}}"#,
                Outcome(envelope: #"{"a":{"b":{"c":[1]}},"d":{"r":[]}}"#, key: "d")
            ),
            (#"{"r":[1]}"#, Outcome(complaint: "1:9: there is no list in the text")),
            ("[[1]]", Outcome(complaint: "1:5: there is no list in the text")),
        ]
    )
    func below(text: String, outcome: Outcome) {
        for cut in [1, 2, 5, 1000] {
            let bytes = Array(text.utf8)
            let chunks = stride(from: 0, to: bytes.count, by: cut).map { Array(bytes[$0...].prefix(cut)) }
            #expect(Self.scan(chunks, listDepth: 2) == outcome, "\(cut)")
        }
    }

    static let texts: [(String, Outcome)] = [
        ("[]", Outcome(envelope: "[]")),
        (" [ ] ", Outcome(envelope: "[]")),
        (
            "[1, \"a,]\" ,{\"x\":[1,2]}, [[]] ]",
            Outcome(elements: ["1", "\"a,]\"", "{\"x\":[1,2]}", "[[]]"], envelope: "[]")
        ),
        (
            #"{"count": 2, "instances": [{"id": "é\"]}"}, {"id": "b\\"}], "next": "[1]"}"#,
            Outcome(
                elements: [#"{"id": "é\"]}"}"#, #"{"id": "b\\"}"#],
                envelope: #"{"count":2,"instances":[],"next":"[1]"}"#,
                key: "instances"
            )
        ),
        (
            #"{"a":{"b":[1]},"l":[2],"m":[3,4]}"#,
            Outcome(elements: ["2"], envelope: #"{"a":{"b":[1]},"l":[],"m":[3,4]}"#, key: "l")
        ),
        (#"{"a,b":"x,y","l":[ true ]}"#, Outcome(elements: ["true"], envelope: #"{"a,b":"x,y","l":[]}"#, key: "l")),
        ("{\r\n\t\"l\" : [\n1\n]\n}\n", Outcome(elements: ["1"], envelope: #"{"l":[]}"#, key: "l")),
        ("\u{FEFF}[1, 2]", Outcome(elements: ["1", "2"], envelope: "[]")),
        ("\u{FEFF}{\"l\":[1]}", Outcome(elements: ["1"], envelope: #"{"l":[]}"#, key: "l")),
        (#"{"l":[1],"l2":{"l":[5]}}"#, Outcome(elements: ["1"], envelope: #"{"l":[],"l2":{"l":[5]}}"#, key: "l")),
    ]

    @Test(arguments: texts)
    func everySplitGivesTheSame(_ text: String, _ expected: Outcome) {
        let bytes = Array(text.utf8)
        #expect(Self.scan([bytes]) == expected)
        #expect(Self.scan(bytes.map { [$0] }) == expected)
        for first in 0...bytes.count {
            for second in first...bytes.count {
                let chunks = [Array(bytes[..<first]), Array(bytes[first..<second]), Array(bytes[second...])]
                #expect(Self.scan(chunks) == expected)
            }
        }
    }

    @Test(arguments: texts)
    func everyTruncationIsNoticed(_ text: String, _ expected: Outcome) {
        let bytes = Array(text.drop { $0.isWhitespace }.utf8)
        let whole = bytes.lastIndex { ![0x20, 0x0A].contains($0) } ?? 0
        for end in 0..<whole {
            let outcome = Self.scan([Array(bytes[..<end])])
            #expect(outcome.complaint != nil, "cut at \(end)")
            #expect(expected.elements.starts(with: outcome.elements), "no half element")
        }
        #expect(Self.scan([bytes]).complaint == nil)
    }

    @Test(arguments: [
        ("[1,]", "1:4: no ',' may stand before ']'"), ("[,1]", "1:2: an element is missing before this ','"),
        ("[1, \u{FEFF}2]", "1:5: a value is expected here"),
        ("[1,,2]", "1:4: an element is missing before this ','"), ("[1}]", "1:3: a '}' closes nothing here"),
        ("[1", "1:2: the text ends inside its list; it is incomplete"),
        ("[\n\"x", "2:2: the text ends inside its list; it is incomplete"),
        ("{\"error\":\"x\"}", "1:13: there is no list in the text"),
        ("{\"l\":null}", "1:10: there is no list in the text"),
        ("7", "1:1: there is no list in the text"), ("", "1:1: the text is empty; JSON holds one value"),
        ("[1] x", "1:4: only one value may stand in a JSON text"),
        ("[][]", "1:3: only one value may stand in a JSON text"),
        ("{\"l\":[1],}", "1:8: no ',' may stand before '}'"),
        ("{\"c\":1 2,\"l\":[1]}", "1:8: a ',' or '}' is expected here"),
        ("{\"l\":[1]", "1:8: the text ends too early; it is incomplete"),
        ("{\"l\":[1],\"l\":2}", "1:9: the key \"l\" already"),
        (" \u{FEFF}[1]", "1:2: a value is expected here"), ("{[1]}", "1:2: a key in double quotes"),
        ("1[2]", "1:2: only one value"),
    ])
    func brokenTextsAreRefused(_ text: String, _ complaint: String) {
        let found = Self.scan([Array(text.utf8)]).complaint
        #expect(found?.hasPrefix(complaint) == true, "\(found ?? "read")")
    }

    @Test func anElementHasALimit() {
        let text = Array("[\"aaaa\", [1]]".utf8)
        #expect(Self.scan([text], elementBytes: 6).complaint == nil)
        #expect(Self.scan([text], elementBytes: 5).complaint == "1:7: element 1 of the list has more than 5 bytes")
        let endless = Array("[\"".utf8) + [UInt8](repeating: 0x61, count: 100)
        #expect(Self.scan([endless], elementBytes: 99).complaint?.contains("more than 99 bytes") == true)
    }

    @Test func theEnvelopeHasALimit() {
        let text = Array("{\"c\":12,\"l\":[1,2,3]}".utf8)
        #expect(Self.scan([text], envelopeBytes: 15).complaint == nil)
        #expect(Self.scan([text], envelopeBytes: 14).complaint == "1:20: more than 14 bytes around the list")
    }

    @Test func paddingCostsNothing() {
        let padding = [UInt8](repeating: 0x20, count: 10_000)
        let outcome = Self.scan([padding, [0x5B], padding, [0x31], [0x5D], padding], envelopeBytes: 5)
        #expect(outcome == Outcome(elements: ["1"], envelope: "[]"))
    }
}
