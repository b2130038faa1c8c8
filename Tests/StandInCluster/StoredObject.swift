import Documents
import Kubernetes

/// An object as the stand-in keeps it, and who wrote which of its fields.
struct StoredObject {
    var node: Node
    /// By manager, with how it writes and into which part.
    var managers: [String: Set<FieldPath>] = [:]

    var uid: String { node["metadata"]?["uid"]?.string ?? "" }
    var version: String { node["metadata"]?["resourceVersion"]?.string ?? "" }
    var finalizers: [String] { (node["metadata"]?["finalizers"]?.sequence ?? []).compactMap(\.string) }
    var isDeleting: Bool { node["metadata"]?["deletionTimestamp"] != nil }

    /// Fields that belong to nobody.
    private static let heads: Set<String> = [
        "apiVersion", "kind", "metadata.name", "metadata.namespace", "metadata.uid", "metadata.resourceVersion",
        "metadata.generation", "metadata.creationTimestamp", "metadata.deletionTimestamp", "metadata.managedFields",
    ]

    /// The fields of a tree that somebody can own.
    static func ownable(_ node: Node) -> [FieldPath: Node] {
        FieldTree.leaves(node).filter { path, _ in
            !heads.contains(path.steps.prefix(2).joined(separator: ".")) && !heads.contains(path.steps[0])
        }
    }

    /// Notes that a manager has written whatever differs from before.
    mutating func own(changesSince old: Node, by manager: String) {
        let before = Self.ownable(old)
        let after = Self.ownable(node)
        for (path, value) in after where before[path] != value {
            for key in managers.keys { managers[key]?.remove(path) }
            managers[manager, default: []].insert(path)
        }
        for path in before.keys where after[path] == nil {
            for key in managers.keys { managers[key]?.remove(path) }
        }
    }

    /// Lays what a manager applies over the object; gives the conflicts where it is not forced.
    mutating func apply(
        _ wanted: [FieldPath: Node],
        by manager: String,
        isForced: Bool
    ) -> [(manager: String, field: String)] {
        let present = Self.ownable(node)
        var conflicts: [(manager: String, field: String)] = []
        for (path, value) in wanted.sorted(by: { $0.key < $1.key }) where present[path] != value {
            for (other, paths) in managers where other != manager && paths.contains(path) {
                conflicts.append((String(other.prefix { $0 != "|" }), path.description))
            }
        }
        guard isForced || conflicts.isEmpty else { return conflicts }
        for (path, value) in wanted.sorted(by: { $0.key < $1.key }) where present[path] != value {
            for key in managers.keys where key != manager { managers[key]?.remove(path) }
            node = FieldTree.setting(node, path.steps[...], to: value)
        }
        for path in managers[manager] ?? [] where wanted[path] == nil {
            guard !managers.contains(where: { $0.key != manager && $0.value.contains(path) }) else { continue }
            node = FieldTree.removing(node, path.steps[...]) ?? node
        }
        managers[manager] = Set(wanted.keys)
        return []
    }
}
