import Dispatch

/// Serves HTTP/1.1 on one address, within its limits; handlers run in the task tree of ``run()``.
package final class HTTPServer: Sendable {
    /// Answers one request; cancelled when the server ends.
    package typealias Handler = @Sendable (HTTPServerRequest) async -> HTTPServerResponse

    /// The port that the server listens on, also where any free one was asked for.
    package let port: Int
    private let core: ServerCore
    private let daemon: MicrohttpdDaemon
    private let handler: Handler

    private init(port: Int, core: ServerCore, daemon: MicrohttpdDaemon, handler: @escaping Handler) {
        self.port = port
        self.core = core
        self.daemon = daemon
        self.handler = handler
    }

    deinit {
        core.end()
        daemon.stop()
    }

    /// Begins to listen; requests wait until ``run()``.
    ///
    /// Throws when the address is taken or not ours, or when certificate and key do not fit.
    package static func bind(
        _ address: ListenAddress,
        limits: Limits = Limits(),
        identity: Identity? = nil,
        handler: @escaping Handler
    ) throws(ListenAddress.Failure) -> HTTPServer {
        let (listener, port) = try address.listen()
        let core = ServerCore(limits: limits)
        let daemon = try MicrohttpdDaemon(core: core, listener: listener, identity: identity)
        return HTTPServer(port: port, core: core, daemon: daemon, handler: handler)
    }

    /// How many connections are open.
    package var connectionCount: Int { core.connectionCount }

    /// How many complete requests wait for a handler.
    package var waitingRequests: Int { core.queue.count }

    /// Serves until the task is cancelled; may be called once.
    ///
    /// Then no connection is taken any more, running handlers are cancelled and their answers sent, waiting requests
    /// get 503, and the server stops.
    package func run() async {
        let watch = DispatchSource.makeTimerSource(queue: DispatchQueue(label: "http-server-deadlines"))
        let tick = max(10, min(1000, core.limits.requestDeadline.wholeMilliseconds / 4))
        watch.schedule(deadline: .now(), repeating: .milliseconds(tick))
        watch.setEventHandler { [core] in core.cutOverdue() }
        watch.activate()
        await withDiscardingTaskGroup { group in
            while let pending = await core.queue.next() {
                group.addTask {
                    await self.serve(pending)
                    self.core.queue.release()
                }
            }
            daemon.refuseConnections()
            core.end()
        }
        await core.drained()
        watch.cancel()
        daemon.stop()
    }

    private func serve(_ pending: PendingRequest) async {
        var response = await handler(pending.request)
        // A handler may see the end before the server itself does; its client must not send another request.
        if Task.isCancelled { response.headers.set("Connection", "close") }
        guard response.headers.firstInvalid == nil, response.isSendable else {
            return pending.exchange.answer(.text("the reply was malformed\n", status: 500))
        }
        guard case .stream(let producer) = response.content, pending.request.method != .head else {
            return pending.exchange.answer(response.withoutProducer)
        }
        let buffer = ReplyBuffer(high: core.limits.streamBufferBytes, connection: pending.exchange.connection)
        pending.exchange.answer(response, stream: buffer)
        do {
            try await producer(HTTPReplyWriter(buffer: buffer))
            buffer.finish(isWhole: true)
        } catch {
            // Whoever reads sees the reply broken off; there is nobody else to tell.
            buffer.finish(isWhole: false)
        }
    }
}

extension HTTPServerResponse {
    /// Whether the status is one that a final reply may have.
    fileprivate var isSendable: Bool {
        if case .nothingAtAll = content { true } else { 200...599 ~= status }
    }

    /// The same head, for a request that wants no body.
    fileprivate var withoutProducer: HTTPServerResponse {
        if case .stream = content { HTTPServerResponse(status: status, headers: headers) } else { self }
    }
}
