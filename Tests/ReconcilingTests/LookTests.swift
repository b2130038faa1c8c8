import Intents
import Placement
import Testing

@testable import Reconciling

/// What looks mean for what should live: gone is believed late, and only twice.
@Suite struct LookTests {
    @Test("all that lives is seen when every row is, and not while a look fails, misses or is doubted")
    func seen() async {
        let world = FakeWorld(slots: 3)
        #expect(!world.reconciler.isSeen(world.key), "nobody has looked yet")
        await world.live(.seconds(300))
        #expect(world.isSettled(at: 3) && world.reconciler.isSeen(world.key))
        let broken = PlatformError.error("HTTP_500", .retry(after: nil), status: 500, on: .flexai)
        for call in [FakePlatform.Call.list, .observe] { world.platform.fail(call, .refuse(broken)) }
        _ = await world.reconciler.reconcile(world.key)
        #expect(!world.reconciler.isSeen(world.key))
        world.time.advance(.seconds(60))
        _ = await world.reconciler.reconcile(world.key)
        #expect(world.reconciler.isSeen(world.key))
        // Most are gone at once: not believed yet.
        world.platform.change { state in
            for id in state.living.keys.sorted().dropFirst() { state.living[id] = nil }
        }
        world.time.advance(.seconds(60))
        _ = await world.reconciler.reconcile(world.key)
        #expect(world.held.allSatisfy { $0.phase == .live } && !world.reconciler.isSeen(world.key))
        await world.live(.seconds(600))
        #expect(world.isSettled(at: 3) && world.reconciler.isSeen(world.key))
    }

    @Test("an absence within the grace time means nothing")
    func grace() {
        for (age, counts) in [(0, false), (29, false), (30, true), (600, true)] {
            var scene = Scene()
            let attempt = scene.add(.live, age: .seconds(age)) { $0.phaseSince = noon - .seconds(age) }
            scene.situation.looks[attempt] = .absent
            scene.decideAndApply()
            #expect((scene.row(attempt)?.missingSince != nil) == counts, "\(age) s")
            #expect(scene.row(attempt)?.phase == .live)
        }
    }

    @Test("lost needs two absences at least 10 s apart, and a sighting between them begins anew")
    func twice() {
        var scene = Scene()
        let attempt = scene.add(.live) { $0.phaseSince = noon - .seconds(600) }
        scene.situation.looks[attempt] = .absent
        scene.decideAndApply()
        scene.pass(.milliseconds(9_999))
        scene.situation.looks[attempt] = .absent
        scene.decideAndApply()
        #expect(scene.row(attempt)?.phase == .live)
        scene.pass(.seconds(1))
        scene.see(attempt, .running)
        scene.decideAndApply()
        #expect(scene.row(attempt)?.missingSince == nil)
        scene.pass(.seconds(60))
        scene.situation.looks[attempt] = .absent
        scene.decideAndApply()
        #expect(scene.row(attempt)?.phase == .live)
        scene.pass(.seconds(10))
        scene.situation.looks[attempt] = .absent
        let decision = scene.decideAndApply()
        #expect(scene.row(attempt)?.ending?.reason == .lost)
        #expect(decision.steps == [.delete(attempt)], "a lost one gets its DELETE before its slot is bought again")
        #expect(decision.bought.isEmpty)
    }

    @Test("silence and doubt conclude nothing, however long")
    func silence() {
        for look in [Look.doubtful, .unreachable(.error())] {
            var scene = Scene()
            let attempt = scene.add(.live) { $0.phaseSince = noon - .seconds(600) }
            for _ in 0..<20 {
                scene.situation.looks[attempt] = look
                #expect(scene.decideAndApply().steps.isEmpty)
                scene.pass(.seconds(60))
            }
            #expect(scene.row(attempt)?.phase == .live)
            #expect(scene.row(attempt)?.missingSince == nil)
        }
    }

