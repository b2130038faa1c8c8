import Intents
import Placement
import Testing

@testable import Reconciling

/// What bears our name and no row knows: a ledger that was put back from an older copy buys nothing twice.
@Suite struct UnrecordedTests {
    private static func taken(_ decision: Decision) -> [String] {
        decision.steps.compactMap { step in
            guard case .takeBack(let found, let slot, _, _, let replaced) = step else { return nil }
            let place = "\(slot) \(found.observation.id.rawValue)"
            return replaced == nil ? place : "\(place) for \(replaced?.short ?? "")"
        }
    }

    private static func purchase(_ decision: Decision) -> (purchase: Purchase, shape: String)? {
        for case .takeBack(_, _, let purchase, let shape, _) in decision.steps { return (purchase, shape) }
        return nil
    }

    @Test("what was bought for an empty slot is taken back at its offer's price, and nothing is bought")
    func emptySlot() throws {
        var scene = Scene(slots: 2)
        scene.situation.market = Market(offers: [.h100()])
        scene.leaveUnrecorded("a", slot: 1)
        let decision = decide(scene.situation)
        #expect(Self.taken(decision) == ["1 a"])
        #expect(!decision.provisionsSomething, "the other slot is filled in the next round")
        #expect(decision.status.phase == .provisioning)
        let (purchase, shape) = try #require(Self.purchase(decision))
        #expect(purchase.hourly == .euros(4))
        #expect(purchase.offer == Offer.h100().id)
        #expect(purchase.generation == scene.situation.wish?.generation)
        #expect(shape == scene.situation.wish?.shape(carriedBy: .slot), "it is what would be ordered now")
    }

    @Test("it is taken back even where it holds the last that there was")
    func soldOut() throws {
        var scene = Scene()
        scene.situation.market = Market(offers: [.h100(available: 0)])
        scene.leaveUnrecorded("a")
        #expect(Self.taken(decide(scene.situation)) == ["0 a"])
        #expect(Self.purchase(decide(scene.situation))?.shape == scene.situation.wish?.shape(carriedBy: .slot))
    }

    @Test(
        "where its offer is not shown it counts at the cap's share, or at the dearest that is sold",
        arguments: [(8, 2, 4), (nil, 2, 7), (nil, 1, 7)] as [(Int?, Int, Int)]
    )
    func unpriced(cap: Int?, slots: Int, hourly: Int) throws {
        var scene = Scene(slots: slots) { $0.constraints.maxHourlyCost = cap.map { .euros($0) } }
        let others = [Offer.h100(name: "other", hourly: 7), Offer.h100(name: "another", hourly: 3)]
        let offers = others.map { other in
            var offer = other
            offer.model = "nvidia-a100"
            return offer
        }
        scene.situation.market = Market(offers: offers)
        scene.leaveUnrecorded("a") { $0.gpuType = "nvidia-h100" }
        let (purchase, shape) = try #require(Self.purchase(decide(scene.situation)))
        #expect(purchase.hourly == .euros(hourly))
        #expect(purchase.offer.name == "nvidia-h100")
        #expect(shape == scene.situation.wish?.shape(carriedBy: .slot))
    }

    @Test("what another spec has ordered counts as outdated, at the higher price of the platform's word")
    func outdated() throws {
        var scene = Scene()
        scene.situation.market = Market(offers: [.h100()])
        scene.leaveUnrecorded("a", attempt: "0badcafe") {
            $0.gpuCount = 2
            $0.hourlyCost = .euros(9)
        }
        let (purchase, shape) = try #require(Self.purchase(decide(scene.situation)))
        #expect(purchase.gpuCount == 2)
        #expect(purchase.hourly == .euros(9), "two cost 8 by the offer")
        #expect(shape.isEmpty)
    }

    @Test("an unknown model without any offer has no price but the platform's")
    func nothingKnown() throws {
        var scene = Scene { spec in
            var gpu = GPUWish()
            gpu.model = "nvidia-h100"
            spec.workload.resources.gpu = gpu
        }
        scene.situation.market = Market(offers: [])
        scene.leaveUnrecorded("a") { $0.gpuType = "never-heard-of" }
        let (purchase, shape) = try #require(Self.purchase(decide(scene.situation)))
        #expect(purchase.hourly == .zero)
        #expect(shape == scene.shape(), "its name says what it was ordered for")
    }

