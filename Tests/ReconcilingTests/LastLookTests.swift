import Intents
import Testing

@testable import Reconciling

/// The end of a tombstone, where the configuration asks for fewer looks than it has had.
@Suite struct LastLookTests {
    @Test("Without a look left it is forgotten, and reopened where it is seen to live", arguments: 0...2)
    func fewerLooks(looks: Int) {
        var scene = Scene()
        scene.situation.policy.tombstoneLooks = Array(scene.situation.policy.tombstoneLooks.prefix(looks))
        let attempt = scene.add(.tombstone, age: .seconds(10)) { $0.tombstone?.looks = looks }
        scene.situation.wish = nil
        #expect(decide(scene.situation).forgets(attempt))
        scene.see(attempt, .running)
        let decision = scene.decideAndApply()
        #expect(!decision.forgets(attempt), "what lives is never forgotten")
        #expect(scene.row(attempt)?.phase == .ending)
    }

    @Test("One that is not looked at is kept until its time", arguments: [0, 1])
    func kept(looks: Int) {
        var scene = Scene()
        let attempt = scene.add(.tombstone, age: .seconds(10)) { $0.tombstone?.looks = looks }
        scene.situation.wish = nil
        let decision = decide(scene.situation)
        #expect(!decision.forgets(attempt))
        guard case .waiting(let until, _) = decision.next else {
            Issue.record("a look is due later: \(decision.next)")
            return
        }
        #expect(until == noon - .seconds(10) + scene.situation.policy.tombstoneLooks[looks])
    }
}
