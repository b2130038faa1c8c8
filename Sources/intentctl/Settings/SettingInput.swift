import Documents

/// A setting's value as it was given: text of a flag or of the environment, or a node of the file.
enum SettingInput: Sendable {
    /// Text.
    case text(String)
    /// Several texts, of a flag that may be repeated.
    case texts([String])
    /// A node.
    case node(Node)

    /// The value as one text; whole numbers and truths of a file count as the text that they were written as.
    func scalar() throws(SettingFault) -> String {
        switch self {
        case .text(let text): return text
        case .texts(let texts):
            guard let text = texts.last, texts.count == 1 else { throw SettingFault("must be given once") }
            return text
        case .node(let node):
            switch node.value {
            case .string(let text): return text
            case .integer(let number): return String(number)
            case .number(_, let text): return text
            case .bool(let truth): return String(truth)
            case .null, .sequence, .mapping:
                throw SettingFault("must be one value, not \(node.kind)", at: node.position)
            }
        }
    }

    /// The value as a list: entries of a file, repeated flags, or text with `:` between the parts.
    func list() throws(SettingFault) -> [String] {
        switch self {
        case .text(let text): return text.split(separator: ":").map(String.init)
        case .texts(let texts): return texts
        case .node(let node):
            guard let nodes = node.sequence else { return [try scalar()] }
            var entries: [String] = []
            for node in nodes { entries.append(try SettingInput.node(node).scalar()) }
            return entries
        }
    }

    /// The value as a node; text is read as YAML, so that `{USD: 0.92}` can stand in an environment variable.
    func mapping() throws(SettingFault) -> [Node.Member] {
        let node = try node()
        guard let members = node.mapping else {
            throw SettingFault("must be a mapping, not \(node.kind)", at: node.position)
        }
        return members
    }

    /// The value as a list of mappings; text is read as YAML.
    func mappings() throws(SettingFault) -> [Node] {
        let node = try node()
        guard let entries = node.sequence else {
            throw SettingFault("must be a list, not \(node.kind)", at: node.position)
        }
        for entry in entries where entry.mapping == nil {
            throw SettingFault("must hold mappings, not \(entry.kind)", at: entry.position)
        }
        return entries
    }

    /// The value as a node.
    private func node() throws(SettingFault) -> Node {
        if case .node(let node) = self { return node }
        let text = try scalar()
        do throws(Diagnostic) {
            let documents = try DocumentParser.parse(Array(text.utf8), file: "", format: .yaml)
            return documents.first?.root ?? .null
        } catch {
            throw SettingFault("cannot be read: \(error.message)")
        }
    }

    /// Where the value stands in the file.
    var position: Position? {
        guard case .node(let node) = self else { return nil }
        return node.position
    }
}

/// Why a value cannot be a setting's.
struct SettingFault: Error, Hashable, Sendable {
    /// What is wrong and what would be right, to follow the setting's name.
    var message: String
    /// Where, within the file; nil where the value's own place will do.
    var position: Position?

    /// A fault.
    init(_ message: String, at position: Position? = nil) {
        self.message = message
        self.position = position
    }
}