    @Test("nothing is taken back while nobody knows what its platform sells, and nothing bought")
    func unheard() {
        var scene = Scene()
        scene.situation.market = Market(offers: [.h100()])
        scene.leaveUnrecorded("a")
        scene.situation.platforms[.flexai]?.offersUnheard = true
        #expect(decide(scene.situation).steps.isEmpty)
    }

    @Test("what was on its way out takes nobody's place; an empty slot takes it back to end it")
    func idle() {
        for state in [AllocationState.stopping, .stopped, .failed, .completed] {
            var scene = Scene()
            scene.situation.market = Market(offers: [.h100()])
            scene.leaveUnrecorded("a") { $0.state = state }
            scene.leaveUnrecorded("b", attempt: "0badcafe")
            #expect(Self.taken(decide(scene.situation)) == ["0 b"], "what works comes first")
            scene.leaveUnrecorded("c")
            #expect(Self.taken(decide(scene.situation)) == ["0 c"], "before it what the present spec has ordered")
            scene.situation.unrecorded.removeLast(2)
            #expect(Self.taken(decide(scene.situation)) == ["0 a"])
            scene.add(.live)
            scene.respecify { $0.workload.image = "jupyter/other" }
            let decision = decide(scene.situation)
            #expect(Self.taken(decision).isEmpty)
            #expect(decision.bought == [0], "the one that lives is replaced")
        }
    }

    @Test("of what passes a cap the one goes first whose replacement runs")
    func retired() {
        var scene = Scene(slots: 2) { $0.constraints.maxHourlyCost = .euros(8) }
        let old = scene.add(.live, slot: 0)
        let new = scene.add(.live, slot: 0, replaces: old)
        let other = scene.add(.live, slot: 1)
        scene.decideAndApply()
        #expect(scene.row(old)?.ending?.reason == .replaced)
        #expect([new, other].allSatisfy { scene.row($0)?.phase == .live })
    }

    @Test("attempts for one shape have three digits in common, and no others")
    func marks() {
        let dice = SharedDice(seed: 7)
        let attempts = (0..<50).map { _ in dice.attempt(for: "8b454810dbb50ea9d362f4a79b8e4bdd") }
        #expect(attempts.allSatisfy { $0.short.hasSuffix("8b4") && OwnReference.isAttempt($0.short) })
        #expect(Set(attempts.map(\.short)).count == 50)
        #expect(attempts.allSatisfy { $0.rawValue.count == 36 && Array($0.rawValue)[14] == "4" })
        let own = OwnReference(slot: 0, attempt: attempts[0].short)
        #expect(own.marks("8b4") && !own.marks("8b5454810dbb"))
        let again = dice.attempt(short: own.attempt)
        #expect(again.short == own.attempt && again != attempts[0])
    }

    @Test("of two for one slot the first that is listed is taken, and the other left alone")
    func two() {
        var scene = Scene()
        scene.situation.market = Market(offers: [.h100()])
        scene.leaveUnrecorded("new", attempt: "00000001")
        scene.leaveUnrecorded("old", attempt: "00000002")
        #expect(Self.taken(decide(scene.situation)) == ["0 new"])
    }

    @Test("what fills no wished slot, or one that is filled, is left alone")
    func left() {
        for phase in [AllocationRecord.Phase.live, .open, .unknown, .unverified] {
            var scene = Scene()
            scene.situation.market = Market(offers: [.h100()])
            scene.add(phase)
            scene.leaveUnrecorded("filled")
            scene.leaveUnrecorded("beyond", slot: 1)
            #expect(Self.taken(decide(scene.situation)).isEmpty, "\(phase)")
        }
    }

    @Test("nothing is taken back for what is paused, suspended, withdrawn or done")
    func held() {
        for change in [
            { $0.wish?.pause = Pause() }, { $0.wish?.suspension = Suspension() }, { $0.wish = nil },
            { $0.account.finish = Finish(outcome: .completed, generation: 1, at: noon, message: "") },
        ] as [@Sendable (inout Situation) -> Void] {
            var scene = Scene()
            scene.situation.market = Market(offers: [.h100()])
            scene.leaveUnrecorded("a")
            change(&scene.situation)
            #expect(Self.taken(decide(scene.situation)).isEmpty)
        }
    }

