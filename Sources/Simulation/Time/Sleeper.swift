/// Someone who sleeps in virtual time; woken or cancelled exactly once, or abandoned with its whole run.
@safe
struct Sleeper: Sendable {
    private let continuation: UnsafeContinuation<Void, any Error>

    /// Holds on to what wakes it.
    ///
    /// Not a checked one, because an abandoned run never wakes its sleepers.
    init(_ continuation: UnsafeContinuation<Void, any Error>) { unsafe self.continuation = continuation }

    /// Its time has come.
    func wake() { unsafe continuation.resume() }

    /// Its task was cancelled.
    func cancel() { unsafe continuation.resume(throwing: CancellationError()) }
}
