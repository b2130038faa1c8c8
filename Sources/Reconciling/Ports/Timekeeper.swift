package import Intents

/// Tells the time and waits; the only clock that the heart knows.
///
/// Promises: `uptime` never goes back and never jumps; `now` may do both; sleeping ends early only by cancellation.
package protocol Timekeeper: Sendable {
    /// The world's time, for records, deadlines and people.
    var now: Timestamp { get }
    /// Time since some fixed start of the process, for delays.
    var uptime: Duration { get }
    /// Waits until `uptime` has reached this. Throws `CancellationError` when the task is cancelled first.
    func sleep(until uptime: Duration) async throws
}

/// The right to make calls that change the world.
///
/// Promises: while `timeLeft` says so, nobody else holds it.
package protocol Leadership: Sendable {
    /// How long the right lasts from now; nil means until it is given up. Zero or less means lost.
    func timeLeft() -> Duration?
}

/// The right of a process that holds its ledger by a lock which only its own end releases.
package struct ExclusiveLeadership: Leadership {
    /// A right without an end.
    package init() {}

    package func timeLeft() -> Duration? { nil }
}