    @Test("what is outdated or lost gives its place to what was bought to replace it")
    func replacement() {
        var scene = Scene()
        scene.situation.market = Market(offers: [.h100()])
        let old = scene.add(.live)
        scene.leaveUnrecorded("b")
        #expect(Self.taken(decide(scene.situation)).isEmpty)
        scene.respecify { $0.workload.image = "jupyter/other" }
        #expect(Self.taken(decide(scene.situation)).isEmpty, "it was ordered by the spec of before")
        scene.leaveUnrecorded("a")
        let decision = decide(scene.situation)
        #expect(Self.taken(decision) == ["0 a for \(old.short)"])
        #expect(!decision.provisionsSomething)
        scene.change(old) { record in
            record.phase = .ending
            record.ending = Ending(reason: .lost, wantedAt: noon)
        }
        #expect(Self.taken(decide(scene.situation)) == ["0 a for \(old.short)"])
        scene.change(old) { $0.ending = Ending(reason: .replaced, wantedAt: noon) }
        #expect(Self.taken(decide(scene.situation)).isEmpty, "it goes first")
    }

    @Test("where one allocation carries all, only what the present spec has ordered is surely the intent's")
    func whole() throws {
        var scene = Scene(slots: 4, platforms: [.flare])
        scene.situation.market = Market(offers: [.h100(.flare)])
        scene.leaveUnrecorded("a", on: .flare) { $0.gpuCount = 4 }
        let (purchase, _) = try #require(Self.purchase(decide(scene.situation)))
        #expect(purchase.gpuCount == 1, "the platform counts those of all replicas")
        scene.situation.unrecorded.removeAll()
        scene.leaveUnrecorded("b", attempt: "0badcafe", on: .flare)
        let decision = decide(scene.situation)
        #expect(decision.steps.isEmpty)
        #expect(decision.standing == .stalled)
    }

    @Test("what bears no name keeps the empty slots that it fits empty, until a person says whose it is")
    func nameless() {
        for (type, count, fits) in [
            ("nvidia-h100", 1, true), ("nvidia-h100", 2, false), ("nvidia-t4", 1, false), (nil, nil, true),
        ] as [(String?, Int?, Bool)] {
            var scene = Scene(slots: 2) { spec in
                var gpu = GPUWish()
                gpu.model = "nvidia-h100"
                spec.workload.resources.gpu = gpu
            }
            scene.situation.market = Market(offers: [.h100()])
            scene.add(.live, slot: 1)
            scene.leaveUnrecorded("a")
            scene.situation.unrecorded[0].reference = nil
            scene.situation.unrecorded[0].observation.gpuType = type
            scene.situation.unrecorded[0].observation.gpuCount = count
            let decision = decide(scene.situation)
            #expect(Self.taken(decision).isEmpty)
            #expect(decision.bought == (fits ? [] : [0]), "\(type ?? "any") \(count ?? 0)")
            #expect(decision.status.lastError?.message.contains("resolve NAME --slot N --adopt a") ?? false == fits)
            scene.situation.unrecorded[0].platform = .flare
            #expect(decide(scene.situation).bought == [0], "the intent lives elsewhere")
        }
    }

    @Test("what was bought elsewhere keeps its slot empty, and says so")
    func elsewhere() {
        var scene = Scene(slots: 2, platforms: [.flexai, .flare])
        scene.situation.market = Market(offers: [.h100()])
        let here = scene.add(.live, slot: 0)
        scene.see(here, .running)
        scene.leaveUnrecorded("a", slot: 1, on: .flare)
        let decision = decide(scene.situation)
        #expect(decision.steps.isEmpty)
        #expect(decision.status.lastError?.code == "UNRECORDED_ALLOCATION")
        #expect(decision.status.lastError?.message.contains("a on flare; it was bought for slot 1") == true)
    }
}

/// A ledger that was put back from an older copy, over a platform that recognises its buyer.
@Suite struct LedgerPutBackTests {
    /// A world in which everything lives that is wished for.
    static func world(slots: Int = 2) async -> FakeWorld {
        var traits = PlatformTraits.single
        traits.recognizesOwn = true
        let own = traits
        let world = FakeWorld(slots: slots) { [FakePlatform(traits: own, time: $0)] }
        await world.live(.seconds(60))
        return world
    }

