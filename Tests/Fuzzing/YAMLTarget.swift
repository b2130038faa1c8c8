import Documents

/// YAML: what is read prints to text that reads the same; what is refused is refused at a place in the text.
enum FuzzTarget {
    /// Wide enough for the printed text of anything that the file's limits let in.
    private static let wide = DocumentLimits(bytes: 1 << 26, depth: 256, nodes: 1 << 20, documents: 1 << 20)

    static func run(_ bytes: [UInt8]) {
        let places = Places(bytes, .yaml)
        let roots: [Node]
        do throws(Diagnostic) {
            roots = try DocumentParser.parse(bytes, file: "a.yaml", format: .yaml).map(\.root)
        } catch {
            return places.contain(error)
        }
        for root in roots { places.contain(root) }
        let text = DocumentPrinter.yaml(roots)
        let again = read(text)
        claim(again.map(plain) == roots.map(plain), "printed otherwise:\n\(text)")
        claim(DocumentPrinter.yaml(again) == text, "the canonical text is another one the second time:\n\(text)")
        for root in roots { expectSameJSON(root) }
    }

    private static func read(_ text: String) -> [Node] {
        do throws(Diagnostic) {
            return try DocumentParser.parse(Array(text.utf8), file: "b.yaml", format: .yaml, limits: wide).map(\.root)
        } catch {
            fatalError("what was printed cannot be read: \(error)\n\(text)")
        }
    }

    /// A tree that came from YAML survives a way through JSON, up to the spelling of its numbers.
    private static func expectSameJSON(_ root: Node) {
        let text = DocumentPrinter.json(root)
        do throws(Diagnostic) {
            let again = try DocumentParser.json(Array(text.utf8), limits: wide)
            claim(plain(again) == plain(root), "JSON says otherwise: \(text)")
        } catch {
            fatalError("the JSON of a YAML tree cannot be read: \(error)\n\(text)")
        }
    }

    /// The tree with numbers by their value, and with those that JSON lacks as the texts that stand in for them.
    private static func plain(_ node: Node) -> Node {
        switch node.value {
        case .number(let value, _):
            value.isFinite ? .number(value) : .string(value.isNaN ? ".nan" : value < 0 ? "-.inf" : ".inf")
        // `!!float 1` is a number that JSON writes as 1.
        case .integer(let whole) where whole.magnitude < 1 << 53: .number(Double(whole))
        case .sequence(let entries): .list(entries.map(plain))
        case .mapping(let members): .mapping(members.map { ($0.key, plain($0.node)) })
        default: node
        }
    }
}
