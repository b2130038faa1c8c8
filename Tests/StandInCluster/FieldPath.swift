import Documents

/// The way to a field: keys, and in lists of conditions and finalizers the entry's own name.
struct FieldPath: Hashable, Comparable {
    var steps: [String]

    static func < (left: Self, right: Self) -> Bool { left.steps.lexicographicallyPrecedes(right.steps) }

    /// As the server writes it in a conflict.
    var description: String { "." + steps.joined(separator: ".") }
}

/// Fields as their managers see them: one value for each path that ends in no mapping.
enum FieldTree {
    /// Lists whose entries are told apart by this key, by the key under which they stand.
    private static let named = ["conditions": "type"]
    /// Lists that are sets of texts.
    private static let sets: Set<String> = ["finalizers"]

    /// Every path with its value.
    static func leaves(_ node: Node, _ path: [String] = []) -> [FieldPath: Node] {
        var leaves: [FieldPath: Node] = [:]
        if let members = node.mapping {
            if members.isEmpty, !path.isEmpty { leaves[FieldPath(steps: path)] = node }
            for member in members {
                leaves.merge(Self.leaves(member.node, path + [member.key])) { $1 }
            }
        } else if let entries = node.sequence, entries.isEmpty {
            leaves[FieldPath(steps: path)] = node
        } else if let entries = node.sequence, let last = path.last, let key = named[last] {
            for entry in entries {
                leaves.merge(Self.leaves(entry, path + ["[\(entry[key]?.string ?? "")]"])) { $1 }
            }
        } else if let entries = node.sequence, let last = path.last, sets.contains(last) {
            for entry in entries { leaves[FieldPath(steps: path + ["=\(entry.string ?? "")"])] = entry }
        } else {
            leaves[FieldPath(steps: path)] = node
        }
        return leaves
    }

    /// The object with a field set.
    static func setting(_ node: Node, _ path: ArraySlice<String>, to value: Node) -> Node {
        guard let step = path.first else { return value }
        if step.hasPrefix("=") {
            let entries = node.sequence ?? []
            return entries.contains(value) ? node : .list(entries + [value])
        }
        if step.hasPrefix("[") {
            let name = String(step.dropFirst().dropLast())
            var entries = node.sequence ?? []
            let index = entries.firstIndex { entry in named.values.contains { entry[$0]?.string == name } }
            let fresh = Node.mapping(["type": .string(name)])
            let entry = setting(index.map { entries[$0] } ?? fresh, path.dropFirst(), to: value)
            if let index { entries[index] = entry } else { entries.append(entry) }
            return .list(entries)
        }
        var members = node.mapping ?? []
        let index = members.firstIndex { $0.key == step }
        let child = setting(index.map { members[$0].node } ?? .mapping([]), path.dropFirst(), to: value)
        if let index { members[index].node = child } else { members.append(Node.Member(step, child)) }
        return Node(.mapping(members))
    }

    /// The object without a field; what is left empty goes too, but for the object itself.
    static func removing(_ node: Node, _ path: ArraySlice<String>) -> Node? {
        guard let step = path.first else { return nil }
        if step.hasPrefix("=") {
            let rest = (node.sequence ?? []).filter { $0.string != String(step.dropFirst()) }
            return rest.isEmpty ? nil : .list(rest)
        }
        if step.hasPrefix("[") {
            let name = String(step.dropFirst().dropLast())
            let rest = (node.sequence ?? []).compactMap { entry in
                named.values.contains { entry[$0]?.string == name } ? removing(entry, path.dropFirst()) : entry
            }
            return rest.isEmpty ? nil : .list(rest)
        }
        var members = node.mapping ?? []
        guard let index = members.firstIndex(where: { $0.key == step }) else { return node }
        if let child = removing(members[index].node, path.dropFirst()) {
            members[index].node = child
        } else {
            members.remove(at: index)
        }
        return members.isEmpty ? nil : Node(.mapping(members))
    }
}

extension Node {
    /// This with a merge patch laid over it (RFC 7396).
    func merging(_ patch: Node) -> Node {
        guard let changes = patch.mapping else { return patch }
        var members = mapping ?? []
        for change in changes {
            let index = members.firstIndex { $0.key == change.key }
            if change.node.isNull {
                if let index { members.remove(at: index) }
            } else if let index {
                members[index].node = members[index].node.merging(change.node)
            } else {
                members.append(Member(change.key, Node.mapping([]).merging(change.node)))
            }
        }
        return Node(.mapping(members))
    }

    /// This with one member set, or removed for nil.
    func with(_ key: String, _ value: Node?) -> Node {
        var members = mapping ?? []
        members.removeAll { $0.key == key }
        if let value { members.append(Member(key, value)) }
        return Node(.mapping(members))
    }

    /// This with a member of its metadata set, or removed for nil.
    func withMetadata(_ key: String, _ value: Node?) -> Node {
        with("metadata", (self["metadata"] ?? .mapping([])).with(key, value))
    }
}
