extension Node {
    /// The whole number, where this is one.
    package var integer: Int64? {
        guard case .integer(let integer) = value else { return nil }
        return integer
    }

    /// The number, where this is one, whole or not; whole ones beyond 2⁵³ lose their last digits.
    package var number: Double? {
        switch value {
        case .integer(let integer): Double(integer)
        case .number(let number, _): number
        default: nil
        }
    }

    /// The truth, where this is one.
    package var bool: Bool? {
        guard case .bool(let truth) = value else { return nil }
        return truth
    }

    /// Whether this is `null`.
    package var isNull: Bool { value == .null }

    /// What this is, with its article, for messages: `a list`, `text`.
    package var kind: String {
        switch value {
        case .null: "null"
        case .bool: "true or false"
        case .integer: "a whole number"
        case .number: "a number"
        case .string: "text"
        case .sequence: "a list"
        case .mapping: "a mapping"
        }
    }
}
