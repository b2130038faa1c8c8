import FoundationEssentials
import Intents
import Reconciling

/// The machine's own clocks.
struct SystemTimekeeper: Timekeeper {
    private let clock = ContinuousClock()
    private let start: ContinuousClock.Instant

    /// Clocks whose uptime begins now.
    init() { start = ContinuousClock().now }

    // `clock_gettime` would do, but which C module its `timespec` belongs to depends on the order of the build.
    var now: Timestamp { Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) }

    var uptime: Duration { clock.now - start }

    func sleep(until uptime: Duration) async throws {
        try await clock.sleep(until: start + uptime, tolerance: .zero)
    }
}
