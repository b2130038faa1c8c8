import Intents
import Placement
import Testing

@testable import Reconciling

/// Reasons to hold nothing, or to change nothing: withdrawal, pause, suspension, deadline, the end of a job.
@Suite struct HoldingTests {
    private static func job(_ timeout: Int? = nil) -> Scene {
        Scene { spec in
            spec.workload.kind = .job
            spec.workload.job = Workload.JobSettings()
            spec.workload.job?.timeout = timeout.map { .seconds($0) }
        }
    }

    @Test("a withdrawn intent lets everything go and is over when its last row is forgotten")
    func withdrawn() {
        var scene = Scene(slots: 2)
        let attempts = [scene.add(.live, slot: 0), scene.add(.live, slot: 1)]
        scene.situation.wish = nil
        let decision = scene.decideAndApply()
        #expect(attempts.map { scene.row($0)?.ending?.reason } == [.withdrawn, .withdrawn])
        #expect(decision.steps.count == 2)
        #expect(decision.status.phase == .terminating)
        #expect(!decision.isOver)
        scene.situation.records = []
        #expect(decide(scene.situation).isOver)
    }

    @Test("a pause lets no step be taken, whatever the rows", arguments: AllocationRecord.Phase.allCases)
    func paused(phase: AllocationRecord.Phase) {
        var scene = Scene(slots: 3)
        scene.add(phase, slot: 1)
        scene.respecify { spec in
            spec.paused = Pause()
            spec.workload.image = "jupyter/other"
        }
        let decision = decide(scene.situation)
        #expect(decision.steps.isEmpty)
        #expect(decision.condition("Paused")?.status == .yes)
    }

    @Test("suspended: released, or stopped and kept where the platform can", arguments: Suspension.Mode.allCases)
    func suspended(mode: Suspension.Mode) {
        for platform in [PlatformName.flexai, .flare] {
            var scene = Scene(platforms: [platform])
            let attempt = scene.add(.live, on: platform)
            var suspension = Suspension()
            suspension.mode = mode
            scene.situation.wish?.suspension = suspension
            let decision = scene.decideAndApply()
            let isKept = mode == .stop && platform == .flexai
            #expect(scene.row(attempt)?.phase == (isKept ? .live : .ending))
            #expect(decision.steps == [platform == .flexai ? .stop(attempt) : .delete(attempt)])
            #expect(decision.status.phase == .suspended)
            guard isKept else { continue }
            #expect(scene.decideAndApply().steps.isEmpty, "asked once, not again before it was looked at")
            scene.see(attempt, .running)
            #expect(scene.decideAndApply().steps == [.stop(attempt)], "it runs all the same")
            scene.see(attempt, .stopped)
            let kept = scene.decideAndApply()
            #expect(kept.steps.isEmpty)
            #expect(kept.standing == .converged)
            scene.situation.wish?.suspension = nil
            scene.situation.looks = [:]
            #expect(scene.decideAndApply().written(attempt)?.ending?.reason == .replaced, "nobody starts it again")
        }
    }

    @Test("a suspension ends at its time")
    func until() {
        var scene = Scene()
        var suspension = Suspension()
        suspension.until = noon + .seconds(30)
        scene.situation.wish?.suspension = suspension
        let held = decide(scene.situation)
        #expect(held.steps.isEmpty)
        #expect(held.next == .waiting(until: noon + .seconds(30), why: "the suspension ends"))
        scene.pass(.seconds(30))
        #expect(decide(scene.situation).bought == [0])
    }

    @Test("a suspended intent is not converged while a purchase is unknown")
    func suspendedUnknown() {
        var scene = Scene()
        scene.add(.unknown)
        scene.situation.wish?.suspension = Suspension()
        #expect(decide(scene.situation).standing == .moving)
        scene.situation.platforms[.flexai]?.cannotList = true
        #expect(decide(scene.situation).standing == .stalled)
    }

    @Test("the deadline releases services and jobs at its very moment", arguments: [Workload.Kind.service, .job])
    func deadline(kind: Workload.Kind) {
        var scene = Scene { spec in
            spec.workload.kind = kind
            spec.constraints.deadline = noon + .seconds(20)
        }
        let attempt = scene.add(.live)
        let before = scene.decideAndApply()
        #expect(before.next == .waiting(until: noon + .seconds(20), why: "the deadline"))
        scene.pass(.seconds(20))
        let decision = scene.decideAndApply()
        #expect(scene.row(attempt)?.ending?.reason == .deadlinePassed)
        #expect(decision.bought.isEmpty)
    }

    @Test("a job's timeout is counted from when it first ran, once, and ends it for this generation")
    func timeout() {
        var scene = Self.job(600)
        let attempt = scene.add(.live, age: .zero) { $0.sighting?.state = .provisioning }
        scene.decideAndApply()
        #expect(scene.situation.account.workBeganAt == nil)
        scene.pass(.seconds(100))
        scene.see(attempt, .running)
        scene.decideAndApply()
        #expect(scene.situation.account.workBeganAt == noon + .seconds(100))
        scene.pass(.seconds(599))
        scene.decideAndApply()
        #expect(scene.row(attempt)?.phase == .live)
        scene.pass(.seconds(1))
        scene.decideAndApply()
        #expect(scene.row(attempt)?.ending?.reason == .jobTimeout)
        #expect(scene.situation.account.finish?.outcome == .timedOut)
        scene.situation.records = []
        let after = scene.decideAndApply()
        #expect(after.bought.isEmpty)
        #expect(after.status.phase == .failed)
        #expect(after.standing == .stalled)
    }

    @Test("a job that its platform ends is never bought again", arguments: [AllocationState.completed, .failed])
    func finished(state: AllocationState) {
        var scene = Self.job()
        scene.situation.platforms = [.flare: PlatformSituation(traits: .whole)]
        scene.situation.market = Market(offers: [.h100(.flare)])
        let attempt = scene.add(.live, on: .flare)
        scene.see(attempt, state)
        let decision = scene.decideAndApply()
        #expect(decision.steps == [.delete(attempt)])
        scene.situation.records = []
        let after = scene.decideAndApply()
        #expect(after.bought.isEmpty)
        #expect(after.status.phase == (state == .completed ? .completed : .failed))
        #expect(after.standing == (state == .completed ? .converged : .stalled))
        scene.respecify { $0.workload.image = "jupyter/other" }
        #expect(scene.decideAndApply().bought == [0], "another generation begins anew")
    }

    @Test("a service that its platform calls completed is bought again")
    func serviceCompleted() {
        var scene = Scene(platforms: [.flare])
        let attempt = scene.add(.live, on: .flare)
        scene.see(attempt, .completed)
        scene.decideAndApply()
        scene.situation.records = []
        #expect(scene.decideAndApply().bought == [0])
    }
}
