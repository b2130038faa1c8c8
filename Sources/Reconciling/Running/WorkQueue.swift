import Intents

/// Hands out keys to workers: each key to one worker at a time, as the schedule says.
package final class WorkQueue: Sendable {
    private struct State {
        var schedule = Schedule()
        var idle: [CheckedContinuation<IntentKey?, Never>] = []
        var alarm: (at: Duration, wake: CheckedContinuation<Void, Never>)?
        var isClosed = false
    }

    private let state = Locked(State())
    private let time: any Timekeeper

    /// An empty queue.
    package init(time: any Timekeeper) { self.time = time }

    /// A key for a worker, when one is due; nil when the queue is closed.
    package func next() async -> IntentKey? {
        await withCheckedContinuation { worker in
            let now = time.uptime
            let (isAnswered, key) = state.withLock { state -> (Bool, IntentKey?) in
                if state.isClosed { return (true, nil) }
                if let key = state.schedule.next(at: now) { return (true, key) }
                state.idle.append(worker)
                return (false, nil)
            }
            if isAnswered { worker.resume(returning: key) }
        }
    }

    /// Puts keys on the schedule for now.
    package func add(_ keys: some Sequence<IntentKey>, priority: Schedule.Priority) {
        let all = Array(keys)
        state.withLock { state in
            for key in all { state.schedule.add(key, priority: priority) }
        }
        handOut()
    }

    /// Ends a worker's turn with a key, and says when it is due again; nil means only when something happens.
    package func done(_ key: IntentKey, again: (after: Duration, priority: Schedule.Priority)?) {
        let now = time.uptime
        let alarm: CheckedContinuation<Void, Never>? = state.withLock { state in
            state.schedule.done(key)
            guard let again else { return nil }
            state.schedule.add(key, at: now + again.after, priority: again.priority)
            guard let alarm = state.alarm, now + again.after < alarm.at else { return nil }
            state.alarm = nil
            return alarm.wake
        }
        alarm?.resume()
        handOut()
    }

    /// Notes by when a key should have been looked at; of what is due alike, the closest to breaking comes first.
    package func promise(_ key: IntentKey, before moment: Duration?) {
        state.withLock { $0.schedule.promise(key, before: moment) }
    }

    /// Whether nothing is due and nobody works.
    package var isIdle: Bool { state.withLock { !$0.schedule.isBusy } }

    /// Lets every worker go after its present key.
    package func close() {
        let (workers, alarm) = state.withLock { state in
            state.isClosed = true
            let workers = state.idle
            let alarm = state.alarm?.wake
            state.idle = []
            state.alarm = nil
            return (workers, alarm)
        }
        for worker in workers { worker.resume(returning: nil) }
        alarm?.resume()
    }

    /// Wakes workers when delayed keys become due, until the queue is closed or the task is cancelled.
    package func run() async {
        while !state.withLock({ $0.isClosed }), !Task.isCancelled {
            let now = time.uptime
            let due = state.withLock { $0.schedule.nextDue() } ?? now + .seconds(3600)
            if due <= now {
                // What is due and not handed out is ready, and waits for a worker, who will look by himself.
                handOut()
                continue
            }
            await sleep(until: due)
        }
    }

    /// Sleeps until a moment or until something earlier turns up.
    private func sleep(until moment: Duration) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { [time] in
                // Cancellation is the way to end this sleep early.
                _ = try? await time.sleep(until: moment)
            }
            group.addTask { await self.waitForAlarm(before: moment) }
            await group.next()
            group.cancelAll()
        }
    }

    private func waitForAlarm(before moment: Duration) async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { wake in
                let now = state.withLock { state in
                    if state.isClosed || Task.isCancelled { return true }
                    if let due = state.schedule.nextDue(), due < moment { return true }
                    state.alarm = (moment, wake)
                    return false
                }
                if now { wake.resume() }
            }
        } onCancel: {
            let wake = state.withLock { state in
                let wake = state.alarm?.wake
                state.alarm = nil
                return wake
            }
            wake?.resume()
        }
    }

    private func handOut() {
        let now = time.uptime
        // Also where nobody is idle: what is due must not keep the alarm ringing.
        state.withLock { $0.schedule.promote(at: now) }
        while true {
            let pair: (CheckedContinuation<IntentKey?, Never>, IntentKey)? = state.withLock { state in
                guard !state.idle.isEmpty, let key = state.schedule.next(at: now) else { return nil }
                return (state.idle.removeLast(), key)
            }
            guard let (worker, key) = pair else { return }
            worker.resume(returning: key)
        }
    }
}
