import Documents
import Kubernetes
import Reconciling

/// What an API server keeps, and how it answers: a pure value, as far as the recorded exchanges show a real one.
struct StandInStore {
    /// Something that happened to an object.
    struct Happening {
        var version: Int
        var resource: APIResource
        var name: ObjectName
        var type: String
        var node: Node
    }

    /// A call, taken apart.
    struct Call {
        var method: String
        var kind: StandInKind
        var namespace: String?
        var name: String?
        var part: String?
        var query: [String: String]
        var contentType: String
        var body: [UInt8]
        /// The moment of the call, as objects show it.
        var now: String
    }

    var kinds: [StandInKind]
    var namespaces: Set<String>
    var terminating: Set<String> = []
    var objects: [APIResource: [ObjectName: StoredObject]] = [:]
    var history: [Happening] = []
    /// Versions up to this one can be watched and listed no more.
    var forgottenUpTo = 0
    var version: Int
    var born = 0
    /// Calls that changed something, by method and kind.
    var writes: [String: Int] = [:]

    init(kinds: [StandInKind], namespaces: Set<String>, version: Int) {
        self.kinds = kinds
        self.namespaces = namespaces
        self.version = version
    }

    /// Answers a call that is no watch.
    mutating func answer(_ call: Call) -> TransportReply {
        let resource = call.kind.resource
        do throws(StandInRefusal) {
            switch (call.method, call.name) {
            case ("GET", nil): return try list(call)
            case ("GET", let name?): return .json(try find(call, name).node, status: 200)
            case ("POST", nil): return .json(try create(call), status: 201)
            case ("POST", .some): throw .alreadyExists
            case ("PUT", let name?): return .json(try replace(call, name), status: 200)
            case ("PATCH", let name?): return try patch(call, name)
            case ("DELETE", let name?): return try delete(call, name)
            default: throw .badRequest("name is required")
            }
        } catch {
            var name = call.name
            if name == nil, call.method == "POST", let body = try? DocumentParser.json(call.body) {
                name = body["metadata"]?["name"]?.string
            }
            return error.reply(resource, name: name)
        }
    }

    /// The object that a call names.
    func find(_ call: Call, _ name: String) throws(StandInRefusal) -> StoredObject {
        let name = ObjectName(namespace: call.namespace ?? "", name: name)
        guard let object = objects[call.kind.resource]?[name] else { throw .notFound }
        return object
    }

    /// Keeps an object's new state, unless it is the old one; counts its generation and its version.
    mutating func keep(_ object: StoredObject, _ old: StoredObject?, _ call: Call) -> Node {
        var object = object
        let name = ObjectName(
            namespace: object.node["metadata"]?["namespace"]?.string ?? "",
            name: object.node["metadata"]?["name"]?.string ?? ""
        )
        if let old, old.node == object.node {
            objects[call.kind.resource]?[name] = object
            return object.node
        }
        if let old, call.kind.isCustom, Self.work(old.node, call.kind) != Self.work(object.node, call.kind) {
            let generation = old.node["metadata"]?["generation"]?.integer ?? 0
            object.node = object.node.withMetadata("generation", .integer(generation + 1))
        }
        writes["\(call.method) \(call.kind.resource.plural)\(call.part.map { "/\($0)" } ?? "")", default: 0] += 1
        if object.isDeleting, object.finalizers.isEmpty {
            // The reply shows the last state; the object itself is gone.
            remove(object, name, call.kind.resource)
            return object.node
        }
        version += 1
        object.node = object.node.withMetadata("resourceVersion", .string(String(version)))
        objects[call.kind.resource, default: [:]][name] = object
        let type = old == nil ? "ADDED" : "MODIFIED"
        happen(type, object.node, name, call.kind.resource)
        return object.node
    }

    /// What counts as an object's work.
    private static func work(_ node: Node, _ kind: StandInKind) -> Node {
        var work = node.with("metadata", nil)
        if kind.hasStatus { work = work.with("status", nil) }
        return work
    }

    mutating func remove(_ object: StoredObject, _ name: ObjectName, _ resource: APIResource) {
        version += 1
        objects[resource]?[name] = nil
        happen("DELETED", object.node.withMetadata("resourceVersion", .string(String(version))), name, resource)
    }

    private mutating func happen(_ type: String, _ node: Node, _ name: ObjectName, _ resource: APIResource) {
        history.append(Happening(version: version, resource: resource, name: name, type: type, node: node))
    }

    /// A uid that nothing else has.
    mutating func newUID() -> String {
        born += 1
        let digits = String(born, radix: 16)
        return "00000000-0000-4000-8000-" + String(repeating: "0", count: 12 - digits.count) + digits
    }
}
