/// Nodes written down in code: `["a", 1, true, nil]`, and `.mapping(["name": "a", "ports": [80, 443]])`.
///
/// A dictionary literal alone is no node: that protocol needs a type `Value` of its own, and `Node.Value` is another.
extension Node: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByFloatLiteral, ExpressibleByArrayLiteral, ExpressibleByNilLiteral
{
    package init(stringLiteral text: String) { self.init(.string(text)) }

    package init(integerLiteral integer: Int64) { self.init(.integer(integer)) }

    package init(booleanLiteral truth: Bool) { self.init(.bool(truth)) }

    package init(floatLiteral number: Double) { self = .number(number) }

    package init(arrayLiteral entries: Node...) { self.init(.sequence(entries)) }

    package init(nilLiteral: ()) { self.init(.null) }
}

extension Node {
    /// Nothing.
    package static var null: Node { Node(.null) }

    /// Text.
    package static func string(_ text: some StringProtocol) -> Node { Node(.string(String(text))) }

    /// A whole number; one that does not fit 64 bits signed becomes a number with its digits as text.
    package static func integer(_ integer: some BinaryInteger) -> Node {
        if let small = Int64(exactly: integer) { return Node(.integer(small)) }
        return Node(.number(Double(integer), text: String(integer)))
    }

    /// A number that need not be whole, written as Swift writes it: shortest, and read back to the same bits.
    package static func number(_ number: Double) -> Node {
        Node(.number(number, text: DocumentPrinter.text(of: number)))
    }

    /// A truth.
    package static func bool(_ truth: Bool) -> Node { Node(.bool(truth)) }

    /// A list.
    package static func list(_ entries: some Sequence<Node>) -> Node { Node(.sequence(Array(entries))) }

    /// A mapping in the order given; giving one key twice is a mistake in the code and traps.
    package static func mapping(_ members: [(String, Node)]) -> Node {
        let members = members.map { Member($0.0, $0.1) }
        precondition(DuplicateKey(in: members) == nil, "each key of a mapping once")
        return Node(.mapping(members))
    }

    /// A mapping in the order of the literal; writing one key twice is a mistake in the code and traps.
    package static func mapping(_ members: KeyValuePairs<String, Node>) -> Node {
        mapping(members.map { ($0.key, $0.value) })
    }

    /// A mapping of those members that have a value: `nil` leaves a key out, `.null` writes it.
    package static func mapping(droppingNil members: KeyValuePairs<String, Node?>) -> Node {
        mapping(members.compactMap { key, node in node.map { (key, $0) } })
    }
}
