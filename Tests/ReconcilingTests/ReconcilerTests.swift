import Intents
import Placement
import Testing

@testable import Reconciling

/// The reconciler with everything around it, in memory: promises 1 to 5, 7 and 10.
@Suite struct ReconcilerTests {
    @Test("what is wished for is bought, runs, and then nothing is written or bought any more", arguments: [1, 3])
    func create(slots: Int) async {
        let world = FakeWorld(slots: slots)
        await world.live(.seconds(30))
        #expect(world.isSettled(at: slots))
        #expect(world.books.status(of: world.key)?.phase == .running)
        let writes = world.ledger.writes
        let times = await world.live(.seconds(600))
        #expect(world.ledger.writes == writes, "a settled intent writes nothing")
        #expect(times < 15, "polls and nothing else: \(times)")
        #expect(world.platform.creates == slots)
    }

    @Test("a withdrawn intent is released, verified, remembered for an hour, and then forgotten")
    func withdraw() async {
        let world = FakeWorld(slots: 2)
        await world.live(.seconds(30))
        await world.withdraw()
        await world.live(.seconds(120))
        #expect(world.platform.living.isEmpty)
        #expect(world.held.isEmpty)
        #expect(world.books.records(of: world.key).count == 2, "tombstones")
        await world.live(.seconds(4000))
        #expect(world.ledger.snapshot.records.isEmpty)
        #expect(world.platform.deletes == 2)
    }

    @Test("a create without an answer is found in the listing, and not bought again")
    func lost() async {
        let world = FakeWorld()
        world.platform.fail(.create, .lose)
        await world.live(.seconds(300))
        #expect(world.isSettled(at: 1))
        #expect(world.platform.creates == 1)
    }

    @Test("a create that vanished is bought again once two listings have shown that it is not there")
    func vanished() async {
        var traits = PlatformTraits.single
        traits.listingDelayBound = .seconds(60)
        let world = FakeWorld(slots: 2, { [FakePlatform(traits: traits, time: $0)] })
        world.platform.fail(.create, .vanish)
        await world.live(.seconds(900))
        #expect(world.isSettled(at: 2))
        #expect(world.platform.creates == 2)
        #expect(world.platform.mostLiving == 2)
    }

    @Test("where neither key nor list can tell, nothing is bought until a person says so")
    func halted() async {
        let world = FakeWorld()
        world.platform.change { $0.canList = false }
        world.platform.fail(.create, .lose)
        await world.live(.seconds(4000))
        #expect(world.platform.creates == 1)
        #expect(world.reconciler.standing(of: world.key) == .stalled)
        let writes = world.ledger.writes
        await world.live(.seconds(600))
        #expect(world.ledger.writes == writes, "a stalled intent writes nothing either")
    }

    @Test("retryAfter does not buy again while the listing cannot be had")
    func outage() async {
        var traits = PlatformTraits.single
        traits.onUnknownCreate = .retryAfter(.seconds(120))
        let world = FakeWorld { [FakePlatform(traits: traits, time: $0)] }
        world.platform.fail(.create, .lose)
        world.platform.keepFailing(.list, .vanish)
        await world.live(.seconds(1800))
        #expect(world.platform.creates == 1)
        world.platform.keepFailing(.list, nil)
        await world.live(.seconds(300))
        #expect(world.isSettled(at: 1))
        #expect(world.platform.creates == 1)
    }

    @Test("with keys, an unknown create is repeated and is one purchase", arguments: [true, false])
    func keys(isExecuted: Bool) async {
        var traits = PlatformTraits.single
        traits.idempotencyKeys = .honoured(lifetime: .seconds(86_400))
        let world = FakeWorld { [FakePlatform(traits: traits, time: $0)] }
        world.platform.change { $0.canList = false }
        world.platform.fail(.create, isExecuted ? .lose : .vanish, .vanish)
        await world.live(.seconds(120))
        #expect(world.isSettled(at: 1))
        #expect(world.platform.creates == 1)
        let sent = world.held.first?.doubt?.since ?? noon
        #expect(sent > noon, "when it was last asked for is still known when it lives")
    }

