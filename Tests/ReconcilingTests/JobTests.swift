import Intents
import Placement
import Testing

@testable import Reconciling

/// Jobs: tasks that end, are tried again, and release everything at once.
@Suite struct JobTests {
    /// A job of some tasks.
    private func job(
        _ tasks: Int = 1,
        on platforms: [PlatformName] = [.flexai],
        _ change: (inout Workload.JobSettings) -> Void = { _ in }
    ) -> Scene {
        Scene(platforms: platforms) { spec in
            spec.workload.kind = .job
            spec.workload.scaling = nil
            var job = Workload.JobSettings()
            job.parallelTasks = tasks
            change(&job)
            spec.workload.job = job
        }
    }

    @Test("All: a task that is done releases its slot alone, the last one ends the job", arguments: [1, 2, 3])
    func all(tasks: Int) {
        var scene = job(tasks)
        let attempts = (0..<tasks).map { scene.add(.live, slot: $0) }
        for (done, attempt) in attempts.enumerated() {
            scene.see(attempt, .completed)
            let decision = scene.decideAndApply()
            #expect(scene.row(attempt)?.ending?.reason == .completed)
            #expect(decision.bought.isEmpty, "a task that is done is not begun again")
            let isLast = done == tasks - 1
            #expect((scene.situation.account.finish?.outcome == .completed) == isLast)
            #expect(decision.status.phase == (isLast ? .completed : .running))
        }
        scene.situation.records = []
        let rest = decide(scene.situation)
        #expect(rest.steps.isEmpty && rest.standing == .converged, "nothing is held, and nothing begins anew")
    }

    @Test("Any: the first success releases the others at once")
    func any() {
        var scene = job(3) { $0.completionPolicy = .any }
        let attempts = (0..<3).map { scene.add(.live, slot: $0) }
        scene.see(attempts[1], .completed)
        let decision = scene.decideAndApply()
        #expect(attempts.allSatisfy { scene.row($0)?.phase == .ending })
        #expect(decision.steps.count == 3, "the other two are stopped, and the first is deleted: \(decision.steps)")
        #expect(decision.status.phase == .completed)
    }

    @Test("tasks that are done stay done: what remains runs, and the slot shows it")
    func shown() {
        var scene = job(2)
        scene.situation.account.memory.tasks = [done(0)]
        let attempt = scene.add(.live, slot: 1)
        scene.see(attempt, .running)
        let decision = scene.decideAndApply()
        #expect(decision.status.phase == .running)
        #expect(decision.standing == .converged)
        #expect(decision.status.slots.map(\.state) == [.completed, .running])
    }

    private func done(_ slot: Int) -> TaskMemory {
        var task = TaskMemory(slot: slot)
        task.completedAt = noon
        return task
    }

    @Test("a failed task is tried again after 10 s, 20 s … 6 min, as often as it may be, and then the job has failed")
    func retries() {
        var scene = job { $0.maxRetries = 7 }
        for pause in [10, 20, 40, 80, 160, 320, 360] {
            let attempt = scene.add(.live, age: .zero)
            scene.see(attempt, .failed)
            scene.decideAndApply()
            #expect(scene.row(attempt)?.ending?.reason == .failed)
            scene.situation.records = []
            scene.pass(.seconds(pause) - .milliseconds(1))
            let early = scene.decideAndApply()
            #expect(early.bought.isEmpty, "\(pause) s")
            #expect(early.next == .waiting(until: scene.situation.now + .milliseconds(1), why: early.why))
            scene.pass(.milliseconds(1))
            #expect(scene.decideAndApply().bought == [0], "\(pause) s")
        }
        let last = scene.add(.live, age: .zero)
        scene.see(last, .failed)
        let decision = scene.decideAndApply()
        #expect(scene.situation.account.finish?.outcome == .failed)
        #expect(decision.status.phase == .failed)
        scene.situation.records = []
        scene.pass(.seconds(3600))
        #expect(scene.decideAndApply().bought.isEmpty)
    }

