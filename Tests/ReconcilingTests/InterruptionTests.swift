import Intents
import Placement
import Testing

@testable import Reconciling

/// What platforms take back: replaced at once, somewhere else first, and on demand when it happens too often.
@Suite struct InterruptionTests {
    private func offer(_ name: String, hourly: Int, spot: Bool = false, at place: String? = nil) -> Offer {
        var offer = Offer.h100(name: name, hourly: hourly)
        offer.spot = spot
        offer.location = place
        return offer
    }

    /// A service that may be interrupted; spot at 1 EUR in two places, on demand at 4 EUR.
    private func spot(slots: Int = 1, _ change: (inout IntentSpec) -> Void = { _ in }) -> Scene {
        var scene = Scene(slots: slots) { spec in
            spec.constraints.preemptible = true
            spec.objective = .cost
            change(&spec)
        }
        scene.situation.market = Market(
            offers: [
                offer("spot-north", hourly: 1, spot: true, at: "north"),
                offer("spot-south", hourly: 2, spot: true, at: "south"), offer("solid", hourly: 4, at: "north"),
            ]
        )
        return scene
    }

    private func purchase(_ name: String, spot: Bool, at place: String?) -> Purchase {
        Purchase(
            offer: Offer.ID(platform: .flexai, name: name),
            location: place,
            model: "nvidia-h100",
            gpuCount: 1,
            hourly: .euros(spot ? 1 : 4),
            spot: spot
        )
    }

    /// A row of a spot purchase.
    @discardableResult
    private func add(_ scene: inout Scene, slot: Int = 0, name: String = "spot-north", spot: Bool = true) -> AttemptID {
        let attempt = scene.add(.live, slot: slot)
        guard let index = scene.situation.records.firstIndex(where: { $0.attempt == attempt }) else { return attempt }
        scene.situation.records[index] = scene.situation.records[index].bought(
            purchase(name, spot: spot, at: name == "spot-south" ? "south" : "north")
        )
        return attempt
    }

    private func chosen(_ decision: Decision) -> [String] {
        decision.steps.compactMap {
            if case .provision(_, let candidate, _) = $0 { candidate.offer.id.name } else { nil }
        }
    }

    @Test("what was taken back is deleted, and bought again as soon as the DELETE was taken")
    func atOnce() {
        var scene = spot()
        let attempt = add(&scene)
        scene.see(attempt, .stopped)
        let first = scene.decideAndApply()
        #expect(first.steps == [.delete(attempt)], "first the DELETE, by which the bill ends")
        scene.change(attempt) { $0.ending?.deletedAt = noon }
        let second = scene.decideAndApply()
        guard case .provision(0, _, let replaced) = second.steps.first else {
            Issue.record("nothing is bought: \(second.steps)")
            return
        }
        #expect(replaced == attempt)
    }

    @Test("while it is being made ready too, and by whatever word the platform takes it back")
    func words() {
        for (state, words, isLoss) in [
            (AllocationState.stopped, "", true), (.failed, "instance was preempted", true),
            (.failed, "out of memory", false),
        ] {
            var scene = spot()
            let attempt = add(&scene)
            scene.change(attempt) { $0.sighting?.state = .provisioning }
            var seen = scene.situation.records[0].seen(state)
            seen.message = words.isEmpty ? nil : words
            scene.situation.looks[attempt] = .seen(seen)
            scene.decideAndApply()
            #expect((scene.row(attempt)?.ending?.reason == .lost) == isLoss, "\(state) \(words)")
            #expect(scene.situation.account.memory.losses.count == (isLoss ? 1 : 0))
        }
    }

