/// A kind of object as its API server's paths and bodies name it.
package struct APIResource: Hashable, Sendable {
    /// The API group; empty for the core group.
    package let group: String
    /// The version within the group.
    package let version: String
    /// The plural in lower case, as it stands in paths.
    package let plural: String
    /// The kind, as it stands in bodies.
    package let kind: String

    /// A kind by its names.
    package init(group: String, version: String, plural: String, kind: String) {
        self.group = group
        self.version = version
        self.plural = plural
        self.kind = kind
    }

    /// `group/version`, or the version alone in the core group.
    package var apiVersion: String { group.isEmpty ? version : "\(group)/\(version)" }

    /// The name that refusals use: `intents.intent-operator.dev`.
    package var fullName: String { group.isEmpty ? plural : "\(plural).\(group)" }

    /// The segments of a path: of the collection, of one object, or of a part of it such as `status`.
    ///
    /// Without a namespace the collection is that of all namespaces.
    package func path(namespace: String?, name: String? = nil, subresource: String? = nil) -> [String] {
        var segments = group.isEmpty ? ["api", version] : ["apis", group, version]
        if let namespace { segments += ["namespaces", namespace] }
        segments.append(plural)
        if let name { segments.append(name) }
        if let subresource { segments.append(subresource) }
        return segments
    }
}

extension APIResource {
    /// The API group of our own kinds.
    package static let ownGroup = "intent-operator.dev"

    /// What people wish for.
    package static let intents = APIResource(group: ownGroup, version: "v1alpha1", plural: "intents", kind: "Intent")
    /// The ledger's rows.
    package static let allocations = APIResource(
        group: ownGroup,
        version: "v1alpha1",
        plural: "allocations",
        kind: "Allocation"
    )
    /// The lock.
    package static let leases = APIResource(
        group: "coordination.k8s.io",
        version: "v1",
        plural: "leases",
        kind: "Lease"
    )
    /// What happened, for people.
    package static let events = APIResource(group: "events.k8s.io", version: "v1", plural: "events", kind: "Event")
}
