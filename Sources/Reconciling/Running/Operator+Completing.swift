import Intents

extension Operator {
    /// Takes in somebody's word that a task of a job has come to its end.
    func complete(_ slot: Int, _ outcome: TaskOutcome, of key: IntentKey) -> Reply {
        guard let wish = desires.wish(of: key) else { return .refusal("there is no intent \(key.rawValue)") }
        let workload = wish.intent.spec.workload
        guard workload.kind != .service else {
            return .refusal("\(key.rawValue) is a service, which runs until it is withdrawn")
        }
        guard slot < workload.wantedSlots else {
            return .refusal("\(key.rawValue) has the slots 0 to \(workload.wantedSlots - 1)")
        }
        var account = books.account(of: key)
        if let finish = account.finish, finish.generation == wish.generation {
            return Reply(text: "\(key.rawValue) has ended before: \(finish.outcome.rawValue)")
        }
        if account.memory.isDone(slot) { return Reply(text: "task \(slot) of \(key.rawValue) is done already") }
        let rows = books.records(of: key)
        let record = rows.last { $0.slot == slot && $0.phase == .live }
        guard record != nil || !rows.isEmpty else {
            return .refusal("slot \(slot) of \(key.rawValue) holds nothing that could have ended")
        }
        // Whoever got no answer says it again: one try fails once.
        if outcome == .failed, let failedAt = account.memory.task(slot).failedAt,
            !rows.contains(where: { $0.slot == slot && $0.openedAt > failedAt })
        {
            return Reply(text: "that task \(slot) of \(key.rawValue) has failed is known already")
        }
        let carriesAll = record.flatMap { gates[$0.purchase.platform]?.platform.traits.carries } == .intent
        account.take(
            outcome,
            of: carriesAll ? .job : .task(slot),
            "its end was reported",
            for: wish,
            at: parts.time.now
        )
        let event = Event(
            at: parts.time.now,
            key: key,
            severity: outcome == .failed ? .warning : .normal,
            reason: "Task\(outcome.rawValue)",
            message: "task \(slot) is reported as \(outcome.rawValue.lowercased())"
        )
        return Reply(
            text: "task \(slot) of \(key.rawValue) has \(outcome == .failed ? "failed" : "ended well")",
            changes: [.account(account), .event(event)],
            keys: [key]
        )
    }
}
