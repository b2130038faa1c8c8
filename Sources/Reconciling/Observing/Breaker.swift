import Intents

/// Stops calling a platform that does not answer, and tries it again after a while.
package struct Breaker: Hashable, Sendable {
    /// So many failures in a row open it.
    package static let threshold = 5
    /// The first pause; doubled each time, up to the limit.
    package static let firstPause = Duration.seconds(5)
    /// The longest pause.
    package static let longestPause = Duration.seconds(60)

    private var failures = 0
    private var pause = Breaker.firstPause
    private var openUntil: Duration?
    private var probing = false

    /// A closed breaker.
    package init() {}

    /// How long a call at `moment` of uptime would have to wait; nil means that it may go out.
    ///
    /// Takes nothing.
    package func wait(at moment: Duration) -> Duration? {
        guard let openUntil else { return nil }
        guard moment >= openUntil else { return openUntil - moment }
        return probing ? .seconds(1) : nil
    }

    /// Lets a call out at `moment` of uptime; nil means yes, else how long to wait.
    ///
    /// After the pause one call is let through to try; the others wait until it has answered, or until it was given
    /// back with `withdrew`.
    package mutating func admit(at moment: Duration) -> Duration? {
        if let wait = wait(at: moment) { return wait }
        if openUntil != nil { probing = true }
        return nil
    }

    /// Takes in that a call that was let out was not made after all, so that another one may try.
    package mutating func withdrew() { probing = false }

    /// Takes in that the platform answered, whatever it said.
    package mutating func succeeded() { self = Breaker() }

    /// Takes in that it did not answer, or answered that it is broken.
    ///
    /// Returns whether this opened the breaker.
    package mutating func failed(at moment: Duration) -> Bool {
        failures += 1
        if probing {
            probing = false
            pause = min(pause * 2, Self.longestPause)
            openUntil = moment + pause
            return false
        }
        guard failures >= Self.threshold, openUntil == nil else { return false }
        openUntil = moment + pause
        return true
    }

    /// Whether calls are held back.
    package var isOpen: Bool { openUntil != nil }
}

/// Spreads calls over time: so many a second, with so many at once after a rest.
package struct TokenBucket: Hashable, Sendable {
    private let perSecond: Double
    private let burst: Double
    private var tokens: Double
    private var filledAt: Duration

    /// A full bucket at `moment` of uptime.
    package init(perSecond: Double, burst: Int, at moment: Duration = .zero) {
        self.perSecond = perSecond
        self.burst = Double(burst)
        tokens = Double(burst)
        filledAt = moment
    }

    /// Takes a token, perhaps one of the future, and says how long to wait for it.
    package mutating func take(at moment: Duration) -> Duration {
        let elapsed = Double((moment - filledAt).milliseconds) / 1000
        tokens = min(burst, tokens + max(0, elapsed) * perSecond) - 1
        filledAt = moment
        return tokens >= 0 ? .zero : .milliseconds(Int64((-tokens / perSecond * 1000).rounded(.up)))
    }
}
