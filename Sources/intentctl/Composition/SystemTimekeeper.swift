import Foundation
import Intents
import Reconciling

/// The machine's own clocks.
struct SystemTimekeeper: Timekeeper {
    private let clock = ContinuousClock()
    private let start: ContinuousClock.Instant

    /// Clocks whose uptime begins now.
    init() { start = ContinuousClock().now }

    var now: Timestamp {
        var time = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }

    var uptime: Duration { clock.now - start }

    func sleep(until uptime: Duration) async throws {
        try await clock.sleep(until: start + uptime, tolerance: .zero)
    }
}