    @Test("each task has its own retries, and one that fails for good ends the job", arguments: [0, 1])
    func ownRetries(retries: Int) {
        var scene = job(2) { $0.maxRetries = retries }
        let other = scene.add(.live, slot: 1)
        let attempt = scene.add(.live, slot: 0)
        scene.see(attempt, .failed)
        scene.decideAndApply()
        #expect(scene.row(other)?.phase == (retries == 0 ? .ending : .live))
        #expect(scene.situation.account.memory.task(1).failures == 0)
    }

    @Test("what a platform takes back is no failure, and is bought again at once")
    func preemption() {
        var scene = job { $0.maxRetries = 0 }
        let attempt = scene.add(.live) { $0.sighting?.state = .running }
        scene.see(attempt, .stopped)
        scene.decideAndApply()
        #expect(scene.row(attempt)?.ending?.reason == .lost)
        #expect(scene.situation.account.memory.task(0).failures == 0)
        #expect(scene.situation.account.finish == nil)
        scene.situation.records = []
        #expect(scene.decideAndApply().bought == [0])
    }

    @Test("a failure is counted once, whoever tells of it first")
    func once() {
        var scene = job { $0.maxRetries = 3 }
        let attempt = scene.add(.live)
        report(.failed, 0, in: &scene)
        scene.see(attempt, .failed)
        scene.decideAndApply()
        #expect(scene.situation.account.memory.task(0).failures == 1)
        #expect(scene.row(attempt)?.phase == .ending)
        scene.see(attempt, .failed)
        scene.decideAndApply()
        #expect(scene.situation.account.memory.task(0).failures == 1)
    }

    private func report(_ outcome: TaskOutcome, _ slot: Int, in scene: inout Scene) {
        guard let wish = scene.situation.wish else { return }
        scene.situation.account.take(outcome, of: .task(slot), "reported", for: wish, at: scene.situation.now)
    }

    @Test("an end that is reported releases the slot, and only what worked on it before")
    func reported() {
        var scene = job(2)
        let first = scene.add(.live, slot: 0)
        let second = scene.add(.live, slot: 1)
        report(.completed, 0, in: &scene)
        scene.decideAndApply()
        #expect(scene.row(first)?.ending?.reason == .completed)
        #expect(scene.row(second)?.phase == .live)
        report(.failed, 1, in: &scene)
        scene.decideAndApply()
        #expect(scene.row(second)?.ending?.reason == .failed)
        scene.situation.records = []
        scene.pass(.seconds(10))
        #expect(scene.decideAndApply().bought == [1])
        let again = scene.add(.live, slot: 1, age: .zero)
        scene.decideAndApply()
        #expect(scene.row(again)?.phase == .live, "the retry is not what failed")
    }

    @Test("a platform that carries the whole job ends it with one word, and tries again by itself")
    func whole() {
        for (state, outcome) in [(AllocationState.completed, Finish.Outcome.completed), (.failed, .failed)] {
            var scene = job(3, on: [.flare])
            let attempt = scene.add(.live, on: .flare)
            scene.see(attempt, state)
            scene.decideAndApply()
            #expect(scene.situation.account.finish?.outcome == outcome)
            #expect(scene.row(attempt)?.phase == .ending)
        }
    }

    @Test("the timeout counts from the first run over all tries, and beats retries")
    func timeout() {
        var scene = job { $0.timeout = .seconds(600) }
        let attempt = scene.add(.live, age: .zero)
        scene.see(attempt, .running)
        scene.decideAndApply()
        #expect(scene.situation.account.workBeganAt == noon)
        scene.pass(.seconds(595))
        scene.see(attempt, .failed)
        scene.decideAndApply()
        scene.situation.records = []
        scene.pass(.seconds(5))
        let decision = scene.decideAndApply()
        #expect(decision.bought.isEmpty)
        #expect(scene.situation.account.finish?.outcome == .timedOut)
        scene.pass(.seconds(60))
        #expect(scene.decideAndApply().bought.isEmpty, "a retry is due, and the time is over")
    }

    @Test("the deadline releases and beats retries too")
    func deadline() {
        var scene = job()
        scene.respecify { $0.constraints.deadline = noon + .seconds(3600) }
        let attempt = scene.add(.live, age: .zero)
        scene.pass(.seconds(3600))
        scene.see(attempt, .running)
        let decision = scene.decideAndApply()
        #expect(scene.row(attempt)?.ending?.reason == .deadlinePassed)
        #expect(decision.status.phase == .failed)
    }

