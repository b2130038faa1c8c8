package import Reconciling

/// Which events are told, and which are told again: a pure value.
package struct EventBook: Sendable {
    /// What to do about an event.
    package enum Act: Sendable {
        /// Tell it, under a name of its own.
        case create(name: String, Event)
        /// It happens again: so often, and now.
        case series(name: String, count: Int, Event)
    }

    /// Events that are the same but for their time.
    private struct Subject: Hashable {
        var key: IntentKey?
        var severity: Event.Severity
        var reason: String
        var message: String

        /// What an event is about.
        init(_ event: Event) {
            key = event.key
            severity = event.severity
            reason = event.reason
            message = event.message
        }
    }

    /// What was told of a subject.
    private struct Told {
        var name: String
        var count: Int
        var last: Duration
        var lastToldAt: Duration
    }

    /// How many an intent may tell at once, and how long one more takes.
    private struct Allowance {
        var left: Double
        var at: Duration
    }

    /// How long the same event belongs to the series.
    package static let seriesLife = Duration.seconds(600)
    /// How often a series is told at most.
    package static let seriesPace = Duration.seconds(60)
    /// Events of one intent at once.
    package static let burst = 20.0
    /// Seconds until an intent may tell one more.
    package static let refill = 15.0
    /// Subjects that are remembered.
    package static let capacity = 4096

    private var told: [Subject: Told] = [:]
    private var allowances: [IntentKey?: Allowance] = [:]

    /// A book of nothing.
    package init() {}

    /// What to do about an event; nil where it is passed over.
    ///
    /// `suffix` makes its name.
    package mutating func take(_ event: Event, suffix: UInt64, at uptime: Duration) -> Act? {
        let subject = Subject(event)
        if var known = told[subject], uptime - known.last < Self.seriesLife {
            known.count += 1
            known.last = uptime
            let isDue = uptime - known.lastToldAt >= Self.seriesPace || known.count == 2
            if isDue { known.lastToldAt = uptime }
            told[subject] = known
            return isDue ? .series(name: known.name, count: known.count, event) : nil
        }
        guard allow(event.key, at: uptime) else { return nil }
        if told.count >= Self.capacity { prune(at: uptime) }
        let name = String(suffix, radix: 16)
        told[subject] = Told(name: name, count: 1, last: uptime, lastToldAt: uptime)
        return .create(name: name, event)
    }

    /// Forgets what was told of an event, so that it is told anew.
    package mutating func forget(_ event: Event) { told[Subject(event)] = nil }

    private mutating func allow(_ key: IntentKey?, at uptime: Duration) -> Bool {
        var allowance = allowances[key] ?? Allowance(left: Self.burst, at: uptime)
        let seconds = Double((uptime - allowance.at) / .milliseconds(1)) / 1000
        allowance.left = min(Self.burst, allowance.left + seconds / Self.refill)
        allowance.at = uptime
        let isAllowed = allowance.left >= 1
        if isAllowed { allowance.left -= 1 }
        allowances[key] = allowance
        return isAllowed
    }

    /// Forgets what is over; where that is not enough, everything.
    private mutating func prune(at uptime: Duration) {
        told = told.filter { uptime - $0.value.last < Self.seriesLife }
        if told.count >= Self.capacity { told = [:] }
        allowances = allowances.filter { uptime - $0.value.at < Self.seriesLife }
    }
}
