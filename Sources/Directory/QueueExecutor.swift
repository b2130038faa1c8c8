import Dispatch

/// Runs an actor's jobs on a queue of its own, so that a blocking C call never holds a thread that others need.
final class QueueExecutor: SerialExecutor {
    private let queue: DispatchQueue

    /// An executor whose thread carries a name.
    init(label: String) { queue = DispatchQueue(label: label) }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { unsafe job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }
}
