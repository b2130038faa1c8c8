package import Documents
package import Intents

/// Takes the fields of one mapping of an object, and says exactly which one is not as it must be.
package struct ObjectFields: Sendable {
    /// The mapping; nothing stands under its keys where there is none.
    package let node: Node
    private let path: String

    /// The fields of a mapping; `path` names it in messages.
    package init(_ node: Node, path: String) throws(MalformedObject) {
        guard node.mapping != nil else {
            throw MalformedObject(path.isEmpty ? "the object" : path, "must be a mapping, not \(node.kind)")
        }
        self.node = node
        self.path = path
    }

    /// What stands under a key; `null` is as good as nothing.
    package subscript(key: String) -> Node? {
        guard let field = node[key], !field.isNull else { return nil }
        return field
    }

    /// A text that may be missing.
    package func optionalText(_ key: String) throws(MalformedObject) -> String? {
        guard let field = self[key] else { return nil }
        guard let text = field.string else { throw fault(key, "must be text, not \(field.kind)") }
        return text
    }

    /// A text that must be there.
    package func text(_ key: String) throws(MalformedObject) -> String { try present(key, optionalText(key)) }

    /// A whole number that may be missing.
    package func optionalInteger(_ key: String) throws(MalformedObject) -> Int? {
        guard let field = self[key] else { return nil }
        guard let number = field.integer else { throw fault(key, "must be a whole number, not \(field.kind)") }
        return Int(number)
    }

    /// A whole number that must be there.
    package func integer(_ key: String) throws(MalformedObject) -> Int { try present(key, optionalInteger(key)) }

    /// A truth; false where it is missing.
    package func flag(_ key: String) throws(MalformedObject) -> Bool {
        guard let field = self[key] else { return false }
        guard let truth = field.bool else { throw fault(key, "must be true or false, not \(field.kind)") }
        return truth
    }

    /// A moment that may be missing.
    package func optionalMoment(_ key: String) throws(MalformedObject) -> Timestamp? {
        guard let text = try optionalText(key) else { return nil }
        do {
            return try Timestamp(parsing: text)
        } catch {
            throw fault(key, "is no moment")
        }
    }

    /// A moment that must be there.
    package func moment(_ key: String) throws(MalformedObject) -> Timestamp { try present(key, optionalMoment(key)) }

    /// An hourly rate (`8.50 EUR/hour`) that may be missing.
    package func optionalRate(_ key: String) throws(MalformedObject) -> Money? {
        guard let text = try optionalText(key) else { return nil }
        do {
            return try Money(parsingRate: text)
        } catch {
            throw fault(key, "is no hourly rate")
        }
    }

    /// An hourly rate that must be there.
    package func rate(_ key: String) throws(MalformedObject) -> Money { try present(key, optionalRate(key)) }

    /// A sum (`19.12 EUR`) that may be missing.
    package func optionalAmount(_ key: String) throws(MalformedObject) -> Money? {
        guard let text = try optionalText(key) else { return nil }
        do {
            return try Money(parsing: text)
        } catch {
            throw fault(key, "is no sum of money")
        }
    }

    /// A sum that must be there.
    package func amount(_ key: String) throws(MalformedObject) -> Money { try present(key, optionalAmount(key)) }

    /// A word of a closed set that may be missing.
    package func optionalWord<Word: RawRepresentable<String>>(_ key: String) throws(MalformedObject) -> Word? {
        guard let text = try optionalText(key) else { return nil }
        guard let word = Word(rawValue: text) else { throw fault(key, "is no word that this version knows") }
        return word
    }

    /// A word of a closed set that must be there.
    package func word<Word: RawRepresentable<String>>(_ key: String) throws(MalformedObject) -> Word {
        try present(key, optionalWord(key))
    }

    /// A mapping that may be missing.
    package func optionalPart(_ key: String) throws(MalformedObject) -> ObjectFields? {
        guard let field = self[key] else { return nil }
        return try ObjectFields(field, path: name(key))
    }

    /// A mapping that must be there.
    package func part(_ key: String) throws(MalformedObject) -> ObjectFields { try present(key, optionalPart(key)) }

    /// A list of texts; empty where it is missing.
    package func texts(_ key: String) throws(MalformedObject) -> [String] {
        try list(key).map { node throws(MalformedObject) in
            guard let text = node.string else { throw fault(key, "must hold text, not \(node.kind)") }
            return text
        }
    }

    /// A mapping of texts; empty where it is missing.
    package func textsByName(_ key: String) throws(MalformedObject) -> [String: String] {
        var texts: [String: String] = [:]
        for member in try optionalPart(key)?.node.mapping ?? [] {
            guard let text = member.node.string else { throw fault(key, "must hold text, not \(member.node.kind)") }
            texts[member.key] = text
        }
        return texts
    }

    /// A list of mappings; empty where it is missing.
    package func parts(_ key: String) throws(MalformedObject) -> [ObjectFields] {
        var parts: [ObjectFields] = []
        for (index, node) in try list(key).enumerated() {
            parts.append(try ObjectFields(node, path: "\(name(key))[\(index)]"))
        }
        return parts
    }

    /// What is wrong with a field.
    package func fault(_ key: String, _ problem: String) -> MalformedObject { MalformedObject(name(key), problem) }

    private func list(_ key: String) throws(MalformedObject) -> [Node] {
        guard let field = self[key] else { return [] }
        guard let nodes = field.sequence else { throw fault(key, "must be a list, not \(field.kind)") }
        return nodes
    }

    private func name(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

    private func present<Value>(_ key: String, _ value: Value?) throws(MalformedObject) -> Value {
        guard let value else { throw fault(key, "is missing") }
        return value
    }
}
