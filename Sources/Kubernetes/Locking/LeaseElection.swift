package import Intents

/// Who holds a Lease, and what to do to get or keep it.
///
/// A pure state machine. It trusts no other machine's clock: another holder's Lease has run out when it has not changed
/// for its duration, measured here; our own runs out its duration after the last renewal that succeeded was begun.
package struct LeaseElection: Sendable {
    /// The times of a Lease.
    package struct Timing: Hashable, Sendable {
        /// How long it is held without a renewal.
        package var duration = Duration.seconds(15)
        /// How long renewals may fail before it is given up.
        package var renewWithin = Duration.seconds(10)
        /// How often it is renewed, and looked at by those who wait.
        package var period = Duration.seconds(2)

        /// 15, 10 and 2 seconds.
        package init() {}
    }

    /// What to do next.
    package enum Move: Hashable, Sendable {
        /// Wait so long, then look at the Lease.
        case wait(Duration)
        /// Read the Lease.
        case read
        /// Make the Lease.
        case create(LeaseClaim)
        /// Write into the Lease as it was read.
        case write(LeaseClaim, resourceVersion: String)
        /// It is lost.
        case lost
    }

    /// What was seen of another's Lease, and since when it has not changed.
    private struct Sighting: Hashable, Sendable {
        var holder: String
        var renewedAt: Timestamp?
        var transitions: Int
        var duration: Duration
        var since: Duration
    }

    /// What we hold.
    private struct Holding: Hashable, Sendable {
        var acquiredAt: Timestamp
        var transitions: Int
        var renewedAt: Duration
    }

    /// Who we are: random, so that an earlier process of the same name is another one.
    package let identity: String
    private let timing: Timing
    private var sighting: Sighting?
    private var holding: Holding?
    private var isLost = false
    private var resourceVersion: String?
    private var nextAt: Duration?
    /// Who holds it, as far as we saw; nil where nobody does.
    package private(set) var otherHolder: String?

    /// An election in which nothing is known.
    package init(identity: String, timing: Timing = Timing()) {
        self.identity = identity
        self.timing = timing
    }

    /// Whether we hold it.
    package var isHeld: Bool { holding != nil }

    /// How long what we hold lasts; zero where we hold nothing.
    package func timeLeft(at uptime: Duration) -> Duration {
        guard let holding, !isLost else { return .zero }
        return max(.zero, holding.renewedAt + timing.duration - uptime)
    }

    /// What to do now.
    package mutating func move(at uptime: Duration, now: Timestamp) -> Move {
        if isLost { return .lost }
        if let holding, uptime - holding.renewedAt >= timing.renewWithin {
            isLost = true
            return .lost
        }
        if let nextAt, uptime < nextAt { return .wait(nextAt - uptime) }
        guard let holding else { return .read }
        guard let resourceVersion else { return .read }
        return .write(claim(now, since: holding.acquiredAt, holding.transitions), resourceVersion: resourceVersion)
    }

    /// The Lease was read, begun at `uptime`; nil where there is none.
    ///
    /// Says what to do about it.
    package mutating func read(_ lease: LeaseObject?, at uptime: Duration, now: Timestamp) -> Move {
        guard let lease else {
            if holding != nil { return lose() }
            otherHolder = nil
            return .create(claim(now, since: now, 0))
        }
        resourceVersion = lease.metadata.resourceVersion
        if lease.holder == identity {
            let since = holding?.acquiredAt ?? lease.acquiredAt ?? now
            let transitions = holding?.transitions ?? lease.transitions
            return .write(claim(now, since: since, transitions), resourceVersion: lease.metadata.resourceVersion)
        }
        if holding != nil { return lose() }
        otherHolder = lease.holder
        guard let holder = lease.holder else { return take(lease, now) }
        let seen = Sighting(
            holder: holder,
            renewedAt: lease.renewedAt,
            transitions: lease.transitions,
            duration: .seconds(max(1, lease.durationSeconds ?? Int(timing.duration.components.seconds))),
            since: sighting?.since ?? uptime
        )
        if seen != sighting {
            sighting = seen
            sighting?.since = uptime
        }
        guard let since = sighting?.since, uptime - since >= seen.duration else {
            nextAt = uptime + timing.period
            return .wait(timing.period)
        }
        return take(lease, now)
    }

    /// A claim was accepted, in a call that was begun at `uptime`.
    package mutating func wrote(_ claim: LeaseClaim, _ lease: LeaseObject, begunAt uptime: Duration) {
        resourceVersion = lease.metadata.resourceVersion
        guard !isLost else { return }
        holding = Holding(acquiredAt: claim.acquiredAt, transitions: claim.transitions, renewedAt: uptime)
        sighting = nil
        otherHolder = nil
        nextAt = uptime + timing.period
    }

    /// Another call of ours has left the Lease so: the next renewal need not read it first.
    package mutating func saw(_ lease: LeaseObject) {
        guard holding != nil, lease.holder == identity else { return }
        resourceVersion = lease.metadata.resourceVersion
    }

    /// A call has failed.
    package mutating func failed(_ error: APIError, at uptime: Duration) {
        switch error.consequence {
        case .readAgain, .alreadyExists, .gone:
            // Somebody wrote, or our own write of unknown outcome did: look at once.
            resourceVersion = nil
            nextAt = nil
        case .unknown:
            resourceVersion = nil
            nextAt = uptime + .milliseconds(500)
        case .retry(let after): nextAt = uptime + min(max(after ?? .zero, .milliseconds(500)), timing.period)
        default: nextAt = uptime + timing.period
        }
    }

    /// Gives it back: what to write, where we hold it.
    package mutating func release(at uptime: Duration, now: Timestamp) -> (LeaseClaim, resourceVersion: String)? {
        guard timeLeft(at: uptime) > .zero, let holding, let resourceVersion else {
            isLost = true
            return nil
        }
        isLost = true
        var claim = claim(now, since: holding.acquiredAt, holding.transitions)
        claim.holder = ""
        claim.durationSeconds = 1
        return (claim, resourceVersion)
    }

    private mutating func lose() -> Move {
        isLost = true
        return .lost
    }

    private func take(_ lease: LeaseObject, _ now: Timestamp) -> Move {
        .write(claim(now, since: now, lease.transitions + 1), resourceVersion: lease.metadata.resourceVersion)
    }

    private func claim(_ now: Timestamp, since acquiredAt: Timestamp, _ transitions: Int) -> LeaseClaim {
        LeaseClaim(
            holder: identity,
            durationSeconds: Int(timing.duration.components.seconds),
            acquiredAt: acquiredAt,
            renewedAt: now,
            transitions: transitions
        )
    }
}
