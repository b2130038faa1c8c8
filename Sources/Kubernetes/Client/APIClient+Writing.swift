package import Documents
import Reconciling

extension APIClient {
    /// What must hold for a delete.
    package struct Preconditions: Hashable, Sendable {
        /// Only this very object, not a later one of the same name; nil for any.
        package var uid: String?
        /// Only in this state; nil for any.
        package var resourceVersion: String?

        /// Conditions; none by default.
        package init(uid: String? = nil, resourceVersion: String? = nil) {
            self.uid = uid
            self.resourceVersion = resourceVersion
        }

        fileprivate var node: Node? {
            guard uid != nil || resourceVersion != nil else { return nil }
            return .mapping(droppingNil: [
                "uid": uid.map { .string($0) }, "resourceVersion": resourceVersion.map { .string($0) },
            ])
        }
    }

    /// Who we are to the server's record of who wrote which field.
    package static let fieldManager = "intent-operator"

    /// Makes an object; throws `.alreadyExists` where there is one of the same name.
    package func create(_ resource: APIResource, in namespace: String, _ body: Node) async throws(APIError) -> Node {
        try await write("POST", resource.path(namespace: namespace), "application/json", body)
    }

    /// Replaces an object, whose `metadata.resourceVersion` must be the present one.
    package func replace(_ resource: APIResource, _ name: ObjectName, _ body: Node) async throws(APIError) -> Node {
        try await write("PUT", resource.path(namespace: name.namespace, name: name.name), "application/json", body)
    }

    /// Changes fields of an object or of its `subresource`; `null` removes one.
    ///
    /// With a `metadata.resourceVersion` in the patch, throws `.readAgain` where it is not the present one.
    package func merge(
        _ resource: APIResource,
        _ name: ObjectName,
        subresource: String? = nil,
        _ patch: Node
    ) async throws(APIError) -> Node {
        let path = resource.path(namespace: name.namespace, name: name.name, subresource: subresource)
        return try await write("PATCH", path, "application/merge-patch+json", patch)
    }

    /// Makes the fields of a manager what `body` says, and takes them from whoever else wrote them.
    ///
    /// Fields that the manager wrote before and that are missing now are removed. The uid keeps the call from
    /// bringing back an object that is gone: that throws `.readAgain`, or `.gone` for a subresource.
    package func apply(
        _ resource: APIResource,
        _ name: ObjectName,
        uid: String,
        subresource: String? = nil,
        manager: String = fieldManager,
        _ fields: KeyValuePairs<String, Node>
    ) async throws(APIError) -> Node {
        let head: [(String, Node)] = [
            ("apiVersion", .string(resource.apiVersion)),
            ("kind", .string(resource.kind)),
            (
                "metadata",
                .mapping([
                    "name": .string(name.name), "namespace": .string(name.namespace), "uid": .string(uid),
                ])
            ),
        ]
        var call = APICall(
            method: "PATCH",
            path: resource.path(namespace: name.namespace, name: name.name, subresource: subresource)
        )
        call.query = [(name: "fieldManager", value: manager), (name: "force", value: "true")]
        call.contentType = "application/apply-patch+yaml"
        call.body = .mapping(head + fields.map { ($0.key, $0.value) })
        return try Self.object(try await send(call))
    }

    /// Asks for an object's end; what has finalizers stays until they are gone.
    ///
    /// Throws `.gone` where there is none.
    package func delete(
        _ resource: APIResource,
        _ name: ObjectName,
        _ preconditions: Preconditions = Preconditions()
    ) async throws(APIError) {
        var call = APICall(method: "DELETE", path: resource.path(namespace: name.namespace, name: name.name))
        call.contentType = "application/json"
        call.body = .mapping(droppingNil: [
            "apiVersion": "v1",
            "kind": "DeleteOptions",
            "preconditions": preconditions.node,
            "propagationPolicy": "Background",
        ])
        _ = try await send(call)
    }

    private func write(
        _ method: String,
        _ path: [String],
        _ contentType: String,
        _ body: Node
    ) async throws(APIError) -> Node {
        var call = APICall(method: method, path: path)
        call.query = [(name: "fieldManager", value: Self.fieldManager)]
        call.contentType = contentType
        call.body = body
        return try Self.object(try await send(call))
    }
}
