import Intents
import Placement
import Reconciling
import Testing

@testable import Simulation

/// Every judge is seen to fail on a bad history, and to pass the good one beside it.
@Suite struct WorldJudgeTests {
    @Test("a good life: bought, stopped, deleted, twice called gone, forgotten")
    func goodLife() {
        let scene = JudgeScene()
        let row = scene.fill("a")
        let id = row.id?.rawValue ?? ""
        scene.pass(.seconds(300))
        scene.move(row, .ending)
        scene.ask("DELETE", id, answer: 200)
        scene.delete(id)
        scene.ask("GET", id, answer: 404)
        scene.pass(.seconds(10))
        scene.ask("GET", id, answer: 404)
        scene.move(row, .tombstone)
        scene.disk.apply([.forget(row.attempt)])
        #expect(scene.broken.isEmpty, "\(scene.judge.findings.breaches)")
    }

    @Test func callsWithoutALockAreSeen() {
        let scene = JudgeScene()
        let request = JudgeScene.request("GET", "", attempt: nil)
        scene.judge.leaves(request, to: .flexai, right: .seconds(1), disk: scene.disk)
        #expect(scene.broken.isEmpty)
        scene.judge.leaves(request, to: .flexai, right: .zero, disk: scene.disk)
        #expect(scene.broken == [.lock])
    }

    @Test func callsWithoutABoundAreSeenOnce() {
        let scene = JudgeScene()
        let request = JudgeScene.request("GET", "", attempt: nil)
        for _ in 0..<400 { scene.judge.leaves(request, to: .flexai, right: .seconds(1), disk: scene.disk) }
        scene.pass(.seconds(60))
        for _ in 0..<400 { scene.judge.leaves(request, to: .flexai, right: .seconds(1), disk: scene.disk) }
        for _ in 0..<400 { scene.judge.leaves(request, to: .flare, right: .seconds(1), disk: scene.disk) }
        #expect(scene.broken.isEmpty, "another minute, another platform")
        for _ in 0..<9 { scene.judge.leaves(request, to: .flexai, right: .seconds(1), disk: scene.disk) }
        #expect(scene.broken == [.boundedCalls])
    }

    @Test func purchasesWithoutARowAreSeen() {
        let scene = JudgeScene()
        scene.buy("a")
        #expect(scene.broken == [.durableAttempt])
    }

    @Test func secondPurchasesOfASlotAreSeen() {
        let scene = JudgeScene()
        scene.fill("a")
        scene.fill("b")
        #expect(scene.broken.contains(.noSpare), "one lives that would do")
        #expect(scene.broken.contains(.oneAllocation), "neither replaces the other")
    }

    @Test func replacementsMayLiveBesideWhatTheyReplace() {
        let scene = JudgeScene()
        scene.fill("a")
        scene.fill("b", replaces: "a", shape: "b")
        #expect(scene.broken.isEmpty)
        scene.fill("c", slot: 1)
        scene.fill("d", slot: 1, replaces: "c", shape: "b")
        #expect(scene.broken == [.oneAllocation], "one at a time")
    }

    @Test func replacementsBySomethingEqualAreSeen() {
        let scene = JudgeScene()
        scene.fill("a")
        scene.fill("b", replaces: "a")
        #expect(scene.broken == [.noSpare])
    }

    @Test func thirdsAreSeen() {
        let scene = JudgeScene()
        scene.fill("a")
        scene.fill("b", replaces: "a", shape: "b")
        scene.fill("c", replaces: "b", shape: "c")
        #expect(scene.broken.contains(.oneAllocation))
    }

    @Test func whatIsReleasedForNothingIsSeen() {
        let scene = JudgeScene()
        scene.pass(.seconds(500))
        let row = scene.fill("a")
        scene.pass(.seconds(60))
        scene.move(row, .ending, .scaledDown)
        #expect(scene.broken == [.noSpare])
    }

    @Test(arguments: [Ending.Reason.lost, .failed, .provisioningTimeout, .jobTimeout])
    func whatIsReleasedForACauseIsNot(_ reason: Ending.Reason) {
        let scene = JudgeScene()
        scene.pass(.seconds(500))
        scene.move(scene.fill("a"), .ending, reason)
        #expect(scene.broken.isEmpty)
    }

    @Test func whatIsReleasedAfterAChangeIsNot() {
        let scene = JudgeScene()
        scene.pass(.seconds(500))
        let row = scene.fill("a")
        scene.disk.apply([.override(IntentOverride(key: row.key, pause: Pause()))])
        scene.move(row, .ending, .suspended)
        #expect(scene.broken.isEmpty)
    }

    @Test func strangersThatAreTouchedAreSeen() {
        let scene = JudgeScene()
        let id = scene.buy(nil)
        scene.ask("GET", id, answer: 200)
        #expect(scene.broken.isEmpty, "looking is free")
        scene.ask("DELETE", id, answer: 200)
        #expect(Set(scene.broken) == [.onlyOurs])
    }

    @Test func buriesWithoutADeleteAreSeen() {
        let scene = JudgeScene()
        let row = scene.fill("a")
        scene.pass(.seconds(300))
        scene.move(row, .tombstone)
        #expect(scene.broken == [.confirmedGone])
    }

