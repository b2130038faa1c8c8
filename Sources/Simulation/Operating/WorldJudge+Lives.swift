import Intents
import Placement
import Reconciling

extension WorldJudge {
    /// How long after the last measurement a replica may still go by it.
    private static let wayOfLoads = Duration.seconds(30)

    /// Takes in which price a person has allowed, and that a job has ended, where the ledger says so.
    func watchFinish(_ account: IntentAccount) {
        let allowed = account.memory.approvals.filter { $0.purpose == .price }.compactMap(\.upTo).max()
        with { $0.allowed[account.key.rawValue] = allowed }
        guard let finish = account.finish else { return }
        with { state in
            guard state.lives.stored[account.key]?.generation == finish.generation else { return }
            state.lives.finished[account.key] = finish.generation
        }
    }

    /// Takes in that a task has failed, where people are told so.
    func hears(_ event: Event) {
        guard event.reason == "TaskFailed", let key = event.key else { return }
        with { state in
            guard let generation = state.lives.stored[key]?.generation else { return }
            // What could not be written is told again.
            guard state.lives.told.insert(event).inserted else { return }
            let task = WorldLives.Task(key: key, generation: generation, words: event.message)
            state.lives.failures[task, default: 0] += 1
        }
    }

    /// A job that has ended begins nothing, and neither does one with a task that has failed too often.
    func judgeAfterlife(of record: AllocationRecord) {
        judgeTotal(of: record)
        let key = record.key
        let (stored, ended, failures) = with { state in
            (
                state.lives.stored[key], state.lives.finished[key],
                state.lives.failures.filter { $0.key.key == key && $0.key.generation == record.purchase.generation }
            )
        }
        guard let stored, stored.intent.spec.workload.kind != .service else { return }
        let words = "attempt \(record.attempt.short) of \(key.rawValue)/\(record.slot) begins"
        if ended == record.purchase.generation {
            blame(.endedForGood, "\(words), and generation \(record.purchase.generation) of the job has ended")
        }
        let most = stored.intent.spec.workload.job?.maxRetries ?? 0
        for (task, count) in failures.sorted(by: { $0.key.words < $1.key.words }) where count > most {
            blame(.endedForGood, "\(words), and \(task.words) \(count) times, which may be tried again \(most) times")
        }
    }

    /// A job does not begin outside its window.
    func judgeOpening(of record: AllocationRecord, _ rows: [AttemptID: AllocationRecord]) {
        guard let spec = with({ $0.lives.stored[record.key]?.intent.spec }), spec.workload.kind != .service,
            !rows.values.contains(where: { $0.key == record.key })
        else { return }
        let now = clock.timestamp
        for window in spec.constraints.availability?.maintenanceWindows ?? [] {
            // Clocks may be wrong by less.
            guard window.start + Self.clockError < now, now < window.end - Self.clockError else { continue }
            blame(
                .withinHours,
                "attempt \(record.attempt.short) of the job \(record.key.rawValue) begins outside its window"
            )
        }
    }

    /// The most by which a wall clock is wrong.
    private static let clockError = Duration.seconds(60)

    /// No replica goes because of a load that nobody has measured; what was still unknown when it was measured last goes when
    /// it is found.
    func judgeScaling(of record: AllocationRecord, _ reason: Ending.Reason) {
        guard reason == .scaledDown else { return }
        let (name, now) = (record.key.rawValue, now)
        let (since, foundAt) = with { state -> (Duration?, Duration) in
            let since = state.lives.unmeasuredSince[name].map { max($0, state.changed[name] ?? .zero) }
            return (since, state.lives.foundAt[record.attempt] ?? .zero)
        }
        guard let since, foundAt < since, now - since > Self.wayOfLoads else { return }
        blame(.measured, "\(record.attempt.short) of \(name) goes, and its load is not measured since \(since)")
    }
}
