import Glibc

/// A connection's own record: its exchange, and when it must have got on.
final class ServerConnection: Sendable {
    /// What is guarded: the exchange, the deadline, and whether the socket is still ours.
    private struct State {
        var exchange: ServerExchange?
        var deadline: ContinuousClock.Instant?
        var isOpen = true
        var isAnswering = false
    }

    /// `SHUT_RDWR`, whose name belongs to whichever C module was read first and so cannot be relied on.
    private static let bothDirections: Int32 = 2

    private let state: Locked<State>
    private let descriptor: Int32

    init(descriptor: Int32, deadline: ContinuousClock.Instant) {
        self.descriptor = descriptor
        state = Locked(State(deadline: deadline))
    }

    /// The request that is under way.
    var exchange: ServerExchange? { state.withLock { $0.exchange } }

    /// A request's line has arrived: it must be complete by then, or earlier where that was said before.
    func begin(_ exchange: ServerExchange, deadline: ContinuousClock.Instant) {
        state.withLock { state in
            state.exchange = exchange
            state.deadline = min(state.deadline ?? deadline, deadline)
        }
    }

    /// The request is complete, or refused; true the first time.
    func answering() -> Bool {
        state.withLock { state in
            defer { state.isAnswering = true }
            state.deadline = nil
            return !state.isAnswering
        }
    }

    /// The exchange is over; gives it back, and whether it was being answered.
    func end(deadline: ContinuousClock.Instant) -> (exchange: ServerExchange?, wasAnswering: Bool) {
        state.withLock { state in
            defer {
                state.exchange = nil
                state.isAnswering = false
                state.deadline = deadline
            }
            return (state.exchange, state.isAnswering)
        }
    }

    /// The server ends: a request on its way is cut off, an answer may still leave until then.
    func hurry(until deadline: ContinuousClock.Instant, now: ContinuousClock.Instant) {
        state.withLock { $0.deadline = $0.isAnswering ? deadline : now }
    }

    /// The socket will be closed, and its number given to another one.
    func close() { state.withLock { $0.isOpen = false } }

    /// Ends the connection if it is overdue; the lock keeps the socket from being closed meanwhile.
    func cut(at now: ContinuousClock.Instant) {
        state.withLock { state in
            guard state.isOpen, let deadline = state.deadline, deadline <= now else { return }
            state.deadline = nil
            shutdown(descriptor, Self.bothDirections)
        }
    }
}