    @Test("not before its DELETE was taken, not twice, not where two must not live side by side, not over a cap")
    func bounds() {
        var scene = spot()
        let attempt = add(&scene)
        scene.see(attempt, .stopped)
        scene.decideAndApply()
        #expect(chosen(scene.decideAndApply()).isEmpty, "no DELETE yet")
        scene.change(attempt) { $0.ending?.deletedAt = noon }
        var shared = scene
        shared.respecify { spec in
            var volume = Storage.Volume()
            volume.kind = .persistent
            spec.workload.storage.volumes = [volume]
        }
        #expect(chosen(shared.decideAndApply()).isEmpty, "the volume may still be in use")
        var capped = scene
        capped.situation.wish?.intent.spec.constraints.maxHourlyCost = .euros(1)
        let waiting = capped.decideAndApply()
        #expect(chosen(waiting).isEmpty && waiting.standing == .moving, "both count until it is confirmed gone")
        #expect(waiting.next == .waiting(until: noon + .seconds(5), why: waiting.why))
        scene.add(.live, replaces: attempt)
        #expect(chosen(scene.decideAndApply()).isEmpty, "it is replaced already")
    }

    @Test("other places come first")
    func elsewhere() {
        var scene = spot()
        let attempt = add(&scene)
        scene.see(attempt, .stopped)
        scene.decideAndApply()
        scene.change(attempt) { $0.ending?.deletedAt = noon }
        #expect(chosen(scene.decideAndApply()) == ["spot-south"], "dearer, but not where it was just lost")
    }

    @Test("what is lost and was not spot teaches nothing")
    func solid() {
        var scene = spot()
        let attempt = add(&scene, name: "solid", spot: false)
        scene.see(attempt, .stopped)
        scene.decideAndApply()
        #expect(scene.situation.account.memory.losses.isEmpty)
    }

    @Test("after the third loss within an hour on-demand offers are taken", arguments: [1, 2, 3])
    func fallback(losses: Int) {
        var scene = spot()
        scene.situation.account.memory.losses = (0..<losses).map { noon - .seconds(3000 - $0) }
        let decision = scene.decideAndApply()
        #expect(chosen(decision) == [losses < 3 ? "spot-north" : "solid"])
        #expect((scene.situation.account.memory.onDemandSince == noon) == (losses == 3))
        let told = decision.changes.contains {
            if case .event(let event) = $0 { event.reason == "SpotLeft" } else { false }
        }
        #expect(told == (losses == 3))
    }

    @Test("losses of more than an hour ago count no more, and an hour of calm ends it")
    func calm() {
        var scene = spot()
        scene.situation.account.memory.losses = [4000, 3500, 3400].map { noon - .seconds($0) }
        #expect(chosen(scene.decideAndApply()) == ["spot-north"])
        scene.situation.account.memory.losses = [3599, 3500, 3400].map { noon - .seconds($0) }
        #expect(chosen(scene.decideAndApply()) == ["solid"])
        scene.pass(.seconds(201))
        #expect(chosen(scene.decideAndApply()) == ["spot-north"])
        #expect(scene.situation.account.memory.onDemandSince == nil)
    }

