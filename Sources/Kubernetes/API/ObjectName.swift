package import Reconciling

/// Names an object of a namespaced kind.
package struct ObjectName: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The namespace.
    package let namespace: String
    /// The name within it.
    package let name: String

    /// A name in a namespace.
    package init(namespace: String, name: String) {
        self.namespace = namespace
        self.name = name
    }

    /// The object of an intent's key; nil where the key has no namespace.
    package init?(_ key: IntentKey) {
        let parts = key.rawValue.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else { return nil }
        self.init(namespace: String(parts[0]), name: String(parts[1]))
    }

    /// The key under which an intent of this name is kept: `namespace/name`.
    package var key: IntentKey { IntentKey(rawValue: description) }

    /// `namespace/name`.
    package var description: String { "\(namespace)/\(name)" }

    package static func < (left: Self, right: Self) -> Bool {
        (left.namespace, left.name) < (right.namespace, right.name)
    }
}
