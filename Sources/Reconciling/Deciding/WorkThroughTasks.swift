import Intents
import Placement

/// Releases what works on a task that has come to its end, in a job that goes on.
///
/// A task ends by its platform's word, by a person's, or by its own container's; a failed one is tried again after a
/// pause that doubles, and what a platform takes back is no failure.
func workThroughTasks(_ deliberation: inout Deliberation) {
    guard deliberation.holdBuying == nil, let spec = deliberation.spec, spec.workload.kind != .service else { return }
    for task in deliberation.account.memory.tasks {
        for index in deliberation.records.indices where deliberation.records[index].slot == task.slot {
            let record = deliberation.records[index]
            guard record.phase == .live, deliberation.traits(of: record)?.carries == .slot else { continue }
            if task.completedAt != nil {
                deliberation.end(index, because: .completed, "task \(task.slot) is done")
            } else if let failedAt = task.failedAt, record.openedAt <= failedAt {
                deliberation.end(index, because: .failed, "task \(task.slot) has failed")
            }
        }
        if task.completedAt == nil, let next = task.nextTryAt, next > deliberation.now {
            deliberation.wake(at: next, "task \(task.slot) is tried again after \(task.failures) failures")
        }
    }
}

extension Deliberation {
    /// Takes in the platform's word that what it carries has come to its end.
    mutating func finishWork(_ outcome: TaskOutcome, _ message: String, of record: AllocationRecord) {
        guard let wish = situation.wish, wish.intent.spec.workload.kind != .service, let traits = traits(of: record),
            record.shape == wantedShape(on: record.purchase.platform)
        else { return }
        // Somebody has told of this end before.
        if let failedAt = account.memory.task(record.slot).failedAt, record.openedAt <= failedAt { return }
        account.take(
            outcome,
            of: traits.carries == .intent ? .job : .task(record.slot),
            message,
            for: wish,
            at: now
        )
    }

    /// Whether a slot is to be filled now: its task is not done, and it does not wait before it is tried again.
    func mayBegin(_ slot: Int) -> Bool {
        guard spec?.workload.kind != .service else { return true }
        let task = account.memory.task(slot)
        return task.completedAt == nil && (task.nextTryAt.map { $0 <= now } ?? true)
    }

    /// How many slots need nothing more, because their tasks are done.
    var doneSlots: Int {
        guard let spec, spec.workload.kind != .service else { return 0 }
        return (0..<spec.workload.wantedSlots).count { account.memory.isDone($0) }
    }

    /// Why a job must not begin on an offer: it would run only after its deadline.
    ///
    /// An offer that does not say how long it takes may take as long as any allocation is given.
    func comesTooLate(_ candidate: Candidate, _ spec: IntentSpec) -> Bool {
        guard spec.workload.kind != .service, let deadline = spec.constraints.deadline else { return false }
        return now + (candidate.offer.startup ?? policy.provisioningTimeout) >= deadline
    }
}
