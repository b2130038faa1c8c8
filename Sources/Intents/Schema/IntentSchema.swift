package import Documents

/// The JSON Schema of intent files, made from the descriptions of their fields.
package enum IntentSchema {
    /// The schema (draft 2020-12) of one document in either form.
    ///
    /// It is a little stricter than the reader, which also takes `null` for a missing field, and cannot say the rules
    /// between fields.
    package static func json() -> Node {
        var definitions: [ObjectSchema] = []
        let forms = [FLAREForm.description.schema, KubernetesForm.description.schema]
        for form in forms { collect(form, into: &definitions) }
        return .mapping([
            ("$schema", "https://json-schema.org/draft/2020-12/schema"),
            ("title", "Intent"),
            ("description", "A GPU workload as it is wished for, in FLARE's form or in the Kubernetes form."),
            ("oneOf", .list(forms.map { reference($0) })),
            ("$defs", .mapping(definitions.sorted { $0.name < $1.name }.map { ($0.name, object($0)) })),
        ])
    }

    /// What is known of the spec and all objects in it, for a CRD or a reference page.
    package static var spec: ObjectSchema { IntentSpec.description.schema }

    /// Every object that an object leads to, itself included, each once.
    private static func collect(_ object: ObjectSchema, into definitions: inout [ObjectSchema]) {
        guard !definitions.contains(where: { $0.name == object.name }) else { return }
        definitions.append(object)
        for field in object.fields {
            switch field.value {
            case .object(let inner), .list(.object(let inner)): collect(inner, into: &definitions)
            default: break
            }
        }
    }

    private static func reference(_ object: ObjectSchema) -> Node {
        .mapping([("$ref", .string("#/$defs/\(object.name)"))])
    }

    private static func object(_ object: ObjectSchema) -> Node {
        let required = object.fields.filter(\.isRequired).map { Node.string($0.name) }
        var members: [(String, Node)] = [
            ("description", .string(object.meaning + ".")),
            ("type", "object"),
            ("properties", .mapping(object.fields.map { ($0.name, field($0)) })),
        ]
        if !required.isEmpty { members.append(("required", .list(required))) }
        let pairs = object.fields.compactMap { field in
            field.spellingOf.map { Node.mapping([("required", [.string(field.name), .string($0)])]) }
        }
        if !pairs.isEmpty { members.append(("not", .mapping([("anyOf", .list(pairs))]))) }
        members.append(("additionalProperties", false))
        return .mapping(members)
    }

    private static func field(_ field: FieldSchema) -> Node {
        let end = field.spellingOf.map { "; another spelling of \($0)" } ?? ""
        var members = [("description", Node.string(field.meaning + end + "."))] + keywords(field.value)
        if let standard = field.standard { members.append(("default", standard)) }
        return .mapping(members)
    }

    /// The keywords that say which values there are.
    private static func keywords(_ value: ValueSchema) -> [(String, Node)] {
        switch value {
        case .flag: [("type", "boolean")]
        case .integer(let limits): [("type", "integer")] + bounds(limits)
        case .number(let limits): [("type", "number")] + thousandthBounds(limits)
        case .text(let pattern, let example, _):
            [("type", "string")] + (pattern.map { [("pattern", .string($0))] } ?? []) + [
                ("examples", [.string(example)])
            ]
        case .numberOrText(let pattern, let example):
            [("type", ["string", "number"]), ("pattern", .string(pattern)), ("examples", [.string(example)])]
        case .words(let words): [("type", "string"), ("enum", .list(words.map { .string($0) }))]
        case .openWords(let known):
            [("type", "string")] + (known.isEmpty ? [] : [("examples", .list(known.map { .string($0) }))])
        case .list(let element): [("type", "array"), ("items", .mapping(keywords(element)))]
        case .texts: [("type", "object"), ("additionalProperties", .mapping([("type", "string")]))]
        case .object(let object): [("$ref", .string("#/$defs/\(object.name)"))]
        case .anything: []
        }
    }

    /// The least and the largest whole number; the largest that there is, is no limit.
    static func bounds(_ limits: ClosedRange<Int>) -> [(String, Node)] {
        let least: [(String, Node)] = [("minimum", .integer(limits.lowerBound))]
        return limits.upperBound == .max ? least : least + [("maximum", .integer(limits.upperBound))]
    }

    /// The least and the largest number of limits that are counted in thousandths.
    static func thousandthBounds(_ limits: ClosedRange<Int64>) -> [(String, Node)] {
        let least = [("minimum", thousandths(limits.lowerBound))]
        return limits.upperBound == .max ? least : least + [("maximum", thousandths(limits.upperBound))]
    }

    private static func thousandths(_ count: Int64) -> Node {
        count % 1000 == 0 ? .integer(count / 1000) : .number(Double(count) / 1000)
    }
}
