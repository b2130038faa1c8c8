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

    private struct Flight {
        let id: Int
        let beganAt: Duration
        var waiters: [Waiter] = []
    }

    private struct State {
        var latest: Answer?
        var flight: Flight?
        var flights = 0
    }

    private enum Turn {
        case have(Answer)
        case join
        case ask(Int)
    }

    private let state = Locked(State())
    private let time: any Timekeeper

    /// Fetches timed by a clock.
    package init(time: any Timekeeper) { self.time = time }

    /// The latest answer, however old.
    package var latest: Answer? { state.withLock { $0.latest } }

    /// Forgets the latest answer.
    package func invalidate() { state.withLock { $0.latest = nil } }

    /// An answer to an asking that began at `moment` of uptime or later.
    package func get(
        notBefore moment: Duration,
        _ fetch: @Sendable () async throws(PlatformError) -> Value
    ) async throws(PlatformError) -> Answer {
        while true {
            let now = time.uptime
            let turn: Turn = state.withLock { state in
                if let latest = state.latest, latest.beganAt >= moment { return .have(latest) }
                if let flight = state.flight, flight.beganAt >= moment { return .join }
                state.flights += 1
                // Those who wait for an older asking are answered by its own end; their continuations go along.
                let waiters = state.flight?.waiters ?? []
                state.flight = Flight(id: state.flights, beganAt: now, waiters: waiters)
                return .ask(state.flights)
            }
            switch turn {
            case .have(let answer): return answer
            case .ask(let id): return try await ask(id, beganAt: now, fetch)
            case .join:
                if let result = await join(notBefore: moment) { return try result.get() }
            }
        }
    }

    private func ask(
        _ id: Int,
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
        let waiters: [Waiter] = state.withLock { state in
            if case .success(let answer) = result, (state.latest?.beganAt ?? .zero) <= beganAt {
                state.latest = answer
            }
            guard state.flight?.id == id else { return [] }
            let waiters = state.flight?.waiters ?? []
            state.flight = nil
            return waiters
        }
        for waiter in waiters { waiter.resume(returning: result) }
        return try result.get()
    }

    /// Waits for the asking that is under way; nil where it has ended meanwhile.
    private func join(notBefore moment: Duration) async -> Result<Answer, PlatformError>? {
        await withCheckedContinuation { waiter in
            let joined = state.withLock { state in
                guard let flight = state.flight, flight.beganAt >= moment else { return false }
                state.flight?.waiters.append(waiter)
                return true
            }
            if !joined { waiter.resume(returning: nil) }
        }
    }
}
