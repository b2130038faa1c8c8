import Glibc
package import Intents
import Synchronization

/// A world in which nothing happens by chance: one thread, virtual time, and an order of events that a seed draws.
///
/// One object a run. Every job of a structured task tree that `run` starts comes here, hops to plain actors too. What
/// would escape is an unstructured task without a preference and an actor with an executor of its own: a job that comes
/// back from another thread stops the process.
package final class DeterministicExecutor: TaskExecutor, SerialExecutor {
    /// Why a run ended before its body did.
    package enum Halt: Error, Hashable, Sendable {
        /// Everybody waits for something that can never come.
        case deadlock(at: Duration)
        /// So many jobs have run as were allowed.
        case stepLimit(at: Duration)
    }

    /// The moment in the simulated world at which virtual time starts.
    package let epoch: Timestamp
    // Not `Locked`: of another module it is a generic call, several times a step, and this is used by one thread alone.
    private let state: Mutex<ExecutorState>

    /// When worlds start that nobody tells otherwise: on the first of January 2027.
    package static let usualEpoch = Timestamp(seconds: 1_798_761_600)

    /// A world that a seed determines; it starts on the first of January 2027 unless told otherwise.
    package init(seed: UInt64, epoch: Timestamp = usualEpoch) {
        self.epoch = epoch
        state = Mutex(ExecutorState(seed: seed))
    }

    /// The clock of this world.
    package var clock: VirtualClock { VirtualClock(executor: self) }

    /// A number that two runs share when they did the same things in the same order.
    package var trace: UInt64 { state.withLock { $0.trace } }

    /// How many jobs have run.
    package var steps: Int { state.withLock { $0.steps } }

    /// How often more than one job was ready.
    package var choices: Int { state.withLock { $0.choices } }

    var now: VirtualClock.Instant { state.withLock { $0.now } }

    /// Mixes a number into the trace.
    package func note(_ number: UInt64) { state.withLock { $0.note(number) } }

    /// A random number of this world's dice.
    package func roll() -> UInt64 { state.withLock { $0.dice.next() } }

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        precondition(isOwnThread, "a job came from a foreign thread: something escaped from the simulation")
        state.withLock { $0.ready.append(job) }
    }

    package func checkIsolated() { precondition(isOwnThread, "not in the simulation") }

    package func isIsolatingCurrentContext() -> Bool? { isOwnThread }

    /// Runs a body and all its children to the end, on the calling thread.
    ///
    /// After a halt everything that was pending is abandoned without unwinding, as a killed process abandons its work;
    /// virtual time, dice and trace go on, so that another run can play the restart.
    package func run<Value: Sendable>(
        stepLimit: Int? = nil,
        _ body: @escaping @Sendable () async -> Value
    ) throws(Halt) -> Value {
        let outcome = RunOutcome<Value>()
        let thread = pthread_self()
        state.withLock { $0.thread = thread }
        let root = Task(executorPreference: self) { outcome.set(await body()) }
        var left = stepLimit ?? .max
        while let job = state.withLock({ $0.takeJob() }) ?? wakeSleepers() {
            guard left > 0 else { throw abandon(.stepLimit(at: now.offset), root) }
            left -= 1
            unsafe job.runSynchronously(
                isolatedTo: asUnownedSerialExecutor(),
                taskExecutor: asUnownedTaskExecutor()
            )
        }
        guard let value = outcome.value else { throw abandon(.deadlock(at: now.offset), root) }
        state.withLock { $0.thread = nil }
        return value
    }

    /// Sleeps until an instant of virtual time.
    func sleep(until deadline: VirtualClock.Instant) async throws {
        let id = state.withLock { $0.nextSleeper() }
        try await withTaskCancellationHandler {
            try await unsafe withUnsafeThrowingContinuation { (wake: UnsafeContinuation<Void, any Error>) in
                if Task.isCancelled { return unsafe wake.resume(throwing: CancellationError()) }
                let sleeper = unsafe Sleeper(wake)
                state.withLock { $0.lay(sleeper, id: id, until: deadline) }
            }
        } onCancel: {
            let sleeper = state.withLock { $0.rouse(id) }
            sleeper?.cancel()
        }
    }

    private var isOwnThread: Bool {
        guard let thread = state.withLock({ $0.thread }) else { return false }
        return pthread_equal(pthread_self(), thread) != 0
    }

    /// Lets time pass to the next deadline and wakes all who sleep until then; the first job that comes of it.
    ///
    /// They become ready together: were they woken one by one, the order of things due at one instant would never vary.
    private func wakeSleepers() -> UnownedJob? {
        while true {
            let due = state.withLock { $0.passTime() }
            if due.isEmpty { return nil }
            for sleeper in due { sleeper.wake() }
            if let job = state.withLock({ $0.takeJob() }) { return job }
        }
    }

    private func abandon(_ halt: Halt, _ root: Task<Void, Never>) -> Halt {
        state.withLock { state in
            state.abandonAll()
            state.halted.append(root)
        }
        return halt
    }

    /// Lets what waits for ever in halted runs come to its end and be freed, as far as `release` wakes it.
    ///
    /// Every task is cancelled first. It is for the time after the last run, when nobody asks any more what happens.
    package func bury(releasing release: () -> Void) {
        let thread = pthread_self()
        let roots = state.withLock { state in
            state.thread = thread
            let roots = state.halted
            state.halted = []
            return roots
        }
        for root in roots { root.cancel() }
        release()
        var left = Self.stepsOfBurial
        while left > 0, let job = state.withLock({ $0.takeJob() }) ?? wakeSleepers() {
            left -= 1
            unsafe job.runSynchronously(
                isolatedTo: asUnownedSerialExecutor(),
                taskExecutor: asUnownedTaskExecutor()
            )
        }
        state.withLock { $0.abandonAll() }
    }

    /// More jobs than cancelled tasks need to end; a burial that takes more leaves the rest in memory.
    private static let stepsOfBurial = 100_000
}
