import Intents
import Placement
import Testing

@testable import Reconciling

/// What a person gives to an empty slot, and when it is not taken.
@Suite struct TakeOverTests {
    /// Why an allocation is not given to a slot; nil where it is.
    private static func refusal(_ world: FakeWorld, _ id: AllocationID, slot: Int) async -> String? {
        do throws(TakeOverRefusal) {
            try await world.reconciler.takeOver(id, slot: slot, of: world.key)
            return nil
        } catch {
            return error.words
        }
    }

    @Test("nothing is given to a slot while nobody can tell what it costs")
    func unpriced() async throws {
        let world = await LedgerPutBackTests.nameless()
        let id = try #require(world.platform.living.first)
        world.time.advance(Shop.freshness + .seconds(1))
        world.platform.keepFailing(.offers, .vanish)
        #expect(await Self.refusal(world, id, slot: 0)?.hasPrefix("nobody can tell what it costs") == true)
        #expect(world.held.isEmpty && world.books.owner(of: id, on: .flexai) == nil)
        world.platform.keepFailing(.offers, nil)
        #expect(await Self.refusal(world, id, slot: 0) == nil)
    }

    @Test("what turns out to be another attempt's meanwhile is not given to a slot, and stays that attempt's")
    func claimed() async throws {
        let world = await LedgerPutBackTests.nameless()
        let id = try #require(world.platform.living.first)
        let attempt = AttemptID(rawValue: "another-attempt")
        let books = world.books
        world.platform.change { $0.meanwhile = { _ = books.claim(id, on: .flexai, for: attempt) } }
        #expect(await Self.refusal(world, id, slot: 0) == "it belongs to another attempt")
        #expect(world.held.isEmpty && books.owner(of: id, on: .flexai) == attempt)
    }

    @Test("nothing is given to a slot of an intent that changes while it is looked at")
    func changing() async throws {
        let world = await LedgerPutBackTests.nameless()
        let id = try #require(world.platform.living.first)
        let (wishes, key) = (world.wishes, world.key)
        world.platform.change { state in
            state.meanwhile = {
                var scene = Scene()
                scene.respecify { $0.workload.image = "jupyter/other" }
                wishes[key] = scene.situation.wish
            }
        }
        #expect(await Self.refusal(world, id, slot: 0)?.contains("has just changed") == true)
        #expect(world.held.isEmpty && world.books.owner(of: id, on: .flexai) == nil)
    }

    @Test("what bears the name of a slot is given to that slot alone")
    func named() async throws {
        let world = await LedgerPutBackTests.world()
        let id = try #require(world.held.first { $0.slot == 0 }?.id)
        LedgerPutBackTests.putBack(world)
        #expect(await Self.refusal(world, id, slot: 1)?.hasPrefix("it bears the name of another slot") == true)
        #expect(world.held.isEmpty)
        #expect(await Self.refusal(world, id, slot: 0) == nil)
        #expect(world.held.map(\.id) == [id] && world.held.map(\.slot) == [0])
    }
}

/// What no row knows and is found late: stopped already, or only when its slot is about to be bought again.
@Suite struct LateFindTests {
    @Test(
        "what had been stopped when it is taken back never counts as alive: it is ended as lost, its slot filled anew",
        arguments: [AllocationState.stopping, .stopped]
    )
    func stopped(state: AllocationState) async throws {
        let world = await LedgerPutBackTests.world(slots: 1)
        let id = try #require(world.platform.living.first)
        LedgerPutBackTests.putBack(world)
        let before = world.ledger.state.withLock { $0.log.count }
        world.platform.change { platform in
            platform.living[id]?.observation.state = state
            platform.living[id]?.observation.rawState = state.rawValue
        }
        await world.live(.seconds(300))
        let rows = world.ledger.state.withLock { $0.log.dropFirst(before) }.compactMap { change in
            if case .put(let row) = change, row.id == id { row } else { nil }
        }
        #expect(rows.first?.phase == .ending && rows.first?.ending?.reason == .lost)
        #expect(rows.first?.note.contains(state.rawValue) == true)
        #expect(world.platform.creates == 2 && !world.platform.living.contains(id))
        #expect(world.isSettled(at: 1))
    }

    @Test("a listing that comes only after the decision keeps what it shows from being bought again")
    func lateListing() async {
        let world = await LedgerPutBackTests.world(slots: 1)
        LedgerPutBackTests.putBack(world)
        world.platform.fail(.list, .vanish)
        _ = await world.reconciler.reconcile(world.key)
        #expect(world.platform.creates == 1 && world.held.isEmpty)
        #expect(world.books.status(of: world.key)?.lastError?.code == "UNRECORDED_ALLOCATION")
        await world.live(.seconds(120))
        #expect(world.platform.creates == 1)
        #expect(world.isSettled(at: 1))
    }

    @Test(
        "what bears no name and may be what the slot lacks keeps it from being bought, whether listed in time or late",
        arguments: [
            (nil, 1, false), (nil, nil, false), ("nvidia-h100", 1, false), ("nvidia-a100", 1, false),
            ("nvidia-h100", 2, true),
        ] as [(String?, Int?, Bool)]
    )
    func nameless(type: String?, count: Int?, isBought: Bool) async {
        for isLate in [false, true] {
            let world = await LedgerPutBackTests.nameless()
            world.platform.change { state in
                var other = Offer.h100(name: "nvidia-a100", hourly: 5)
                other.model = "nvidia-a100"
                state.offers.append(other)
                for id in state.living.keys {
                    state.living[id]?.observation.gpuType = type
                    state.living[id]?.observation.gpuCount = count
                }
            }
            world.time.advance(.seconds(60))
            world.crash()
            if isLate { world.platform.fail(.list, .vanish) }
            _ = await world.reconciler.reconcile(world.key)
            #expect(world.platform.creates == (isBought ? 2 : 1), "late: \(isLate)")
        }
    }

    @Test("only what bears a slot's name is the intent's, and what bears the name of a row that has another id is not")
    func sameName() async throws {
        var traits = PlatformTraits.single
        traits.recognizesOwn = true
        let platform = FakePlatform(traits: traits, time: TestTime())
        let ledger = FakeLedger()
        let books = Books(ledger: ledger, snapshot: ledger.snapshot)
        var scene = Scene()
        let attempt = scene.add(.live)
        let row = try #require(scene.row(attempt))
        try await books.commit([.put(row)])
        let references = [row.reference, "op/other/0/0badcafe", "op/search/1/0badcafe"]
        platform.change { state in
            for (number, reference) in references.enumerated() {
                let seen = Observation.listed("twin-\(number)", reference: reference)
                state.living[seen.id] = FakePlatform.Instance(observation: seen, key: "")
            }
        }
        let (lookout, _) = platform.lookout(books)
        let found = try await lookout.unrecorded(of: row.key, IntentSpec())
        #expect(found.map(\.observation.id.rawValue) == ["twin-2"])
        #expect(found.first?.reference?.slot == 1)
    }
}
