import Intents
import Placement
import Testing

@testable import Reconciling

/// Caps: promise 5, nothing is bought that could pass one, live and unknown counted together.
@Suite struct CapTests {
    @Test(
        "the hourly cap counts what lives, is unknown, is ending and is unverified",
        arguments: [AllocationRecord.Phase.live, .unknown, .open, .ending, .unverified, .tombstone]
    )
    func hourly(phase: AllocationRecord.Phase) {
        var scene = Scene(slots: 2) { $0.constraints.maxHourlyCost = .euros(8) }
        scene.add(phase, slot: 0, hourly: 5)
        let bought = decide(scene.situation).bought
        #expect(bought == (phase == .tombstone ? [0, 1] : []), "5 and 4 pass the cap of 8")
    }

    @Test("purchases of one decision are counted together", arguments: [(11, [0, 1]), (12, [0, 1, 2])])
    func together(cap: Int, slots: [Int]) {
        var scene = Scene(slots: 3)
        scene.situation.market = Market(offers: [.h100(hourly: 4)])
        scene.respecify { $0.constraints.maxHourlyCost = .euros(12) }
        if cap < 12 { scene.add(.unknown, slot: 2, hourly: 4) }
        #expect(decide(scene.situation).bought == slots)
    }

    @Test("room that something going will leave is watched closely; room that only a price can make is not")
    func room() {
        for phase in [AllocationRecord.Phase.ending, .live] {
            var scene = Scene(slots: 2) { $0.constraints.maxHourlyCost = .euros(8) }
            let attempt = scene.add(phase, slot: 0, age: .seconds(5), hourly: 5) { $0.ending?.deletedAt = noon }
            scene.see(attempt, .running)
            let decision = decide(scene.situation)
            #expect(decision.status.lastError?.code == "COST_LIMIT_EXCEEDED")
            switch (phase, decision.next) {
            case (.ending, .waiting(let until, _)): #expect(until <= noon + scene.situation.policy.pollChanging)
            case (.live, .waiting(let until, _)): #expect(until == noon + scene.situation.policy.pollSettled)
            default: Issue.record("\(phase): \(decision.next)")
            }
        }
    }

    @Test("what a platform says to be dearer than agreed counts at that")
    func dearer() {
        var scene = Scene(slots: 2) { $0.constraints.maxHourlyCost = .euros(9) }
        scene.add(.live, slot: 0, hourly: 4) { $0.sighting?.hourlyCost = .euros(6) }
        let decision = decide(scene.situation)
        #expect(decision.bought.isEmpty, "6 and 4 pass the cap of 9")
        #expect(decision.status.cost.hourly == .euros(6))
        #expect(decision.standing == .stalled, "nothing but a price or a cap mends it")
    }

    @Test("what was sold over the cap goes, and its offer is not as ordered")
    func notAsOrdered() {
        var scene = Scene { $0.constraints.maxHourlyCost = .euros(5) }
        let attempt = scene.add(.live, hourly: 4) { $0.sighting?.hourlyCost = .euros(6) }
        scene.see(attempt, .running)
        #expect(decide(scene.situation).written(attempt)?.ending?.reason == .notAsOrdered)
    }

    @Test("a lowered cap lets go what it does not pay for any more, last slots first")
    func lowered() {
        var scene = Scene(slots: 3)
        let attempts = (0..<3).map { scene.add(.live, slot: $0) }
        scene.respecify { $0.constraints.maxHourlyCost = .euros(9) }
        let decision = scene.decideAndApply()
        #expect(attempts.map { scene.row($0)?.phase } == [.live, .live, .ending])
        #expect(decision.condition("Overrun")?.reason == "OverHourlyCap")
    }

    @Test("the total cap releases before it is passed, with a margin, and counts what is gone")
    func total() {
        for (spent, phase) in [(0, AllocationRecord.Phase.live), (4, .live), (5, .ending), (20, .ending)] {
            var scene = Scene { $0.constraints.maxTotalCost = .euros(10) }
            scene.situation.account.spent = .euros(spent)
            let attempt = scene.add(.live, age: .seconds(3600), hourly: 4)
            let decision = scene.decideAndApply()
            // 4 spent before, 4 of the hour, 1 for the margin of 15 min.
            #expect(scene.row(attempt)?.phase == phase, "\(spent)")
            if phase == .ending {
                #expect(decision.status.phase == .failed)
                #expect(decision.written(attempt)?.ending?.reason == .budget)
            }
        }
    }

    @Test("what is bought under a total cap is not released for it at once", arguments: [1, 2, 3, 5, 30, 60, 600])
    func noLoop(minutes: Int) {
        for cap in 1...12 {
            var scene = Scene { spec in
                spec.workload.kind = .job
                spec.workload.job = Workload.JobSettings()
                spec.workload.job?.timeout = .seconds(minutes * 60)
                spec.constraints.maxTotalCost = .euros(cap)
            }
            guard !decide(scene.situation).bought.isEmpty else { continue }
            let attempt = scene.add(.live, age: .zero)
            scene.see(attempt, .running)
            scene.decideAndApply()
            scene.pass(.seconds(300))
            scene.decideAndApply()
            let reason = scene.row(attempt)?.ending?.reason
            #expect(reason == nil || reason == .jobTimeout, "cap \(cap), \(minutes) min")
        }
    }

    @Test("a used up total stalls instead of trying for ever")
    func usedUp() {
        var scene = Scene { $0.constraints.maxTotalCost = .euros(10) }
        scene.situation.account.spent = .euros(9)
        let decision = decide(scene.situation)
        #expect(decision.steps.isEmpty)
        #expect(decision.standing == .stalled)
        #expect(decision.condition("Stalled")?.reason == "COST_LIMIT_EXCEEDED")
    }

    @Test("a surge never passes the cap: the old one goes first")
    func surge() {
        for (cap, surges) in [(7, false), (8, true)] {
            var scene = Scene { $0.constraints.maxHourlyCost = .euros(cap) }
            let old = scene.add(.live, hourly: 4)
            scene.respecify { $0.workload.image = "jupyter/other" }
            let decision = scene.decideAndApply()
            #expect(decision.bought == (surges ? [0] : []))
            #expect(scene.row(old)?.phase == (surges ? .live : .ending))
        }
    }
}
