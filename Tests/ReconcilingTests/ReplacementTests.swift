import Intents
import Placement
import Testing

@testable import Reconciling

/// Scaling and replacing: promise 1's surge of at most one, and promise 4.
@Suite struct ReplacementTests {
    /// Slots that run, outdated by a changed image.
    private static func outdated(_ slots: Int, _ change: (inout IntentSpec) -> Void = { _ in }) -> (Scene, [AttemptID])
    {
        var scene = Scene(slots: slots, change)
        let attempts = (0..<slots).map { scene.add(.live, slot: $0) }
        scene.respecify { $0.workload.image = "jupyter/other" }
        return (scene, attempts)
    }

    @Test("scaling down lets the last slots go; scaling up buys the missing ones", arguments: [1, 2, 3, 4])
    func scaling(wanted: Int) {
        var scene = Scene(slots: 2)
        let attempts = [scene.add(.live, slot: 0), scene.add(.live, slot: 1)]
        scene.respecify { $0.workload.scaling?.minReplicas = wanted }
        let decision = scene.decideAndApply()
        #expect(attempts.map { scene.row($0)?.phase } == [.live, wanted < 2 ? .ending : .live])
        #expect(decision.bought == (wanted > 2 ? Array(2..<wanted) : []))
    }

    @Test("one slot is replaced at a time, with a surge of one, and the old goes when the new one runs")
    func surge() {
        var (scene, attempts) = Self.outdated(3)
        #expect(scene.decideAndApply().bought == [0])
        let new = scene.add(.live, slot: 0, age: .seconds(5), replaces: attempts[0]) { record in
            record.sighting?.state = .provisioning
        }
        #expect(scene.decideAndApply().steps.isEmpty, "a surge is under way")
        scene.see(new, .running)
        scene.decideAndApply()
        #expect(scene.row(attempts[0])?.ending?.reason == .replaced)
        #expect(scene.decideAndApply().bought.isEmpty, "not before the old one is gone")
        scene.situation.records.removeAll { $0.attempt == attempts[0] }
        attempts.removeFirst()
        #expect(scene.decideAndApply().bought == [1])
    }

    @Test("an unknown surge holds the next one back")
    func unknownSurge() {
        var (scene, attempts) = Self.outdated(2)
        scene.add(.unknown, slot: 0, age: .seconds(5), replaces: attempts[0])
        let decision = scene.decideAndApply()
        #expect(decision.bought.isEmpty)
        #expect(attempts.map { scene.row($0)?.phase } == [.live, .live])
    }

    @Test("where nothing may surge, one slot goes at a time, and the next waits until the new one runs")
    func rolling() {
        var (scene, attempts) = Self.outdated(3) { spec in
            var port = Workload.Port()
            port.domain = "search.example"
            spec.workload.ports = [port]
        }
        scene.decideAndApply()
        #expect(attempts.map { scene.row($0)?.phase } == [.ending, .live, .live])
        scene.pass(.seconds(60))
        scene.decideAndApply()
        #expect(attempts.map { scene.row($0)?.phase } == [.ending, .live, .live], "the first is not gone yet")
        scene.situation.records.removeAll { $0.attempt == attempts[0] }
        #expect(scene.decideAndApply().bought == [0])
        #expect(scene.row(attempts[1])?.phase == .live)
        let new = scene.add(.live, slot: 0, age: .seconds(1)) { $0.sighting?.state = .provisioning }
        scene.decideAndApply()
        #expect(scene.row(attempts[1])?.phase == .live, "the new one does not run yet")
        scene.see(new, .running)
        scene.decideAndApply()
        #expect(scene.row(attempts[1])?.ending?.reason == .replaced)
        #expect(scene.row(attempts[2])?.phase == .live)
    }

    @Test("a slot that was emptied for its replacement gets the room; no other slot surges into it")
    func owed() {
        for reason in [Ending.Reason.replaced, .scaledDown] {
            var (scene, attempts) = Self.outdated(3) { $0.constraints.maxHourlyCost = .euros(12) }
            scene.change(attempts[0]) { record in
                record.phase = .tombstone
                record.ending = Ending(reason: reason, wantedAt: noon)
                record.tombstone = Tombstone(at: noon, looks: 0, settled: .zero)
            }
            let decision = scene.decideAndApply()
            #expect(decision.bought == [reason == .replaced ? 0 : 1], "\(reason)")
            #expect(attempts.dropFirst().map { scene.row($0)?.phase } == [.live, .live], "\(reason)")
        }
    }

