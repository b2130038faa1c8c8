import Documents

/// One field of an object: its name, meaning and place in the value, and how it is read and written.
struct Field<Root: Described>: Sendable {
    /// What is known of it.
    let schema: FieldSchema
    /// Reads the node into the value.
    let decode: @Sendable (Node, inout Root, inout Findings) -> Void
    /// Writes the value's part; nil where nothing is to be written.
    let encode: @Sendable (Root, Completeness) -> Node?

    /// A field that must be there.
    static func required<Value>(
        _ name: String,
        _ place: any WritableKeyPath<Root, Value> & Sendable,
        _ form: Form<Value>,
        _ meaning: String
    ) -> Field {
        Field(
            schema: FieldSchema(
                name: name,
                meaning: meaning,
                isRequired: true,
                standard: nil,
                isImplied: false,
                spellingOf: nil,
                value: form.schema
            ),
            decode: { node, root, findings in
                if let value = form.decode(node, &findings) { root[keyPath: place] = value }
            },
            encode: { root, completeness in form.encode(root[keyPath: place], completeness) }
        )
    }

    /// A field whose absence means the value that a new object has.
    static func standard<Value: Equatable>(
        _ name: String,
        _ place: any WritableKeyPath<Root, Value> & Sendable,
        _ form: Form<Value>,
        _ meaning: String,
        documented: Node? = nil
    ) -> Field {
        let standard = Root()[keyPath: place]
        let documented = documented ?? form.encode(standard, .brief)
        return Field(
            schema: FieldSchema(
                name: name,
                meaning: meaning,
                isRequired: false,
                standard: documented.filled,
                isImplied: documented.filled != nil,
                spellingOf: nil,
                value: form.schema
            ),
            decode: { node, root, findings in
                if let value = form.decode(node, &findings) { root[keyPath: place] = value }
            },
            encode: { root, completeness in
                let value = root[keyPath: place]
                guard value == standard else { return form.encode(value, completeness) }
                guard completeness == .complete, let node = form.encode(value, .brief), !node.isHollow else {
                    return nil
                }
                return node
            }
        )
    }

    /// A field whose absence means nothing; `documented` is the default that the reference names all the same.
    static func optional<Value>(
        _ name: String,
        _ place: any WritableKeyPath<Root, Value?> & Sendable,
        _ form: Form<Value>,
        _ meaning: String,
        documented: Node? = nil
    ) -> Field {
        Field(
            schema: FieldSchema(
                name: name,
                meaning: meaning,
                isRequired: false,
                standard: documented,
                isImplied: false,
                spellingOf: nil,
                value: form.schema
            ),
            decode: { node, root, findings in
                if let value = form.decode(node, &findings) { root[keyPath: place] = value }
            },
            encode: { root, completeness in root[keyPath: place].flatMap { form.encode($0, completeness) } }
        )
    }

    /// Another name for a field of the same object, which is read but never written.
    static func spelling<Value>(
        _ name: String,
        of other: String,
        _ place: any WritableKeyPath<Root, Value?> & Sendable,
        _ form: Form<Value>,
        _ meaning: String
    ) -> Field {
        let field = optional(name, place, form, meaning)
        return Field(
            schema: FieldSchema(
                name: name,
                meaning: meaning,
                isRequired: false,
                standard: nil,
                isImplied: false,
                spellingOf: other,
                value: form.schema
            ),
            decode: field.decode,
            encode: { _, _ in nil }
        )
    }

    /// A field that others write and the operator lets be.
    static func tolerated(_ name: String, _ meaning: String) -> Field {
        Field(
            schema: FieldSchema(
                name: name,
                meaning: meaning,
                isRequired: false,
                standard: nil,
                isImplied: false,
                spellingOf: nil,
                value: .anything
            ),
            decode: { _, _, _ in },
            encode: { _, _ in nil }
        )
    }
}

extension Node? {
    /// The node, unless it is a list or a mapping without anything in it.
    ///
    /// Spelled out because a bare `nil` beside a node is a node, `null`.
    fileprivate var filled: Node? {
        guard let self, !self.isHollow else { return .none }
        return self
    }
}

extension Node {
    /// Whether this is a list or a mapping without anything in it.
    var isHollow: Bool {
        switch value {
        case .sequence(let entries): entries.isEmpty
        case .mapping(let members): members.isEmpty
        default: false
        }
    }
}
