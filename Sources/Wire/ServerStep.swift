import CMicrohttpd

/// What one call of libmicrohttpd does to an exchange; on the server's thread.
///
/// Each step returns false to close the connection without another byte.
struct ServerStep {
    let core: ServerCore
    let record: ServerConnection
    let exchange: ServerExchange
    let pointer: MicrohttpdPointer

    /// Looks at the head, and lets it in or answers at once.
    func open(method: String, version: String) -> Bool {
        var headers = HTTPHeaders()
        unsafe withUnsafeMutablePointer(to: &headers) {
            _ = unsafe MHD_get_connection_values_n(pointer.raw, MHD_ValueKind.HEADER_KIND, serverReadsHeader, $0)
        }
        let head = RequestHead(
            method: method,
            target: exchange.target,
            version: version,
            headers: headers,
            bytes: unsafe cmhd_header_bytes(pointer.raw)
        )
        do throws(Refusal) {
            let method = try core.door.admit(head)
            exchange.phase.withLock { $0 = .collecting(method, headers, [], total: 0) }
            return true
        } catch {
            return refuse(error)
        }
    }

    /// Takes a piece of the body; beyond the limit it is counted and thrown away.
    func collect(_ bytes: UnsafeRawBufferPointer) -> Bool {
        let limit = core.limits.bodyBytes
        let count = bytes.count
        let piece = unsafe [UInt8](bytes)
        return exchange.phase.withLock { phase in
            guard case .collecting(let method, let headers, var body, let total) = phase else { return false }
            guard total + count <= limit * ServerDoor.discarded else { return false }
            // Emptied first, so that the body is not copied with every piece.
            phase = .opened
            if total + count <= limit { body += piece } else { body = [] }
            phase = .collecting(method, headers, body, total: total + count)
            return true
        }
    }

    /// The request is complete: suspends the connection and hands the request to the handlers.
    func hand() -> Bool {
        let limit = core.limits.bodyBytes
        let request = exchange.phase.withLock { [exchange] phase -> HTTPServerRequest? in
            guard case .collecting(let method, let headers, let body, let total) = phase, total <= limit else {
                return nil
            }
            phase = .waiting
            return HTTPServerRequest(method, target: exchange.target, headers: headers, body: body)
        }
        guard let request else {
            return refuse(Refusal(status: 413, message: "the body is larger than \(limit) bytes"))
        }
        core.beginAnswer(record)
        // First suspended, then handed over: a handler may answer before this function returns.
        exchange.connection.suspend()
        if !core.queue.deliver(PendingRequest(request: request, exchange: exchange)) {
            exchange.answer(ServerCore.ending)
        }
        return true
    }

    private func refuse(_ refusal: Refusal) -> Bool {
        core.beginAnswer(record)
        var response = HTTPServerResponse.text(refusal.message + "\n", status: refusal.status)
        response.headers.append("Connection", "close")
        if let allow = refusal.allow { response.headers.append("Allow", allow) }
        return reply(response, stream: nil)
    }

    /// Queues the answer.
    func reply(_ response: HTTPServerResponse, stream: ReplyBuffer?) -> Bool {
        exchange.phase.withLock { $0 = .replying(stream) }
        guard let reply = unsafe make(response, stream: stream) else {
            stream?.abandon()
            return false
        }
        defer { unsafe MHD_destroy_response(reply) }
        for field in response.headers.fields where !Self.ownFields.contains(field.name.lowercased()) {
            guard unsafe MHD_add_response_header(reply, field.name, field.value) == MHD_Result.YES else { return false }
        }
        if core.isEnding, response.headers["Connection"] == nil {
            unsafe MHD_add_response_header(reply, "Connection", "close")
        }
        return unsafe MHD_queue_response(pointer.raw, UInt32(response.status), reply) == MHD_Result.YES
    }

    private func make(_ response: HTTPServerResponse, stream: ReplyBuffer?) -> OpaquePointer? {
        switch response.content {
        case .nothingAtAll: return nil
        case .bytes(var bytes):
            return unsafe bytes.withUnsafeMutableBytes {
                unsafe MHD_create_response_from_buffer($0.count, $0.baseAddress, .RESPMEM_MUST_COPY)
            }
        case .stream:
            guard let stream else { return nil }
            let context = unsafe Unmanaged.passRetained(stream).toOpaque()
            return unsafe MHD_create_response_from_callback(
                UInt64.max,
                16 << 10,
                serverReadsReply,
                context,
                serverForgetsReply
            )
        }
    }

    private static let ownFields: Set<String> = ["content-length", "transfer-encoding", "date"]
}
