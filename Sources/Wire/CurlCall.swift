import Synchronization

/// One call on its way between a task and the thread of the transfers.
final class CurlCall: Sendable {
    /// Who waits for what.
    enum Sink: Sendable {
        /// One task, for the complete reply.
        case whole(Promise<HTTPResponse, HTTPClientError>)
        /// One task, for the head, and a reader for the pieces.
        case stream(Promise<HTTPResponseHead, HTTPClientError>, ChunkBuffer)
    }

    let id: UInt64
    let request: HTTPRequest
    let sink: Sink
    let began = ContinuousClock.now
    private let mailbox: CurlMailbox
    private let cancelled = Atomic(false)

    init(_ request: HTTPRequest, id: UInt64, sink: Sink, mailbox: CurlMailbox) {
        self.id = id
        self.request = request
        self.sink = sink
        self.mailbox = mailbox
    }

    /// Whether somebody has asked for an end; looked at when the transfer starts, since an order to cancel can
    /// overtake the order to start.
    var isCancelled: Bool { cancelled.load(ordering: .acquiring) }

    /// Asks for an end; the call is settled by the thread, or at once when that has ended.
    func cancel() {
        cancelled.store(true, ordering: .releasing)
        mailbox.post(.cancel(id))
    }

    /// Hands the call over; without a thread it is settled at once.
    func start() {
        if !mailbox.post(.start(self)) { fail(.notSent(failure(.clientShutDown, "the client has been shut down"))) }
    }

    /// Settles the call, if nothing else has.
    func fail(_ error: HTTPClientError) {
        switch sink {
        case .whole(let promise): promise.settle(.failure(error))
        case .stream(let head, let buffer):
            head.settle(.failure(error))
            buffer.finish(error)
        }
    }

    /// What went wrong in this call.
    func failure(_ reason: HTTPFailure.Reason, _ detail: String, status: Int? = nil) -> HTTPFailure {
        HTTPFailure(reason, target: request.target, detail: detail, status: status)
    }
}
