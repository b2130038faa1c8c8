import Documents
import Kubernetes
import Reconciling

extension StandInStore {
    private static let modified =
        "the object has been modified; please apply your changes to the latest version and try again"

    /// The body of a call, which must be an object.
    private func body(_ call: Call) throws(StandInRefusal) -> Node {
        let node: Node
        do throws(Diagnostic) {
            if call.contentType.hasPrefix("application/apply-patch") {
                node = try DocumentParser.parse(call.body, file: "", format: .yaml).first?.root ?? .null
            } else {
                node = try DocumentParser.json(call.body)
            }
        } catch {
            throw .badRequest("the object provided is unrecognized")
        }
        guard node.mapping != nil else { throw .badRequest("the object provided is unrecognized") }
        return node
    }

    mutating func create(_ call: Call) throws(StandInRefusal) -> Node {
        guard call.contentType.hasPrefix("application/json") else { throw .mediaType }
        var node = try body(call)
        try checkPlace(node, call)
        let namespace = call.namespace ?? ""
        guard namespaces.contains(namespace) else { throw .namespaceMissing }
        var name = node["metadata"]?["name"]?.string ?? ""
        if name.isEmpty, let prefix = node["metadata"]?["generateName"]?.string { name = "\(prefix)\(born)" }
        guard objects[call.kind.resource]?[ObjectName(namespace: namespace, name: name)] == nil else {
            throw .alreadyExists
        }
        guard !terminating.contains(namespace) else { throw .namespaceTerminating }
        node = node.withMetadata("name", .string(name)).withMetadata("namespace", .string(namespace))
            .withMetadata("uid", .string(newUID())).withMetadata("creationTimestamp", .string(call.now))
        if call.kind.isCustom { node = node.withMetadata("generation", 1) }
        if call.kind.hasStatus { node = node.with("status", nil) }
        node = call.kind.complete(node)
        if let refusal = call.kind.check(node) { throw refusal }
        guard call.query["dryRun"] == nil else { return node }
        var object = StoredObject(node: node)
        object.own(changesSince: .mapping([]), by: manager(call, "Update"))
        return keep(object, nil, call)
    }

    private func manager(_ call: Call, _ operation: String) -> String {
        "\(call.query["fieldManager"] ?? "unknown")|\(operation)|\(call.part ?? "")"
    }

    private func checkPlace(_ node: Node, _ call: Call) throws(StandInRefusal) {
        if let namespace = node["metadata"]?["namespace"]?.string, namespace != call.namespace {
            throw .badRequest("the namespace of the provided object does not match the namespace sent on the request")
        }
        if let kind = node["kind"]?.string, kind != call.kind.resource.kind {
            throw .invalid([("kind", "Invalid value: \"\(kind)\": must be \(call.kind.resource.kind)")])
        }
    }

    mutating func replace(_ call: Call, _ name: String) throws(StandInRefusal) -> Node {
        let node = try body(call)
        if let other = node["metadata"]?["name"]?.string, other != name {
            throw .badRequest("the name of the object (\(other)) does not match the name on the URL (\(name))")
        }
        let old = try find(call, name)
        try checkVersion(node, old, mustHave: call.kind.isCustom)
        var fresh = call.part == "status" ? old.node.with("status", node["status"]) : node
        if call.part == nil, call.kind.hasStatus { fresh = fresh.with("status", old.node["status"]) }
        return try change(old, to: fresh, call)
    }

    private func checkVersion(_ node: Node, _ old: StoredObject, mustHave: Bool = false) throws(StandInRefusal) {
        let version = node["metadata"]?["resourceVersion"]?.string ?? ""
        if version.isEmpty, mustHave {
            throw .invalid([("metadata.resourceVersion", "Invalid value: 0: must be specified for an update")])
        }
        if !version.isEmpty, version != old.version { throw .conflict(Self.modified) }
        if let uid = node["metadata"]?["uid"]?.string, uid != old.uid {
            throw .conflict("Precondition failed: UID in precondition: \(uid), UID in object meta: \(old.uid)")
        }
    }

    /// Keeps what a write makes of an object; what the server itself keeps stays as it was.
    private mutating func change(
        _ old: StoredObject,
        to wanted: Node,
        _ call: Call,
        by manager: String? = nil
    ) throws(StandInRefusal) -> Node {
        var node = wanted
        let own = [
            "name", "namespace", "uid", "creationTimestamp", "deletionTimestamp", "generation", "resourceVersion",
        ]
        for key in own + ["deletionGracePeriodSeconds", "managedFields"] {
            node = node.withMetadata(key, old.node["metadata"]?[key])
        }
        if let finalizers = node["metadata"]?["finalizers"]?.sequence, finalizers.isEmpty {
            node = node.withMetadata("finalizers", nil)
        }
        var object = old
        object.node = node
        let added = object.finalizers.filter { !old.finalizers.contains($0) }
        if old.isDeleting, !added.isEmpty {
            let message = "Forbidden: no new finalizers can be added if the object is being deleted"
            throw .invalid([("metadata.finalizers", message)])
        }
        object.node = call.kind.complete(object.node)
        if let refusal = call.kind.check(object.node) { throw refusal }
        if Self.sorted(object.node) == Self.sorted(old.node) { object.node = old.node }
        object.own(changesSince: old.node, by: manager ?? self.manager(call, "Update"))
        return keep(object, old, call)
    }

