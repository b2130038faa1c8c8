import Reconciling

/// When calls arrived at the platform, on the clock of the process that also makes the changes.
final class Arrivals: Sendable {
    private struct State {
        var count = 0
        var first: ContinuousClock.Instant?
        var last: ContinuousClock.Instant?
    }

    private let state = Locked(State())

    /// Nothing has arrived.
    init() {}

    /// Notes that a call has arrived.
    func note() {
        let now = ContinuousClock.now
        state.withLock { state in
            state.count += 1
            state.first = state.first ?? now
            state.last = now
        }
    }

    /// How many calls have arrived.
    var count: Int { state.withLock { $0.count } }

    /// The first arrival since `forget`.
    var first: ContinuousClock.Instant? { state.withLock { $0.first } }

    /// When something arrived last; nil before anything has.
    var last: ContinuousClock.Instant? { state.withLock { $0.last } }

    /// Forgets the first arrival.
    func forget() { state.withLock { $0.first = nil } }
}
