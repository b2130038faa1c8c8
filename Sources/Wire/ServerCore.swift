/// What libmicrohttpd's callbacks work on: every connection, the door, and the queue to the handlers.
final class ServerCore: Sendable {
    /// What is guarded: the connections, the answers under way, and who waits for the last of them.
    private struct State {
        var connections: [ObjectIdentifier: ServerConnection] = [:]
        var answering = 0
        var isEnding = false
        var drained: Promise<Void, Never>?
    }

    let limits: HTTPServer.Limits
    let door: ServerDoor
    let queue: RequestQueue
    private let state = Locked(State())

    init(limits: HTTPServer.Limits) {
        self.limits = limits
        door = ServerDoor(limits: limits)
        queue = RequestQueue(places: limits.concurrentHandlers)
    }

    /// Whether replies say that the connection ends with them.
    var isEnding: Bool { state.withLock { $0.isEnding } }

    /// How many connections are open.
    var connectionCount: Int { state.withLock { $0.connections.count } }

    /// Takes up a new connection.
    func open(descriptor: Int32) -> ServerConnection {
        let connection = ServerConnection(descriptor: descriptor, deadline: .now + limits.requestDeadline)
        state.withLock { $0.connections[ObjectIdentifier(connection)] = connection }
        return connection
    }

    /// Forgets a connection before its socket is closed.
    func close(_ connection: ServerConnection) {
        connection.close()
        _ = state.withLock { $0.connections.removeValue(forKey: ObjectIdentifier(connection)) }
    }

    /// Counts an exchange whose answer is due.
    func beginAnswer(_ connection: ServerConnection) {
        if connection.answering() { state.withLock { $0.answering += 1 } }
    }

    /// Ends an exchange.
    func complete(_ connection: ServerConnection) {
        let (exchange, wasAnswering) = connection.end(deadline: .now + limits.idle + limits.requestDeadline)
        exchange?.complete()
        guard wasAnswering else { return }
        let drained = state.withLock { state -> Promise<Void, Never>? in
            state.answering -= 1
            return state.answering == 0 ? state.drained : nil
        }
        drained?.settle(.success(()))
    }

    /// Cuts every connection whose time is over.
    func cutOverdue() {
        let now = ContinuousClock.now
        for connection in state.withLock({ Array($0.connections.values) }) { connection.cut(at: now) }
    }

    /// Takes no more requests, and turns away those that no handler has begun.
    func end() {
        queue.close()
        let connections = state.withLock { state in
            state.isEnding = true
            return Array(state.connections.values)
        }
        for pending in queue.takeRest() { pending.exchange.answer(Self.ending) }
        let now = ContinuousClock.now
        for connection in connections { connection.hurry(until: now + limits.drain, now: now) }
    }

    /// Waits until every answer has left or its connection was cut.
    func drained() async {
        let promise = Promise<Void, Never>()
        let isIdle = state.withLock { state in
            state.drained = promise
            return state.answering == 0
        }
        if !isIdle { _ = await promise.result() }
    }

    /// What a request gets that comes too late.
    static let ending = HTTPServerResponse.text("the server is shutting down\n", status: 503)
}
