import Reconciling
import Serving

/// What signals, health checks and the operator of one process know of each other.
final class RunConduct: Sendable {
    private struct State: Sendable {
        var worker: Operator?
        var isInterrupted = false
    }

    private let state = Locked(State())

    /// Whether somebody asked for the end.
    var isInterrupted: Bool { state.withLock { $0.isInterrupted } }

    /// Asks for the end: no new step begins, and open calls come to theirs.
    func interrupt() {
        let worker = state.withLock { state in
            state.isInterrupted = true
            return state.worker
        }
        worker?.drain()
    }

    /// The operator works from now on; one that comes after the interruption ends at once.
    func begin(_ worker: Operator) {
        let isInterrupted = state.withLock { state in
            state.worker = worker
            return state.isInterrupted
        }
        if isInterrupted { worker.drain() }
    }

    /// Whether the process can do its work; one that stands by for another can.
    var readiness: HealthEndpoint.Readiness {
        guard let worker = state.withLock({ $0.worker }) else { return HealthEndpoint.Readiness(obstacles: []) }
        return HealthEndpoint.Readiness(worker)
    }
}
