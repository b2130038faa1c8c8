/// Where something stands in a file: both count from 1, columns in UTF-8 bytes.
package struct Position: Hashable, Sendable {
    /// The line, from 1.
    package let line: Int32
    /// The column, from 1, counted in UTF-8 bytes.
    package let column: Int32

    /// A position from its two counts.
    package init(line: Int32, column: Int32) {
        self.line = line
        self.column = column
    }

    /// The first byte of a file.
    package static let start = Position(line: 1, column: 1)
}

/// A piece of a YAML or JSON document that remembers where it was written.
///
/// Equality looks at the value alone, so that the same content compares equal wherever it stands.
package struct Node: Sendable {
    /// What was written.
    package var value: Value
    /// Where its first character stands.
    package var position: Position

    /// A node at a place; content that no file holds stands at the start.
    package init(_ value: Value, at position: Position = .start) {
        self.value = value
        self.position = position
    }

    /// The kinds of content that YAML's core schema and JSON share.
    package enum Value: Sendable, Equatable {
        /// `null`, `~` or nothing.
        case null
        /// `true` or `false`.
        case bool(Bool)
        /// A whole number that fits 64 bits.
        case integer(Int64)
        /// Any other number, with the text it was written as, so that `8.0` can still be read as a version.
        case number(Double, text: String)
        /// Text.
        case string(String)
        /// A list.
        case sequence([Node])
        /// Keys and values in the order they were written; no key occurs twice.
        case mapping([Member])
    }

    /// One entry of a mapping.
    package struct Member: Sendable, Equatable {
        /// The key's text.
        package var key: String
        /// Where the key stands.
        package var keyPosition: Position
        /// What the key leads to.
        package var node: Node

        /// An entry; content that no file holds stands at the start.
        package init(_ key: String, at keyPosition: Position = .start, _ node: Node) {
            self.key = key
            self.keyPosition = keyPosition
            self.node = node
        }

        package static func == (left: Self, right: Self) -> Bool { left.key == right.key && left.node == right.node }
    }
}

extension Node: Equatable {
    package static func == (left: Node, right: Node) -> Bool { left.value == right.value }
}

extension Node {
    /// The value under `key`, or nil where this is no mapping or holds no such key.
    package subscript(_ key: String) -> Node? {
        guard case .mapping(let members) = value else { return nil }
        return members.first { $0.key == key }?.node
    }

    /// The text, where this is a string.
    package var string: String? {
        guard case .string(let text) = value else { return nil }
        return text
    }

    /// The entries, where this is a list.
    package var sequence: [Node]? {
        guard case .sequence(let nodes) = value else { return nil }
        return nodes
    }

    /// The members, where this is a mapping.
    package var mapping: [Member]? {
        guard case .mapping(let members) = value else { return nil }
        return members
    }
}
