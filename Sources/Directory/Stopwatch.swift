/// A clock of which only the time since a start matters.
struct Stopwatch: Sendable {
    /// The time since the start.
    let elapsed: @Sendable () -> Duration
    /// Waits; throws `CancellationError` where the task is cancelled meanwhile.
    let sleep: @Sendable (Duration) async throws -> Void

    /// A stopwatch that starts now.
    init<C: Clock>(_ clock: C) where C.Duration == Duration {
        let start = clock.now
        elapsed = { start.duration(to: clock.now) }
        sleep = { try await clock.sleep(for: $0) }
    }
}
