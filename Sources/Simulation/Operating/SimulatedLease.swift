import Intents
package import Reconciling

/// A lock with a term, of which one process at a time is told that it holds it.
///
/// Its holder renews it in good time unless it is cut off; then its term runs out, and another may take it.
package final class SimulatedLease: Sendable {
    private struct State {
        var holder = 0
        /// When the term of a holder that is cut off runs out; nil while it renews.
        var end: VirtualClock.Instant?
    }

    /// How long a term is.
    package static let term = Duration.seconds(15)

    private let clock: VirtualClock
    private let state = Locked(State())

    /// A lock that nobody holds.
    package init(_ clock: VirtualClock) { self.clock = clock }

    /// Gives it to a process: the last one has died, or its term is over.
    package func give(to process: Int) { state.withLock { $0 = State(holder: process) } }

    /// Lets the present term be the last of its holder; returns when it ends.
    package func cutOff() -> VirtualClock.Instant {
        let end = clock.now.advanced(by: Self.term)
        return state.withLock { state in
            state.end = state.end ?? end
            return state.end ?? end
        }
    }

    /// How long a process may act from now on.
    package func timeLeft(of process: Int) -> Duration {
        let now = clock.now
        return state.withLock { state in
            guard state.holder == process else { return .zero }
            return state.end.map { max(.zero, now.duration(to: $0)) } ?? Self.term
        }
    }

    /// The right of a process to act.
    package func right(of process: Int) -> any Leadership { LeaseRight(lease: self, process: process) }
}

/// The right of one process to act, as long as its lock says so.
private struct LeaseRight: Leadership {
    let lease: SimulatedLease
    let process: Int

    func timeLeft() -> Duration? { lease.timeLeft(of: process) }
}
