package import Intents

/// Measures how long an intent is interrupted, where it was promised anything about that.
///
/// It is interrupted while fewer slots run than are wanted, from when all of them first ran; while it is held back on
/// purpose, time counts neither way. Only a change is written down.
func measureUptime(_ deliberation: inout Deliberation) {
    guard let spec = deliberation.spec, spec.promisesUptime else {
        if deliberation.account.memory.uptime != UptimeMemory() { deliberation.account.memory.uptime = UptimeMemory() }
        return
    }
    var uptime = deliberation.account.memory.uptime
    let isUp = deliberation.allRun
    guard uptime.since != nil || isUp else { return }
    uptime.since = uptime.since ?? deliberation.now
    uptime.enter(deliberation.holdBuying != nil ? .held : isUp ? .up : .down, at: deliberation.now)
    if uptime != deliberation.account.memory.uptime { deliberation.account.memory.uptime = uptime }
    if let breaks = deliberation.breaksAt, breaks > deliberation.now {
        deliberation.wake(at: breaks, "the longest interruption that was promised")
    }
}

extension IntentSpec {
    /// Whether something is promised of how long it may be interrupted.
    var promisesUptime: Bool {
        workload.kind == .service && (sla.availability != nil || sla.maxInterruptionTime != nil)
    }
}

extension UptimeMemory {
    /// For how long a promise is measured.
    package static let window = Duration.seconds(30 * 86_400)

    /// How an intent stands.
    enum State: Hashable, Sendable {
        /// Every wanted slot runs.
        case up
        /// Some wanted slot does not run.
        case down
        /// It is held back on purpose.
        case held
    }

    private var state: State { interruptedSince != nil ? .down : heldSince != nil ? .held : .up }

    /// Notes how it stands now; what it was before is added to its days.
    mutating func enter(_ new: State, at now: Timestamp) {
        guard new != state else { return }
        if let since = interruptedSince { add(since, now) { $0.down += $1 } }
        if let since = heldSince { add(since, now) { $0.held += $1 } }
        interruptedSince = new == .down ? now : nil
        heldSince = new == .held ? now : nil
        let first = (now - Self.window).dayNumber
        days.removeAll { $0.number < first }
    }

    private mutating func add(_ from: Timestamp, _ until: Timestamp, _ put: (inout Day, Duration) -> Void) {
        // What is older than the window would be dropped at once.
        var start = max(from, until - Self.window)
        while start < until {
            let number = start.dayNumber
            let end = min(until, Timestamp(day: number + 1))
            var day = days.last.flatMap { $0.number == number ? $0 : nil } ?? Day(number: number)
            put(&day, end - start)
            if days.last?.number == number { days[days.count - 1] = day } else { days.append(day) }
            start = end
        }
    }

    /// The share of the last 30 days in which it was not interrupted, in thousandths of a percent, rounded down; nil
    /// before it has run.
    package func availability(at now: Timestamp) -> Int64? {
        guard let since else { return nil }
        let start = max(since, now - Self.window)
        let first = start.dayNumber
        var down = Duration.zero
        var held = Duration.zero
        for day in days where day.number >= first {
            down += day.down
            held += day.held
        }
        if let interruptedSince { down += now - max(interruptedSince, start) }
        if let heldSince { held += now - max(heldSince, start) }
        let measured = (now - start).milliseconds - held.milliseconds
        guard measured > 0 else { return 100_000 }
        let up = max(0, measured - down.milliseconds)
        return min(100_000, up * 100_000 / measured)
    }
}

extension Deliberation {
    /// When the present interruption becomes longer than was promised; nil while there is none, or no promise.
    var breaksAt: Timestamp? {
        guard let longest = spec?.sla.maxInterruptionTime else { return nil }
        return account.memory.uptime.interruptedSince.map { $0 + longest }
    }

    /// The promises of uptime that are broken.
    func brokenPromises() -> [(String, String, String)] {
        guard let spec, spec.promisesUptime else { return [] }
        var broken: [(String, String, String)] = []
        if let promised = spec.sla.availability,
            let measured = account.memory.uptime.availability(at: now), measured < promised.thousandths
        {
            let words = "it ran for less than \(Self.percent(promised.thousandths)) of the last 30 days"
            broken.append(("AvailabilityBroken", "BelowPromise", words))
        }
        if let breaks = breaksAt, now >= breaks, let longest = spec.sla.maxInterruptionTime {
            let words = "it has been interrupted for longer than \(longest.milliseconds / 1000) s"
            broken.append(("InterruptionTooLong", "OverPromise", words))
        }
        return broken
    }

    /// What is shown of the promise; nil where there is none, or nothing was measured yet.
    var availabilityStatus: AvailabilityStatus? {
        guard let spec, spec.promisesUptime, let measured = account.memory.uptime.availability(at: now) else {
            return nil
        }
        return AvailabilityStatus(
            measured: Self.percent(measured),
            promised: spec.sla.availability.map { Self.percent($0.thousandths) },
            since: max(account.memory.uptime.since ?? now, now - UptimeMemory.window),
            interruptedSince: account.memory.uptime.interruptedSince
        )
    }

    /// Thousandths of a percent in words: `99.950 %`.
    static func percent(_ thousandths: Int64) -> String {
        var figures = Figures()
        figures.append(Int(thousandths / 1000), width: 1)
        figures.append(".", Int(thousandths % 1000), width: 3)
        figures.append(" ")
        figures.append("%")
        return figures.text
    }
}
