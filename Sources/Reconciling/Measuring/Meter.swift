package import Intents

/// Measures the loads of the intents that scale or rest by them: one read for all of them, every so often.
///
/// Nothing is measured while no intent asks for it. An intent is looked at anew only when its trend has come to something.
package final class Meter: Sendable {
    /// What a meter works with.
    package struct Tools: Sendable {
        /// Where loads come from.
        var measurements: any Measurements
        /// The rows.
        var books: Books
        /// The clock.
        var time: any Timekeeper
        /// What is wished for a key now.
        var wish: @Sendable (IntentKey) -> Wish?
        /// Is told which intents are to be looked at, and what people should know.
        var alert: @Sendable ([IntentKey], [Event]) -> Void
    }

    private struct State {
        var trends: [IntentKey: LoadTrend?] = [:]
        var announced: [IntentKey: Timestamp] = [:]
        var problem: String?
    }

    private let tools: Tools
    private let windows: ScalingWindows
    private let rule: ScalingRule
    private let state = Locked(State())

    /// A meter that has measured nothing.
    package init(_ tools: Tools, windows: ScalingWindows, rule: ScalingRule = ScalingRule()) {
        self.tools = tools
        self.windows = windows
        self.rule = rule
    }

    /// The trend of an intent, which is measured from now on where its wish asks for it.
    package func trend(of key: IntentKey, _ wish: Wish?) -> LoadTrend? {
        let isMeant = wish?.intent.spec.isMeasured ?? false
        return state.withLock { state in
            guard isMeant else {
                if state.trends.isEmpty { return nil }
                state.trends.removeValue(forKey: key)
                state.announced[key] = nil
                return nil
            }
            if let trend = state.trends[key] { return trend }
            state.trends.updateValue(nil, forKey: key)
            return nil
        }
    }

    /// Measures again and again until it is cancelled.
    package func run(every interval: Duration) async {
        while !Task.isCancelled {
            guard (try? await tools.time.sleep(until: tools.time.uptime + interval)) != nil else { return }
            await measure()
        }
    }

    /// Measures once, and takes in what it means.
    package func measure() async {
        let keys = state.withLock { $0.trends.keys.sorted() }
        guard !keys.isEmpty else { return }
        var report: LoadReport?
        var problem: String?
        do throws(MeasurementError) {
            report = try await tools.measurements.read()
        } catch {
            problem = error.message
        }
        let now = tools.time.now
        var due: [IntentKey] = []
        for key in keys where take(report, for: key, at: now) { due.append(key) }
        let events = tell(problem, at: now)
        if !due.isEmpty || !events.isEmpty { tools.alert(due, events) }
    }

    /// What has changed about whether anything can be measured.
    private func tell(_ problem: String?, at now: Timestamp) -> [Event] {
        let before = state.withLock { state in
            defer { state.problem = problem }
            return state.problem
        }
        switch (before, problem) {
        case (nil, let problem?):
            let message = "\(problem); nothing is scaled down or put to rest meanwhile"
            return [Event(at: now, key: nil, severity: .warning, reason: "MetricsUnavailable", message: message)]
        case (_?, nil):
            return [Event(at: now, key: nil, reason: "MetricsAvailable", message: "loads are measured again")]
        default: return []
        }
    }

    /// Takes in one intent's part; returns whether it is to be looked at.
    private func take(_ report: LoadReport?, for key: IntentKey, at now: Timestamp) -> Bool {
        guard let wish = tools.wish(key), wish.intent.spec.isMeasured else {
            state.withLock { state in
                state.trends.removeValue(forKey: key)
                state.announced[key] = nil
            }
            return false
        }
        let spec = wish.intent.spec
        let base = spec.autoscaling.map { scaling in
            scaling.clamp(tools.books.account(of: key).memory.replicas ?? scaling.minReplicas)
        }
        let look = LoadLook(report, of: tools.books.records(of: key), key: key, spec)
        let current = base ?? spec.workload.wantedSlots
        return state.withLock { state in
            var trend = (state.trends[key] ?? nil) ?? LoadTrend(at: now, base: current)
            trend.take(
                wish: base == nil ? current : rule.wish(for: look.metrics, current: current),
                base: current,
                isIdle: look.isIdle,
                summary: look.summary,
                at: now
            )
            state.trends[key] = trend
            let moment = trend.newsAt(windows, idle: spec.idle)
            guard let moment, moment <= now, state.announced[key] != moment else { return false }
            state.announced[key] = moment
            return true
        }
    }
}

extension LoadTrend {
    /// When the trend comes to something, if it goes on; nil where it does not.
    fileprivate func newsAt(_ windows: ScalingWindows, idle: IdlePolicy?) -> Timestamp? {
        let rest = idle.flatMap { idle in idleSince.map { $0 + idle.period } }
        return [dueAt(windows), rest].compactMap(\.self).min()
    }
}

extension IntentSpec {
    /// Whether its loads matter: it scales by them, or rests.
    package var isMeasured: Bool { workload.kind == .service && (autoscaling != nil || idle != nil) }
}
