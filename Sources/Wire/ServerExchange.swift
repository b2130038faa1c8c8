/// One request and its answer, from the request's line until the last byte is out.
final class ServerExchange: Sendable {
    /// Where the exchange stands; each step follows the one before.
    enum Phase: Sendable {
        /// The request's line is there.
        case opened
        /// The head has been let in; the body is coming.
        case collecting(HTTPMethod, HTTPHeaders, [UInt8], total: Int)
        /// The request is complete and the connection suspended until a handler has answered.
        case waiting
        /// A handler has answered; the server's thread takes it from here.
        case answered(HTTPServerResponse, ReplyBuffer?)
        /// The answer is on its way.
        case replying(ReplyBuffer?)
    }

    let target: String
    let connection: MicrohttpdConnection
    let phase = Locked(Phase.opened)

    init(target: String, connection: MicrohttpdConnection) {
        self.target = target
        self.connection = connection
    }

    /// Gives the answer and lets the server's thread go on with the connection; once, while waiting.
    func answer(_ response: HTTPServerResponse, stream: ReplyBuffer? = nil) {
        phase.withLock { phase in
            guard case .waiting = phase else { preconditionFailure("an exchange is answered once, while it waits") }
            phase = .answered(response, stream)
        }
        connection.resume()
    }

    /// Tells a writer that nobody reads any more.
    func complete() {
        let buffer = phase.withLock { phase -> ReplyBuffer? in
            switch phase {
            case .replying(let buffer), .answered(_, let buffer): buffer
            case .opened, .collecting, .waiting: nil
            }
        }
        buffer?.abandon()
    }
}

/// A complete request that waits for a handler.
struct PendingRequest: Sendable {
    let request: HTTPServerRequest
    let exchange: ServerExchange
}
