import Intents
import Placement
import Testing

@testable import Reconciling

/// What is kept stopped, and what goes although its intent is only suspended.
@Suite struct ParkingTests {
    private static let stopped: Suspension = {
        var suspension = Suspension()
        suspension.mode = .stop
        return suspension
    }()

    @Test("Slots that are not wanted any more are released, the others are stopped and kept", arguments: 1...3)
    func scaledDown(wanted: Int) {
        var scene = Scene(slots: wanted)
        let attempts = (0..<3).map { scene.add(.live, slot: $0) }
        scene.situation.wish?.suspension = Self.stopped
        scene.decideAndApply()
        for (slot, attempt) in attempts.enumerated() {
            let row = scene.row(attempt)
            #expect(row?.phase == (slot < wanted ? .live : .ending), "slot \(slot)")
            #expect(row?.ending?.reason == (slot < wanted ? nil : .scaledDown))
            #expect((row?.parkedAt != nil) == (slot < wanted))
        }
    }

    @Test("Of a replacement under way the new one is kept, and what it was to replace goes")
    func replacement() {
        var scene = Scene()
        let old = scene.add(.live)
        let new = scene.add(.live, age: .seconds(10), replaces: old)
        scene.situation.wish?.suspension = Self.stopped
        scene.decideAndApply()
        #expect(scene.row(old)?.ending?.reason == .replaced)
        #expect(scene.row(new)?.phase == .live)
        #expect(scene.row(new)?.parkedAt == noon)
    }

    @Test("What does not run in time goes, and until then it is asked to stop again and again")
    func stuckWhileItStarts() {
        for (age, ends) in [(Duration.seconds(60), false), (.seconds(599), false), (.seconds(600), true)] {
            var scene = Scene()
            let attempt = scene.add(.live, age: age) { record in
                record.parkedAt = noon - .seconds(30)
                record.sighting?.state = .provisioning
            }
            scene.situation.wish?.suspension = Self.stopped
            scene.see(attempt, .provisioning)
            let decision = scene.decideAndApply()
            #expect((scene.row(attempt)?.ending?.reason == .provisioningTimeout) == ends, "\(age)")
            #expect(decision.steps == [.stop(attempt)], "\(age): before its DELETE too")
        }
    }

    @Test("A pause in the file holds the hands off everything, a suspension beside it or not")
    func pauseWins() {
        var scene = Scene()
        let attempt = scene.add(.live)
        scene.situation.wish?.suspension = Self.stopped
        scene.situation.wish?.pause = Pause()
        #expect(scene.decideAndApply().steps.isEmpty)
        #expect(scene.row(attempt)?.parkedAt == nil)
    }
}
