import Documents
import Testing

/// What is printed is read back as the same node.
@Suite struct RoundTripTests {
    @Test(arguments: 0..<20 as Range<UInt64>)
    func anyNodeComesBack(_ seed: UInt64) throws {
        var dice = Dice(seed: seed)
        for round in 0..<60 {
            let node = dice.node(depth: 4)
            let yaml = DocumentPrinter.yaml(node)
            #expect(try Reading.root(yaml) == node, "seed \(seed), round \(round):\n\(yaml)")
            #expect(DocumentPrinter.yaml(try Reading.root(yaml)) == yaml)
            for style in [DocumentPrinter.JSONStyle.compact, .pretty] {
                let json = DocumentPrinter.json(node, style: style)
                #expect(try Reading.json(json) == node, "seed \(seed), round \(round):\n\(json)")
            }
        }
    }

    @Test(arguments: 0..<10 as Range<UInt64>)
    func anyTextComesBackInEveryPlace(_ seed: UInt64) throws {
        var dice = Dice(seed: seed &+ 1000)
        for _ in 0..<200 {
            let text = dice.text()
            let node = Node.mapping([(text, .list([.string(text), .mapping([(text, .string(text))])]))])
            let yaml = DocumentPrinter.yaml([.string(text), node, .list([.list([.string(text), node])])])
            let roots = try Reading.yaml(yaml).map(\.root)
            #expect(roots == [.string(text), node, .list([.list([.string(text), node])])], "seed \(seed):\n\(yaml)")
        }
    }

    @Test(arguments: 0..<10 as Range<UInt64>)
    func severalDocumentsComeBack(_ seed: UInt64) throws {
        var dice = Dice(seed: seed &+ 2000)
        let nodes = (0..<5).map { _ in dice.node(depth: 3) }
        #expect(try Reading.yaml(DocumentPrinter.yaml(nodes)).map(\.root) == nodes)
    }

    /// JSON is YAML to a reader of 1.2, as far as libyaml goes: no lone characters that it refuses.
    @Test(arguments: 0..<10 as Range<UInt64>)
    func printedJSONReadAsYAMLIsTheSame(_ seed: UInt64) throws {
        var dice = Dice(seed: seed &+ 3000)
        for _ in 0..<40 {
            let node = Node.list([
                .integer(Int64.random(in: -9...9, using: &dice)), .mapping(["k": [1, "x", nil, true]]),
            ])
            #expect(try Reading.root(DocumentPrinter.json(node, style: .pretty)) == node)
        }
    }

    @Test(arguments: ["1.50", "8.0", "1e3", "12345678901234567890", "-0.0"])
    func aNumberKeepsItsText(_ text: String) throws {
        #expect(DocumentPrinter.json(try Reading.json(text)) == text)
        #expect(DocumentPrinter.yaml(try Reading.root(text)) == text + "\n")
    }

    @Test(arguments: [
        (".5", "0.5"), ("1.", "1.0"), ("+1.5", "1.5"), ("01.5", "1.5"), (".inf", "\".inf\""), ("-.INF", "\"-.inf\""),
        (".NaN", "\".nan\""), ("0x8000000000000000", "9.223372036854776e+18"), ("1.5", "1.5"),
    ])
    func numbersThatJSONCannotWrite(_ yaml: String, _ json: String) throws {
        let node = try Reading.root(yaml)
        #expect(DocumentPrinter.json(node) == json)
    }

    @Test(arguments: [999, 1000, 1001, 1024, 1025, 3000])
    func longKeysComeBack(_ length: Int) throws {
        for key in [
            String(repeating: "k", count: length), String(repeating: "é", count: length),
            "\n" + String(repeating: " ", count: length),
        ] {
            let node = Node.mapping([key: [1], "b": .mapping([key: .mapping([key: "x\ny"])])])
            #expect(try Reading.root(DocumentPrinter.yaml([[node], node][1])) == node)
            #expect(try Reading.root(DocumentPrinter.yaml([node])) == node)
            #expect(try Reading.root(DocumentPrinter.yaml(.list([node, node]))) == .list([node, node]))
        }
    }
}
