import Intents
import Testing

@testable import Reconciling

/// Suspensions and pauses that end by themselves.
@Suite struct UntilTests {
    @Test("a suspension ends at its time, and is one wait until then")
    func suspension() {
        var scene = Scene()
        var suspension = Suspension()
        suspension.until = noon + .seconds(50_000)
        scene.situation.wish?.suspension = suspension
        let decision = scene.decideAndApply()
        #expect(decision.waitsUntil == noon + .seconds(50_000))
        #expect(decision.standing == .converged)
        scene.pass(.seconds(50_000))
        #expect(scene.decideAndApply().bought == [0])
    }

    @Test("a pause ends at its time; until then nothing changes")
    func pause() {
        var scene = Scene()
        var pause = Pause()
        pause.reason = "looking into it"
        pause.until = noon + .seconds(50_000)
        scene.situation.wish?.pause = pause
        var decision = scene.decideAndApply()
        #expect(decision.steps.isEmpty)
        #expect(decision.waitsUntil == noon + .seconds(50_000))
        #expect(decision.condition("Paused")?.message == "looking into it")
        scene.pass(.seconds(49_999))
        #expect(scene.decideAndApply().steps.isEmpty)
        scene.pass(.seconds(1))
        decision = scene.decideAndApply()
        #expect(decision.bought == [0])
        #expect(decision.condition("Paused") == nil)
    }

    @Test("what is lost in a pause is concluded when the pause is over")
    func lossInAPause() {
        var scene = Scene()
        let attempt = scene.add(.live)
        var pause = Pause()
        pause.until = noon + .seconds(60)
        scene.situation.wish?.pause = pause
        scene.situation.looks[attempt] = .absent
        scene.decideAndApply()
        #expect(scene.row(attempt)?.missingSince == nil)
        scene.pass(.seconds(60))
        scene.situation.looks[attempt] = .absent
        scene.decideAndApply()
        #expect(scene.row(attempt)?.missingSince == noon + .seconds(60))
    }
}
