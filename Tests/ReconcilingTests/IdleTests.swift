import Intents
import Testing

@testable import Reconciling

/// A service that does nothing is put to rest, and says what that saves.
@Suite struct IdleTests {
    private static func scene(idle seconds: Int64, _ change: (inout IntentSpec) -> Void = { _ in }) -> Scene {
        var scene = Scene(slots: 2) { spec in
            spec.idle = IdlePolicy()
            change(&spec)
        }
        for slot in 0..<2 { scene.see(scene.add(.live, slot: slot), .running) }
        scene.situation.surroundings.load = trend(scene.situation.now, idle: seconds)
        return scene
    }

    private static func trend(_ now: Timestamp, idle seconds: Int64) -> LoadTrend {
        var trend = LoadTrend(at: now, base: 2)
        trend.take(wish: 2, base: 2, isIdle: true, summary: "", at: now - .seconds(seconds))
        trend.take(wish: 2, base: 2, isIdle: true, summary: "", at: now)
        return trend
    }

    @Test("after its time it is suspended with the reason and what that saves")
    func rests() {
        var scene = Self.scene(idle: 1800)
        let decision = scene.decideAndApply()
        #expect(scene.situation.records.allSatisfy { $0.ending?.reason == .suspended })
        #expect(decision.status.phase == .suspended)
        let why = decision.condition("Ready")?.message ?? ""
        for part in ["under 5%", "30m", "8.00 EUR/hour", "intentctl resume search"] {
            #expect(why.contains(part), "\(part) in: \(why)")
        }
        #expect(decision.told.contains("Idle"))
        #expect(scene.situation.account.memory.rest?.since == noon)
    }

    @Test("not before its time; then it is looked at")
    func waits() {
        var scene = Self.scene(idle: 1770)
        let decision = scene.decideAndApply()
        #expect(decision.status.phase == .running)
        #expect(decision.waitsUntil == noon + .seconds(30))
        #expect(scene.situation.account.memory.rest == nil)
    }

    @Test("a rest outlasts the measurements, the time and a restart")
    func stays() {
        var scene = Self.scene(idle: 1800)
        scene.decideAndApply()
        scene.situation.records = []
        scene.situation.surroundings.load = nil
        scene.pass(.seconds(1_000_000))
        let decision = scene.decideAndApply()
        #expect(decision.steps.isEmpty)
        #expect(decision.standing == .converged)
        #expect(!decision.told.contains("Idle"), "said once")
    }

    @Test("a changed spec, or none of the policy, ends the rest")
    func wakes() {
        for isChanged in [true, false] {
            var scene = Self.scene(idle: 1800)
            scene.decideAndApply()
            scene.situation.records = []
            if isChanged {
                scene.respecify { $0.workload.image = "jupyter/other" }
            } else {
                scene.situation.wish?.intent.spec.idle = nil
            }
            #expect(scene.decideAndApply().bought == [0, 1])
            #expect(scene.situation.account.memory.rest == nil)
        }
    }

    @Test("old measurements put nobody to rest")
    func stale() {
        var scene = Self.scene(idle: 1800)
        scene.situation.surroundings.load = Self.trend(noon - .seconds(91), idle: 1800)
        scene.decideAndApply()
        #expect(scene.situation.account.memory.rest == nil)
    }

    @Test("without the policy nothing rests")
    func noPolicy() {
        var scene = Self.scene(idle: 100_000) { $0.idle = nil }
        #expect(scene.decideAndApply().status.phase == .running)
    }
}
