import Documents

extension Node {
    /// The whole number, where this is one.
    var wholeNumber: Int? {
        guard case .integer(let value) = value else { return nil }
        return Int(exactly: value)
    }

    /// The truth value, where this is one.
    var truth: Bool? {
        guard case .bool(let value) = value else { return nil }
        return value
    }

    /// Any number, where this is one.
    var decimal: Double? {
        switch value {
        case .integer(let value): Double(value)
        case .number(let value, _): value
        default: nil
        }
    }

    /// The texts, where this is a list of texts only.
    var strings: [String]? {
        guard let entries = sequence else { return nil }
        let texts = entries.compactMap(\.string)
        return texts.count == entries.count ? texts : nil
    }

    /// A mapping of these members, in order.
    static func object(_ members: KeyValuePairs<String, Node.Value>) -> Node {
        Node(.mapping(members.map { Node.Member($0.key, Node($0.value)) }))
    }
}
