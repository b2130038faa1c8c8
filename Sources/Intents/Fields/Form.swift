import Documents

/// How one kind of value is read, written and described.
struct Form<Value: Sendable>: Sendable {
    /// What values there are.
    let schema: ValueSchema
    /// Reads a value; nil, with at least one error reported, where the node holds none.
    ///
    /// A list or an object comes back as far as it could be read even where errors were reported.
    let decode: @Sendable (Node, inout Findings) -> Value?
    /// Writes a value; nil where it is said by saying nothing.
    let encode: @Sendable (Value, Completeness) -> Node?
}

/// Whether values that equal their default are written down.
package enum Completeness: Hashable, Sendable {
    /// Only what differs from its default.
    case brief
    /// Every value of each object that is written at all, for readers that know other defaults.
    case complete
}

extension Form {
    /// Text that a function reads and another writes; plain numbers are read through the text they were written as.
    ///
    /// `expected` says what is wanted where the node is neither, such as `text such as "32Gi"`.
    static func parsed(
        schema: ValueSchema,
        expected: String,
        parse: @escaping @Sendable (String) throws(UnitError) -> Value,
        write: @escaping @Sendable (Value) -> Node?
    ) -> Form {
        Form(
            schema: schema,
            decode: { node, findings in
                guard let text = node.scalarText else {
                    findings.mismatch(node, expected: expected)
                    return nil
                }
                do throws(UnitError) {
                    return try parse(text)
                } catch {
                    findings.error(at: node.position, error.description)
                    return nil
                }
            },
            encode: { value, _ in write(value) }
        )
    }

    /// A list of values.
    static func list<Element>(of form: Form<Element>) -> Form where Value == [Element] {
        Form(
            schema: .list(form.schema),
            decode: { node, findings in
                guard let entries = node.sequence else {
                    findings.mismatch(node, expected: "a list")
                    return nil
                }
                var values: [Element] = []
                values.reserveCapacity(entries.count)
                for (index, entry) in entries.enumerated() {
                    findings.enter(.index(index))
                    if let value = form.decode(entry, &findings) { values.append(value) }
                    findings.leave()
                }
                return values
            },
            encode: { values, completeness in Node(.sequence(values.compactMap { form.encode($0, completeness) })) }
        )
    }

    /// An object with fields of its own.
    static func object() -> Form where Value: Described {
        Form(
            schema: .object(Value.description.schema),
            decode: { node, findings in Value.description.decode(node, &findings) },
            encode: { value, completeness in Value.description.encode(value, completeness) }
        )
    }
}

extension Node {
    /// The text, or the text that a number was written as.
    var scalarText: String? {
        switch value {
        case .string(let text): text
        case .integer(let integer): String(integer)
        case .number(_, let text): text
        default: nil
        }
    }
}
