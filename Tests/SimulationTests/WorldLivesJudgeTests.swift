import Intents
import Placement
import Reconciling
import Testing

@testable import Simulation

/// The judges of order, hours, money, load and work: each is seen to fail on a bad history, and to pass the good one.
@Suite struct WorldLivesJudgeTests {
    private func job(_ spec: inout IntentSpec) {
        spec.workload.kind = .batch
        spec.workload.job = Workload.JobSettings()
        spec.workload.job?.maxRetries = 1
    }

    private func finish(_ scene: JudgeScene, generation: Int) {
        var account = IntentAccount(key: IntentKey(rawValue: "intent-1"))
        account.finish = Finish(
            outcome: .completed,
            generation: generation,
            at: scene.executor.clock.timestamp,
            message: "done"
        )
        scene.disk.apply([.account(account)])
    }

    private func maintenance(_ scene: JudgeScene, from: Duration, until: Duration) -> AvailabilityWish {
        var wish = AvailabilityWish()
        var window = AvailabilityWish.MaintenanceWindow()
        let now = scene.executor.clock.timestamp
        (window.start, window.end) = (now + from, now + until)
        wish.maintenanceWindows = [window]
        return wish
    }

    @Test func workThatBeginsAfterItsEndIsSeen() {
        for (generation, isBroken) in [(1, true), (2, false)] {
            let scene = JudgeScene()
            scene.store("intent-1", job)
            scene.open("a", generation: 1)
            #expect(scene.broken.isEmpty)
            finish(scene, generation: 1)
            scene.open("b", slot: 1, generation: generation)
            #expect(scene.broken == (isBroken ? [.endedForGood] : []), "generation \(generation)")
        }
    }

    @Test func servicesHaveNoEnd() {
        let scene = JudgeScene()
        scene.store("intent-1")
        finish(scene, generation: 1)
        scene.open("a", generation: 1)
        #expect(scene.broken.isEmpty)
    }

    @Test func tasksThatAreTriedTooOftenAreSeen() {
        let scene = JudgeScene()
        scene.store("intent-1", job)
        for (number, isBroken) in [(1, false), (2, true)] {
            let event = Event(
                at: scene.executor.clock.timestamp,
                key: IntentKey(rawValue: "intent-1"),
                reason: "TaskFailed",
                message: "task 0 has failed"
            )
            // What could not be written is told again, and is no other failure.
            scene.disk.apply([.event(event), .event(event)])
            scene.pass(.seconds(1))
            scene.open("try-\(number)", slot: number, generation: 1)
            #expect(scene.broken == (isBroken ? [.endedForGood] : []), "after \(number) failures")
        }
    }

    @Test func jobsThatBeginOutsideTheirWindowAreSeen() {
        for (from, isJob, isBroken) in [
            (Duration.seconds(-61), true, true), (.seconds(-59), true, false), (.seconds(-61), false, false),
        ] {
            let scene = JudgeScene()
            let wish = maintenance(scene, from: from, until: .seconds(600))
            scene.store("intent-1") { spec in
                if isJob { job(&spec) }
                spec.constraints.availability = wish
            }
            scene.open("a")
            #expect(scene.broken == (isBroken ? [.withinHours] : []), "\(from)")
        }
    }

    @Test func servicesThatLiveOnOutsideTheirWindowAreSeen() {
        var service = Intent(name: "intent-1", spec: IntentSpec())
        for (past, isBroken) in [(Duration.seconds(209), false), (.seconds(211), true)] {
            let scene = JudgeScene()
            service.spec.constraints.availability = maintenance(scene, from: .zero, until: .seconds(900))
            scene.fill("a")
            scene.pass(past)
            func judge(calm: Duration) {
                scene.judge.judgeHours([service], grace: .seconds(60), scene.disk.durable.records, calm: calm)
            }
            judge(calm: .seconds(100))
            #expect(scene.broken.isEmpty, "what went wrong lately may take longer")
            judge(calm: .zero)
            #expect(scene.broken == (isBroken ? [.withinHours] : []), "\(past)")
        }
    }

