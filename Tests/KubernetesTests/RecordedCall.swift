import Documents
import Kubernetes
import Wire

/// The call of the client that comes nearest to a recorded request.
struct RecordedCall {
    private let exchange: Transcript.Exchange
    private let resource: APIResource
    private let namespace: String?
    private let name: String?
    private let subresource: String?
    private let query: [(name: String, value: String)]

    init(_ exchange: Transcript.Exchange) {
        self.exchange = exchange
        let request = HTTPServerRequest(.get, target: exchange.target)
        query = request.query
        var segments = request.segments[...]
        let isCore = segments.first == "api"
        segments = segments.dropFirst()
        let group = isCore ? "" : segments.popFirst() ?? ""
        let version = segments.popFirst() ?? ""
        if segments.first == "watch" { segments = segments.dropFirst() }
        if segments.first == "namespaces" {
            segments = segments.dropFirst()
            namespace = segments.popFirst()
        } else {
            namespace = nil
        }
        resource = APIResource(group: group, version: version, plural: segments.popFirst() ?? "", kind: "Intent")
        name = segments.popFirst()
        subresource = segments.popFirst()
    }

    private var object: ObjectName { ObjectName(namespace: namespace ?? "", name: name ?? "") }

    private func query(_ name: String) -> String? { query.first { $0.name == name }?.value }

    /// Makes the call and tells what came of it in a line.
    func make(with client: APIClient) async throws(APIError) -> String {
        switch exchange.method {
        case "GET" where query("watch") != nil: return await watch(client)
        case "GET" where name == nil: return try await list(client)
        case "GET": return try await Self.words(client.get(resource, object))
        case "POST": return try await Self.words(client.create(resource, in: namespace ?? "", body))
        case "PUT": return try await Self.words(client.replace(resource, object, body))
        case "PATCH" where exchange.requestType.contains("apply"):
            return try await Self.words(client.apply(resource, object, uid: "u", subresource: subresource, [:]))
        case "PATCH": return try await Self.words(client.merge(resource, object, subresource: subresource, body))
        case "DELETE":
            try await client.delete(resource, object)
            return "deleted"
        default: return "no call of ours"
        }
    }

    private var body: Node {
        do { return try DocumentParser.json(exchange.requestBody) } catch { return .mapping([]) }
    }

    private func list(_ client: APIClient) async throws(APIError) -> String {
        var count = 0
        let limit = query("limit").flatMap { Int($0) }
        let envelope = try await client.page(
            resource,
            Selection(namespace: namespace),
            limit: limit,
            after: query("continue")
        ) { _ in count += 1 }
        return "\(count) items at \(envelope.resourceVersion)" + (envelope.continueToken == nil ? "" : ", more")
    }

    private func watch(_ client: APIClient) async -> String {
        do throws(APIError) {
            let stream = try await client.watch(
                resource,
                Selection(namespace: namespace),
                from: query("resourceVersion") ?? "",
                timeout: .seconds(5)
            )
            var words = ""
            while true {
                switch await stream.next() {
                case .event(.upserted): words += "+"
                case .event(.deleted): words += "-"
                case .event(.bookmark(let version)): words += "(\(version))"
                case .event(.failed(let error)): words += "!\(error.consequence.words)!"
                case .end(.served): return "watch \(words) served"
                case .end(.cut(let error)): return "watch \(words) cut [\(error.code)]"
                }
            }
        } catch {
            return "\(error.consequence.words) [\(error.code)]"
        }
    }

    private static func words(_ node: Node) -> String {
        let metadata = node["metadata"]
        let name = metadata?["name"]?.string ?? "?"
        let version = metadata?["resourceVersion"]?.string ?? ""
        let deleting = metadata?["deletionTimestamp"] == nil ? "" : ", deleting"
        return "\(node["kind"]?.string ?? "?") \(name) at \(version)\(deleting)"
    }
}
