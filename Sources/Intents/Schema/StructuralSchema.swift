package import Documents

/// An object's schema as a Kubernetes API server takes it: OpenAPI v3, structural, with rules in CEL.
///
/// It differs from the JSON Schema where the server asks for it: nothing is referred to, every field has a type or is let
/// through whole, and unknown fields are for the server to refuse. A default stands only where a missing field means
/// exactly that, since the server writes it into the object.
package enum StructuralSchema {
    /// The schema of a spec in an Intent.
    package static var spec: Node { .mapping(object(IntentSchema.spec, meaning: nil)) }

    /// The keywords of an object; `meaning` is what the field that holds it says of itself.
    static func object(_ object: ObjectSchema, meaning: String?) -> [(String, Node)] {
        var members: [(String, Node)] = [
            ("description", .string(sentence(meaning ?? object.meaning))),
            ("type", "object"),
        ]
        let required = object.fields.filter(\.isRequired).map { Node.string($0.name) }
        if !required.isEmpty { members.append(("required", .list(required))) }
        members.append(("properties", .mapping(object.fields.map { ($0.name, field($0, in: object)) })))
        let validations = object.fields.compactMap(spelling) + object.serverRules.compactMap(validation)
        if !validations.isEmpty { members.append(("x-kubernetes-validations", .list(validations))) }
        return members
    }

    private static func field(_ field: FieldSchema, in object: ObjectSchema) -> Node {
        if case .object(let inner) = field.value { return .mapping(Self.object(inner, meaning: field.meaning)) }
        let meaning = field.spellingOf.map { "\(field.meaning); another spelling of \($0)" } ?? field.meaning
        var members = [("description", Node.string(sentence(meaning) + examples(field.value)))] + keywords(field.value)
        for rule in object.serverRules { members += listKeywords(rule, of: field) }
        if let standard = field.standard, field.isImplied { members.append(("default", standard)) }
        return .mapping(members)
    }

    /// The keywords that say which values there are.
    private static func keywords(_ value: ValueSchema) -> [(String, Node)] {
        switch value {
        case .flag: [("type", "boolean")]
        case .integer(let limits): [("type", "integer"), ("format", "int64")] + IntentSchema.bounds(limits)
        case .number(let limits): [("type", "number")] + IntentSchema.thousandthBounds(limits)
        case .text(let pattern, _, let longest):
            [("type", "string"), ("maxLength", .integer(longest))] + (pattern.map { [("pattern", .string($0))] } ?? [])
        // A node may have no two types: without one it takes both, and a pattern speaks of text alone.
        case .numberOrText(let pattern, _): [letThrough, ("pattern", .string(pattern))]
        case .words(let words): [("type", "string"), ("enum", .list(words.map { .string($0) }))]
        case .openWords: [("type", "string"), ("maxLength", .integer(IntentLimits.word))]
        case .list(.object(let entry)):
            list(most: IntentLimits.objects, .mapping(object(entry, meaning: nil)))
        case .list(let entry): list(most: IntentLimits.texts, .mapping(keywords(entry)))
        case .texts: [("type", "object"), ("additionalProperties", .mapping([("type", "string")]))]
        case .object(let inner): object(inner, meaning: nil)
        case .anything: [letThrough]
        }
    }

    private static let letThrough: (String, Node) = ("x-kubernetes-preserve-unknown-fields", true)

    private static func list(most: Int, _ entry: Node) -> [(String, Node)] {
        [("type", "array"), ("maxItems", .integer(most)), ("items", entry)]
    }

    /// What a rule says of a list.
    private static func listKeywords(_ rule: ServerRule, of field: FieldSchema) -> [(String, Node)] {
        switch rule {
        case .distinct(field.name, let keys):
            [("x-kubernetes-list-type", "map"), ("x-kubernetes-list-map-keys", .list(keys.map { .string($0) }))]
        case .distinctWords(field.name): [("x-kubernetes-list-type", "set")]
        default: []
        }
    }

    private static func validation(_ rule: ServerRule) -> Node? {
        guard case .holds(let expression, let message, let field) = rule else { return .none }
        return .mapping([
            ("rule", .string(expression)), ("message", .string(message)), ("fieldPath", .string(".\(field)")),
        ])
    }

    /// The rule that a field and the one that it is another spelling of do not stand together.
    private static func spelling(_ field: FieldSchema) -> Node? {
        guard let other = field.spellingOf else { return .none }
        return validation(
            .holds(
                "!(has(self.\(field.name)) && has(self.\(other)))",
                message: "\(field.name) says the same as \(other); keep one of the two",
                field: field.name
            )
        )
    }

    /// A few values that are right, as the end of a description.
    private static func examples(_ value: ValueSchema) -> String {
        switch value {
        case .text(_, let example, _), .numberOrText(_, let example): " Such as \(example)."
        case .openWords(let known) where known.count > 2: " Such as \(known.prefix(3).joined(separator: ", "))."
        case .list(.object): ""
        case .list(let entry): examples(entry)
        default: ""
        }
    }

    private static func sentence(_ meaning: String) -> String { meaning + "." }
}