    @Test("what was decided is right for a later wish only where that asks the same")
    func sameWish() throws {
        let wish = try #require(Scene().situation.wish)
        let changes: [(String, (inout Wish) -> Void)] = [
            ("a generation", { $0.generation += 1 }), ("a suspension", { $0.suspension = Suspension() }),
            ("a pause", { $0.pause = Pause() }), ("dependencies", { $0.intent.spec.dependsOn = ["db"] }),
        ]
        for (what, change) in changes {
            var other = wish
            change(&other)
            #expect(!other.asksTheSame(as: wish), "\(what)")
        }
        var stale = wish
        stale.staleness = "its file does not parse"
        #expect(stale.asksTheSame(as: wish))
    }

    @Test("a repeat that meets 'in use' leaves the purchase unknown", arguments: [409, 422])
    func inUse(status: Int) async {
        var traits = PlatformTraits.single
        traits.idempotencyKeys = .honoured(lifetime: .seconds(86_400))
        let world = FakeWorld { [FakePlatform(traits: traits, time: $0)] }
        world.platform.change { $0.canList = false }
        world.platform.fail(.create, .lose)
        world.platform.keepFailing(.create, nil)
        _ = await world.reconciler.reconcile(world.key)
        world.platform.keepFailing(.create, .refuse(.error("HTTP_\(status)", .nextOffer, status: status)))
        let before = world.platform.calls(.create)
        _ = await world.reconciler.reconcile(world.key)
        #expect(world.platform.calls(.create) - before <= 1, "it is not sent again at once")
        await world.live(.seconds(300))
        #expect(world.held.map(\.phase) == [.unknown])
        #expect(world.platform.creates == 1)
    }

    @Test("a crash between attempt and outcome buys nothing twice", arguments: [true, false])
    func crash(isExecuted: Bool) async {
        let world = FakeWorld()
        // The attempt is written; its outcome and everything after meet a full disk, and then the process dies.
        world.ledger.fill(after: 1)
        if !isExecuted { world.platform.fail(.create, .vanish) }
        _ = await world.reconciler.reconcile(world.key)
        #expect(world.ledger.records.map(\.phase) == [.open])
        world.ledger.fill(false)
        world.crash()
        // Something that is created later shows that listings are up to date.
        world.platform.change { state in
            state.living[AllocationID(rawValue: "stranger")] = FakePlatform.Instance(
                observation: .listed("stranger", reference: "someone", createdAt: noon + .seconds(5)),
                key: "someone"
            )
        }
        await world.live(.seconds(600))
        #expect(world.held.count == 1)
        #expect(world.held.map(\.phase) == [.live])
        #expect(world.platform.creates == 1)
        #expect(world.platform.living.contains(AllocationID(rawValue: "stranger")), "not ours, not touched")
    }

    @Test("failures of before are forgotten once something was done: the next one is tried again within a second")
    func forgetsFailures() async {
        let world = FakeWorld()
        world.platform.change { $0.boots = .provisioning }
        world.platform.keepFailing(.create, .refuse(.error("HTTP_500", .retry(after: nil), status: 500)))
        await world.live(.seconds(600))
        world.platform.keepFailing(.create, nil)
        await world.live(.seconds(90))
        #expect(world.held.map(\.phase) == [.live])
        world.platform.keepFailing(.list, .vanish)
        world.time.advance(.seconds(10))
        let again = await world.reconciler.reconcile(world.key)
        #expect(again.map { $0.priority } == .retry)
        #expect(again.map { $0.after <= .seconds(1) } == true, "\(String(describing: again))")
    }

