import Intents
import Placement
import Testing

@testable import Reconciling

/// What happens to what is held on a platform that is taken out of the configuration.
@Suite struct AbsentPlatformTests {
    private let key = IntentKey(rawValue: "search")

    /// An operator that begins with what the ledger holds.
    private struct Life {
        let brain: Operator

        init(_ world: World, _ platforms: [FakePlatform]) {
            var parts = Operator.Parts(platforms: platforms, ledger: world.ledger, time: world.time, seed: 1)
            parts.absent = [AbsentPlatform(.flare, traits: .whole), AbsentPlatform(.flexai, traits: .single)]
            brain = Operator(parts, manner: Operator.Manner(), snapshot: world.ledger.snapshot) { _ in }
        }
    }

    private struct World {
        let time = TestTime()
        let ledger = FakeLedger()
        let cheap: FakePlatform
        let dear: FakePlatform

        /// FLARE is cheaper and carries all of three replicas.
        init() {
            cheap = FakePlatform(.flare, time: time, offers: [.h100(.flare, hourly: 1)])
            dear = FakePlatform(.flexai, time: time, offers: [.h100(.flexai, hourly: 2)])
            let wish = Scene(slots: 3) { $0.constraints.providers = ["flare", "flexai"] }.situation.wish
            let stored = wish.map { wish in
                StoredIntent(
                    key: IntentKey(rawValue: "search"),
                    file: "search.yaml",
                    generation: 1,
                    createdAt: noon,
                    intent: wish.intent
                )
            }
            ledger.state.withLock { $0.snapshot.intents = [stored].compactMap(\.self) }
        }

        func live(_ platforms: [FakePlatform], times: Int = 40) async -> Operator {
            let brain = Life(self, platforms).brain
            await brain.take(.look(changed: [], present: ["search.yaml"]))
            for _ in 0..<times {
                _ = await brain.reconciler.reconcile(IntentKey(rawValue: "search"))
                time.advance(.seconds(20))
            }
            return brain
        }
    }

    @Test("what it carries is not bought elsewhere, and it goes on when the platform is back")
    func kept() async {
        let world = World()
        _ = await world.live([world.cheap, world.dear])
        #expect(world.cheap.living.count == 1 && world.dear.living.isEmpty, "the scene: FLARE carries all")
        let row = world.ledger.records
        let brain = await world.live([world.dear])
        #expect(world.dear.creates == 0, "three replicas run on FLARE")
        #expect(world.ledger.records.map(\.phase) == [.live])
        #expect(brain.reconciler.standing(of: key) == .stalled)
        let status = brain.books.status(of: key)
        #expect(status?.phase == .running, "as far as anybody knows")
        #expect(status?.conditions.first { $0.type == "Stalled" }?.reason == "PLATFORM_NOT_CONFIGURED")
        let again = await world.live([world.cheap, world.dear])
        #expect(world.ledger.records.map(\.id) == row.map(\.id) && world.cheap.creates == 1)
        #expect(again.reconciler.standing(of: key) == .converged)
    }

    /// What a call is refused with; nil where it is taken.
    private func refusal(of call: FakePlatform.Call, on platform: AbsentPlatform) async -> PlatformError? {
        let id = AllocationID(rawValue: "i-1")
        do throws(PlatformError) {
            switch call {
            case .verify: _ = try await platform.verify()
            case .offers: _ = try await platform.offers()
            case .list: _ = try await platform.list()
            case .observe: _ = try await platform.observe(id)
            case .stop: try await platform.stop(id)
            case .delete: try await platform.delete(id)
            case .create:
                let order = PreparedOrder(attempt: AttemptID(rawValue: "a"), reference: "", body: "")
                if case .notCreated(let error) = await platform.create(order) { return error }
            }
            return nil
        } catch {
            return error
        }
    }

    @Test(
        "it refuses every call in the same words, and buys nothing",
        arguments: [FakePlatform.Call.verify, .offers, .list, .observe, .stop, .delete, .create]
    )
    func refuses(call: FakePlatform.Call) async {
        let error = await refusal(of: call, on: AbsentPlatform(.flare, traits: .whole))
        #expect(error?.code == AbsentPlatform.code && error?.consequence == .pausePlatform)
    }

