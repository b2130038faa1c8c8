import Documents

/// Schemas of what the operator itself writes.
///
/// They tell people what stands there and refuse little: a definition may be older than the operator that writes, and
/// what it does not know must neither be refused nor be lost. So words are told in the description rather than
/// enumerated, and objects keep fields that they do not know.
enum SchemaNode {
    /// Text.
    static func text(_ meaning: String) -> Node { .mapping(["description": .string(meaning), "type": "string"]) }

    /// One of some words; others pass.
    static func word<Word: CaseIterable & RawRepresentable<String>>(_ meaning: String, of _: Word.Type) -> Node {
        text("\(meaning) One of \(Word.allCases.map(\.rawValue).joined(separator: ", ")).")
    }

    /// A moment.
    static func moment(_ meaning: String) -> Node {
        .mapping(["description": .string(meaning), "type": "string", "format": "date-time"])
    }

    /// A whole number, not negative.
    static func count(_ meaning: String) -> Node {
        .mapping(["description": .string(meaning), "type": "integer", "format": "int64", "minimum": 0])
    }

    /// A truth.
    static func flag(_ meaning: String) -> Node { .mapping(["description": .string(meaning), "type": "boolean"]) }

    /// A list that is written as a whole.
    static func list(_ meaning: String, of entry: Node) -> Node {
        .mapping([
            "description": .string(meaning), "type": "array", "x-kubernetes-list-type": "atomic", "items": entry,
        ])
    }

    /// An object; fields that are not named here are kept.
    static func object(
        _ meaning: String,
        required: [String] = [],
        _ fields: KeyValuePairs<String, Node>,
        more: [(String, Node)] = []
    ) -> Node {
        var members: [(String, Node)] = [("description", .string(meaning)), ("type", "object")]
        if !required.isEmpty { members.append(("required", .list(required.map { .string($0) }))) }
        members.append(("properties", .mapping(fields.map { ($0.key, $0.value) })))
        members.append(("x-kubernetes-preserve-unknown-fields", true))
        return .mapping(members + more)
    }
}