    @Test("what a job has done is not undone on disk before the spec for which it is")
    func generationFirst() async throws {
        let world = FakeWorld(spec: { spec in
            spec.workload.kind = .job
            spec.workload.job = Workload.JobSettings()
        })
        let wish = try #require(world.wishes[world.key])
        let stored = StoredIntent(key: world.key, file: "a.yaml", generation: 1, createdAt: noon, intent: wish.intent)
        var account = IntentAccount(key: world.key)
        account.finish = Finish(outcome: .completed, generation: 1, at: noon, message: "done")
        try await world.ledger.write([.intent(stored), .account(account)])
        world.crash()
        var intent = wish.intent
        intent.spec.workload.image = "jupyter/other"
        world.wishes[world.key] = Wish(intent: intent, generation: 2)
        // Everything after the first write meets a full disk.
        world.ledger.fill(after: 1)
        _ = await world.reconciler.reconcile(world.key)
        let snapshot = world.ledger.snapshot
        #expect(snapshot.accounts.map(\.finish) == [nil], "it begins anew")
        #expect(snapshot.intents.map(\.generation) == [2])
        #expect(snapshot.intents.map(\.intent) == [intent])
    }

    @Test("an offer rests when its platform says that what it sold has failed, not when a task is reported as failed")
    func whoseFailure() async throws {
        for isReported in [true, false] {
            let world = FakeWorld(spec: { spec in
                spec.workload.kind = .job
                spec.workload.job = Workload.JobSettings()
            })
            await world.live(.seconds(60))
            let id = try #require(world.held.first?.id)
            if isReported {
                let wish = try #require(world.wishes[world.key])
                var account = world.books.account(of: world.key)
                account.take(.failed, of: .task(0), "its end was reported", for: wish, at: world.time.now)
                _ = await world.books.commitFact([.account(account)])
            } else {
                world.platform.change { $0.living[id]?.observation.state = .failed }
            }
            _ = await world.reconciler.reconcile(world.key)
            #expect(world.held.map(\.ending?.reason) == [.failed])
            #expect(world.reconciler.tools.shop.resting().isEmpty == isReported, "\(isReported)")
        }
    }

    @Test("an attempt is not on disk before the intent for which it is")
    func intentFirst() async {
        let world = FakeWorld()
        world.ledger.fill(after: 1)
        _ = await world.reconciler.reconcile(world.key)
        #expect(world.ledger.records.map(\.phase) == [.open])
        #expect(world.ledger.snapshot.intents.map(\.key) == [world.key])
    }

    @Test("what a suspension releases is not on its way out on disk before the suspension is")
    func suspensionFirst() async throws {
        let world = try await settledWorld()
        var wish = try #require(world.wishes[world.key])
        wish.intent.spec.suspend = Suspension()
        wish.suspension = wish.intent.spec.suspend
        world.wishes[world.key] = wish
        world.ledger.fill(after: 1)
        _ = await world.reconciler.reconcile(world.key)
        #expect(world.ledger.records.map(\.phase) == [.ending])
        #expect(world.ledger.snapshot.intents.map(\.intent) == [wish.intent])
    }

    @Test("nothing is done about a withdrawal before it is on disk")
    func withdrawalFirst() async throws {
        let world = try await settledWorld()
        world.wishes[world.key] = nil
        #expect(await world.reconciler.reconcile(world.key) != nil, "it is to be looked at again")
        #expect(world.ledger.records.map(\.phase) == [.live])
        #expect(world.platform.living.count == 1)
        try await world.books.commit([.dropIntent(world.key)])
        await world.live(.seconds(600))
        #expect(world.platform.living.isEmpty)
        #expect(world.ledger.records.filter { $0.phase != .tombstone }.isEmpty)
    }

    @Test("what was decided for a wish is not done for another one", arguments: ["returned", "resumed", "changed"])
    func overtaken(_ how: String) async throws {
        let world = try await settledWorld()
        let wish = try #require(world.wishes[world.key])
        var other = wish
        if how == "resumed" { other.suspension = Suspension() } else { other.generation = 2 }
        if how == "returned" { await world.withdraw() } else { world.wishes[world.key] = other }
        if how == "changed" { world.wishes[world.key]?.intent.spec.workload.scaling?.minReplicas = 0 }
        let (wishes, key) = (world.wishes, world.key)
        world.platform.change { $0.meanwhile = { wishes[key] = wish } }
        world.time.advance(.seconds(120))
        #expect(await world.reconciler.reconcile(world.key) != nil)
        #expect(world.ledger.records.map(\.phase) == [.live])
        await world.live(.seconds(120))
        #expect(world.isSettled(at: 1) && world.platform.creates == 1)
    }