    /// Puts the ledger back to rows that are left, and begins anew.
    static func putBack(_ world: FakeWorld, keeping isKept: (AllocationRecord) -> Bool = { _ in false }) {
        world.ledger.state.withLock { $0.snapshot.records.removeAll { !isKept($0) } }
        world.crash()
    }

    @Test("what lives is taken back, at its age and its price, and nothing is bought twice")
    func takenBack() async throws {
        let world = await Self.world()
        let before = world.held
        world.time.advance(.seconds(600))
        Self.putBack(world) { $0.slot == 1 }
        await world.live(.seconds(120))
        #expect(world.platform.creates == 2)
        #expect(world.isSettled(at: 2))
        let again = try #require(world.held.first)
        let row = try #require(before.first)
        #expect(again.attempt.short == row.attempt.short)
        #expect(again.reference == row.reference)
        #expect(again.id == row.id)
        #expect(again.purchase == row.purchase)
        #expect(again.shape == row.shape)
        #expect(again.openedAt == row.openedAt)
        let told = world.ledger.state.withLock { $0.log }.contains { change in
            if case .event(let event) = change { event.reason == "TakenBack" } else { false }
        }
        #expect(told)
        await world.withdraw()
        await world.live(.seconds(300))
        #expect(world.platform.living.isEmpty)
    }

    @Test("nothing is bought while the first listing cannot be had")
    func silent() async {
        let world = await Self.world()
        Self.putBack(world)
        world.platform.keepFailing(.list, .vanish)
        await world.live(.seconds(120))
        #expect(world.platform.creates == 2)
        #expect(world.held.isEmpty)
        world.platform.keepFailing(.list, nil)
        await world.live(.seconds(300))
        #expect(world.platform.creates == 2)
        #expect(world.isSettled(at: 2))
    }

    @Test("who may not list buys all the same")
    func denied() async {
        let world = await Self.world()
        Self.putBack(world)
        let denial = PlatformError.error("HTTP_405", .retry(after: nil), status: 405)
        world.platform.keepFailing(.list, .refuse(denial))
        await world.live(.seconds(120))
        #expect(world.platform.creates == 4, "nobody can know")
    }

    /// A world in which nobody else buys and no listing names anything, whose ledger knows of nothing that lives.
    static func nameless() async -> FakeWorld {
        var traits = PlatformTraits.single
        traits.exclusiveAccount = true
        let own = traits
        let world = FakeWorld { [FakePlatform(traits: own, time: $0)] }
        world.platform.change { $0.echoes = false }
        await world.live(.seconds(60))
        putBack(world)
        await world.live(.seconds(300))
        return world
    }

    @Test("a person gives a slot what bears no name, and the slot is filled")
    func given() async throws {
        let world = await Self.nameless()
        #expect(world.platform.creates == 1)
        #expect(world.books.status(of: world.key)?.lastError?.code == "UNRECORDED_ALLOCATION")
        let id = try #require(world.platform.living.first)
        try await world.reconciler.takeOver(id, slot: 0, of: world.key)
        await world.live(.seconds(120))
        #expect(world.platform.creates == 1)
        #expect(world.isSettled(at: 1))
    }

    @Test("one that ends elsewhere makes room for a purchase")
    func ended() async {
        let world = await Self.nameless()
        world.platform.change { $0.living = [:] }
        await world.live(.seconds(300))
        #expect(world.platform.creates == 2)
        #expect(world.isSettled(at: 1))
    }

    @Test("nothing is given to a slot that is filled or not there, or of which nothing is known")
    func refused() async throws {
        let world = await Self.nameless()
        let id = try #require(world.platform.living.first)
        func refusal(_ id: AllocationID, slot: Int, of key: IntentKey) async -> String? {
            do throws(TakeOverRefusal) {
                try await world.reconciler.takeOver(id, slot: slot, of: key)
                return nil
            } catch {
                return error.words
            }
        }
        #expect(await refusal(id, slot: 0, of: IntentKey(rawValue: "other")) == "there is no intent other")
        #expect(await refusal(id, slot: 1, of: world.key)?.hasSuffix("knows it") == true)
        #expect(await refusal(AllocationID(rawValue: "else"), slot: 0, of: world.key)?.hasSuffix("knows it") == true)
        world.ledger.fill(true)
        #expect(await refusal(id, slot: 0, of: world.key) == "no room", "and nothing is owed for it")
        #expect(!world.books.owesWrites || world.books.owner(of: id, on: .flexai) == nil)
        world.ledger.fill(false)
        world.platform.keepFailing(.observe, .vanish)
        #expect(await refusal(id, slot: 0, of: world.key)?.hasSuffix("knows it") == false, "silence is not ignorance")
        world.platform.keepFailing(.observe, nil)
        world.wishes[world.key]?.suspension = Suspension()
        #expect(await refusal(id, slot: 0, of: world.key)?.contains("resume it first") == true)
        world.wishes[world.key]?.suspension = nil
        try await world.reconciler.takeOver(id, slot: 0, of: world.key)
        #expect(await refusal(id, slot: 0, of: world.key)?.contains("neither unknown nor unverified") == true)
    }

