import Documents

/// Where lines begin and end in a text, to check that places named in it are inside.
struct Places {
    /// The length of each line in bytes, its break not counted.
    private var lengths: [Int] = [0]

    /// How many lines there are.
    var count: Int { lengths.count }

    /// The places of a text; a line ends with LF, and in YAML also with CR alone.
    init(_ bytes: [UInt8], _ format: DocumentFormat) {
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            let isPair = byte == 0x0D && index < bytes.count && bytes[index] == 0x0A
            if byte == 0x0A || (byte == 0x0D && format == .yaml && !isPair) {
                lengths.append(0)
            } else {
                lengths[lengths.count - 1] += 1
            }
        }
    }

    /// Claims that a place is in the text, or right behind a line of it.
    func contain(_ position: Position, _ what: String) {
        let line = Int(position.line)
        claim(line >= 1 && line <= lengths.count, "\(what): line \(line) of \(lengths.count)")
        claim(
            position.column >= 1 && Int(position.column) <= lengths[line - 1] + 1,
            "\(what): column \(position.column) of line \(line), which has \(lengths[line - 1]) bytes"
        )
    }

    /// Claims that a tree's places are in the text.
    func contain(_ node: Node) {
        contain(node.position, "a node")
        for entry in node.sequence ?? [] { contain(entry) }
        for member in node.mapping ?? [] {
            contain(member.keyPosition, "a key")
            contain(member.node)
        }
    }

    /// Claims that a diagnostic points into the text and can be shown to a person.
    func contain(_ diagnostic: Diagnostic) {
        contain(diagnostic.position, diagnostic.message)
        claim(!diagnostic.message.isEmpty, "a diagnostic without words")
        for text in [diagnostic.message, diagnostic.field] {
            claim(text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }, "control in \(text)")
        }
        claim(diagnostic.message.utf8.count < 2000, "a message without end: \(diagnostic.message)")
    }
}
