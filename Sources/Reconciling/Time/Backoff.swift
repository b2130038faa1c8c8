import Intents

/// How long to wait before a failed reconcile is tried again: doubled each time, with full jitter.
package struct Backoff: Hashable, Sendable {
    /// The longest first wait.
    package var first = Duration.seconds(1)
    /// The longest wait ever.
    package var limit = Duration.seconds(60)

    /// One second to sixty.
    package init() {}

    /// The longest wait after so many failures in a row, from 1.
    package func ceiling(failures: Int) -> Duration {
        let doubled = first * (1 << min(max(0, failures - 1), 16))
        return min(doubled, limit)
    }

    /// A wait between nothing and the ceiling, but not under what the platform asked for.
    package func wait(failures: Int, atLeast floor: Duration?, dice: SharedDice) -> Duration {
        #if MUTANTS
        if Mutant.retryWithoutBound.isActive { return .milliseconds(100) }
        #endif
        let most = ceiling(failures: failures).milliseconds
        let thrown = Duration.milliseconds(dice.throwOne(in: min(100, most)...most))
        guard let floor else { return thrown }
        // A little past the time that was asked for, so that not everybody comes back at once.
        return max(thrown, floor + .milliseconds(dice.throwOne(in: 0...1000)))
    }
}
