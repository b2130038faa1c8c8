import Documents
import Testing

/// Each limit is reached, and then passed by one.
@Suite struct LimitTests {
    @Test(arguments: [DocumentFormat.yaml, .json])
    func bytes(_ format: DocumentFormat) {
        let text = Array("[1, 22]".utf8)
        for spare in 0...2 {
            let limits = DocumentLimits(bytes: text.count + spare)
            #expect(Reading.complaint(bytes: text, format, limits: limits) == nil)
        }
        let complaint = Reading.complaint(bytes: text, format, limits: DocumentLimits(bytes: text.count - 1))
        #expect(complaint == "1:1: the text has 7 bytes; at most 6 are read")
    }

    @Test(arguments: [DocumentFormat.yaml, .json], [1, 2, 3, 64, 256])
    func depth(_ format: DocumentFormat, _ depth: Int) {
        let limits = DocumentLimits(depth: depth)
        for (open, close) in [("[", "]"), (#"{"a":"#, "}")] {
            let full = String(repeating: open, count: depth) + "1" + String(repeating: close, count: depth)
            #expect(Reading.complaint(full, format, limits: limits) == nil)
            let column = depth * open.utf8.count + 1
            let message = "lists and mappings inside one another more than \(depth) levels deep"
            #expect(Reading.complaint(open + full + close, format, limits: limits) == "1:\(column): \(message)")
        }
    }

    @Test(arguments: [DocumentFormat.yaml, .json])
    func nodes(_ format: DocumentFormat) {
        for (text, count) in [("[1, 2, 3]", 4), (#"{"a": 1, "b": [2]}"#, 4), ("[[], [], {}]", 4), ("7", 1)] {
            #expect(Reading.complaint(text, format, limits: DocumentLimits(nodes: count)) == nil)
            let complaint = Reading.complaint(text, format, limits: DocumentLimits(nodes: count - 1))
            #expect(complaint?.contains("more than \(count - 1) values in one text") == true)
        }
    }

    @Test func nodesAreCountedOverAllDocuments() {
        let text = "[1]\n---\n[2]\n"
        #expect(Reading.complaint(text, .yaml, limits: DocumentLimits(nodes: 4)) == nil)
        #expect(Reading.complaint(text, .yaml, limits: DocumentLimits(nodes: 3))?.hasPrefix("3:2: more than 3") == true)
    }

    @Test func documents() {
        let limits = DocumentLimits(documents: 3)
        #expect(Reading.complaint("a\n---\nb\n---\nc\n", .yaml, limits: limits) == nil)
        let complaint = Reading.complaint("a\n---\nb\n---\nc\n---\nd\n", .yaml, limits: limits)
        #expect(complaint == "6:1: more than 3 documents in one file; split it")
        #expect(Reading.complaint("---\n---\n---\n---\n", .yaml, limits: limits) != nil, "empty ones count too")
    }

    @Test func aliasesAreChargedAsIfWrittenOut() {
        let text = "- &a [1, 2]\n- *a\n- *a\n"
        #expect(Reading.complaint(text, .yaml, limits: DocumentLimits(nodes: 10)) == nil)
        let complaint = Reading.complaint(text, .yaml, limits: DocumentLimits(nodes: 9))
        #expect(complaint == "3:3: more than 9 values in one text, aliases followed; split it")
    }

    @Test func aliasesDoNotSlipUnderTheDepth() {
        let text = "- &a [[1]]\n- [*a]\n"
        #expect(Reading.complaint(text, .yaml, limits: DocumentLimits(depth: 4)) == nil)
        let message = "2:4: lists and mappings inside one another more than 3 levels deep"
        #expect(Reading.complaint(text, .yaml, limits: DocumentLimits(depth: 3)) == message)
    }

    @Test func aliasesMayRepeatAsMuchTextAsAFileMayHold() {
        let text = "- &a {kk: abcdef}\n- *a\n- *a\n- [*a, *a, *a]\n"
        #expect(Reading.complaint(text, .yaml, limits: DocumentLimits(bytes: text.utf8.count)) == nil)
        let long = "- &a \(String(repeating: "x", count: 1000))\n- *a\n- *a\n"
        let complaint = Reading.complaint(long, .yaml, limits: DocumentLimits(bytes: 1999))
        #expect(complaint == "3:3: aliases repeat more than 1999 bytes of text")
        #expect(Reading.complaint(long, .yaml, limits: DocumentLimits(bytes: 2000)) == nil)
    }

    @Test(arguments: [2, 9, 100])
    func aBillionLaughsAreRefused(_ width: Int) {
        var text = "a0: &a0 [\(Array(repeating: "x", count: width).joined(separator: ","))]\n"
        for level in 1...30 {
            let aliases = Array(repeating: "*a\(level - 1)", count: width).joined(separator: ",")
            text += "a\(level): &a\(level) [\(aliases)]\n"
        }
        #expect(Reading.complaint(text, .yaml)?.contains("more than 10000 values") == true)
    }

    @Test func nestedAnchorsAreRefusedByDepth() {
        let text = String(repeating: "- &a [", count: 1) + String(repeating: "&b [", count: 5000)
        #expect(Reading.complaint(text, .yaml)?.contains("more than 64 levels deep") == true)
    }

    @Test func presets() {
        let file = DocumentLimits.file
        #expect([file.bytes, file.depth, file.nodes, file.documents] == [262_144, 64, 10_000, 1_000])
        let reply = DocumentLimits.reply
        #expect([reply.bytes, reply.depth, reply.nodes, reply.documents] == [8_388_608, 64, 1_000_000, 1])
    }

    /// The texts that make libyaml slowest, at the full size of a file, all end; the test's own limit is the proof.
    @Test(
        .timeLimit(.minutes(10)),
        arguments: [
            "{a", "[", "{", "- ", "? ", "!", "&a ", "*a ", "'", "\"", "|", "a: ", "a,", "{a: 1, ", "[a, ", "é", "\n",
            "#", "%", "- - ",
        ]
    )
    func slowTextsEnd(_ piece: String) {
        let size = 64 * 1024
        let text = String(repeating: piece, count: size / piece.utf8.count)
        let complaint = Reading.complaint(text, .yaml)
        let isSound = ["\n", "#", "é", "'", "a,"].contains(piece)
        #expect((complaint == nil) == isSound, "\(complaint ?? "read")")
    }

    @Test(
        arguments: [
            ("a.json", DocumentFormat.json), ("A.JSON", .json), ("a.yaml", .yaml), ("a.yml", .yaml), ("a.YmL", .yaml),
            (".yaml", .yaml), ("a.json.yaml", .yaml), ("a.txt", nil), ("json", nil), ("yaml", nil), ("", nil),
            ("a.yaml~", nil),
        ] as [(String, DocumentFormat?)]
    )
    func formats(_ name: String, _ format: DocumentFormat?) {
        #expect(DocumentFormat(fileName: name) == format)
    }
}
