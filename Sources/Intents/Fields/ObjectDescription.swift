import Documents

/// A value that is described field by field.
protocol Described: Hashable, Sendable {
    /// A value with every default.
    init()
    /// Its fields and the rules between them.
    static var description: ObjectDescription<Self> { get }
}

/// The one description of an object's fields: what reads it, writes it and makes its schema.
struct ObjectDescription<Root: Described>: Sendable {
    /// A short name that no other object has, such as `gpu`.
    let name: String
    /// What it holds, in one sentence without a full stop.
    let meaning: String
    /// Its fields, in the order in which they are written.
    let fields: [Field<Root>]
    /// What must hold between the fields.
    let rules: [Rule<Root>]
    /// What the fields do, without what is known of them: a field is large, and copying one is slower than reading it.
    private let hands: [Hand]
    /// Each field's place in `fields`.
    private let places: [String: Int]
    /// A bit for each field that must be there.
    private let required: UInt64

    /// A description; at most 64 fields, each name once, and rules that read fields of this object.
    init(_ name: String, _ meaning: String, fields: [Field<Root>], rules: [Rule<Root>] = []) {
        precondition(fields.count <= 64, "a bit for each field")
        self.name = name
        self.meaning = meaning
        self.fields = fields
        hands = fields.map { Hand(name: $0.schema.name, decode: $0.decode, encode: $0.encode) }
        places = Dictionary(uniqueKeysWithValues: fields.enumerated().map { ($1.schema.name, $0) })
        required = fields.indices.reduce(0) { fields[$1].schema.isRequired ? $0 | 1 << UInt64($1) : $0 }
        let places = places
        self.rules = rules.map { rule in
            var rule = rule
            rule.mask = rule.reads.reduce(0) { mask, field in
                guard let place = places[field] else { preconditionFailure("a rule reads \(field), which is no field") }
                return mask | 1 << UInt64(place)
            }
            return rule
        }
    }

    /// A field's part in reading and writing.
    private struct Hand: Sendable {
        let name: String
        let decode: @Sendable (Node, inout Root, inout Findings) -> Void
        let encode: @Sendable (Root, Completeness) -> Node?
    }

    /// What is known of the object.
    var schema: ObjectSchema {
        ObjectSchema(
            name: name,
            meaning: meaning,
            fields: fields.map(\.schema),
            serverRules: rules.compactMap(\.server)
        )
    }

    /// Reads a node as far as it can be read, with every problem reported; nil where it is no mapping.
    func decode(_ node: Node, _ findings: inout Findings) -> Root? {
        guard case .mapping(let members) = node.value else {
            findings.mismatch(node, expected: "a mapping with the fields \(Self.listed(fields))")
            return nil
        }
        var root = Root()
        var present: UInt64 = 0
        var failed: UInt64 = 0
        for member in members {
            guard let place = places[member.key] else {
                reportUnknown(member, &findings)
                continue
            }
            // `null` means that nothing is said.
            if case .null = member.node.value { continue }
            present |= 1 << UInt64(place)
            let errors = findings.errors
            findings.enter(.key(member.key))
            hands[place].decode(member.node, &root, &findings)
            findings.leave()
            if findings.errors != errors { failed |= 1 << UInt64(place) }
        }
        let missing = required & ~present
        if missing != 0 { reportMissing(missing, node, &findings) }
        reportSpelledTwice(present, node, &findings)
        for rule in rules where rule.mask & (failed | missing) == 0 { rule.check(root, node, &findings) }
        return root
    }

    /// Writes the object's fields in their order.
    func encode(_ root: Root, _ completeness: Completeness) -> Node {
        var members: [Node.Member] = []
        for hand in hands {
            if let node = hand.encode(root, completeness) { members.append(Node.Member(hand.name, node)) }
        }
        return Node(.mapping(members))
    }

    private func reportUnknown(_ member: Node.Member, _ findings: inout Findings) {
        let nearest = Suggestion.nearest(to: member.key, among: fields.map(\.schema.name))
        let advice = nearest.map { "did you mean \($0)?" } ?? "known here: \(Self.listed(fields))"
        findings.error(at: member.keyPosition, "unknown field; \(advice)", .key(member.key))
    }

    private func reportMissing(_ missing: UInt64, _ node: Node, _ findings: inout Findings) {
        for (place, field) in fields.enumerated() where missing & 1 << UInt64(place) != 0 {
            let meaning = field.schema.meaning
            let message = "missing; \(meaning.prefix(1).lowercased())\(meaning.dropFirst())"
            findings.error(at: node.position, message, .key(field.schema.name))
        }
    }

    private func reportSpelledTwice(_ present: UInt64, _ node: Node, _ findings: inout Findings) {
        for (place, field) in fields.enumerated() where field.schema.spellingOf != nil {
            guard present & 1 << UInt64(place) != 0, let other = field.schema.spellingOf, let first = places[other],
                present & 1 << UInt64(first) != 0
            else { continue }
            let position = node[field.schema.name]?.position ?? node.position
            let message = "says the same as \(other); keep one of the two"
            findings.error(at: position, message, .key(field.schema.name))
        }
    }

    private static func listed(_ fields: [Field<Root>]) -> String {
        fields.filter { $0.schema.value != .anything }.map(\.schema.name).joined(separator: ", ")
    }
}