    @Test("a slot that cannot be filled anew before another goes does not hold the others up")
    func owedInVain() {
        var (scene, attempts) = Self.outdated(2) { $0.constraints.maxHourlyCost = .euros(8) }
        scene.change(attempts[1]) { $0.sighting?.hourlyCost = .euros(6) }
        scene.change(attempts[0]) { record in
            record.phase = .tombstone
            record.ending = Ending(reason: .replaced, wantedAt: noon)
            record.tombstone = Tombstone(at: noon, looks: 0, settled: .zero)
        }
        scene.decideAndApply()
        #expect(scene.row(attempts[1])?.ending?.reason == .replaced, "6 and 4 pass the cap of 8")
    }

    @Test("an offer that cannot be had now is waited for; nothing is torn down for it")
    func hiccups() {
        for reason in ["resting", "unheard", "paused"] {
            var (scene, attempts) = Self.outdated(2)
            scene.situation.platforms[.flare] = PlatformSituation(traits: .whole)
            scene.situation.market = Market(offers: [.h100(.flexai), .h100(.flare)])
            switch reason {
            case "resting": scene.situation.resting = [Offer.ID(platform: .flexai, name: "nvidia-h100")]
            case "unheard":
                scene.situation.market = Market(offers: [.h100(.flare)])
                scene.situation.platforms[.flexai]?.offersUnheard = true
            default: scene.situation.platforms[.flexai]?.pausedBecause = .error("HTTP_401", .pausePlatform)
            }
            let decision = scene.decideAndApply()
            #expect(decision.steps.isEmpty, "\(reason)")
            #expect(attempts.map { scene.row($0)?.phase } == [.live, .live], "\(reason)")
            #expect(decision.standing != .converged, "\(reason)")
        }
    }

    @Test("where nothing fits at home any more, all of it moves; not to a platform that refuses us")
    func moveAway() {
        for isPaused in [false, true] {
            var (scene, attempts) = Self.outdated(2)
            scene.situation.platforms[.flare] = PlatformSituation(traits: .whole)
            if isPaused { scene.situation.platforms[.flare]?.pausedBecause = .error("HTTP_401", .pausePlatform) }
            scene.situation.market = Market(offers: [.h100(.flare)])
            scene.decideAndApply()
            let phases = attempts.map { scene.row($0)?.phase }
            #expect(phases == (isPaused ? [.live, .live] : [.ending, .ending]))
        }
    }

    @Test("a new spec that nothing fits leaves the old allocations, and is stalled rather than converged")
    func noOffer() {
        var (scene, attempts) = Self.outdated(2)
        scene.situation.market = Market(offers: [])
        let decision = scene.decideAndApply()
        #expect(attempts.map { scene.row($0)?.phase } == [.live, .live])
        #expect(decision.standing == .stalled)
    }

    @Test("a replacement that was refused for good is not sent again")
    func refused() {
        var (scene, _) = Self.outdated(1)
        scene.situation.stall = ErrorStatus(code: "INVALID_FORMAT", message: "no", at: noon)
        let decision = scene.decideAndApply()
        #expect(decision.steps.isEmpty)
        #expect(decision.standing == .stalled)
    }

    @Test("a spec that goes back during a surge keeps what it wants")
    func back() {
        var (scene, attempts) = Self.outdated(1)
        let new = scene.add(.live, slot: 0, age: .seconds(5), replaces: attempts[0])
        scene.respecify { $0.workload.image = "jupyter/base" }
        scene.decideAndApply()
        #expect(scene.row(attempts[0])?.phase == .live)
        #expect(scene.row(new)?.phase == .ending)
    }

    @Test("two that fill a slot without replacing one another: the later goes")
    func doubles() {
        var scene = Scene()
        let first = scene.add(.live)
        let second = scene.add(.live)
        scene.decideAndApply()
        #expect(scene.row(first)?.phase == .live)
        #expect(scene.row(second)?.ending?.reason == .surplus)
    }

    @Test("labels, caps and replicas replace nothing")
    func shape() {
        var scene = Scene(slots: 1)
        scene.add(.live)
        scene.respecify { spec in
            spec.constraints.maxHourlyCost = .euros(50)
            spec.constraints.maxTotalCost = .euros(5000)
            spec.workload.scaling?.maxReplicas = 7
        }
        let decision = scene.decideAndApply()
        #expect(decision.steps.isEmpty)
        #expect(decision.standing == .converged)
    }
}
