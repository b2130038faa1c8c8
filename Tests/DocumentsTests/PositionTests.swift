import Testing

@testable import Documents

/// Every node and key knows the line and the byte where it starts.
@Suite struct PositionTests {
    /// A walk over a node: what stands where, as `line:column text`.
    static func walk(_ node: Node) -> [String] {
        let place = "\(node.position.line):\(node.position.column)"
        switch node.value {
        case .sequence(let entries): return ["\(place) ["] + entries.flatMap(walk)
        case .mapping(let members):
            return ["\(place) {"]
                + members.flatMap { ["\($0.keyPosition.line):\($0.keyPosition.column) \($0.key)="] + walk($0.node) }
        case .string(let text): return ["\(place) \(text)"]
        default: return ["\(place) \(DocumentPrinter.json(node))"]
        }
    }

    @Test(arguments: [
        (
            "a: 1\nb:\n  - x\n  - y: 2\n",
            ["1:1 {", "1:1 a=", "1:4 1", "2:1 b=", "3:3 [", "3:5 x", "4:5 {", "4:5 y=", "4:8 2"]
        ),
        ("\n\n  a:  1 # c\n", ["3:3 {", "3:3 a=", "3:7 1"]),
        ("{a: [1,  2]}", ["1:1 {", "1:2 a=", "1:5 [", "1:6 1", "1:10 2"]),
        ("a: 'x'\nb: |\n  t\n", ["1:1 {", "1:1 a=", "1:4 x", "2:1 b=", "2:4 t\n"]),
        ("a: &n 1\nb: *n\n", ["1:1 {", "1:1 a=", "1:4 1", "2:1 b=", "1:4 1"]),
        ("a: !!str 1\n", ["1:1 {", "1:1 a=", "1:4 1"]),
        ("--- x\n", ["1:5 x"]),
        ("é: ü\n", ["1:1 {", "1:1 é=", "1:5 ü"]),
        ("{é: 1, 😀: 2, z: 3}", ["1:1 {", "1:2 é=", "1:6 1", "1:9 😀=", "1:15 2", "1:18 z=", "1:21 3"]),
        (
            "a: é\nb: {ü: 1, u: 2}\n",
            ["1:1 {", "1:1 a=", "1:4 é", "2:1 b=", "2:4 {", "2:5 ü=", "2:9 1", "2:12 u=", "2:15 2"]
        ),
        ("a: 1\r\nb: é\r\nc: 3\r\n", ["1:1 {", "1:1 a=", "1:4 1", "2:1 b=", "2:4 é", "3:1 c=", "3:4 3"]),
        ("a: é\rb: 3\r", ["1:1 {", "1:1 a=", "1:4 é", "2:1 b=", "2:4 3"]),
        ("\u{FEFF}a: 1\n", ["1:1 {", "1:1 a=", "1:4 1"]),
        ("\u{FEFF}é: 1\n", ["1:1 {", "1:1 é=", "1:5 1"]),
    ])
    func yamlPlaces(_ text: String, _ places: [String]) throws {
        #expect(Self.walk(try Reading.root(text)) == places)
    }

    @Test(arguments: [
        (
            "{\"a\": 1,\n \"b\": [true,null ]}",
            ["1:1 {", "1:2 a=", "1:7 1", "2:2 b=", "2:7 [", "2:8 true", "2:13 null"]
        ),
        ("  \"x\"", ["1:3 x"]),
        ("[\r\n\t1.5]", ["1:1 [", "2:2 1.5"]),
        ("{\"é\": 1}", ["1:1 {", "1:2 é=", "1:8 1"]),
        ("\u{FEFF}[1]", ["1:1 [", "1:2 1"]),
        ("[\"a\\n\", 2]", ["1:1 [", "1:2 a\n", "1:9 2"]),
    ])
    func jsonPlaces(_ text: String, _ places: [String]) throws {
        #expect(Self.walk(try Reading.json(text)) == places)
    }

    @Test func laterDocumentsCountLinesFromTheFilesStart() throws {
        let documents = try Reading.yaml("a: 1\n---\nb: 2\n---\n# c\n\nc: 3\n")
        #expect(documents.map(\.root.position.line) == [1, 3, 7])
        #expect(documents.map(\.index) == [0, 1, 2])
        #expect(documents.allSatisfy { $0.file == "a.yaml" })
    }

    /// The walker gives the true byte for every character, asked in order, backwards, and from a fresh start.
    @Test func byteColumnsAgreeWithSlowCounting() {
        let text = "aé\r\n😀b\n\né\rz"
        var expected: [(line: Int, column: Int, bytes: Int)] = []
        var (line, column, bytes) = (0, 0, 0)
        for character in text {
            expected.append((line, column, bytes))
            if character.isNewline {
                (line, column, bytes) = (line + 1, 0, 0)
            } else {
                (column, bytes) = (column + 1, bytes + character.utf8.count)
            }
        }
        for order in [expected, expected.reversed(), expected + expected] {
            let padded = Array("xx".utf8) + Array(text.utf8)
            var walker = ByteColumns(padded, start: 2)
            for place in order {
                #expect(walker.byteColumn(line: place.line, column: place.column) == place.bytes)
            }
        }
    }

    @Test func aMessageSaysFileLineColumnAndField() {
        let place = Position(line: 3, column: 9)
        #expect(Diagnostic(file: "a.yaml", position: place, message: "m").description == "a.yaml:3:9: m")
        #expect(Diagnostic(file: "", position: place, field: "f", message: "m").description == "<text>:3:9: f: m")
        let warning = Diagnostic(file: "a", position: .start, message: "m", severity: .warning)
        #expect(warning.description == "a:1:1: warning: m")
    }
}
