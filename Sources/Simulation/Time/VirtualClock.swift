package import Intents

/// A clock whose time passes only when everybody sleeps.
package struct VirtualClock: Clock {
    /// A point of virtual time, counted from the start of its executor.
    package struct Instant: InstantProtocol, Hashable, Sendable {
        /// How long after the start.
        package let offset: Duration

        /// An instant after the start.
        package init(offset: Duration) { self.offset = offset }

        package func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }

        package func duration(to other: Instant) -> Duration { other.offset - offset }

        package static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
    }

    let executor: DeterministicExecutor

    package var now: Instant { executor.now }

    package var minimumResolution: Duration { .nanoseconds(1) }

    /// The moment in the simulated world.
    package var timestamp: Timestamp { executor.epoch + now.offset }

    package func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        try await executor.sleep(until: deadline)
    }
}
