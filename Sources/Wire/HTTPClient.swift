/// Calls servers over HTTP/1.1 and HTTP/2: many at a time, on one thread of its own, each within its limits.
///
/// Redirects are never followed. ``shutdown()`` ends the thread; without it the last reference's end does.
package final class HTTPClient: Sendable {
    private let configuration: Configuration
    private let mailbox: CurlMailbox
    private let thread: CurlThread

    /// Makes a client and starts its thread.
    package init(_ configuration: Configuration = Configuration()) {
        self.configuration = configuration
        let multi = CurlMulti(
            connectionsPerHost: configuration.maximumConnectionsPerHost,
            keptConnections: configuration.maximumKeptConnections
        )
        mailbox = CurlMailbox(multi: multi)
        thread = CurlThread(multi: multi, mailbox: mailbox, configuration: configuration)
    }

    deinit { shutdown() }

    /// Ends every call and the thread, and waits for it.
    ///
    /// Later calls are `notSent`. May be called again.
    package func shutdown() {
        mailbox.post(.stop)
        thread.join()
    }

    /// Sends a request and collects the reply.
    ///
    /// Any status is a reply, not an error. The error says whether the server can have acted (``HTTPClientError``).
    package func send(_ request: HTTPRequest) async throws(HTTPClientError) -> HTTPResponse {
        try check(request)
        let reply = Promise<HTTPResponse, HTTPClientError>()
        let call = CurlCall(request, id: mailbox.number(), sink: .whole(reply), mailbox: mailbox)
        return try await withTaskCancellationHandler {
            call.start()
            return await reply.result()
        } onCancel: {
            call.cancel()
        }.get()
    }

    /// Sends a request and returns once the reply's head is there; the body follows in pieces, at the reader's pace.
    ///
    /// The request's `deadline` and `maximumReplyBytes` hold for the whole stream: lift them where it is to live long.
    package func stream(_ request: HTTPRequest) async throws(HTTPClientError) -> HTTPStreamedResponse {
        try check(request)
        let reply = Promise<HTTPResponseHead, HTTPClientError>()
        let id = mailbox.number()
        let buffer = ChunkBuffer(high: configuration.streamBufferBytes) { [mailbox] in mailbox.post(.resume(id)) }
        let call = CurlCall(request, id: id, sink: .stream(reply, buffer), mailbox: mailbox)
        let body = HTTPBody(call: call, buffer: buffer)
        let head = try await withTaskCancellationHandler {
            call.start()
            return await reply.result()
        } onCancel: {
            call.cancel()
        }.get()
        return HTTPStreamedResponse(status: head.status, headers: head.headers, body: body)
    }

    private func check(_ request: HTTPRequest) throws(HTTPClientError) {
        guard let fault = request.fault else { return }
        throw .notSent(HTTPFailure(fault.reason, target: request.target, detail: fault.detail))
    }
}
