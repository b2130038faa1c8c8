import Documents
import Reconciling
package import Wire

/// Calls an API server: reads, writes and watches, each refusal sorted by what must happen next.
///
/// It never repeats a write by itself, but for one whose credentials were out of date.
package struct APIClient: Sendable {
    /// How long calls may take and how much may come.
    package struct Limits: Sendable {
        /// One call.
        package var deadline = Duration.seconds(30)
        /// One reply that is read as a whole.
        package var replyBytes = 8 << 20
        /// One object of a list, one line of a watch: twice what the server stores.
        package var objectBytes = 4 << 20
        /// Objects a page.
        package var pageSize = 500
        /// How long a stream may be silent between two pieces of a list.
        package var listSilence = Duration.seconds(30)

        /// The documented limits.
        package init() {}
    }

    /// Where the server is.
    package let server: HTTPURL
    let transport: any StreamingTransport
    let credentials: any APICredentials
    let limits: Limits

    /// A client of a server, over a transport.
    package init(
        server: HTTPURL,
        transport: any StreamingTransport,
        credentials: any APICredentials = NoCredentials(),
        limits: Limits = Limits()
    ) {
        self.server = server
        self.transport = transport
        self.credentials = credentials
        self.limits = limits
    }

    /// The same client with other limits.
    package func limited(_ change: (inout Limits) -> Void) -> APIClient {
        var limits = limits
        change(&limits)
        return APIClient(server: server, transport: transport, credentials: credentials, limits: limits)
    }

    /// Sends a call and gives a reply of 2xx; anything else is an error.
    func send(_ call: APICall) async throws(APIError) -> TransportReply {
        let (authorization, certificate) = try await shown()
        let reply = try await send(call, authorization)
        guard reply.status == 401 else { return try Self.accepted(reply) }
        await credentials.refused(authorization, certificate)
        let (fresh, other) = try await shown()
        guard fresh != authorization || other != certificate else { throw APIError(reply) }
        return try Self.accepted(try await send(call, fresh))
    }

    /// Opens a stream whose head says 2xx; anything else is an error.
    func open(_ call: APICall, idle: Duration) async throws(APIError) -> TransportStream {
        let (authorization, certificate) = try await shown()
        let stream = try await open(call, authorization, idle)
        guard !(200..<300).contains(stream.head.status) else { return stream }
        guard stream.head.status == 401 else { throw try await refusal(stream) }
        let refusal = try await refusal(stream)
        await credentials.refused(authorization, certificate)
        let (fresh, other) = try await shown()
        guard fresh != authorization || other != certificate else { throw refusal }
        let second = try await open(call, fresh, idle)
        guard (200..<300).contains(second.head.status) else { throw try await self.refusal(second) }
        return second
    }

    /// What the next call shows of us.
    private func shown() async throws(APIError) -> (authorization: String?, certificate: ClientCertificate?) {
        (try await credentials.authorization(), try await credentials.certificate())
    }

    private func send(_ call: APICall, _ authorization: String?) async throws(APIError) -> TransportReply {
        do throws(TransportFailure) {
            return try await transport.send(request(call, authorization))
        } catch {
            throw APIError(error)
        }
    }

    private func open(
        _ call: APICall,
        _ authorization: String?,
        _ idle: Duration
    ) async throws(APIError) -> TransportStream {
        do throws(TransportFailure) {
            return try await transport.open(request(call, authorization), idle: idle)
        } catch {
            throw APIError(error)
        }
    }

    private static func accepted(_ reply: TransportReply) throws(APIError) -> TransportReply {
        guard (200..<300).contains(reply.status) else { throw APIError(reply) }
        return reply
    }

    /// What a refusal that came as a stream says.
    private func refusal(_ stream: TransportStream) async throws(APIError) -> APIError {
        var reply = stream.head
        do throws(TransportFailure) {
            while reply.body.count <= limits.replyBytes, let piece = try await stream.next() { reply.body += piece }
        } catch {
            // The status alone says enough.
        }
        return APIError(reply)
    }

    private func request(_ call: APICall, _ authorization: String?) -> TransportRequest {
        var headers = [(name: "Accept", value: "application/json")]
        if let authorization { headers.append((name: "Authorization", value: authorization)) }
        if let type = call.contentType { headers.append((name: "Content-Type", value: type)) }
        return TransportRequest(
            method: call.method,
            url: server.appending(call.path, query: call.query),
            headers: headers,
            body: call.body.map { DocumentPrinter.jsonBytes($0) },
            deadline: limits.deadline,
            maximumReplyBytes: limits.replyBytes
        )
    }
}