    @Test("an allocation that vanishes before it is taken back is bought anew")
    func vanished() async {
        let world = await Self.world(slots: 1)
        Self.putBack(world)
        world.platform.change { $0.living = [:] }
        await world.live(.seconds(120))
        #expect(world.platform.creates == 2)
        #expect(world.isSettled(at: 1))
    }

    @Test("a full disk forgets nothing of what was taken back")
    func fullDisk() async {
        let world = await Self.world(slots: 1)
        Self.putBack(world)
        world.ledger.fill(true)
        await world.live(.seconds(60))
        #expect(world.platform.creates == 1)
        world.crash()
        world.ledger.fill(false)
        await world.live(.seconds(120))
        #expect(world.platform.creates == 1)
        #expect(world.isSettled(at: 1))
    }

    @Test("what bears no name is seen beside an open purchase that it cannot be, and not beside one that it may be")
    func besideAnOpenPurchase() async throws {
        for (age, isSeen) in [(Duration.seconds(3600), true), (.zero, false)] {
            let time = TestTime()
            var traits = PlatformTraits.single
            traits.exclusiveAccount = true
            let platform = FakePlatform(traits: traits, time: time)
            let ledger = FakeLedger()
            let books = Books(ledger: ledger, snapshot: ledger.snapshot)
            var scene = Scene()
            let attempt = scene.add(.open, age: .zero)
            let row = try #require(scene.row(attempt))
            try await books.commit([.put(row)])
            let seen = Observation.listed("i-1", createdAt: row.openedAt - age)
            platform.change { $0.living[seen.id] = FakePlatform.Instance(observation: seen, key: "") }
            let (lookout, _) = platform.lookout(books)
            let found = try await lookout.unrecorded(of: IntentKey(rawValue: "other"), IntentSpec())
            #expect(found.map(\.observation.id) == (isSeen ? [seen.id] : []))
        }
    }

    @Test("what no slot wants is told of once, counted, and left alone")
    func told() async throws {
        let time = TestTime()
        var traits = PlatformTraits.single
        traits.recognizesOwn = true
        let platform = FakePlatform(traits: traits, time: time)
        let ledger = FakeLedger()
        let books = Books(ledger: ledger, snapshot: ledger.snapshot)
        let events = Locked<[Event]>([])
        let (lookout, _) = platform.lookout(books) { event in
            events.withLock { $0.append(event) }
        }
        var scene = Scene()
        let attempt = scene.add(.open)
        let row = try #require(scene.row(attempt))
        try await books.commit([.put(row)])
        platform.change { state in
            for (number, reference) in [row.reference, "op/gone/0/0badcafe", "other/gone/0/0badcafe", nil].enumerated()
            {
                let seen = Observation.listed("i-\(number)", reference: reference)
                state.living[seen.id] = FakePlatform.Instance(observation: seen, key: "")
            }
        }
        for _ in 0..<2 {
            #expect(await lookout.audit())
            time.advance(.seconds(3600))
        }
        let messages = events.withLock { $0.filter { $0.reason == "Unrecorded" }.map(\.message) }
        #expect(messages.count == 1)
        #expect(messages.first?.hasPrefix("flexai: i-1 must be") == true)
        platform.keepFailing(.list, .vanish)
        time.advance(.seconds(1))
        #expect(await lookout.audit() == false, "it is to be tried again soon")
        platform.keepFailing(.list, .refuse(.error("HTTP_404", .retry(after: nil), status: 404)))
        #expect(await lookout.audit(), "who cannot list is not asked every minute")
    }
}
