package import Documents

/// The list in a reply, or why the reply holds none that can be believed.
///
/// An unreadable list is never an empty one, and a part of a list is never a whole one.
package enum ListReply {
    /// Why no list can be believed.
    package struct Unreadable: Error, Hashable, Sendable {
        /// What is wrong, for people.
        package let problem: String

        /// A reason.
        package init(problem: String) { self.problem = problem }
    }

    /// Keys whose lists are never the wanted one.
    private static let foreignKeys: Set<String> = [
        "detail", "details", "error", "errors", "warnings", "suggestions", "messages",
    ]
    /// Keys that tell how much there is in all.
    private static let totals = ["count", "total", "total_count"]
    /// Keys that hold something where there is more.
    private static let pointers = ["next", "next_page", "next_cursor", "next_token", "next_page_token", "has_more"]

    /// The entries under `key`, of a bare list, or under the one key that holds a list; one `data` may be wrapped around.
    package static func entries(of root: Node, key: String) throws(Unreadable) -> [Node] {
        if let entries = root.sequence { return entries }
        guard let members = root.mapping else { throw Unreadable(problem: "a list is expected, not \(root.kind)") }
        try refuseFailure(root)
        if let wanted = root[key] {
            let entries = try named(wanted, key: key, in: root)
            try refusePart(root, entries.count)
            return entries
        }
        let lists = members.filter { $0.node.sequence != nil && !foreignKeys.contains($0.key) }
        if lists.count == 1, let entries = lists[0].node.sequence {
            try refusePart(root, entries.count)
            return entries
        }
        if lists.isEmpty, let data = root["data"], data.mapping != nil { return try entries(of: data, key: key) }
        throw Unreadable(
            problem: lists.isEmpty ? "there is no list under \(key)" : "there are several lists, none under \(key)"
        )
    }

    /// The list under its own key; `null` is an empty list only where the reply counts none itself.
    private static func named(_ node: Node, key: String, in root: Node) throws(Unreadable) -> [Node] {
        if let entries = node.sequence { return entries }
        if node.isNull, totals.contains(where: { root[$0]?.integer == 0 }) { return [] }
        throw Unreadable(problem: "\(key) is \(node.kind), not a list")
    }

    private static func refuseFailure(_ root: Node) throws(Unreadable) {
        let hasError = ["error", "error_code", "err"].contains { key in root[key].map { !$0.isNull } ?? false }
        if hasError || root["status"]?.string?.lowercased() == "error" || root["success"]?.bool == false {
            throw Unreadable(problem: "the reply says that it failed")
        }
    }

    private static func refusePart(_ root: Node, _ count: Int) throws(Unreadable) {
        for key in totals {
            if let total = root[key]?.integer, total > Int64(count) {
                throw Unreadable(problem: "\(key) says \(total), the list holds \(count): a part is not the whole")
            }
        }
        for key in pointers {
            guard let node = root[key], !node.isNull, node.bool != false, node.string != "" else { continue }
            throw Unreadable(problem: "\(key) says that there is more: a part is not the whole")
        }
    }
}
