import Intents

@testable import Reconciling

/// A clock that stands still until it is moved; sleeping waits for it.
final class TestTime: Timekeeper, Sendable {
    private struct Sleeper {
        let until: Duration
        let wake: CheckedContinuation<Bool, Never>
    }

    private struct State {
        var uptime = Duration.seconds(1000)
        var sleepers: [Int: Sleeper] = [:]
        var cancelled: Set<Int> = []
        var names = 0
    }

    private let state = Locked(State())

    var now: Timestamp { noon + (uptime - .seconds(1000)) }
    var uptime: Duration { state.withLock { $0.uptime } }

    /// How many tasks sleep.
    var sleepers: Int { state.withLock { $0.sleepers.count } }

    /// How many sleeps were ever begun.
    var sleeps: Int { state.withLock { $0.names } }

    func sleep(until moment: Duration) async throws {
        let name = state.withLock { state in
            state.names += 1
            return state.names
        }
        let isOver = await withTaskCancellationHandler {
            await withCheckedContinuation { wake in
                let answer: Bool? = state.withLock { state in
                    if state.cancelled.remove(name) != nil || Task.isCancelled { return false }
                    if state.uptime >= moment { return true }
                    state.sleepers[name] = Sleeper(until: moment, wake: wake)
                    return nil
                }
                if let answer { wake.resume(returning: answer) }
            }
        } onCancel: {
            let sleeper = state.withLock { state in
                let sleeper = state.sleepers.removeValue(forKey: name)
                if sleeper == nil { state.cancelled.insert(name) }
                return sleeper
            }
            sleeper?.wake.resume(returning: false)
        }
        if !isOver { throw CancellationError() }
    }

    /// Moves the clock and wakes whose time has come.
    func advance(_ span: Duration) {
        let due = state.withLock { state in
            state.uptime += span
            let due = state.sleepers.filter { $0.value.until <= state.uptime }
            for name in due.keys { state.sleepers[name] = nil }
            return due.values.map(\.wake)
        }
        for wake in due { wake.resume(returning: true) }
    }
}

/// Lets other tasks run until something holds; false where it does not come to hold.
func eventually(_ condition: @Sendable () -> Bool) async -> Bool {
    for _ in 0..<100_000 {
        if condition() { return true }
        await Task.yield()
    }
    return condition()
}
