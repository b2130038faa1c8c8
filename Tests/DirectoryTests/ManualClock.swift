import Synchronization

/// A clock that stands still until a test moves it on.
final class ManualClock: Clock, Sendable {
    /// A moment: the time since the clock was made.
    struct Instant: InstantProtocol {
        /// The time since the clock was made.
        var offset: Duration

        func advanced(by duration: Duration) -> Self { Self(offset: offset + duration) }
        func duration(to other: Self) -> Duration { other.offset - offset }
        static func < (left: Self, right: Self) -> Bool { left.offset < right.offset }
    }

    /// Somebody who sleeps.
    private struct Sleeper {
        var deadline: Instant
        var continuation: CheckedContinuation<Void, any Error>
    }

    /// The time, and who waits for it.
    private struct State {
        var now = Instant(offset: .zero)
        var sleepers: [Int: Sleeper] = [:]
        var cancelled: Set<Int> = []
        var nextID = 0
        var waiting: [CheckedContinuation<Duration, Never>] = []
    }

    private let state = Mutex(State())

    var now: Instant { state.withLock { $0.now } }
    var minimumResolution: Duration { .zero }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                add(Sleeper(deadline: deadline, continuation: continuation), id: id)
            }
        } onCancel: {
            cancel(id)
        }
    }

    private func add(_ sleeper: Sleeper, id: Int) {
        let (isCancelled, waiting, span) = state.withLock { state in
            let isCancelled = state.cancelled.remove(id) != nil
            if !isCancelled { state.sleepers[id] = sleeper }
            defer { if !isCancelled { state.waiting = [] } }
            return (isCancelled, isCancelled ? [] : state.waiting, state.now.duration(to: sleeper.deadline))
        }
        if isCancelled { sleeper.continuation.resume(throwing: CancellationError()) }
        for continuation in waiting { continuation.resume(returning: span) }
    }

    private func cancel(_ id: Int) {
        let sleeper = state.withLock { state in
            if let sleeper = state.sleepers.removeValue(forKey: id) { return Optional(sleeper) }
            state.cancelled.insert(id)
            return nil
        }
        sleeper?.continuation.resume(throwing: CancellationError())
    }

    /// Waits until somebody sleeps and says for how long still.
    func sleeper() async -> Duration {
        await withCheckedContinuation { continuation in
            let span = state.withLock { state -> Duration? in
                if let first = state.sleepers.values.map(\.deadline).min() { return state.now.duration(to: first) }
                state.waiting.append(continuation)
                return nil
            }
            if let span { continuation.resume(returning: span) }
        }
    }

    /// Moves on and wakes whose time has come.
    func advance(by duration: Duration) {
        let due = state.withLock { state in
            state.now = state.now.advanced(by: duration)
            let due = state.sleepers.filter { $0.value.deadline <= state.now }
            for id in due.keys { state.sleepers[id] = nil }
            return due.values.map(\.continuation)
        }
        for continuation in due { continuation.resume() }
    }
}
