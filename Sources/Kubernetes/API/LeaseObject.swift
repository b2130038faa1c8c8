package import Documents
package import Intents

/// The lock as it lies in the cluster.
package struct LeaseObject: Hashable, Sendable {
    /// Its head.
    package var metadata: ObjectMetadata
    /// Who holds it; nil where nobody does.
    package var holder: String?
    /// How long it is held without a renewal, in seconds; nil where it does not say.
    package var durationSeconds: Int?
    /// When it came to this holder, by the holder's clock.
    package var acquiredAt: Timestamp?
    /// When it was last renewed, by the holder's clock.
    package var renewedAt: Timestamp?
    /// How often it has changed hands.
    package var transitions: Int

    /// Reads a Lease.
    package init(_ node: Node) throws(MalformedObject) {
        let object = try ObjectFields(node, path: "")
        metadata = try ObjectMetadata(object)
        let spec = try object.optionalPart("spec")
        let name = try spec?.optionalText("holderIdentity")
        holder = name?.isEmpty == false ? name : nil
        durationSeconds = try spec?.optionalInteger("leaseDurationSeconds")
        acquiredAt = try spec?.optionalMoment("acquireTime")
        renewedAt = try spec?.optionalMoment("renewTime")
        transitions = try spec?.optionalInteger("leaseTransitions") ?? 0
    }
}

/// What is written into a Lease.
package struct LeaseClaim: Hashable, Sendable {
    /// Who holds it; empty gives it back.
    package var holder: String
    /// How long it is held without a renewal, in seconds; at least 1.
    package var durationSeconds: Int
    /// When it came to this holder.
    package var acquiredAt: Timestamp
    /// Now.
    package var renewedAt: Timestamp
    /// How often it has changed hands.
    package var transitions: Int

    /// The `spec` of the Lease.
    var spec: Node {
        .mapping([
            "holderIdentity": .string(holder),
            "leaseDurationSeconds": .integer(durationSeconds),
            "acquireTime": .string(acquiredAt.microText),
            "renewTime": .string(renewedAt.microText),
            "leaseTransitions": .integer(transitions),
        ])
    }

    /// The whole Lease, for creating it.
    package func creation(_ name: ObjectName, annotations: [(String, Node)]) -> Node {
        .mapping([
            "apiVersion": .string(APIResource.leases.apiVersion),
            "kind": .string(APIResource.leases.kind),
            "metadata": .mapping([
                "name": .string(name.name), "namespace": .string(name.namespace), "annotations": .mapping(annotations),
            ]),
            "spec": spec,
        ])
    }

    /// A merge patch that fails where the Lease is no longer in the given state.
    package func patch(resourceVersion: String) -> Node {
        .mapping(["metadata": .mapping(["resourceVersion": .string(resourceVersion)]), "spec": spec])
    }
}