    /// A node whose members stand in the order of their keys, for comparing.
    private static func sorted(_ node: Node) -> [UInt8] { DocumentPrinter.jsonBytes(node, keys: .sorted) }

    mutating func patch(_ call: Call, _ name: String) throws(StandInRefusal) -> TransportReply {
        switch call.contentType {
        case "application/merge-patch+json":
            let patch = try body(call)
            let old = try find(call, name)
            try checkVersion(patch, old)
            var fresh: Node
            if call.part == "status" {
                let status = (old.node["status"] ?? .mapping([])).merging(patch["status"] ?? .mapping([]))
                fresh = patch["status"] == nil ? old.node : old.node.with("status", status)
            } else {
                fresh = old.node.merging(patch)
                if call.kind.hasStatus { fresh = fresh.with("status", old.node["status"]) }
            }
            return .json(try change(old, to: fresh, call), status: 200)
        case "application/apply-patch+yaml": return try apply(call, name)
        default: throw .mediaType
        }
    }

    private mutating func apply(_ call: Call, _ name: String) throws(StandInRefusal) -> TransportReply {
        let wanted = try body(call)
        guard let manager = call.query["fieldManager"], !manager.isEmpty else {
            throw .invalid([("fieldManager", "Required value: is required for apply patch")])
        }
        if wanted["metadata"]?["managedFields"] != nil { throw .badRequest("metadata.managedFields must be nil") }
        let place = ObjectName(namespace: call.namespace ?? "", name: name)
        guard let old = objects[call.kind.resource]?[place] else {
            guard call.part == nil else { throw .notFound }
            guard wanted["metadata"]?["uid"] == nil else {
                throw .conflict("uid mismatch: no existing object was found")
            }
            var creation = call
            creation.contentType = "application/json"
            creation.body = DocumentPrinter.jsonBytes(wanted)
            let node = try create(creation)
            let managers = [self.manager(call, "Apply"): Set(StoredObject.ownable(wanted).keys)]
            objects[call.kind.resource]?[place]?.managers = managers
            return .json(node, status: 201)
        }
        try checkVersion(wanted, old)
        var fields = StoredObject.ownable(wanted)
        let isStatus = call.part == "status"
        if call.kind.hasStatus { fields = fields.filter { ($0.key.steps[0] == "status") == isStatus } }
        var object = old
        let key = self.manager(call, "Apply")
        let conflicts = object.apply(fields, by: key, isForced: call.query["force"] == "true")
        guard conflicts.isEmpty else { throw .applyConflict(conflicts) }
        let managers = object.managers
        let node = try change(old, to: object.node, call, by: key)
        objects[call.kind.resource]?[place]?.managers = managers
        return .json(node, status: 200)
    }

    mutating func delete(_ call: Call, _ name: String) throws(StandInRefusal) -> TransportReply {
        let old = try find(call, name)
        if !call.body.isEmpty, let conditions = try body(call)["preconditions"] {
            if let uid = conditions["uid"]?.string, uid != old.uid {
                throw .conflict("the UID in the precondition (\(uid)) does not match the UID in record (\(old.uid))")
            }
            if let version = conditions["resourceVersion"]?.string, version != old.version {
                throw .conflict("the ResourceVersion in the precondition does not match")
            }
        }
        let place = ObjectName(namespace: call.namespace ?? "", name: name)
        writes["DELETE \(call.kind.resource.plural)", default: 0] += 1
        guard !old.finalizers.isEmpty else {
            remove(old, place, call.kind.resource)
            let details = Node.mapping([
                "name": .string(name), "kind": .string(call.kind.resource.plural), "uid": .string(old.uid),
            ])
            let status = Node.mapping([
                "kind": "Status", "apiVersion": "v1", "metadata": .mapping([]), "status": "Success", "details": details,
            ])
            return .json(status, status: 200)
        }
        guard !old.isDeleting else { return .json(old.node, status: 200) }
        var object = old
        let generation = (old.node["metadata"]?["generation"]?.integer ?? 0) + 1
        object.node = old.node.withMetadata("deletionTimestamp", .string(call.now))
            .withMetadata("deletionGracePeriodSeconds", 0).withMetadata("generation", .integer(generation))
        return .json(keep(object, old, call), status: 200)
    }
}
