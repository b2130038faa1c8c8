import Intents
import Placement
import Testing

@testable import Reconciling

/// Availability windows: outside, a service is released after its grace and a job is not begun.
@Suite struct HoursTests {
    /// A scene whose window is open from noon, at which scenes are set, for an hour a day.
    private static func scene(_ kind: Workload.Kind = .service, slots: Int = 1) -> Scene {
        var scene = Scene(slots: slots) { spec in
            spec.workload.kind = kind
            if kind != .service {
                spec.workload.scaling = nil
                spec.workload.job = Workload.JobSettings()
                spec.workload.job?.parallelTasks = slots
            }
            // Noon of the tests is 08:00 of the clock.
            var wish = AvailabilityWish()
            (wish.windowStart, wish.windowEnd) = (8 * 60, 9 * 60)
            spec.constraints.availability = wish
        }
        scene.lookAtTheClock()
        return scene
    }

    private static func later(_ scene: inout Scene, _ seconds: Int64) {
        scene.pass(.seconds(seconds))
        scene.lookAtTheClock()
    }

    @Test("inside its window it is bought for, and looked at again when it closes")
    func inside() {
        var scene = Self.scene()
        #expect(scene.situation.surroundings.hours?.changesAt == noon + .seconds(3600))
        #expect(scene.decideAndApply().bought == [0])
        Self.later(&scene, 3570)
        let attempt = scene.add(.live)
        scene.see(attempt, .running)
        #expect(scene.decideAndApply().waitsUntil == noon + .seconds(3600))
    }

    @Test("outside, nothing is bought, and the wait says until when", arguments: [Workload.Kind.service, .job, .batch])
    func outside(kind: Workload.Kind) {
        var scene = Self.scene(kind)
        Self.later(&scene, 4000)
        let decision = scene.decideAndApply()
        #expect(decision.bought.isEmpty)
        #expect(!decision.needsMarket)
        #expect(decision.waitsUntil == noon + .seconds(86_400), "one wait, however long")
        #expect(decision.standing == .converged)
        #expect(decision.condition("Ready")?.reason == "OutsideWindow")
        #expect(decision.condition("Ready")?.message.contains((noon + .seconds(86_400)).text) == true)
        #expect(decision.condition("Stalled")?.status == .no)
    }

    @Test("a service goes on for five minutes after the closing, and is released then")
    func grace() {
        var scene = Self.scene(slots: 2)
        let attempts = [scene.add(.live, slot: 0), scene.add(.live, slot: 1)]
        Self.later(&scene, 3600)
        for attempt in attempts { scene.see(attempt, .running) }
        var decision = scene.decideAndApply()
        #expect(attempts.map { scene.row($0)?.phase } == [.live, .live])
        #expect(decision.status.phase == .suspended)
        Self.later(&scene, 290)
        for attempt in attempts { scene.see(attempt, .running) }
        decision = scene.decideAndApply()
        #expect(decision.waitsUntil == noon + .seconds(3900))
        #expect(decision.steps.isEmpty)
        Self.later(&scene, 10)
        decision = scene.decideAndApply()
        #expect(attempts.map { scene.row($0)?.ending?.reason } == [.windowClosed, .windowClosed])
        #expect(decision.steps.count == 2)
    }

    @Test("where nobody knows when it closed, the grace is over")
    func longClosed() {
        var scene = Self.scene()
        let attempt = scene.add(.live)
        Self.later(&scene, 20_000)
        scene.decideAndApply()
        #expect(scene.row(attempt)?.ending?.reason == .windowClosed)
    }

    @Test("a maintenance that is shorter than the grace releases nothing")
    func shortMaintenance() {
        var scene = Scene()
        scene.situation.policy.windowGrace = .seconds(300)
        let attempt = scene.add(.live)
        scene.respecify { spec in
            var wish = AvailabilityWish()
            var window = AvailabilityWish.MaintenanceWindow()
            (window.start, window.end) = (noon + .seconds(60), noon + .seconds(260))
            window.frequency = .monthly
            wish.maintenanceWindows = [window]
            spec.constraints.availability = wish
        }
        for _ in 0..<10 {
            Self.later(&scene, 30)
            scene.see(attempt, .running)
            scene.decideAndApply()
            #expect(scene.row(attempt)?.phase == .live)
        }
        #expect(scene.decideAndApply().status.phase == .running)
    }

    @Test("nothing is replaced or bought anew in the grace")
    func graceBuysNothing() {
        var scene = Self.scene(slots: 2)
        let attempt = scene.add(.live, slot: 0)
        scene.respecify { $0.workload.image = "jupyter/other" }
        Self.later(&scene, 3605)
        scene.see(attempt, .running)
        #expect(scene.decideAndApply().steps.isEmpty)
    }

    @Test("a job that has begun goes on, and no other task of it is begun")
    func jobGoesOn() {
        var scene = Self.scene(.job, slots: 2)
        let attempt = scene.add(.live, slot: 0)
        Self.later(&scene, 10_000)
        scene.see(attempt, .running)
        let decision = scene.decideAndApply()
        #expect(scene.row(attempt)?.phase == .live)
        #expect(decision.steps.isEmpty)
        #expect(decision.standing == .converged)
        #expect(decision.next == .settled(poll: scene.situation.policy.pollSettled), "no hurry")
    }

    @Test("caps hold in the grace too")
    func capInTheGrace() {
        var scene = Self.scene(slots: 2)
        let attempts = [scene.add(.live, slot: 0), scene.add(.live, slot: 1)]
        scene.respecify { $0.constraints.maxHourlyCost = .euros(5) }
        Self.later(&scene, 3605)
        for attempt in attempts { scene.see(attempt, .running) }
        scene.decideAndApply()
        #expect(attempts.map { scene.row($0)?.phase } == [.live, .ending])
    }

    @Test("what a person holds back or withdraws, no window holds back")
    func othersFirst() {
        var scene = Self.scene()
        Self.later(&scene, 4000)
        scene.situation.wish?.suspension = Suspension()
        #expect(scene.decideAndApply().condition("Ready")?.reason == "Suspended")
        scene.situation.wish = nil
        #expect(scene.decideAndApply().isOver)
    }

    @Test("it opens again: bought at once")
    func opens() {
        var scene = Self.scene()
        Self.later(&scene, 86_400)
        #expect(scene.decideAndApply().bought == [0])
    }

    @Test("a purchase that nobody knows the outcome of is not made anew outside")
    func unknownOutside() {
        for isOpen in [true, false] {
            var scene = Self.scene()
            scene.situation.platforms[.flexai]?.traits.idempotencyKeys = .honoured(lifetime: .seconds(86_400))
            scene.list(names: true)
            if !isOpen { Self.later(&scene, 4000) }
            let attempt = scene.add(.unknown, age: .seconds(5))
            scene.list(names: true)
            let isRepeated = scene.decideAndApply().steps.contains(.repeatCreate(attempt))
            #expect(isRepeated == isOpen)
        }
    }
}
