package import Documents
package import Reconciling

extension TransportReply {
    /// A JSON object as a reply.
    static func json(_ status: Int, _ content: (inout JSONText) -> Void) -> TransportReply {
        jsonValue(status) { text in text.object(content) }
    }

    /// Any JSON value as a reply.
    static func jsonValue(_ status: Int, _ content: (inout JSONText) -> Void) -> TransportReply {
        var text = JSONText()
        content(&text)
        return TransportReply(
            status: status,
            headers: [("Content-Type", "application/json")],
            body: text.bytes
        )
    }

    /// A tree as a reply, for control and audit.
    package static func node(_ status: Int, _ node: Node) -> TransportReply {
        jsonValue(status) { text in text.node(node) }
    }
}

extension JSONText {
    /// A whole tree.
    mutating func node(_ node: Node) {
        switch node.value {
        case .null: null()
        case .bool(let value): literal(value ? "true" : "false")
        case .integer(let value): literal(String(value))
        case .number(_, let text): literal(text)
        case .string(let text): string(text)
        case .sequence(let entries): array { list in for entry in entries { list.node(entry) } }
        case .mapping(let members):
            object { object in
                for member in members {
                    object.key(member.key)
                    object.node(member.node)
                }
            }
        }
    }
}
