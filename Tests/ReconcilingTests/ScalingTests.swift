import Intents
import Placement
import Testing

@testable import Reconciling

/// The number of replicas follows the load, within its bounds and its budget.
@Suite struct ScalingTests {
    private static func scene(_ replicas: Int = 2, cap: Int? = nil) -> Scene {
        var scene = Scene { spec in
            spec.workload.scaling?.minReplicas = 1
            spec.workload.scaling?.maxReplicas = 6
            spec.workload.scaling?.autoScale = true
            spec.constraints.maxHourlyCost = cap.map { .euros($0) }
        }
        scene.situation.account.memory.replicas = replicas
        for slot in 0..<replicas {
            let attempt = scene.add(.live, slot: slot)
            scene.see(attempt, .running)
        }
        return scene
    }

    /// A load that has asked for so many for so long.
    private static func load(_ scene: Scene, wish: Int, for seconds: Int64, ago: Int64 = 0) -> LoadTrend {
        let base = scene.situation.account.memory.replicas ?? 1
        let now = scene.situation.now - .seconds(ago)
        var trend = LoadTrend(at: now, base: base)
        for moment in [now - .seconds(seconds), now] {
            trend.take(wish: wish, base: base, isIdle: false, summary: "GPU 95 %", at: moment)
        }
        return trend
    }

    @Test(
        "up after 60 s, down after 600 s, within the bounds",
        arguments: [(4, 59, 2), (4, 60, 4), (9, 60, 6), (1, 599, 2), (1, 600, 1), (2, 10_000, 2)] as [(Int, Int64, Int)]
    )
    func windows(wish: Int, seconds: Int64, wanted: Int) {
        var scene = Self.scene()
        scene.situation.surroundings.load = Self.load(scene, wish: wish, for: seconds)
        let decision = scene.decideAndApply()
        #expect(scene.situation.account.memory.replicas == wanted)
        #expect(decision.bought == (wanted > 2 ? Array(2..<wanted) : []))
        #expect(scene.situation.records.count { $0.phase == .live } == min(2, wanted))
        #expect(decision.status.wantedSlots == wanted)
        #expect(decision.told.contains("Scaled") == (wanted != 2))
    }

    @Test("it is looked at again when the wish has been stable for long enough")
    func waits() {
        var scene = Self.scene()
        scene.situation.surroundings.load = Self.load(scene, wish: 4, for: 30)
        #expect(scene.decideAndApply().waitsUntil == scene.situation.now + .seconds(30))
    }

    @Test("without a fresh measurement nothing changes")
    func stale() {
        var scene = Self.scene()
        scene.situation.surroundings.load = Self.load(scene, wish: 1, for: 5000, ago: 91)
        scene.decideAndApply()
        #expect(scene.situation.account.memory.replicas == 2)
        scene.situation.surroundings.load = nil
        let decision = scene.decideAndApply()
        #expect(decision.steps.isEmpty)
        #expect(decision.standing == .converged)
    }

    @Test("what was asked for before the number changed is not asked for again")
    func oldBase() {
        var scene = Self.scene()
        let trend = Self.load(scene, wish: 4, for: 60)
        scene.situation.surroundings.load = trend
        scene.decideAndApply()
        #expect(scene.situation.account.memory.replicas == 4)
        scene.pass(.seconds(5))
        scene.situation.surroundings.load = trend
        scene.decideAndApply()
        #expect(scene.situation.account.memory.replicas == 4)
    }

    @Test("a restart keeps the number: it is durable, and the trend begins anew")
    func restart() {
        var scene = Self.scene(4)
        let decision = scene.decideAndApply()
        #expect(decision.steps.isEmpty)
        #expect(decision.status.wantedSlots == 4)
        scene.situation.records.removeAll { $0.slot == 2 }
        #expect(scene.decideAndApply().bought == [2], "and a lost slot is bought again")
    }

    @Test("the cap clamps: no more than it pays for, and that is no stall", arguments: [(8, 2), (13, 3), (100, 6)])
    func budget(cap: Int, wanted: Int) {
        var scene = Self.scene(cap: cap)
        scene.situation.surroundings.load = Self.load(scene, wish: 9, for: 60)
        let decision = scene.decideAndApply()
        #expect(decision.status.wantedSlots == wanted)
        #expect(decision.bought == Array(2..<max(2, wanted)))
        #expect(decision.condition("Stalled")?.status == .no)
    }

    @Test(
        "a slot that is being replaced counts once, at the dearer of its two prices",
        arguments: [(13, 2), (14, 3)]
    )
    func surge(cap: Int, wanted: Int) {
        var scene = Self.scene(1, cap: cap)
        let old = scene.situation.records[0].attempt
        scene.add(.live, slot: 0, hourly: 5, replaces: old) { $0.sighting?.state = .provisioning }
        let other = scene.add(.live, slot: 1)
        scene.see(other, .running)
        scene.situation.account.memory.replicas = 2
        scene.situation.surroundings.load = Self.load(scene, wish: 9, for: 60)
        let decision = scene.decideAndApply()
        #expect(scene.situation.account.memory.replicas == wanted, "5 and 4 for two, and 5 for another")
        #expect(decision.status.wantedSlots == wanted)
    }

    @Test("a cap that is lowered under what the load asked for lets slots go, and says so")
    func loweredCap() {
        var scene = Self.scene(4)
        scene.situation.wish?.intent.spec.constraints.maxHourlyCost = .euros(9)
        let decision = scene.decideAndApply()
        #expect(decision.status.wantedSlots == 2)
        #expect(decision.condition("ScalingLimited")?.message.contains("2 replicas") == true)
        #expect(scene.situation.records.filter { $0.phase == .live }.map(\.slot) == [0, 1])
    }

    @Test("bounds that change clamp the number at once", arguments: [(1, 3, 3), (5, 6, 5), (1, 6, 4)])
    func bounds(least: Int, most: Int, wanted: Int) {
        var scene = Self.scene(4)
        scene.respecify { spec in
            spec.workload.scaling?.minReplicas = least
            spec.workload.scaling?.maxReplicas = most
        }
        #expect(scene.decideAndApply().status.wantedSlots == wanted)
    }

    @Test("where nothing scales by itself, min_replicas counts and nothing is remembered")
    func off() {
        var scene = Self.scene(4)
        scene.respecify { $0.workload.scaling?.autoScale = false }
        scene.situation.surroundings.load = Self.load(scene, wish: 6, for: 600)
        #expect(scene.decideAndApply().status.wantedSlots == 1)
        #expect(scene.situation.account.memory.replicas == nil)
    }

    @Test("what FLARE carries it scales by itself")
    func flare() {
        var scene = Scene(platforms: [.flare]) { spec in
            spec.workload.scaling?.maxReplicas = 6
            spec.workload.scaling?.autoScale = true
        }
        let attempt = scene.add(.live, on: .flare)
        scene.see(attempt, .running)
        scene.situation.surroundings.load = Self.load(scene, wish: 6, for: 600)
        let decision = scene.decideAndApply()
        #expect(decision.steps.isEmpty)
        #expect(scene.situation.account.memory.replicas == nil)
        #expect(decision.standing == .converged)
    }

    @Test("a suspended intent does not scale")
    func suspended() {
        var scene = Self.scene()
        scene.situation.wish?.suspension = Suspension()
        scene.situation.surroundings.load = Self.load(scene, wish: 6, for: 600)
        scene.decideAndApply()
        #expect(scene.situation.account.memory.replicas == 2)
    }
}
