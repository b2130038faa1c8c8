package import Intents

extension IntentAccount {
    /// Whose end somebody tells of.
    package enum Subject: Hashable, Sendable {
        /// One task, by its slot.
        case task(Int)
        /// The job as a whole, which its platform carries and tries again by itself.
        case job
    }

    /// Takes in that a task has come to its end; returns whether the whole job has by that.
    ///
    /// With the policy All a job is done when every task is, with Any when the first one is; it has failed when a task has
    /// failed more often than it may be tried again.
    @discardableResult
    package mutating func take(
        _ outcome: TaskOutcome,
        of subject: Subject,
        _ message: String,
        for wish: Wish,
        at now: Timestamp
    ) -> Bool {
        let spec = wish.intent.spec
        guard spec.workload.kind != .service, finish?.generation != wish.generation else { return false }
        let job = spec.workload.job ?? Workload.JobSettings()
        guard case .task(let slot) = subject else {
            finish(outcome == .completed ? .completed : .failed, message, for: wish, at: now)
            return true
        }
        var task = memory.task(slot)
        guard task.completedAt == nil else { return false }
        switch outcome {
        case .completed: task.completedAt = now
        case .failed:
            task.failures += 1
            task.failedAt = now
            #if MUTANTS
            if Mutant.retriesUncounted.isActive { task.failures = 0 }
            #endif
        }
        memory.put(task)
        if outcome == .failed {
            guard task.failures > job.maxRetries else { return false }
            let tries = job.maxRetries == 0 ? "no retry" : "\(job.maxRetries) retries"
            finish(.failed, "task \(slot) failed after \(tries): \(message)", for: wish, at: now)
            return true
        }
        let done = (0..<spec.workload.wantedSlots).count { memory.isDone($0) }
        switch job.completionPolicy {
        case .any: finish(.completed, "task \(slot) is done: \(message)", for: wish, at: now)
        case .all where done >= spec.workload.wantedSlots:
            finish(.completed, done == 1 ? message : "all \(done) tasks are done: \(message)", for: wish, at: now)
        case .all: return false
        }
        return true
    }

    private mutating func finish(_ outcome: Finish.Outcome, _ message: String, for wish: Wish, at now: Timestamp) {
        finish = Finish(outcome: outcome, generation: wish.generation, at: now, message: message)
    }

    /// Begins the work anew: what was done for an older spec counts no more.
    package mutating func beginAnew() {
        finish = nil
        workBeganAt = nil
        memory.tasks = []
    }
}

extension AccountMemory {
    /// What is remembered of a task; a task of which nothing is known has done nothing yet.
    package func task(_ slot: Int) -> TaskMemory { tasks.first { $0.slot == slot } ?? TaskMemory(slot: slot) }

    /// Remembers a task.
    package mutating func put(_ task: TaskMemory) {
        if let index = tasks.firstIndex(where: { $0.slot == task.slot }) {
            tasks[index] = task
        } else {
            tasks.append(task)
            tasks.sort { $0.slot < $1.slot }
        }
    }

    /// Whether a task has succeeded.
    package func isDone(_ slot: Int) -> Bool { tasks.contains { $0.slot == slot && $0.completedAt != nil } }
}

extension TaskMemory {
    /// The pause before the first retry of a task.
    package static let firstPause = Duration.seconds(10)
    /// The longest pause before a retry.
    package static let longestPause = Duration.seconds(360)

    /// When it may be tried again: 10 s · 2ⁿ after its last failure, at most 6 min; nil where it has not failed.
    ///
    /// The numbers are those of a Kubernetes Job.
    package var nextTryAt: Timestamp? {
        guard let failedAt, failures > 0 else { return nil }
        let doublings = min(failures - 1, 6)
        return failedAt + min(Self.longestPause, Self.firstPause * (1 << doublings))
    }
}
