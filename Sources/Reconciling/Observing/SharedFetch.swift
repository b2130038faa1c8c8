package import Intents

/// One answer for everybody who asks at the same time.
///
/// Whoever comes first asks the platform; the others wait for that answer where it began late enough for them. The
/// asking happens in the first one's own task, so that no task lives by itself.
package final class SharedFetch<Value: Sendable>: Sendable {
    /// An answer and when the asking began.
    package struct Answer: Sendable {
        /// What was answered.
        package let value: Value
        /// The uptime at which the asking began.
        package let beganAt: Duration
        /// The world's time at which it began.
        package let beganOn: Timestamp
    }

    private typealias Waiter = CheckedContinuation<Result<Answer, PlatformError>?, Never>

    private struct State {
        var latest: Answer?
        /// Whether somebody is asking.
        var isAsking = false
        /// Those who wait for the end of that, and since when an answer serves them.
        var waiters: [(moment: Duration, waiter: Waiter)] = []
    }

    private enum Turn {
        case have(Answer)
        case wait
        case ask
    }

    private let state = Locked(State())
    private let time: any Timekeeper

    /// Fetches timed by a clock.
    package init(time: any Timekeeper) { self.time = time }

    /// The latest answer, however old.
    package var latest: Answer? { state.withLock { $0.latest } }

    /// When the asking began that gave the latest answer.
    var latestBeganAt: Duration? { state.withLock { $0.latest?.beganAt } }

    /// How many wait for the end of an asking.
    var waiting: Int { state.withLock { $0.waiters.count } }

    /// Forgets the latest answer.
    package func invalidate() { state.withLock { $0.latest = nil } }

    /// An answer to an asking that began at `moment` of uptime or later.
    ///
    /// One asking goes on at a time: who needs a later one waits for its end, and then one of those who waited asks for
    /// all of them, so that nobody is put off again and again by those who come after him.
    package func get(
        notBefore moment: Duration,
        _ fetch: @Sendable () async throws(PlatformError) -> Value
    ) async throws(PlatformError) -> Answer {
        while true {
            let now = time.uptime
            let turn: Turn = state.withLock { state in
                #if MUTANTS
                if Mutant.staleAnswers.isActive, let old = state.latest, old.beganAt >= moment - .seconds(60) {
                    return .have(Answer(value: old.value, beganAt: moment, beganOn: time.now))
                }
                #endif
                if let latest = state.latest, latest.beganAt >= moment { return .have(latest) }
                if state.isAsking { return .wait }
                state.isAsking = true
                return .ask
            }
            switch turn {
            case .have(let answer): return answer
            case .ask: return try await ask(beganAt: now, fetch)
            case .wait:
                if let result = await wait(notBefore: moment) { return try result.get() }
            }
        }
    }

    private func ask(
        beganAt: Duration,
        _ fetch: @Sendable () async throws(PlatformError) -> Value
    ) async throws(PlatformError) -> Answer {
        let beganOn = time.now
        let result: Result<Answer, PlatformError>
        do throws(PlatformError) {
            result = .success(Answer(value: try await fetch(), beganAt: beganAt, beganOn: beganOn))
        } catch {
            result = .failure(error)
        }
        let waiters = state.withLock { state in
            if case .success(let answer) = result { state.latest = answer }
            let waiters = state.waiters
            state.waiters = []
            state.isAsking = false
            return waiters
        }
        for (moment, waiter) in waiters { waiter.resume(returning: moment <= beganAt ? result : nil) }
        return try result.get()
    }

    /// Waits for the end of the asking that is under way; nil where it cannot serve, or has ended meanwhile.
    private func wait(notBefore moment: Duration) async -> Result<Answer, PlatformError>? {
        await withCheckedContinuation { waiter in
            let waits = state.withLock { state in
                guard state.isAsking else { return false }
                state.waiters.append((moment, waiter))
                return true
            }
            if !waits { waiter.resume(returning: nil) }
        }
    }
}