    @Test(
        "a job that would only run after its deadline is not begun",
        arguments: [(599, nil, false), (600, nil, false), (601, nil, true), (31, 30, true), (30, 30, false)]
            as [(Int, Int?, Bool)]
    )
    func tooLate(left: Int, startup: Int?, begins: Bool) {
        var scene = job()
        scene.respecify { $0.constraints.deadline = noon + .seconds(left) }
        var offer = Offer.h100()
        offer.startup = startup.map { .seconds($0) }
        scene.situation.market = Market(offers: [offer])
        let decision = decide(scene.situation)
        #expect(decision.bought == (begins ? [0] : []))
        // An offer that states how long it takes is not even a candidate; one that does not is refused here.
        if !begins, startup == nil { #expect(decision.condition("Stalled")?.reason == "DEADLINE_TOO_CLOSE") }
    }

    @Test("what a finished job held is looked at again in time, however long its record is kept")
    func tombstones() {
        var scene = job()
        report(.completed, 0, in: &scene)
        let attempt = scene.add(.ending, age: .seconds(60)) { record in
            record.ending?.deletedAt = noon - .seconds(40)
            record.ending?.goneAt = noon - .seconds(30)
        }
        scene.situation.looks[attempt] = .absent
        let decision = scene.decideAndApply()
        #expect(scene.row(attempt)?.phase == .tombstone)
        #expect(decision.next == .waiting(until: noon + .seconds(600), why: decision.why))
    }

    @Test("a changed spec starts a new run; the caps of the old one's tries are gone with it")
    func newRun() {
        var scene = job { $0.maxRetries = 0 }
        let attempt = scene.add(.live)
        scene.see(attempt, .failed)
        scene.decideAndApply()
        scene.situation.records = []
        scene.respecify { $0.workload.image = "jupyter/other" }
        let decision = scene.decideAndApply()
        #expect(decision.bought == [0])
        #expect(scene.situation.account.finish == nil)
        #expect(scene.situation.account.memory.tasks.isEmpty)
        #expect(scene.situation.account.workBeganAt == nil)
    }

    @Test("the record is kept as long as it says, 7 days unless it says; then its details go and it stays ended")
    func kept() {
        for (ttl, days) in [(nil, 7), (Duration.seconds(86_400), 1)] as [(Duration?, Int)] {
            var scene = job(2)
            scene.situation.wish?.intent.spec.ttlAfterFinished = ttl
            for slot in 0..<2 { report(.completed, slot, in: &scene) }
            let first = scene.decideAndApply()
            #expect(first.condition("Ready")?.message == "the work is done and everything is released")
            scene.pass(.seconds(days * 86_400 - 1))
            scene.decideAndApply()
            #expect(scene.situation.account.memory.tasks.count == 2)
            scene.pass(.seconds(1))
            let last = scene.decideAndApply()
            #expect(scene.situation.account.memory.tasks.isEmpty)
            #expect(scene.situation.account.finish?.message.isEmpty == true)
            #expect(last.status.phase == .completed && last.bought.isEmpty)
            #expect(last.status.history.isEmpty && last.status.placement == nil)
            #expect(scene.decideAndApply().changes.isEmpty, "said once")
        }
    }

    @Test("an unknown purchase for a task that is done is not sent again")
    func unknown() {
        var scene = job(2)
        scene.situation.platforms[.flexai]?.traits.idempotencyKeys = .honoured(lifetime: .seconds(86_400))
        scene.list(names: true)
        let attempt = scene.add(.unknown, slot: 0, age: .seconds(60))
        #expect(decide(scene.situation).steps.contains(.repeatCreate(attempt)))
        scene.situation.account.memory.tasks = [done(0)]
        #expect(!decide(scene.situation).steps.contains(.repeatCreate(attempt)))
    }

    @Test("a service has no tasks: nothing is remembered of its failures")
    func service() {
        var scene = Scene()
        let attempt = scene.add(.live)
        scene.see(attempt, .failed)
        scene.decideAndApply()
        #expect(scene.situation.account.memory.isEmpty)
    }
}

extension Decision {
    /// Why it waits.
    var why: String { if case .waiting(_, let why) = next { why } else { "" } }
}
