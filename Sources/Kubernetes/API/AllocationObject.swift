package import Documents
import Intents
import Placement
package import Reconciling

/// A ledger's row as it lies in the cluster.
package struct AllocationObject: Hashable, Sendable {
    /// Its head.
    package var metadata: ObjectMetadata
    /// The row.
    package var record: AllocationRecord
    /// The operator that wrote it.
    package var operatorID: String

    /// Reads an Allocation.
    package init(_ node: Node) throws(MalformedObject) {
        let object = try ObjectFields(node, path: "")
        metadata = try ObjectMetadata(object)
        let spec = try object.part("spec")
        operatorID = try spec.text("operator")
        record = try AllocationRecord(spec: spec, namespace: metadata.name.namespace)
        // Without a status the row is as it was made: nobody knows what became of the call.
        if let status = try object.optionalPart("status") { try record.takeStanding(status) }
        // The body is for repeating a call whose outcome is not known.
        if record.phase != .open, record.phase != .unknown { record.body = nil }
    }

    /// The name of an attempt: the same for two operators that are about to make the same one.
    package static func name(intentUID: String, slot: Int, ordinal: Int) -> String {
        "\(intentUID)-\(slot)-\(ordinal)"
    }

    /// A new Allocation, for creating it; `labels` are its Intent's.
    package static func creation(
        _ record: AllocationRecord,
        owner: OwnerReference,
        operatorID: String,
        labels: [String: String] = [:]
    ) -> Node {
        let name = name(intentUID: owner.uid, slot: record.slot, ordinal: record.ordinal)
        let namespace = ObjectName(record.key)?.namespace ?? ""
        return .mapping([
            "apiVersion": .string(APIResource.allocations.apiVersion),
            "kind": .string(APIResource.allocations.kind),
            "metadata": .mapping(droppingNil: [
                "name": .string(name),
                "namespace": .string(namespace),
                "labels": owner.name.utf8.count > 63
                    ? nil : .mapping([OwnAnnotation.intentLabel: .string(owner.name)]),
                "annotations": labels.isEmpty
                    ? nil : .mapping([OwnAnnotation.intentLabels: .string(labels.json)]),
                "finalizers": [.string(OwnAnnotation.allocationFinalizer)],
                "ownerReferences": [owner.node],
            ]),
            "spec": record.specNode(intent: owner, operatorID: operatorID),
        ])
    }
}

extension AllocationRecord {
    /// The part that never changes.
    func specNode(intent: OwnerReference, operatorID: String) -> Node {
        .mapping(droppingNil: [
            "intent": .string(intent.name),
            "intentUID": .string(intent.uid),
            "operator": .string(operatorID),
            "slot": .integer(slot),
            "ordinal": .integer(ordinal),
            "attempt": .string(attempt.rawValue),
            "platform": .string(purchase.platform.rawValue),
            "offer": .string(purchase.offer.name),
            "provider": purchase.provider.map { .string($0) },
            "location": purchase.location.map { .string($0) },
            "zone": purchase.zone.map { .string($0) },
            "gpu": .string(purchase.model),
            "count": .integer(purchase.gpuCount),
            "hourlyCost": .string(purchase.hourly.rateText),
            "spot": purchase.spot ? true : Node?.none,
            "maxReplicas": purchase.maxReplicas.map { .integer($0) },
            "generation": purchase.generation == 0 ? Node?.none : .integer(purchase.generation),
            "holdsVolume": purchase.holdsVolume ? true : Node?.none,
            "shape": .string(shape),
            "reference": .string(reference),
            "openedAt": .string(openedAt.text),
            "replaces": replaces.map { .string($0.rawValue) },
            "listedBefore": listedBefore.isEmpty ? Node?.none : .list(listedBefore.map { .string($0.rawValue) }),
            "body": body.map { .string($0) },
        ])
    }

    /// Reads the part that never changes.
    init(spec: ObjectFields, namespace: String) throws(MalformedObject) {
        var purchase = Purchase(
            offer: Offer.ID(platform: PlatformName(rawValue: try spec.text("platform")), name: try spec.text("offer")),
            model: try spec.text("gpu"),
            gpuCount: try spec.integer("count"),
            hourly: try spec.rate("hourlyCost")
        )
        purchase.provider = try spec.optionalText("provider")
        purchase.location = try spec.optionalText("location")
        purchase.zone = try spec.optionalText("zone")
        purchase.spot = try spec.flag("spot")
        purchase.maxReplicas = try spec.optionalInteger("maxReplicas")
        purchase.generation = try spec.optionalInteger("generation") ?? 0
        purchase.holdsVolume = try spec.flag("holdsVolume")
        self.init(
            attempt: AttemptID(rawValue: try spec.text("attempt")),
            key: ObjectName(namespace: namespace, name: try spec.text("intent")).key,
            slot: try spec.integer("slot"),
            ordinal: try spec.integer("ordinal"),
            purchase: purchase,
            shape: try spec.text("shape"),
            reference: try spec.text("reference"),
            openedAt: try spec.moment("openedAt"),
            replaces: try spec.optionalText("replaces").map(AttemptID.init(rawValue:)),
            listedBefore: try spec.texts("listedBefore").map(AllocationID.init(rawValue:)),
            body: try spec.optionalText("body")
        )
    }
}
