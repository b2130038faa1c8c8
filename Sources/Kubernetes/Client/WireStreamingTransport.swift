package import Reconciling
package import Wire

/// Joins the API client to the HTTP client.
package struct WireStreamingTransport: StreamingTransport {
    private let client: HTTPClient

    /// A transport over a client that somebody else shuts down.
    package init(_ client: HTTPClient) { self.client = client }

    package func send(_ request: TransportRequest) async throws(TransportFailure) -> TransportReply {
        var wire = try Self.translate(request)
        wire.deadline = request.deadline
        wire.maximumReplyBytes = request.maximumReplyBytes
        do throws(HTTPClientError) {
            let reply = try await client.send(wire)
            return TransportReply(status: reply.status, headers: Self.pairs(reply.headers), body: reply.body)
        } catch {
            throw Self.sorted(error, limit: request.maximumReplyBytes)
        }
    }

    package func open(_ request: TransportRequest, idle: Duration) async throws(TransportFailure) -> TransportStream {
        var wire = try Self.translate(request)
        // The deadline of a stream would cut it off; until the head is there, silence ends it just as well.
        wire.deadline = nil
        wire.idleTimeout = idle
        wire.maximumReplyBytes = .max
        do throws(HTTPClientError) {
            let reply = try await client.stream(wire)
            let body = reply.body
            return TransportStream(
                head: TransportReply(status: reply.status, headers: Self.pairs(reply.headers))
            ) { () async throws(TransportFailure) -> [UInt8]? in
                var iterator = body.makeAsyncIterator()
                do throws(HTTPClientError) {
                    return try await iterator.next()
                } catch {
                    throw Self.sorted(error, limit: .max)
                }
            }
        } catch {
            throw Self.sorted(error, limit: .max)
        }
    }

    private static func translate(_ request: TransportRequest) throws(TransportFailure) -> HTTPRequest {
        guard let method = HTTPMethod(rawValue: request.method) else {
            throw .notSent("\(request.method) is no method that this client sends")
        }
        var wire = HTTPRequest(method, request.url, headers: HTTPHeaders(request.headers), body: request.body)
        wire.repeatability = request.repeatability == .paid ? .paid : .idempotent
        return wire
    }

    private static func pairs(_ headers: HTTPHeaders) -> [(name: String, value: String)] {
        headers.fields.map { (name: $0.name, value: $0.value) }
    }

    private static func sorted(_ error: HTTPClientError, limit: Int) -> TransportFailure {
        switch error {
        case .notSent(let failure): .notSent(failure.description)
        case .outcomeUnknown(let failure): .outcomeUnknown(failure.description)
        case .replyTooLarge: .replyTooLarge(limit: limit)
        }
    }
}
