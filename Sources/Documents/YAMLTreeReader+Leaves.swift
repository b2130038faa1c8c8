import CYAML

/// Scalars, keys and aliases: the events that hold no others.
extension YAMLTreeReader {
    /// The value of the current scalar: quoted and block text is text, plain text is what the core schema says.
    func scalar(at position: Position) throws(Diagnostic) -> Node.Value {
        if let tag = events.tag { return try scalar(tagged: tag, at: position) }
        guard events.isPlain else { return .string(events.scalarText) }
        guard let value = events.scalarValue else { throw outOfRange(position) }
        return value
    }

    /// The value of a scalar whose tag says what it shall be.
    private func scalar(tagged tag: String, at position: Position) throws(Diagnostic) -> Node.Value {
        guard let wanted = YAMLTag(scalar: tag) else { throw failure(YAMLTag.refusal(of: tag), position) }
        if wanted == .text || wanted == .unspecific { return .string(events.scalarText) }
        guard let value = events.scalarValue else { throw outOfRange(position) }
        switch (wanted, value) {
        case (.null, .null), (.bool, .bool), (.integer, .integer), (.number, .number):
            return value
        case (.number, .integer(let integer)):
            return .number(Double(integer), text: events.scalarText)
        case (.integer, .number(_, let text))
        where !text.contains(where: { ".eE".contains($0) && !text.hasPrefix("0x") }):
            return value
        default:
            throw failure("this is not \(wanted.meaning), which its tag \(wanted.shorthand) says", position)
        }
    }

    private func outOfRange(_ position: Position) -> Diagnostic {
        failure("this number is too large; if text is meant, put it in quotes", position)
    }

    /// The text of the current event as a key.
    ///
    /// A key that is written without quotes and would be a number or a truth elsewhere (`1:`, `true:`) is its text.
    mutating func key(at position: Position) throws(Diagnostic) -> String {
        guard events.kind == YAML_SCALAR_EVENT else {
            throw failure("a key must be plain text, no list, mapping or alias", position)
        }
        if let tag = events.tag, tag != YAMLTag.text.text, tag != YAMLTag.unspecific.text {
            throw failure("a key takes no tag but !!str", position)
        }
        let text = events.scalarText
        if events.isPlain {
            if text.isEmpty { throw failure("the key before this ':' is missing", position) }
            if text == "<<" {
                throw failure("merge keys (<<) are not read; write the members out, or alias a whole value", position)
            }
        }
        if let anchor = events.anchor {
            let node = Node(.string(text), at: position)
            anchors[anchor] = .complete(node, Extent(of: node))
        }
        return text
    }

    /// The node that the current alias stands for, charged as if it were written out.
    mutating func alias(at position: Position, inside depth: Int) throws(Diagnostic) -> Node {
        let name = events.anchor ?? ""
        switch anchors[name] {
        case nil:
            throw failure("no anchor &\(name) stands before the alias *\(name) in this document", position)
        case .open:
            throw failure("the alias *\(name) stands inside the value that it names", position)
        case .complete(let node, let extent):
            try charge(extent.nodes, at: position)
            repeatedText += extent.text
            guard repeatedText <= limits.bytes else {
                throw failure("aliases repeat more than \(limits.bytes) bytes of text", position)
            }
            guard depth + extent.height <= limits.depth else { throw tooDeep(position) }
            return node
        }
    }
}
