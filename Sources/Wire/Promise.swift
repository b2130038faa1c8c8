/// A result that arrives once, from any thread, for one task that waits.
///
/// The first ``settle(_:)`` counts; the continuation is resumed off the lock, exactly once.
final class Promise<Value: Sendable, Failure: Error>: Sendable {
    /// Who waits, or the result.
    private enum State {
        case open
        case awaited(CheckedContinuation<Result<Value, Failure>, Never>)
        case settled(Result<Value, Failure>)
    }

    private let state = Locked(State.open)

    /// Whether a result is there.
    var isSettled: Bool {
        state.withLock { if case .settled = $0 { true } else { false } }
    }

    /// Gives the result, unless one is already there.
    func settle(_ result: Result<Value, Failure>) {
        let waiting = state.withLock { state -> CheckedContinuation<Result<Value, Failure>, Never>? in
            switch state {
            case .settled: return nil
            case .open:
                state = .settled(result)
                return nil
            case .awaited(let continuation):
                state = .settled(result)
                return continuation
            }
        }
        waiting?.resume(returning: result)
    }

    /// The result, awaited by one task at most; who cancels must settle it.
    func result() async -> Result<Value, Failure> {
        await withCheckedContinuation { continuation in
            let present = state.withLock { state -> Result<Value, Failure>? in
                switch state {
                case .settled(let result): return result
                case .open:
                    state = .awaited(continuation)
                    return nil
                case .awaited: preconditionFailure("a promise is awaited by one task only")
                }
            }
            if let present { continuation.resume(returning: present) }
        }
    }
}
