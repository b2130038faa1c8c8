/// Turns nodes into text, always the same text for the same node.
///
/// Reading the text gives an equal node back, for nodes that were read from that format; exceptions are named below.
package enum DocumentPrinter {
    /// How much space JSON gets.
    package enum JSONStyle: Hashable, Sendable {
        /// One line without any space.
        case compact
        /// One member or entry a line, two spaces a level.
        case pretty
    }

    /// The order of a mapping's keys.
    package enum KeyOrder: Hashable, Sendable {
        /// As they stand in the node.
        case given
        /// By their UTF-8 bytes, so that equal content gives equal text however it was written.
        case sorted
    }

    /// The JSON text of a node, without a line break at its end.
    ///
    /// A number keeps its text where JSON allows that text (`1.50`); infinities and not-a-number, which JSON cannot
    /// say, become strings (`".inf"`).
    package static func json(_ node: Node, style: JSONStyle = .compact, keys: KeyOrder = .given) -> String {
        String(decoding: jsonBytes(node, style: style, keys: keys), as: UTF8.self)
    }

    /// The same as bytes, for a request's body.
    package static func jsonBytes(_ node: Node, style: JSONStyle = .compact, keys: KeyOrder = .given) -> [UInt8] {
        var writer = JSONWriter(style: style, keys: keys)
        writer.write(node)
        return writer.bytes
    }

    /// The YAML text of a node in block style, ended by a line break.
    ///
    /// Text is quoted where a reader of YAML 1.1 or 1.2 would take it for something else, and only there.
    package static func yaml(_ node: Node) -> String {
        var writer = YAMLWriter()
        writer.writeDocument(node)
        return writer.text
    }

    /// The YAML text of several documents, with `---` between them.
    package static func yaml(_ documents: [Node]) -> String {
        var writer = YAMLWriter()
        for (index, document) in documents.enumerated() {
            if index > 0 { writer.separate() }
            writer.writeDocument(document)
        }
        return writer.text
    }

    /// The shortest text that both formats read back to the same number; `.inf`, `-.inf` and `.nan` are YAML's alone.
    static func text(of number: Double) -> String {
        if number.isNaN { return ".nan" }
        if number.isInfinite { return number < 0 ? "-.inf" : ".inf" }
        return number.description
    }
}
