import Reconciling
import Wire

/// Joins the platforms' transport port to the HTTP client.
struct WireTransport: Transport {
    private let client: HTTPClient

    /// A transport over a client that somebody else starts and shuts down.
    init(_ client: HTTPClient) { self.client = client }

    func send(_ request: TransportRequest) async throws(TransportFailure) -> TransportReply {
        guard let method = HTTPMethod(rawValue: request.method) else {
            throw .notSent("\(request.method) is no method that this client sends")
        }
        var wire = HTTPRequest(method, request.url, headers: HTTPHeaders(request.headers), body: request.body)
        wire.deadline = request.deadline
        wire.maximumReplyBytes = request.maximumReplyBytes
        wire.mayLeave = request.mayLeave
        switch request.repeatability {
        case .repeatable: wire.repeatability = .idempotent
        case .paid: wire.repeatability = .paid
        }
        do throws(HTTPClientError) {
            let response = try await client.send(wire)
            let headers = response.headers.fields.map { (name: $0.name, value: $0.value) }
            return TransportReply(status: response.status, headers: headers, body: response.body)
        } catch {
            switch error {
            case .notSent(let failure): throw .notSent(failure.description)
            case .outcomeUnknown(let failure): throw .outcomeUnknown(failure.description)
            case .replyTooLarge: throw .replyTooLarge(limit: request.maximumReplyBytes)
            }
        }
    }
}