    @Test func replicasThatGoUnmeasuredAreSeen() {
        for (silence, isChanged, isBroken) in [
            (Duration.seconds(29), false, false), (.seconds(31), false, true), (.seconds(31), true, false),
        ] {
            let scene = JudgeScene()
            scene.store("intent-1")
            let row = scene.fill("a")
            scene.pass(.seconds(300))
            scene.judge.with { $0.lives.unmeasuredSince["intent-1"] = scene.judge.now }
            scene.pass(silence)
            if isChanged { scene.store("intent-1", generation: 2) }
            scene.move(row, .ending, .scaledDown)
            #expect(scene.broken == (isBroken ? [.measured] : []), "\(silence)")
        }
    }

    @Test func whatLivesOnOverItsTotalIsSeen() {
        let scene = JudgeScene()
        scene.judge.with { $0.lives.totals["intent-1"] = Money(micros: 4500) }
        scene.fill("a")
        func judge(calm: Duration = .zero) { scene.judge.judgeTotals(scene.disk.durable.records, calm: calm) }
        scene.pass(.seconds(35))
        judge()
        scene.pass(.seconds(2))
        judge()
        scene.pass(.seconds(149))
        judge()
        #expect(scene.broken.isEmpty, "an end takes its time")
        scene.pass(.seconds(2))
        judge(calm: scene.judge.now)
        #expect(scene.broken.isEmpty, "what went wrong lately may take longer")
        judge()
        #expect(scene.broken == [.withinCaps])
    }

    @Test func whatBeginsWithNothingLeftOfItsTotalIsSeen() {
        for (past, isBroken) in [(Duration.seconds(35), false), (.seconds(37), true)] {
            let scene = JudgeScene()
            scene.judge.with { $0.lives.totals["intent-1"] = Money(micros: 4500) }
            scene.fill("a")
            scene.pass(past)
            scene.open("b", slot: 1)
            #expect(scene.broken == (isBroken ? [.withinCaps] : []), "0.45 EUR an hour for \(past)")
        }
    }

    @Test func whatBeginsBeforeWhatItDependsOnIsSeen() {
        let scene = JudgeScene()
        scene.store("intent-2") { $0.dependsOn = ["intent-1"] }
        scene.open("b", of: "intent-2")
        #expect(scene.broken == [.inOrder], "there is none")
        let other = JudgeScene()
        other.store("intent-2") { $0.dependsOn = ["intent-1"] }
        other.run(other.fill("a"))
        other.open("b", of: "intent-2")
        #expect(other.broken.isEmpty)
    }

    @Test func whatWasLostAMomentAgoStillCounts() {
        for (past, isBroken) in [(Duration.seconds(89), false), (.seconds(91), true)] {
            let scene = JudgeScene()
            scene.store("intent-2") { $0.dependsOn = ["intent-1"] }
            let row = scene.fill("a")
            scene.run(row)
            scene.pass(.seconds(300))
            scene.delete(row.id?.rawValue ?? "")
            scene.pass(past)
            scene.open("b", of: "intent-2")
            #expect(scene.broken == (isBroken ? [.inOrder] : []), "\(past)")
        }
    }

    @Test func whatGoesBeforeWhatDependsOnItIsSeen() {
        for isGone in [false, true] {
            let scene = JudgeScene()
            scene.store("intent-2") { $0.dependsOn = ["intent-1"] }
            let row = scene.fill("a")
            scene.run(row)
            let dependent = scene.fill("b", of: "intent-2")
            scene.pass(.seconds(300))
            if isGone { scene.delete(dependent.id?.rawValue ?? "") }
            scene.move(row, .ending, .withdrawn)
            #expect(scene.broken == (isGone ? [] : [.inOrder]))
        }
    }
}
