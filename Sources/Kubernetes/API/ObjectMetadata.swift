package import Documents
package import Intents

/// What Kubernetes keeps of every object, as far as it is needed here.
package struct ObjectMetadata: Hashable, Sendable {
    /// Where it lives, and its name there; the namespace is empty for what has none.
    package var name: ObjectName
    /// Tells it from every other object of the same name, earlier or later.
    package var uid: String
    /// Names this state of it; nothing may be read into it but that it differs from others.
    package var resourceVersion: String
    /// Counts the changes of its spec; 0 for kinds that do not count.
    package var generation: Int
    /// When it was made.
    package var creationTimestamp: Timestamp?
    /// Since when it is to go; it stays until its finalizers are gone.
    package var deletionTimestamp: Timestamp?
    /// Who has still to agree to its end.
    package var finalizers: [String]
    /// Labels, for selectors.
    package var labels: [String: String]
    /// Annotations, for tools.
    package var annotations: [String: String]
    /// The uids of the objects that own it.
    package var owners: [String]

    /// Reads the `metadata` of an object.
    package init(_ object: ObjectFields) throws(MalformedObject) {
        let fields = try object.part("metadata")
        name = ObjectName(namespace: try fields.optionalText("namespace") ?? "", name: try fields.text("name"))
        uid = try fields.optionalText("uid") ?? ""
        resourceVersion = try fields.optionalText("resourceVersion") ?? ""
        generation = try fields.optionalInteger("generation") ?? 0
        creationTimestamp = try fields.optionalMoment("creationTimestamp")
        deletionTimestamp = try fields.optionalMoment("deletionTimestamp")
        finalizers = try fields.texts("finalizers")
        labels = try fields.textsByName("labels")
        annotations = try fields.textsByName("annotations")
        owners = try fields.parts("ownerReferences").map { owner throws(MalformedObject) in try owner.text("uid") }
    }

    /// Whether somebody has asked for its end.
    package var isDeleting: Bool { deletionTimestamp != nil }
}

/// Names an object as the owner of another, so that the other one goes with it.
package struct OwnerReference: Hashable, Sendable {
    /// The owner's kind.
    package var resource: APIResource
    /// The owner's name, in the same namespace.
    package var name: String
    /// The owner's uid.
    package var uid: String

    /// An owner.
    package init(resource: APIResource, name: String, uid: String) {
        self.resource = resource
        self.name = name
        self.uid = uid
    }

    /// As it stands in `metadata.ownerReferences`.
    ///
    /// `blockOwnerDeletion` is left out: it would ask for a right on the owner's finalizers.
    package var node: Node {
        .mapping([
            "apiVersion": .string(resource.apiVersion),
            "kind": .string(resource.kind),
            "name": .string(name),
            "uid": .string(uid),
            "controller": true,
        ])
    }
}
