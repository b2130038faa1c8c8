import Intents
import Testing

@testable import Reconciling

/// The order of starting and of ending.
@Suite struct OrderTests {
    private static let store = IntentKey(rawValue: "store")
    private static let gateway = IntentKey(rawValue: "gateway")

    private static func scene(_ states: [Dependency.State]) -> Scene {
        var scene = Scene { $0.dependsOn = ["store", "gateway"] }
        scene.situation.surroundings.dependencies = zip([store, gateway], states).map { Dependency($0, $1) }
        return scene
    }

    @Test(
        "it is begun when all that it depends on is ready, and not before",
        arguments: [
            ([.ready, .ready], nil, "", .moving),
            ([.ready, .coming], "DependencyNotReady", "gateway (on its way)", .moving),
            ([.coming, .coming], "DependencyNotReady", "store (on its way), gateway (on its way)", .moving),
            ([.coming, .missing], "DependencyNotReady", "store (on its way), gateway (no such intent)", .stalled),
            ([.stuck, .ready], "DependencyNotReady", "store (held back or stalled)", .stalled),
        ] as [([Dependency.State], String?, String, Standing)]
    )
    func start(states: [Dependency.State], reason: String?, names: String, standing: Standing) {
        var scene = Self.scene(states)
        let decision = scene.decideAndApply()
        #expect(decision.bought == (reason == nil ? [0] : []))
        #expect(decision.standing == standing)
        guard let reason else { return }
        #expect(decision.condition("Ready")?.reason == reason)
        #expect(decision.condition("Ready")?.message == "waiting for \(names)")
        #expect(!decision.needsMarket)
        #expect(decision.waitsUntil == noon + scene.situation.policy.longestWait, "it is woken, and does not poll")
    }

    @Test("what has begun goes on when something that it depends on falters")
    func falters() {
        var scene = Self.scene([.coming, .missing])
        let attempt = scene.add(.live)
        scene.see(attempt, .running)
        let decision = scene.decideAndApply()
        #expect(scene.row(attempt)?.phase == .live)
        #expect(decision.standing == .converged)
    }

    @Test("a circle is refused with its names; what lives stays")
    func circle() {
        for lives in [false, true] {
            var scene = Self.scene([.coming, .ready])
            scene.situation.surroundings.circle = ["search", "store", "search"].map(IntentKey.init(rawValue:))
            let attempt = lives ? scene.add(.live) : nil
            if let attempt { scene.see(attempt, .running) }
            let decision = scene.decideAndApply()
            #expect(decision.bought.isEmpty)
            #expect(decision.standing == .stalled)
            #expect(decision.condition("Stalled")?.reason == "DEPENDENCY_CIRCLE")
            #expect(decision.condition("Stalled")?.message.contains("search → store → search") == true)
            if let attempt { #expect(scene.row(attempt)?.phase == .live) }
        }
    }

    @Test("a withdrawn intent stays until what depends on it is gone")
    func end() {
        for isLeaving in [true, false] {
            var scene = Scene()
            let attempt = scene.add(.live)
            scene.see(attempt, .running)
            scene.situation.wish = nil
            scene.situation.surroundings.dependents = [Dependent(Self.gateway, isLeaving: isLeaving)]
            let decision = scene.decideAndApply()
            #expect(scene.row(attempt)?.phase == .live)
            #expect(decision.steps.isEmpty)
            #expect(!decision.isOver)
            #expect(decision.standing == (isLeaving ? .moving : .stalled))
            #expect(decision.condition("Ready")?.reason == "DependentsLive")
            #expect(decision.condition("Ready")?.message.contains("gateway") == true)
            #expect(decision.next == .settled(poll: scene.situation.policy.pollSettled), "it is woken")
            scene.situation.surroundings.dependents = []
            scene.decideAndApply()
            #expect(scene.row(attempt)?.ending?.reason == .withdrawn)
        }
    }

    @Test("a withdrawn intent that holds nothing waits for nobody")
    func nothingHeld() {
        var scene = Scene()
        scene.situation.wish = nil
        scene.situation.surroundings.dependents = [Dependent(Self.gateway, isLeaving: false)]
        #expect(scene.decideAndApply().isOver)
    }

    @Test("an intent that comes back forgets what it depended on when it was withdrawn")
    func comesBack() {
        var scene = Scene()
        scene.situation.account.memory.dependsOn = [Self.store]
        scene.decideAndApply()
        #expect(scene.situation.account.memory.dependsOn.isEmpty)
    }
}
