/// Complete requests on their way to the handlers, of which a bounded number runs at a time.
///
/// Each connection has one request here at most, so the limit of connections bounds it.
final class RequestQueue: Sendable {
    /// What is guarded: the requests, the places taken, and the server that waits.
    private struct State {
        var pending: [PendingRequest] = []
        var running = 0
        var isOpen = true
        var server: CheckedContinuation<PendingRequest?, Never>?

        /// Gives the server its next request, if there are all three: a server, a request and a place.
        mutating func match(places: Int) -> (CheckedContinuation<PendingRequest?, Never>, PendingRequest?)? {
            guard let server else { return nil }
            if !isOpen {
                self.server = nil
                return (server, nil)
            }
            guard running < places, !pending.isEmpty else { return nil }
            running += 1
            self.server = nil
            return (server, pending.removeFirst())
        }
    }

    private let state = Locked(State())
    private let places: Int

    init(places: Int) { self.places = places }

    /// How many requests wait.
    var count: Int { state.withLock { $0.pending.count } }

    /// Leaves a request; false once the queue is closed.
    func deliver(_ request: PendingRequest) -> Bool {
        change { state in
            if state.isOpen { state.pending.append(request) }
            return state.isOpen
        }
    }

    /// A handler has ended.
    func release() { change { $0.running -= 1 } }

    /// Takes no more requests; ``next()`` gives nil from now on.
    func close() { change { $0.isOpen = false } }

    /// Takes what nobody has begun to handle.
    func takeRest() -> [PendingRequest] {
        change { state in
            defer { state.pending = [] }
            return state.pending
        }
    }

    /// The next request, as soon as a handler may run; nil once closed or when the task is cancelled.
    func next() async -> PendingRequest? {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                change { state in
                    precondition(state.server == nil, "a server runs once at a time")
                    state.server = continuation
                }
            }
        } onCancel: {
            close()
        }
    }

    private func change<Result: Sendable>(_ body: (inout State) -> Result) -> Result {
        let (result, match) = state.withLock { state in (body(&state), state.match(places: places)) }
        match?.0.resume(returning: match?.1)
        return result
    }
}