    @Test("nothing is prepared for it that could be sent, and nothing that it may show is taken for ours")
    func strange() throws {
        let platform = AbsentPlatform(.flexai, traits: .single)
        let spec = Scene().situation.wish?.intent.spec ?? IntentSpec()
        let candidate = try #require(Market(offers: [.h100()]).rank(spec, platforms: nil, now: noon).candidates.first)
        let attempt = AttemptID(rawValue: "a")
        let order = Order(attempt: attempt, key: key, slot: 0, spec: spec, candidate: candidate, jobTimeout: nil)
        #expect(platform.prepare(order) == PreparedOrder(attempt: attempt, reference: "", body: ""))
        let reference = "op/search/0/0badcafe"
        #expect(!platform.isOwn(reference) && platform.ownReference(reference, of: key, spec) == nil)
    }

    @Test("where nothing is held nobody hears of it")
    func unheard() async {
        let world = World()
        let brain = await world.live([world.dear])
        #expect(world.dear.living.count == 3)
        #expect(brain.reconciler.standing(of: key) == .converged)
        #expect(brain.gates.keys.sorted() == [.flexai])
    }

    @Test("who holds nothing there and finds nothing elsewhere does not hear of it")
    func elsewhere() async {
        let world = World()
        _ = await world.live([world.cheap, world.dear])
        let spec = Scene { $0.constraints.providers = ["flexai"] }.situation.wish?.intent.spec ?? IntentSpec()
        let other = IntentKey(rawValue: "other")
        let stored = StoredIntent(
            key: other,
            file: "other.yaml",
            generation: 1,
            createdAt: noon,
            intent: Intent(name: "other", spec: spec)
        )
        world.ledger.state.withLock { $0.snapshot.intents.append(stored) }
        world.dear.change { $0.offers = [] }
        let brain = Life(world, [world.dear]).brain
        await brain.take(.look(changed: [], present: ["search.yaml", "other.yaml"]))
        for key in [key, other, key, other] {
            _ = await brain.reconciler.reconcile(key)
            world.time.advance(.seconds(20))
        }
        let why = brain.books.status(of: other)?.conditions.first { $0.type == "Ready" }?.reason
        #expect(why != nil && why != AbsentPlatform.code)
        #expect(brain.books.status(of: key)?.conditions.contains { $0.reason == AbsentPlatform.code } == true)
    }

    @Test("what was confirmed gone there is not looked at for ever")
    func buried() async {
        let world = World()
        _ = await world.live([world.cheap, world.dear])
        world.ledger.state.withLock { $0.snapshot.intents = [] }
        let brain = Life(world, [world.cheap, world.dear]).brain
        await brain.take(.look(changed: [], present: []))
        for _ in 0..<10 {
            _ = await brain.reconciler.reconcile(key)
            world.time.advance(.seconds(20))
        }
        #expect(world.ledger.records.map(\.phase) == [.tombstone] && world.cheap.living.isEmpty)
        let later = Life(world, [world.dear]).brain
        await later.take(.look(changed: [], present: []))
        for _ in 0..<10 {
            world.time.advance(.seconds(1800))
            _ = await later.reconciler.reconcile(key)
        }
        #expect(world.ledger.records.isEmpty)
    }

    @Test("what is given up there is bought elsewhere")
    func givenUp() async {
        let world = World()
        _ = await world.live([world.cheap, world.dear])
        let request = OperatorRequest(id: 1, verb: .abandon(key, slot: 0), askedAt: noon)
        world.ledger.state.withLock { $0.requests = [request] }
        let brain = Life(world, [world.dear]).brain
        for (key, requests) in await brain.newRequests() { await brain.answer(requests, of: key) }
        #expect(world.ledger.records.isEmpty)
        let later = await world.live([world.dear])
        #expect(world.dear.living.count == 3)
        #expect(later.reconciler.standing(of: key) == .converged)
    }
}
