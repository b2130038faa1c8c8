package import Documents
package import Intents

/// A JSON object of a reply, read by whichever of several names a field has.
///
/// Whatever cannot be read is nil: a strange field never fails the reply around it. Texts come cleaned and bounded.
package struct ReplyObject: Sendable {
    /// The object itself.
    package let node: Node
    private let words: SafeWords

    /// The object, or nil where the node is none.
    package init?(_ node: Node?, words: SafeWords) {
        guard let node, node.mapping != nil else { return nil }
        self.node = node
        self.words = words
    }

    /// The first of these fields that is there and not null.
    package func field(_ names: String...) -> Node? {
        // A bare `nil` here would be a node that holds null.
        first(names) { $0.isNull ? Optional<Node>.none : $0 }
    }

    /// The first of these fields that is an object.
    package func object(_ names: String...) -> ReplyObject? { first(names) { ReplyObject($0, words: words) } }

    /// The first of these fields that is text with something in it, or a number as text.
    package func text(_ names: String...) -> String? {
        first(names) { node in
            guard let raw = Self.scalar(node) else { return nil }
            let clean = words.clean(raw, limit: SafeWords.longestField)
            return clean.isEmpty ? nil : clean
        }
    }

    /// The first of these fields that is a whole number, or text that is one.
    package func count(_ names: String...) -> Int? {
        first(names) { node in
            if let whole = node.integer { return Int(exactly: whole) }
            if let number = node.number { return Int(exactly: number) }
            return node.string.flatMap { Int($0) }
        }
    }

    /// The first of these fields that is true or false.
    package func truth(_ names: String...) -> Bool? {
        first(names) { node in
            switch node.string?.lowercased() {
            case "true", "yes": true
            case "false", "no": false
            default: node.bool
            }
        }
    }

    /// The first of these fields that is a moment: ISO 8601, where a missing zone means UTC, or seconds since 1970.
    package func moment(_ names: String...) -> Timestamp? { first(names, ReplyMoment.read) }

    /// The first of these fields that is a price in euros above zero; numbers and texts without a currency count only
    /// where `unit` names one.
    ///
    /// Nothing, or less than nothing, is no price: platforms write zero where they do not know.
    package func price(_ names: String..., unit: ReplyPrice.Unit) -> Money? {
        first(names) { ReplyPrice.read($0, unit: unit) }.flatMap { $0 > .zero ? $0 : nil }
    }

    /// The first of these fields that is an amount of memory, as `ReplyMemory` reads it.
    package func memory(_ names: String...) -> Quantity? { first(names, ReplyMemory.read) }

    /// The first of these fields that is a CUDA compute capability.
    package func capability(_ names: String...) -> ComputeCapability? {
        first(names) { node in
            guard let text = Self.scalar(node) else { return nil }
            do throws(UnitError) { return try ComputeCapability(parsing: text) } catch { return nil }
        }
    }

    /// The first of these fields that can be an allocation's id: short, visible text without spaces, or a whole number.
    ///
    /// An id is never changed: what is not fit to be one is none.
    package func id(_ names: String...) -> AllocationID? { first(names, Self.id) }

    private static func id(_ node: Node) -> AllocationID? {
        guard let text = scalar(node) else { return nil }
        let isVisible = text.unicodeScalars.allSatisfy { scalar in
            if scalar.isASCII { return scalar.value > 0x20 && scalar.value != 0x7F }
            return !scalar.properties.isWhitespace && scalar.properties.generalCategory != .control
                && scalar.properties.generalCategory != .format
        }
        guard !text.isEmpty, text.utf8.count <= longestID, isVisible else { return nil }
        if case .number = node.value, !text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) { return nil }
        return AllocationID(rawValue: text)
    }

    /// The longest id, in bytes.
    static let longestID = 256

    private static func scalar(_ node: Node) -> String? {
        switch node.value {
        case .string(let text): text
        case .integer(let number): String(number)
        case .number(_, let text): text
        default: nil
        }
    }

    private func first<Value>(_ names: [String], _ read: (Node) -> Value?) -> Value? {
        for name in names {
            if let node = node[name], let value = read(node) { return value }
        }
        return nil
    }
}
