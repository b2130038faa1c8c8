import Documents

/// What an API server checks of a value before its rules: types, words, patterns, limits, what is required or unknown.
struct StructuralValidator {
    /// Everything that is wrong, each with its place.
    private(set) var problems: [String] = []

    /// Checks a value against a schema.
    static func problems(of value: Node, _ schema: Node) -> [String] {
        var validator = Self()
        validator.check(value, schema, "spec")
        return validator.problems
    }

    private mutating func check(_ value: Node, _ schema: Node, _ path: String) {
        switch schema["type"]?.string {
        case "object": checkObject(value, schema, path)
        case "array": checkList(value, schema, path)
        case "boolean": expect(value.bool != nil, path, "is no truth")
        case "integer":
            expect(value.integer != nil, path, "is no whole number")
            checkBounds(value, schema, path)
        case "number":
            expect(value.number != nil || value.integer != nil, path, "is no number")
            checkBounds(value, schema, path)
        case "string":
            expect(value.string != nil, path, "is no text")
            checkText(value, schema, path)
        default:
            expect(schema["x-kubernetes-preserve-unknown-fields"] == true, path, "has a schema without a type")
            checkText(value, schema, path)
        }
    }

    private mutating func checkObject(_ value: Node, _ schema: Node, _ path: String) {
        guard let members = value.mapping else { return problems.append("\(path) is no object") }
        for member in members {
            guard let field = schema["properties"]?[member.key] else {
                problems.append("\(path).\(member.key) is unknown")
                continue
            }
            check(member.node, field, "\(path).\(member.key)")
        }
        for name in (schema["required"]?.sequence ?? []).compactMap(\.string) {
            expect(value[name] != nil, "\(path).\(name)", "is missing")
        }
    }

    private mutating func checkList(_ value: Node, _ schema: Node, _ path: String) {
        guard let entries = value.sequence, let items = schema["items"] else {
            return problems.append("\(path) is no list")
        }
        if let most = schema["maxItems"]?.integer { expect(entries.count <= Int(most), path, "is too long") }
        for (index, entry) in entries.enumerated() { check(entry, items, "\(path)[\(index)]") }
    }

    private mutating func checkText(_ value: Node, _ schema: Node, _ path: String) {
        guard let text = value.string else { return }
        if let words = schema["enum"]?.sequence { expect(words.contains(value), path, "is none of the words") }
        if let most = schema["maxLength"]?.integer {
            expect(text.unicodeScalars.count <= Int(most), path, "is too long")
        }
        guard let pattern = schema["pattern"]?.string else { return }
        do {
            let regex = try Regex(pattern)
            expect(try regex.firstMatch(in: text) != nil, path, "does not match")
        } catch {
            problems.append("\(path) has a pattern that is none: \(pattern)")
        }
    }

    private mutating func checkBounds(_ value: Node, _ schema: Node, _ path: String) {
        guard let number = value.decimal else { return }
        if let least = schema["minimum"]?.decimal { expect(number >= least, path, "is too small") }
        if let most = schema["maximum"]?.decimal { expect(number <= most, path, "is too large") }
    }

    private mutating func expect(_ holds: Bool, _ path: String, _ problem: String) {
        if !holds { problems.append("\(path) \(problem)") }
    }
}

extension Node {
    /// The number, whole or not.
    fileprivate var decimal: Double? { integer.map(Double.init) ?? number }

    /// The value with the defaults of its schema, as an API server writes them into an object.
    func filled(by schema: Node) -> Node {
        if let entries = sequence, let items = schema["items"] { return .list(entries.map { $0.filled(by: items) }) }
        guard let members = mapping, let fields = schema["properties"]?.mapping else { return self }
        var filled = members.map { member in
            (member.key, schema["properties"]?[member.key].map { member.node.filled(by: $0) } ?? member.node)
        }
        for field in fields where self[field.key] == nil {
            if let standard = field.node["default"] { filled.append((field.key, standard)) }
        }
        return .mapping(filled)
    }
}
