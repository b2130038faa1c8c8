import Intents
package import Placement

/// How much of a platform may be used at a time.
package struct PlatformLimits: Hashable, Sendable {
    /// Calls under way at once.
    package var callsAtATime = 16
    /// Calls a second over a longer time.
    package var callsPerSecond = 1000.0
    /// Calls at once after a rest.
    package var burst = 2000
    /// How long a platform that refuses our key is left alone.
    package var pause = Duration.seconds(60)

    /// The documented defaults.
    package init() {}
}

/// The one door to a platform: width, rate, breaker, `Retry-After`, and pauses after refusals of our key.
package final class PlatformGate: Sendable {
    private struct State {
        var underWay = 0
        var queue: [CheckedContinuation<Void, Never>] = []
        var bucket: TokenBucket
        var breaker = Breaker()
        /// What was said last in the platform's place, where that was no silence.
        var stranger: PlatformError?
        var notBefore: Duration?
        var paused: (error: PlatformError, until: Duration)?
        var account: AccountRefusal?
        var serial = false
        var serialQueue: [CheckedContinuation<Void, Never>] = []
        var created = 0
        var calls = 0
    }

    /// The platform behind the door.
    package let platform: any Platform
    private let limits: PlatformLimits
    private let time: any Timekeeper
    private let leadership: any Leadership
    private let state: Locked<State>
    private let verification: SharedFetch<[String]>
    /// Where it is written for which account was bought; nil where nobody keeps that.
    let books: Books?
    /// That the platform answers for that account.
    let confirmation: SharedFetch<Void>
    private let tell: @Sendable (Event) -> Void

    /// A door to a platform; with books it opens only for the account in which what they hold was bought.
    package init(
        _ platform: any Platform,
        limits: PlatformLimits,
        time: any Timekeeper,
        leadership: any Leadership,
        books: Books? = nil,
        tell: @escaping @Sendable (Event) -> Void
    ) {
        self.platform = platform
        self.books = books
        self.limits = limits
        self.time = time
        self.leadership = leadership
        self.tell = tell
        verification = SharedFetch(time: time)
        confirmation = SharedFetch(time: time)
        state = Locked(
            State(bucket: TokenBucket(perSecond: limits.callsPerSecond, burst: limits.burst, at: time.uptime))
        )
    }

    /// Its name.
    package var name: PlatformName { platform.name }

    /// How many calls have gone out.
    package var calls: Int { state.withLock { $0.calls } }

    /// Why the platform is paused; nil while it can be used.
    package var pausedBecause: PlatformError? {
        state.withLock { state in
            if let error = state.account?.error, case .pausePlatform = error.consequence { return error }
            return state.paused?.error
        }
    }

    /// Why nothing passes before it is known which account answers; nil where nothing is in the way.
    var accountRefusal: AccountRefusal? { state.withLock { $0.account } }
    /// The present uptime.
    var uptime: Duration { time.uptime }
    /// How long a platform that answers for another account is left alone.
    var accountRest: Duration { limits.pause }

    /// Notes which account answers, or that nobody knows.
    func setAccountRefusal(_ refusal: AccountRefusal?) { state.withLock { $0.account = refusal } }

    /// Changes until when nobody asks again which account answers.
    func restAccount(until moment: Duration) { state.withLock { $0.account?.until = moment } }

    /// Makes a call when the door lets it through.
    package func call<Value: Sendable>(
        _ body: @Sendable (any Platform) async throws(PlatformError) -> Value
    ) async throws(PlatformError) -> Value {
        try await confirmAccount()
        return try await pass(body)
    }

    /// What is concluded of a platform from a call that fails.
    enum Conclusion: Sendable {
        /// That it refuses us, or is silent.
        case usual
        /// Nothing.
        case none
    }

    /// Makes a call whoever it is that the platform answers for.
    func pass<Value: Sendable>(
        concluding conclusion: Conclusion = .usual,
        _ body: @Sendable (any Platform) async throws(PlatformError) -> Value
    ) async throws(PlatformError) -> Value {
        try await enter()
        defer { leave() }
        do throws(PlatformError) {
            let value = try await body(platform)
            answered(nil)
            return value
        } catch {
            switch conclusion {
            case .usual: answered(error)
            // Where this call was the one that tries a silent platform, another one may.
            case .none: state.withLock { $0.breaker.withdrew() }
            }
            throw error
        }
    }

    /// Buys when the door lets it through: `before` runs when the call's turn has come, so that what it writes down is
    /// about a call that is about to be made; it may refuse.
    package func buy(
        before: @Sendable () async throws(PlatformError) -> PreparedOrder
    ) async throws(PlatformError) -> CreateOutcome {
        try await confirmAccount()
        try await enter()
        defer { leave() }
        let order: PreparedOrder
        do throws(PlatformError) {
            order = try await before()
            try requireLeadership()
        } catch {
            // The call is not made: where it was the one that tries a silent platform, another one may.
            state.withLock { $0.breaker.withdrew() }
            throw error
        }
        let outcome = await platform.create(order)
        switch outcome {
        case .created: answered(nil)
        case .notCreated(let error), .unknown(let error): answered(error)
        }
        return outcome
    }

    /// Waits until we may buy here at all: the key has the rights to buy and to release.
    package func verified() async throws(PlatformError) {
        if verification.latest != nil { return }
        let answer = try await verification.get(notBefore: .zero) { () async throws(PlatformError) -> [String] in
            try await self.call { platform async throws(PlatformError) in try await platform.verify() }
        }
        for warning in answer.value {
            tell(
                Event(
                    at: time.now,
                    key: nil,
                    severity: .warning,
                    reason: "PlatformWarning",
                    message: "\(name.rawValue): \(warning)"
                )
            )
        }
    }

    /// Holds one caller at a time, where the platform's listings do not name what they show.
    package func oneAtATime<Value: Sendable>(_ body: @Sendable () async -> Value) async -> Value {
        await withCheckedContinuation { turn in
            let mine = state.withLock { state in
                guard state.serial else {
                    state.serial = true
                    return true
                }
                state.serialQueue.append(turn)
                return false
            }
            if mine { turn.resume() }
        }
        let value = await body()
        let next: CheckedContinuation<Void, Never>? = state.withLock { state in
            guard !state.serialQueue.isEmpty else {
                state.serial = false
                return nil
            }
            return state.serialQueue.removeFirst()
        }
        next?.resume()
        return value
    }

    private func enter() async throws(PlatformError) {
        try refuse { $0.wait(at: $1) }
        await withCheckedContinuation { turn in
            let mine = state.withLock { state in
                guard state.underWay >= limits.callsAtATime else {
                    state.underWay += 1
                    return true
                }
                state.queue.append(turn)
                return false
            }
            if mine { turn.resume() }
        }
        do throws(PlatformError) {
            try await waitForToken()
            try requireLeadership()
            // What was true before the waits may not be true now.
            try refuse { $0.admit(at: $1) }
        } catch {
            leave()
            throw error
        }
        state.withLock { $0.calls += 1 }
    }

    private func leave() {
        let next: CheckedContinuation<Void, Never>? = state.withLock { state in
            guard !state.queue.isEmpty else {
                state.underWay -= 1
                return nil
            }
            return state.queue.removeFirst()
        }
        next?.resume()
    }

    /// Throws where the platform is to be left alone; `ask` asks the breaker, in passing or for good.
    func refuse(asking ask: (inout Breaker, Duration) -> Duration?) throws(PlatformError) {
        #if MUTANTS
        if Mutant.retryWithoutBound.isActive { return }
        #endif
        let now = time.uptime
        let refusal: PlatformError? = state.withLock { state in
            if let paused = state.paused, now < paused.until { return paused.error }
            if let notBefore = state.notBefore, now < notBefore {
                return held("RATE_LIMITED", "asked to wait", notBefore - now)
            }
            if let wait = ask(&state.breaker, now) {
                guard var stranger = state.stranger else {
                    return held("BREAKER_OPEN", "does not answer; trying again soon", wait)
                }
                // Who answers in its place may be a wrong setting, which only a person mends.
                stranger.consequence = .retry(after: wait)
                return stranger
            }
            return nil
        }
        if let refusal { throw refusal }
    }

    private func held(_ code: String, _ message: String, _ wait: Duration) -> PlatformError {
        PlatformError(
            platform: name,
            code: code,
            message: "\(name.rawValue) \(message)",
            consequence: .retry(after: wait)
        )
    }

    private func requireLeadership() throws(PlatformError) {
        #if MUTANTS
        if Mutant.lockLossIgnored.isActive { return }
        #endif
        guard let left = leadership.timeLeft(), left < .seconds(8) else { return }
        throw held("NOT_LEADING", "is not called without holding the lock", .seconds(2))
    }

    private func waitForToken() async throws(PlatformError) {
        let now = time.uptime
        let wait = state.withLock { $0.bucket.take(at: now) }
        guard wait > .zero else { return }
        do {
            try await time.sleep(until: now + wait)
        } catch {
            throw held("CANCELLED", "was not called: the operator ends", .seconds(1))
        }
    }

    func answered(_ error: PlatformError?) {
        let now = time.uptime
        let (opened, closed, newlyPaused) = state.withLock { state -> (Bool, Bool, Bool) in
            state.stranger = error.flatMap { $0.code == PlatformError.notThePlatform ? $0 : nil }
            if let error, isSilence(error) { return (state.breaker.failed(at: now), false, false) }
            let wasOpen = state.breaker.isOpen
            state.breaker.succeeded()
            if let error, case .pausePlatform = error.consequence {
                let isNew = state.paused == nil
                state.paused = (error, now + limits.pause)
                return (false, wasOpen, isNew)
            }
            if let error, error.httpStatus == 429, case .wait(let wait) = error.consequence {
                state.notBefore = now + (wait ?? .seconds(5))
            } else if error == nil {
                state.paused = nil
            }
            return (false, wasOpen, false)
        }
        if newlyPaused, let error { verification.invalidate(); announce("PlatformPaused", error.message, .warning) }
        if opened { announce("PlatformUnreachable", error?.message ?? "does not answer", .warning) }
        if closed { announce("PlatformReachable", "answers again", .normal) }
    }

    func announce(_ reason: String, _ message: String, _ severity: Event.Severity) {
        tell(Event(at: time.now, key: nil, severity: severity, reason: reason, message: "\(name.rawValue): \(message)"))
    }

    /// Whether the platform gave no answer, or answered that it is broken.
    private func isSilence(_ error: PlatformError) -> Bool {
        if let status = error.httpStatus { return status >= 500 }
        // A refusal without a status is our own judgement of an answer, or of the configuration.
        return switch error.consequence {
        case .retry, .unknown: error.code != "NOT_LEADING" && error.code != "CANCELLED"
        case .wait, .nextOffer, .stalled, .pausePlatform, .gone: false
        }
    }
}
