import Reconciling

/// What `user_id` carries: words with places for who buys what, and for which try.
struct UserIDTemplate {
    /// A place that is filled for each order.
    enum Field: String, CaseIterable {
        /// The operator's id.
        case operatorID = "operator"
        /// The intent's whole name.
        case intent
        /// The slot's number.
        case slot
        /// The attempt's first eight digits.
        case attempt
    }

    private enum Part {
        case words(Substring)
        case field(Field)
    }

    /// What follows where an order goes on from a checkpoint.
    private static let after = "/after-"

    private let parts: [Part]
    /// Whether a text tells which operator has bought what: every place is there once, and something stands between two
    /// of them that no name holds.
    let isUnmistakable: Bool

    /// A template from its text, in which `{operator}`, `{intent}`, `{slot}` and `{attempt}` are places; every other brace
    /// stands for itself.
    init(_ text: String) {
        var parts: [Part] = []
        var words = text.startIndex
        var place = text.startIndex
        while let open = text[place...].firstIndex(of: "{") {
            place = text.index(after: open)
            guard let close = text[open...].firstIndex(of: "}"),
                let field = Field(rawValue: String(text[place..<close]))
            else { continue }
            if words < open { parts.append(.words(text[words..<open])) }
            parts.append(.field(field))
            place = text.index(after: close)
            words = place
        }
        if words < text.endIndex { parts.append(.words(text[words...])) }
        self.parts = parts
        isUnmistakable = Self.isUnmistakable(parts)
    }

    /// The text of an order.
    func text(_ order: Order, operatorID: String) -> String {
        var text = ""
        for part in parts {
            switch part {
            case .words(let words): text += words
            case .field(.operatorID): text += operatorID
            case .field(.intent): text += order.key.rawValue
            case .field(.slot): text += String(order.slot)
            case .field(.attempt): text += order.attempt.short
            }
        }
        // FlexAI takes no environment: its user field is all that can say from which attempt this one goes on.
        return text + (order.continues.map { Self.after + $0.short } ?? "")
    }

    private static func isUnmistakable(_ parts: [Part]) -> Bool {
        var fields: [Field] = []
        var isApart = true
        for part in parts {
            switch part {
            case .field(let field):
                guard isApart else { return false }
                fields.append(field)
                isApart = false
            case .words(let words): isApart = isApart || words.first.map { !isOfNames($0) } ?? false
            }
        }
        return fields.count == Field.allCases.count && Set(fields).count == fields.count
    }

    /// Whether a text names an operator, where it is unmistakable.
    func names(_ operatorID: String, _ text: String) -> Bool {
        isUnmistakable && !operatorID.isEmpty && text.contains(operatorID)
    }

    /// The slot and the attempt of a text that was made for an intent by an operator; nil for every other text.
    func read(_ text: String, of key: IntentKey, operatorID: String) -> OwnReference? {
        guard isUnmistakable, !operatorID.isEmpty else { return nil }
        var rest = text[...]
        var (slot, attempt) = (0, "")
        for part in parts {
            switch part {
            case .words(let words): guard rest.removePrefix(words) else { return nil }
            case .field(.operatorID): guard rest.removePrefix(operatorID) else { return nil }
            case .field(.intent): guard rest.removePrefix(key.rawValue) else { return nil }
            case .field(.slot):
                let digits = rest.prefix { $0.isASCII && $0.isNumber }
                guard let number = Int(digits) else { return nil }
                slot = number
                rest = rest.dropFirst(digits.count)
            case .field(.attempt):
                attempt = String(rest.prefix(8))
                guard OwnReference.isAttempt(attempt) else { return nil }
                rest = rest.dropFirst(8)
            }
        }
        guard rest.isEmpty || rest.hasPrefix(Self.after) else { return nil }
        return OwnReference(slot: slot, attempt: attempt)
    }

    /// Whether a character may stand in an intent's name or an operator's id.
    private static func isOfNames(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || character == "-" || character == "."
    }
}

extension Substring {
    /// Drops a prefix; returns whether it was there.
    fileprivate mutating func removePrefix(_ prefix: some StringProtocol) -> Bool {
        guard hasPrefix(prefix) else { return false }
        self = dropFirst(prefix.count)
        return true
    }
}