    @Test(
        "fallback_strategy spot stays with spot, fail gives up, and without on-demand offers spot is better than nothing",
        arguments: [(Negotiation.Fallback.queue, "solid"), (.spot, "spot-north"), (.fail, ""), (.lowerTier, "solid")]
    )
    func strategies(strategy: Negotiation.Fallback, name: String) {
        var scene = spot { spec in
            spec.constraints.negotiation = Negotiation()
            spec.constraints.negotiation?.fallback = strategy
        }
        scene.situation.account.memory.losses = (0..<3).map { noon - .seconds(30 - $0) }
        let decision = decide(scene.situation)
        #expect(chosen(decision) == (name.isEmpty ? [] : [name]))
        if name.isEmpty { #expect(decision.condition("Stalled")?.reason == "SPOT_LOST") }
        scene.situation.market = Market(offers: [offer("spot-north", hourly: 1, spot: true)])
        if strategy == .queue { #expect(chosen(decide(scene.situation)) == ["spot-north"]) }
    }

    @Test("when it has been calm, what was bought on demand goes back to spot, one beside what runs")
    func back() {
        var scene = spot(slots: 2)
        scene.situation.account.memory.onDemandSince = noon - .seconds(7200)
        let attempts = (0..<2).map { add(&scene, slot: $0, name: "solid", spot: false) }
        for attempt in attempts { scene.see(attempt, .running) }
        let decision = scene.decideAndApply()
        #expect(chosen(decision) == ["spot-north"])
        #expect(decision.bought == [0])
        scene.situation.account.memory.losses = [noon - .seconds(10)]
        #expect(chosen(decide(scene.situation)).isEmpty, "not calm")
        scene.situation.account.memory.losses = []
        scene.situation.account.memory.onDemandSince = noon
        #expect(chosen(decide(scene.situation)).isEmpty, "bought before, and as it was wanted")
    }

    @Test("a job stays where it is, and so does what cannot be had cheaper")
    func stays() {
        var scene = spot { spec in
            spec.workload.kind = .job
            spec.workload.scaling = nil
        }
        scene.situation.account.memory.onDemandSince = noon - .seconds(7200)
        let attempt = add(&scene, name: "solid", spot: false)
        scene.see(attempt, .running)
        #expect(chosen(decide(scene.situation)).isEmpty)
        var dear = spot()
        dear.situation.account.memory.onDemandSince = noon - .seconds(7200)
        dear.see(add(&dear, name: "solid", spot: false), .running)
        dear.situation.market = Market(offers: [offer("spot", hourly: 5, spot: true), offer("solid", hourly: 4)])
        #expect(chosen(decide(dear.situation)).isEmpty)
    }

    @Test("a checkpoint gets its time before the DELETE", arguments: [nil, "checkpoint", "none"])
    func checkpoint(strategy: String?) {
        var scene = Scene { $0.sla.backupStrategy = strategy }
        let attempt = scene.add(.ending) { $0.ending?.stopAskedAt = noon - .seconds(60) }
        scene.see(attempt, .running)
        #expect(decide(scene.situation).steps.contains(.delete(attempt)) == (strategy != "checkpoint"))
        scene.see(attempt, .stopped)
        #expect(decide(scene.situation).steps == [.delete(attempt)], "stopped is written")
        scene.change(attempt) { $0.ending?.stopAskedAt = noon - .seconds(120) }
        scene.see(attempt, .running)
        #expect(decide(scene.situation).steps == [.delete(attempt)], "no longer than two minutes")
    }

    @Test("the last attempt of a slot is remembered for the one that goes on from its checkpoint")
    func remembered() {
        var scene = Scene { $0.sla.backupStrategy = "checkpoint" }
        let attempt = scene.add(.ending, age: .seconds(3600)) { record in
            record.ending?.deletedAt = noon - .seconds(60)
            record.ending?.goneAt = noon - .seconds(30)
        }
        scene.situation.looks[attempt] = .absent
        scene.decideAndApply()
        #expect(scene.situation.account.memory.task(0).lastAttempt == attempt)
    }

    @Test(
        "what is bought for a slot that lost its own goes on from that one's checkpoint, where there is one",
        arguments: [nil, "checkpoint"]
    )
    func goesOn(strategy: String?) async throws {
        let world = FakeWorld(slots: 2, spec: { $0.sla.backupStrategy = strategy })
        await world.live(.seconds(60))
        let lost = try #require(world.held.first { $0.slot == 1 })
        let id = try #require(lost.id)
        world.platform.change { $0.living[id] = nil }
        await world.live(.seconds(600))
        #expect(world.isSettled(at: 2))
        let continued = world.platform.state.withLock { $0.continued }
        #expect(continued == [nil, nil, strategy == nil ? nil : lost.attempt])
    }
}

extension AllocationRecord {
    /// The same row of another purchase.
    func bought(_ purchase: Purchase) -> AllocationRecord {
        var record = AllocationRecord(
            attempt: attempt,
            key: key,
            slot: slot,
            ordinal: ordinal,
            purchase: purchase,
            shape: shape,
            reference: reference,
            openedAt: openedAt,
            body: nil
        )
        (record.id, record.phase, record.phaseSince, record.sighting) = (id, phase, phaseSince, sighting)
        return record
    }
}