    /// A world whose intent is written down and has what it wishes for.
    private func settledWorld() async throws -> FakeWorld {
        let world = FakeWorld()
        let intent = try #require(world.wishes[world.key]).intent
        let stored = StoredIntent(key: world.key, file: "a.yaml", generation: 1, createdAt: noon, intent: intent)
        try await world.ledger.write([.intent(stored)])
        world.crash()
        await world.live(.seconds(120))
        try #require(world.isSettled(at: 1))
        return world
    }

    @Test("a full disk before the attempt lets no call out")
    func full() async {
        let world = FakeWorld()
        world.ledger.fill(true)
        await world.live(.seconds(60))
        #expect(world.platform.calls(.create) == 0)
        world.ledger.fill(false)
        await world.live(.seconds(120))
        #expect(world.isSettled(at: 1))
    }

    @Test("a full disk at the outcome keeps the id and writes it later")
    func fullLater() async {
        let world = FakeWorld()
        world.ledger.fill(after: 1)
        await world.live(.seconds(10))
        #expect(world.held.compactMap(\.id) == world.platform.living)
        #expect(world.books.owesWrites)
        world.ledger.fill(false)
        await world.live(.seconds(120))
        #expect(!world.books.owesWrites)
        #expect(world.ledger.records.compactMap(\.id) == world.platform.living)
        #expect(world.platform.creates == 1)
    }

    @Test("a refusal of our key pauses that platform, and the other one serves")
    func paused() async {
        let world = FakeWorld({ time in
            [
                FakePlatform(.flexai, time: time, offers: [.h100(.flexai, hourly: 1)]),
                FakePlatform(.flare, time: time, offers: [.h100(.flare, hourly: 9)]),
            ]
        })
        let refusal = PlatformError.error("INVALID_TOKEN", .pausePlatform, status: 401)
        world.platform.keepFailing(.create, .refuse(refusal))
        await world.live(.seconds(120))
        #expect(world.platforms[1].living.count == 1)
        #expect(world.platform.calls(.create) == 1)
        #expect(world.held.map(\.purchase.platform) == [.flare])
    }

    @Test("a key without the right to delete buys nothing: our own judgement pauses as well")
    func unverified() async {
        let world = FakeWorld()
        let refusal = PlatformError.error("INSUFFICIENT_PERMISSIONS", .pausePlatform, status: nil)
        world.platform.keepFailing(.verify, .refuse(refusal))
        await world.live(.seconds(300))
        #expect(world.platform.calls(.create) == 0)
        #expect(world.reconciler.standing(of: world.key) == .stalled)
        world.platform.keepFailing(.verify, nil)
        await world.live(.seconds(300))
        #expect(world.isSettled(at: 1))
    }

    @Test("no capacity: the next offer is taken in the same reconcile, and the first one rests")
    func nextOffer() async {
        let world = FakeWorld { time in
            [FakePlatform(time: time, offers: [.h100(name: "a", hourly: 1), .h100(name: "b", hourly: 2)])]
        }
        world.platform.fail(.create, .refuse(.error("HTTP_409", .nextOffer, status: 409)))
        _ = await world.reconciler.reconcile(world.key)
        #expect(world.held.map(\.purchase.offer.name) == ["b"])
        #expect(world.ledger.records.count == 1)
    }

    @Test("a refusal for good is sent once for a generation")
    func stalled() async {
        let world = FakeWorld()
        world.platform.keepFailing(.create, .refuse(.error("INVALID_FORMAT", .stalled, status: 400)))
        await world.live(.seconds(900))
        #expect(world.platform.calls(.create) == 1)
        #expect(world.reconciler.standing(of: world.key) == .stalled)
    }

