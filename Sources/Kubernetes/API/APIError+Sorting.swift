import Documents
package import Reconciling

extension APIError {
    /// How many characters of a server's words are kept.
    static let messageLimit = 600

    /// What a reply other than 2xx means.
    ///
    /// The body counts whatever its content type says: a timeout's `Status` comes as `text/plain`.
    package init(_ reply: TransportReply) {
        let node: Node? =
            switch reply.body.first {
            case UInt8(ascii: "{"): Self.parse(reply.body)
            default: nil
            }
        let wait = reply.header("Retry-After").flatMap { Int($0) }
        guard let node, let status = StatusReply(node) else {
            self.init(text: String(decoding: reply.body.prefix(Self.messageLimit), as: UTF8.self), reply.status, wait)
            return
        }
        self.init(status, httpStatus: reply.status, retryAfter: wait)
    }

    private static func parse(_ body: [UInt8]) -> Node? {
        do { return try DocumentParser.json(body) } catch { return nil }
    }

    /// What a `Status` means, in a reply or in an `ERROR` event of a watch.
    package init(_ status: StatusReply, httpStatus: Int? = nil, retryAfter: Int? = nil) {
        let code = status.code ?? httpStatus ?? 0
        let wait = (retryAfter ?? status.retryAfterSeconds).map { Duration.seconds(min(max($0, 0), 300)) }
        self.init(
            Self.consequence(of: status, code: code, wait: wait),
            code: status.reason.isEmpty ? "HTTP_\(code)" : status.reason,
            message: Self.cut(status.message.isEmpty ? "HTTP status \(code)" : status.message),
            httpStatus: httpStatus ?? code
        )
    }

    /// What a reply without a `Status` means: of a proxy, a load balancer, or the server's outer layers.
    private init(text: String, _ code: Int, _ retryAfter: Int?) {
        let wait = retryAfter.map { Duration.seconds(min(max($0, 0), 300)) }
        let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        let consequence: Consequence =
            switch code {
            case 401: .authenticateAgain
            case 403: .forbidden(nil)
            // The server says this, in plain text, of paths that no kind answers to.
            case 404: .kindMissing
            case 408, 429, 503: .retry(after: wait)
            case 410: .listAgain(continueToken: nil)
            case 500, 502, 504: .unknown
            case 300..<400: .refused
            default: code >= 500 ? .unknown : .refused
            }
        self.init(
            consequence,
            code: "HTTP_\(code)",
            message: words.isEmpty ? "HTTP status \(code)" : Self.cut(words),
            httpStatus: code
        )
    }

    private static func consequence(of status: StatusReply, code: Int, wait: Duration?) -> Consequence {
        switch code {
        case 401: return .authenticateAgain
        case 403: return forbidden(status)
        case 404: return status.kind == "namespaces" ? .namespaceGone : .gone
        case 409: return status.reason == "AlreadyExists" ? .alreadyExists : .readAgain
        case 410: return .listAgain(continueToken: status.continueToken)
        case 422: return .invalid(status.causes)
        case 429, 503: return .retry(after: wait)
        case 500: return internalError(status, wait)
        case 504: return status.hasCause("ResourceVersionTooLarge") ? .retry(after: wait) : .unknown
        default: return code >= 500 ? .unknown : .refused
        }
    }

    private static func forbidden(_ status: StatusReply) -> Consequence {
        if status.hasCause("NamespaceTerminating") { return .namespaceGone }
        return .forbidden(MissingRight(refusal: status.message))
    }

    /// A 500 is many things: a webhook that is down did nothing, an unknown field or an object that is too large never
    /// will do, and a watch from a version that is none must list again.
    private static func internalError(_ status: StatusReply, _ wait: Duration?) -> Consequence {
        if status.message.contains("field not declared in schema") || status.message.contains("request is too large") {
            return .refused
        }
        if status.message.hasPrefix("resourceVersion: Invalid value") { return .listAgain(continueToken: nil) }
        if status.message.contains("failed calling webhook") { return .retry(after: wait) }
        return .unknown
    }

    private static func cut(_ message: String) -> String {
        message.count <= messageLimit ? message : message.prefix(messageLimit - 1) + "…"
    }

    /// What the silence of a server means.
    package init(_ failure: TransportFailure) {
        switch failure {
        case .notSent(let why): self.init(.retry(after: nil), code: "UNREACHABLE", message: why)
        case .outcomeUnknown(let why): self.init(.unknown, code: "TIMEOUT", message: why)
        case .replyTooLarge(let limit):
            self.init(.unknown, code: "MALFORMED_REPLY", message: "the reply has more than \(limit) bytes")
        }
    }

    /// What a reply means that makes no sense.
    package static func malformed(_ why: String, httpStatus: Int? = nil) -> APIError {
        APIError(.unknown, code: "MALFORMED_REPLY", message: cut(why), httpStatus: httpStatus)
    }
}

extension StatusReply {
    /// Whether one of the causes has this reason.
    fileprivate func hasCause(_ reason: String) -> Bool { causes.contains { $0.reason == reason } }
}

extension APIError: CustomStringConvertible {
    /// What happened and what to do about it, in a sentence.
    package var description: String {
        switch consequence {
        case .forbidden(let right?):
            "\(right.user) may not \(right): grant it that right (the chart and manifests/rbac do)"
        case .kindMissing: "\(message): install the definitions of intent-operator (manifests/crd)"
        case .authenticateAgain: "the API server does not accept our credentials: \(message)"
        default: message
        }
    }
}
