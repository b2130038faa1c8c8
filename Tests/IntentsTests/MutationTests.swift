import Documents
import Testing

@testable import Intents

/// Damaged files: whatever stands in them, reading ends with intents or with reasons, and what is read can be written.
struct MutationTests {
    private static let words = [
        "null", "true", "-1", "0", "1e99", "9223372036854775807", "{}", "[]", "\"\"", "any", "\u{0}", "…", ": ", "- ",
        "\n", "{",
        "]", "99999999999999999999", "EUR", "Gi", "h", "%", "#", "&a", "*a", "---\n",
    ]

    /// The text with one piece cut out, doubled, or replaced.
    private func damaged(_ text: String, _ dice: inout Dice) -> [UInt8] {
        var bytes = Array(text.utf8)
        for _ in 0..<Int.random(in: 1...3, using: &dice) where !bytes.isEmpty {
            let start = Int.random(in: 0..<bytes.count, using: &dice)
            let end = min(bytes.count, start + Int.random(in: 0...12, using: &dice))
            let piece = Array(bytes[start..<end])
            switch Int.random(in: 0...3, using: &dice) {
            case 0: bytes.removeSubrange(start..<end)
            case 1: bytes.insert(contentsOf: piece, at: start)
            case 2: bytes.replaceSubrange(start..<end, with: Array((Self.words.randomElement(using: &dice) ?? "").utf8))
            default: bytes[start] = UInt8.random(in: 0...255, using: &dice)
            }
        }
        return bytes
    }

    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func damagedTextGivesIntentsOrReasons(seed: UInt64) {
        var dice = Dice(seed: seed)
        let texts = [CompleteIntent.service, CompleteIntent.job] + ReferenceExamples.all
        for _ in 0..<300 {
            let bytes = damaged(texts.randomElement(using: &dice) ?? "", &dice)
            let reading = IntentReader.read(bytes, file: "a.yaml")
            let isSilent = reading.intents.isEmpty && reading.diagnostics.isEmpty
            let isEmpty = (try? DocumentParser.parse(bytes, file: "a.yaml", format: .yaml))?.isEmpty ?? false
            #expect(!isSilent || isEmpty, "seed \(seed): \(String(decoding: bytes, as: UTF8.self))")
            for read in reading.intents { expectWritten(read.intent, "seed \(seed)") }
        }
    }

    /// Every value of a whole document is replaced by every kind of wrong one, one at a time.
    @Test func everyValueMayBeAnything() throws {
        let values: [Node] = [
            .null, true, -1, 0, 4_000_000_000, .integer(Int64.max), .integer(Int64.min), 0.5, "", "x", "any", "-5",
            "1e999", [],
            ["x"], [.null], .mapping([:]), .mapping(["x": 1]), Node(.number(.infinity, text: ".inf")),
        ]
        for text in [CompleteIntent.service, CompleteIntent.job] {
            let root = try #require(DocumentParser.parse(Array(text.utf8), file: "a", format: .yaml).first).root
            for place in 0..<count(root) {
                for value in values {
                    var left = place
                    let changed = replaced(root, &left, by: value)
                    let reading = IntentReader.read([Document(file: "a", index: 0, root: changed)])
                    #expect(!reading.intents.isEmpty || reading.hasErrors || changed.isNull)
                    for read in reading.intents { expectWritten(read.intent, "\(place) \(value)") }
                }
            }
        }
    }

    private func expectWritten(_ intent: Intent, _ comment: Comment) {
        let again = IntentReader.read([Document(file: "a", index: 0, root: IntentEncoder.document(intent))])
        #expect(again.intents.map(\.intent) == [intent], comment)
    }

    /// How many nodes a tree has.
    private func count(_ node: Node) -> Int {
        switch node.value {
        case .sequence(let entries): entries.reduce(1) { $0 + count($1) }
        case .mapping(let members): members.reduce(1) { $0 + count($1.node) }
        default: 1
        }
    }

    /// The tree with the node number `left` replaced, counted from its root.
    private func replaced(_ node: Node, _ left: inout Int, by value: Node) -> Node {
        if left == 0 {
            left = -1
            return Node(value.value, at: node.position)
        }
        guard left > 0 else { return node }
        left -= 1
        var node = node
        switch node.value {
        case .sequence(let entries):
            node.value = .sequence(entries.map { replaced($0, &left, by: value) })
        case .mapping(let members):
            node.value = .mapping(
                members.map { .init($0.key, at: $0.keyPosition, replaced($0.node, &left, by: value)) }
            )
        default: break
        }
        return node
    }
}
