package import Intents
import Reconciling

/// The clock on the wall of the operator's machine, which somebody may set wrong; it outlives every process.
package final class WallClock: Sendable {
    private let clock: VirtualClock
    private let error = Locked(Duration.zero)

    /// A wall clock that goes right.
    package init(_ clock: VirtualClock) { self.clock = clock }

    /// What it shows.
    package var now: Timestamp { clock.timestamp + error.withLock { $0 } }

    /// Sets it so much before the true time, or after it where negative.
    package func set(wrongBy span: Duration) { error.withLock { $0 = span } }
}

/// The heart's clock over virtual time, for one life of a process.
package struct VirtualTimekeeper: Timekeeper {
    /// Nobody sleeps longer in one go, so that the sleepers of a dead process soon find out.
    private static let longestSleep = Duration.seconds(5)

    private let clock: VirtualClock
    private let wall: WallClock
    private let life: ProcessLife
    private let born: VirtualClock.Instant

    /// The clock of a process that starts now.
    package init(_ clock: VirtualClock, wall: WallClock, life: ProcessLife) {
        self.clock = clock
        self.wall = wall
        self.life = life
        born = clock.now
    }

    package var now: Timestamp { wall.now }

    package var uptime: Duration { born.duration(to: clock.now) }

    package func sleep(until uptime: Duration) async throws {
        let end = born.advanced(by: uptime)
        try Task.checkCancellation()
        while clock.now < end {
            let next = min(end, clock.now.advanced(by: Self.longestSleep))
            try await clock.sleep(until: next, tolerance: nil)
            await life.mustLive()
        }
    }
}
