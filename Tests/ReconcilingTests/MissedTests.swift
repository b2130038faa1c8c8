import Intents
import Testing

@testable import Reconciling

/// What a look does not find is not believed to be gone at once, and not taken for well either.
@Suite struct MissedTests {
    @Test("Nothing has converged while something is missed, whatever keeps from believing it", arguments: [5, 3600])
    func missed(age: Int) {
        var scene = Scene()
        let attempt = scene.add(.live, age: .seconds(age))
        scene.see(attempt, .running)
        #expect(decide(scene.situation).standing == .converged)
        for look in [Look.absent, .doubtful] {
            scene.situation.looks[attempt] = look
            let decision = decide(scene.situation)
            #expect(decision.standing == .moving, "\(look)")
            #expect(decision.steps.isEmpty, "it is only looked for again")
            guard case .waiting(let until, _) = decision.next else {
                Issue.record("it is looked for again: \(decision.next)")
                continue
            }
            #expect(until <= noon + scene.situation.policy.listingsApart)
        }
    }

    @Test("A platform that cannot be reached says nothing about what was well before")
    func unreachable() {
        var scene = Scene()
        let attempt = scene.add(.live)
        scene.situation.looks[attempt] = .unreachable(.error("UNREACHABLE"))
        #expect(decide(scene.situation).steps.isEmpty)
        #expect(decide(scene.situation).standing == .converged)
    }

    @Test("A paused intent is looked at and nothing is concluded")
    func paused() {
        var scene = Scene()
        let attempt = scene.add(.live)
        scene.situation.wish?.pause = .init()
        scene.situation.looks[attempt] = .absent
        #expect(decide(scene.situation).standing == .converged)
    }
}
