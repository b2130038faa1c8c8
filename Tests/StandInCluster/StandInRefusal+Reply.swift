import Documents
import Kubernetes
import Reconciling

extension StandInRefusal {
    /// The reply that says it, about an object of a kind.
    func reply(_ resource: APIResource?, name: String?) -> TransportReply {
        switch self {
        case .noSuchPath: return Self.text(404, "404 page not found\n")
        case .tooManyRequests(let message, asText: true):
            return Self.text(429, message, headers: [(name: "Retry-After", value: "1")])
        default: break
        }
        let facts = facts(resource, name)
        var details: [(String, Node)] = []
        if facts.isAboutObject, let resource {
            if let name { details.append(("name", .string(name))) }
            if !resource.group.isEmpty { details.append(("group", .string(resource.group))) }
            details.append(("kind", .string(facts.usesKind ? resource.kind : resource.plural)))
        } else if case .namespaceMissing = self {
            details.append(("kind", "namespaces"))
        }
        if !facts.causes.isEmpty { details.append(("causes", .list(facts.causes))) }
        var headers: [(name: String, value: String)] = []
        if let after = facts.retryAfter {
            details.append(("retryAfterSeconds", .integer(after)))
            headers.append((name: "Retry-After", value: String(after)))
        }
        var metadata: [(String, Node)] = []
        if case .expired(_, let token?) = self { metadata.append(("continue", .string(token))) }
        let status = Node.mapping(droppingNil: [
            "kind": "Status",
            "apiVersion": "v1",
            "metadata": .mapping(metadata),
            "status": "Failure",
            "message": .string(facts.message),
            "reason": facts.reason.isEmpty ? Node?.none : .string(facts.reason),
            "details": details.isEmpty ? Node?.none : .mapping(details),
            "code": .integer(facts.code),
        ])
        return .json(status, status: facts.code, headers: headers)
    }

    /// The `Status` alone, for an event of a watch.
    func status(_ resource: APIResource?) -> Node {
        do { return try DocumentParser.json(reply(resource, name: nil).body) } catch { return .null }
    }

    private static func text(
        _ status: Int,
        _ text: String,
        headers: [(name: String, value: String)] = []
    ) -> TransportReply {
        TransportReply(
            status: status,
            headers: [(name: "Content-Type", value: "text/plain; charset=utf-8")] + headers,
            body: Array(text.utf8)
        )
    }

    /// What a refusal says of itself.
    private struct Facts {
        var code: Int
        var reason: String
        var message: String
        var causes: [Node] = []
        var isAboutObject = false
        var usesKind = false
        var retryAfter: Int?
    }

    private func facts(_ resource: APIResource?, _ name: String?) -> Facts {
        let what = "\(resource?.fullName ?? "") \"\(name ?? "")\""
        switch self {
        case .badRequest(let message): return Facts(code: 400, reason: "BadRequest", message: message)
        case .notFound: return Facts(code: 404, reason: "NotFound", message: "\(what) not found", isAboutObject: true)
        case .namespaceMissing: return Facts(code: 404, reason: "NotFound", message: "namespaces not found")
        case .namespaceTerminating:
            let cause = Self.cause("NamespaceTerminating", "namespace is being terminated", "metadata.namespace")
            let message =
                "\(what) is forbidden: unable to create new content in namespace because it is being terminated"
            return Facts(code: 403, reason: "Forbidden", message: message, causes: [cause], isAboutObject: true)
        case .alreadyExists:
            return Facts(code: 409, reason: "AlreadyExists", message: "\(what) already exists", isAboutObject: true)
        case .conflict(let why):
            let message = "Operation cannot be fulfilled on \(what): \(why)"
            return Facts(code: 409, reason: "Conflict", message: message, isAboutObject: true)
        case .applyConflict(let conflicts):
            let causes = conflicts.map {
                Self.cause("FieldManagerConflict", "conflict with \"\($0.manager)\"", $0.field)
            }
            return Facts(code: 409, reason: "Conflict", message: "Apply failed with conflicts", causes: causes)
        case .expired(let message, _): return Facts(code: 410, reason: "Expired", message: message)
        case .mediaType:
            return Facts(code: 415, reason: "UnsupportedMediaType", message: "the body was in an unknown format")
        case .invalid(let list):
            let causes = list.map { Self.cause("FieldValueInvalid", $0.message, $0.field) }
            let message = "\(resource?.kind ?? "") \"\(name ?? "")\" is invalid"
            return Facts(
                code: 422,
                reason: "Invalid",
                message: message,
                causes: causes,
                isAboutObject: true,
                usesKind: true
            )
        case .internalError(let message): return Facts(code: 500, reason: "", message: message)
        case .tooLargeVersion(let asked, let current):
            let cause = Self.cause("ResourceVersionTooLarge", "Too large resource version", nil)
            let message = "Timeout: Too large resource version: \(asked), current: \(current)"
            return Facts(code: 504, reason: "Timeout", message: message, causes: [cause], retryAfter: 1)
        case .tooManyRequests(let message, _):
            return Facts(code: 429, reason: "TooManyRequests", message: message, retryAfter: 1)
        case .other(let status, let reason, let message): return Facts(code: status, reason: reason, message: message)
        case .noSuchPath: return Facts(code: 404, reason: "", message: "")
        }
    }

    private static func cause(_ reason: String, _ message: String, _ field: String?) -> Node {
        .mapping(droppingNil: [
            "reason": .string(reason), "message": .string(message), "field": field.map { .string($0) },
        ])
    }
}

extension TransportReply {
    /// A reply in JSON, ended by a line break as the server ends it.
    static func json(_ node: Node, status: Int, headers: [(name: String, value: String)] = []) -> TransportReply {
        TransportReply(
            status: status,
            headers: [(name: "Content-Type", value: "application/json")] + headers,
            body: DocumentPrinter.jsonBytes(node) + [UInt8(ascii: "\n")]
        )
    }
}