    @Test func hastyBurialsAreSeen() {
        let scene = JudgeScene()
        let row = scene.fill("a")
        let id = row.id?.rawValue ?? ""
        scene.pass(.seconds(300))
        scene.ask("DELETE", id, answer: 200)
        scene.delete(id)
        scene.ask("GET", id, answer: 404)
        scene.pass(.seconds(9))
        scene.ask("GET", id, answer: 404)
        scene.move(row, .tombstone)
        #expect(scene.broken == [.confirmedGone])
    }

    @Test func attemptsForNobodyAreSeen() {
        for isWished in [true, false] {
            let scene = JudgeScene()
            scene.open("a", isWished: isWished)
            #expect(scene.broken == (isWished ? [] : [.durableAttempt]))
        }
    }

    @Test func releasesThatTheLedgerKnowsNoReasonForAreSeen() {
        for isWritten in [true, false] {
            let scene = JudgeScene()
            scene.store("intent-1")
            let row = scene.fill("a")
            scene.pass(.seconds(200))
            if isWritten { scene.disk.apply([.dropIntent(row.key)]) }
            scene.move(row, .ending)
            #expect(scene.broken == (isWritten ? [] : [.silenceWithdrawsNothing]))
        }
    }

    @Test func wordsBeforeTheDeleteDoNotCount() {
        let scene = JudgeScene()
        let row = scene.fill("a")
        let id = row.id?.rawValue ?? ""
        scene.delete(id)
        scene.ask("GET", id, answer: 404)
        scene.pass(.seconds(300))
        scene.ask("DELETE", id, answer: 404)
        scene.move(row, .tombstone)
        #expect(scene.broken == [.confirmedGone])
    }

    @Test func whatLivesIsNotForgotten() {
        let scene = JudgeScene()
        let row = scene.fill("a")
        scene.disk.apply([.forget(row.attempt)])
        #expect(scene.broken == [.durableAttempt])
    }

    @Test func whatIsDeniedToTheLastMayBeForgotten() {
        let scene = JudgeScene()
        let row = scene.fill("a")
        for _ in 0..<4 { scene.ask("GET", row.id?.rawValue ?? "", answer: 404) }
        scene.disk.apply([.forget(row.attempt)])
        #expect(scene.broken.isEmpty)
    }

    @Test func purchasesOverACapAreSeen() {
        for (cap, isBroken) in [(Int64(900_000), false), (899_999, true)] {
            let scene = JudgeScene()
            scene.judge.setCap(Money(micros: cap), of: "intent-1")
            scene.pass(.seconds(200))
            scene.fill("a")
            scene.fill("b", slot: 1)
            #expect(scene.broken == (isBroken ? [.withinCaps] : []))
        }
    }

    @Test func capsAreJudgedByThePriceThatWasShown() {
        for (ago, isBroken) in [(Duration.seconds(30), false), (.seconds(120), true)] {
            let scene = JudgeScene()
            scene.judge.setCap(Money(micros: 500_000), of: "intent-1")
            scene.pass(.seconds(200))
            let ware = scene.world.withState { $0.flexai.platform.estate.ware(named: "nvidia-t4") } ?? 0
            scene.judge.hadPrice(Money(micros: 450_000), ware: ware, on: .flexai)
            _ = scene.world.obey(
                .setPrice(.flexai, ware: "nvidia-t4", Money(micros: 900_000)),
                at: scene.executor.clock.timestamp
            )
            scene.pass(ago)
            scene.fill("a")
            #expect(scene.broken == (isBroken ? [.withinCaps] : []), "\(ago)")
        }
    }

    @Test func withdrawalsOfWhatIsShownAreSeen() {
        let scene = JudgeScene()
        let stored = StoredIntent(
            key: IntentKey(rawValue: "intent-1"),
            file: "a.yaml",
            generation: 1,
            createdAt: scene.executor.clock.timestamp,
            intent: Intent(name: "intent-1", spec: IntentSpec())
        )
        func withdraw() { scene.disk.apply([.intent(stored), .dropIntent(stored.key)]) }
        withdraw()
        #expect(scene.broken.isEmpty, "it was never shown")
        scene.judge.shows(.file("a.yaml", ["intent-1"]))
        scene.pass(.seconds(2))
        withdraw()
        #expect(scene.broken.isEmpty, "it was just shown again")
        scene.pass(.seconds(2))
        withdraw()
        #expect(scene.broken == [.silenceWithdrawsNothing])
        scene.judge.shows(.present([]))
        withdraw()
        #expect(scene.broken.count == 1, "its file is gone")
        scene.judge.shows(.nothing)
        scene.pass(.seconds(4))
        withdraw()
        #expect(scene.broken == [.silenceWithdrawsNothing, .silenceWithdrawsNothing], "nothing can be read")
        scene.disk.apply([.dropIntent(stored.key)])
        #expect(scene.broken.count == 2, "what is withdrawn already is only cleared away")
    }

    @Test func whatNoRowWaitsForIsSeenWhereNothingIsNamed() {
        let scene = JudgeScene(identity: .interchangeable)
        let row = scene.fill("a")
        #expect(scene.broken.isEmpty)
        scene.disk.apply([.put(row)])
        scene.buy("a")
        #expect(scene.broken == [.oneAllocation])
    }
}