    @Test("a DELETE without effect, or without an answer, is sent again until it is gone")
    func deletes() async {
        let world = FakeWorld()
        await world.live(.seconds(30))
        world.platform.change { $0.deleteTakes = false }
        world.platform.fail(.stop, .vanish)
        world.platform.fail(.delete, .vanish, .lose)
        await world.withdraw()
        await world.live(.seconds(200))
        #expect(world.held.map(\.phase) == [.ending])
        world.platform.change { $0.deleteTakes = true }
        await world.live(.seconds(200))
        #expect(world.held.isEmpty)
        #expect(world.platform.living.isEmpty)
    }

    @Test("a stop that never answers does not keep the DELETE from being sent")
    func stopHangs() async {
        let world = FakeWorld()
        await world.live(.seconds(30))
        world.platform.keepFailing(.stop, .vanish)
        await world.withdraw()
        await world.live(.seconds(300))
        #expect(world.platform.living.isEmpty)
    }

    @Test("FLARE: gone after a failed DELETE is unverified, counted, and bought for no more")
    func hidden() async {
        let world = FakeWorld { [FakePlatform(.flare, time: $0)] }
        await world.live(.seconds(100))
        world.platform.fail(.delete, .refuse(.error("HTTP_500", .retry(after: nil), status: 500, on: .flare)))
        var wish = world.wishes[world.key]
        wish?.suspension = Suspension()
        world.wishes[world.key] = wish
        _ = await world.reconciler.reconcile(world.key)
        world.platform.change { $0.living = [:] }
        await world.live(.seconds(300))
        #expect(world.held.map(\.phase) == [.unverified])
        wish?.suspension = nil
        world.wishes[world.key] = wish
        await world.live(.seconds(300))
        #expect(world.platform.creates == 1)
    }

    @Test("a lost allocation is deleted before its slot is bought for again")
    func loses() async {
        let world = FakeWorld()
        await world.live(.seconds(100))
        world.platform.change { $0.living = [:] }
        await world.live(.seconds(300))
        #expect(world.isSettled(at: 1))
        #expect(world.platform.calls(.delete) == 1)
        #expect(world.platform.creates == 2)
    }

    @Test("an outage buys and deletes nothing, and everything is as before when it is over")
    func platformDown() async {
        let world = FakeWorld(slots: 2)
        await world.live(.seconds(100))
        for call in [FakePlatform.Call.list, .observe, .offers, .create, .delete, .stop] {
            world.platform.keepFailing(call, .vanish)
        }
        await world.live(.seconds(3600))
        for call in [FakePlatform.Call.list, .observe, .offers, .create, .delete, .stop] {
            world.platform.keepFailing(call, nil)
        }
        await world.live(.seconds(300))
        #expect(world.isSettled(at: 2), "the breaker closes again")
        #expect(world.platform.creates == 2)
        #expect(world.platform.deletes == 0)
    }

    @Test("a changed spec replaces by a surge of one, and ends with as many as wished")
    func replaces() async {
        let world = FakeWorld(slots: 3)
        await world.live(.seconds(60))
        var scene = Scene(slots: 3)
        scene.respecify { $0.workload.image = "jupyter/other" }
        world.wishes[world.key] = scene.situation.wish
        await world.live(.seconds(900))
        #expect(world.isSettled(at: 3))
        #expect(world.platform.creates == 6)
        #expect(world.platform.mostLiving == 4)
    }

    @Test("draining lets no new step begin")
    func drains() async {
        let world = FakeWorld()
        world.reconciler.drain()
        await world.live(.seconds(60))
        #expect(world.platform.creates == 0)
    }

    @Test("an id that another attempt owns is never taken, neither from an answer nor from a listing")
    func owned() async {
        let world = FakeWorld(slots: 2)
        await world.live(.seconds(30))
        let ids = world.platform.living
        guard let first = ids.first, let last = ids.last else { return }
        #expect(world.books.owner(of: first, on: .flexai) != nil)
        #expect(world.books.owner(of: first, on: .flexai) != world.books.owner(of: last, on: .flexai))
        #expect(!world.books.claim(first, on: .flexai, for: AttemptID(rawValue: "another")))
    }
}