    @Test(
        "each state has its consequence",
        arguments: [
            (AllocationState.provisioning, Ending.Reason?.none), (.running, nil), (.unknown, nil), (.failed, .failed),
            (.completed, .completed), (.stopped, .lost), (.stopping, .lost),
        ]
    )
    func states(state: AllocationState, reason: Ending.Reason?) {
        var scene = Scene()
        let attempt = scene.add(.live, age: .seconds(60))
        scene.see(attempt, state)
        scene.decideAndApply()
        #expect(scene.row(attempt)?.ending?.reason == reason)
    }

    @Test("running is believed after as many looks, over 30 s, as the platform's word needs")
    func running() {
        var scene = Scene(platforms: [.flare])
        scene.situation.platforms[.flare]?.traits.looksUntilRunning = 3
        let attempt = scene.add(.live, on: .flare, age: .seconds(60)) { $0.sighting = nil }
        var phases: [IntentStatus.Phase] = []
        for _ in 0..<5 {
            scene.see(attempt, .running)
            phases.append(scene.decideAndApply().status.phase)
            scene.pass(.seconds(10))
        }
        #expect(phases == [.provisioning, .provisioning, .provisioning, .running, .running])
    }

    @Test("what does not run in time is let go; what is only missed or unreadable is not")
    func timeout() {
        for (age, ends) in [(599, false), (600, true)] {
            var scene = Scene()
            let attempt = scene.add(.live, age: .seconds(age)) { $0.sighting?.state = .provisioning }
            scene.see(attempt, .provisioning)
            scene.decideAndApply()
            #expect((scene.row(attempt)?.ending?.reason == .provisioningTimeout) == ends, "\(age)")
        }
        // The call of an old attempt may have gone out a moment ago, by the hand of a later life.
        for (age, ends) in [(599, false), (600, true)] {
            var scene = Scene()
            let attempt = scene.add(.live, age: .seconds(6000)) { record in
                record.sighting?.state = .provisioning
                record.phaseSince = record.openedAt + .seconds(6000 - age)
            }
            scene.see(attempt, .provisioning)
            scene.decideAndApply()
            #expect((scene.row(attempt)?.ending?.reason == .provisioningTimeout) == ends, "live for \(age) s")
        }
        var scene = Scene()
        let attempt = scene.add(.live, age: .seconds(6000)) { $0.sighting?.state = .unknown }
        scene.decideAndApply()
        #expect(scene.row(attempt)?.phase == .live)
    }

    @Test("what may run unseen is not late", arguments: [Look?.none, .doubtful, .unreachable(.error())])
    func unseen(_ look: Look?) {
        var scene = Scene()
        let attempt = scene.add(.live, age: .seconds(6000)) { $0.sighting?.state = .provisioning }
        for _ in 0..<3 {
            scene.situation.looks[attempt] = look
            let decision = scene.decideAndApply()
            #expect(scene.row(attempt)?.phase == .live)
            #expect(decision.steps.isEmpty)
            scene.pass(.seconds(60))
        }
        scene.see(attempt, .running)
        scene.decideAndApply()
        #expect(scene.row(attempt)?.phase == .live, "it has been running all the time")
    }

    @Test("a paused intent is looked at and nothing is concluded", arguments: AllocationState.allCases)
    func paused(state: AllocationState) {
        var scene = Scene()
        let attempt = scene.add(.live, age: .seconds(60))
        scene.situation.wish?.pause = Pause()
        scene.see(attempt, state)
        let decision = scene.decideAndApply()
        #expect(decision.steps.isEmpty)
        #expect(scene.row(attempt)?.phase == .live)
        #expect(scene.row(attempt)?.sighting?.state == state)
        for _ in 0..<3 {
            scene.pass(.seconds(60))
            scene.situation.looks[attempt] = .absent
            scene.decideAndApply()
        }
        #expect(scene.row(attempt)?.phase == .live)
    }

    @Test("a sighting without news writes nothing")
    func quiet() {
        var scene = Scene()
        let attempt = scene.add(.live)
        scene.see(attempt, .running)
        scene.decideAndApply()
        for _ in 0..<3 {
            scene.pass(.seconds(60))
            scene.see(attempt, .running)
            let before = scene.situation.previous
            let decision = scene.decideAndApply()
            #expect(decision.changes.isEmpty)
            #expect(decision.status == before)
            #expect(decision.next == .settled(poll: .seconds(60)))
        }
    }
}
