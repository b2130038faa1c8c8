import Intents
import Placement
import Testing

@testable import Reconciling

/// Answers to a purchase that a platform should not give, and platforms that sell one thing at a time.
@Suite struct StrangeAnswerTests {
    private static let keyed: PlatformTraits = {
        var traits = PlatformTraits.single
        traits.idempotencyKeys = .honoured(lifetime: .seconds(24 * 3600))
        return traits
    }()

    /// How many rows claim an id.
    private static func owners(_ world: FakeWorld, of id: String) -> Int {
        world.books.records(of: world.key).count { $0.id == AllocationID(rawValue: id) }
    }

    @Test(
        "An id that another attempt owns is never owned twice, bought or bought again by key",
        arguments: [true, false]
    )
    func takenID(isRepeat: Bool) async {
        let world = FakeWorld(slots: 1, { [FakePlatform(traits: isRepeat ? Self.keyed : .single, time: $0)] })
        await world.live(.seconds(30))
        let id = world.platform.living[0]
        world.platform.change { $0.names = 0 }
        if isRepeat { world.platform.fail(.create, .vanish) }
        world.wishes[world.key] = Scene(slots: 2).situation.wish
        await world.live(.seconds(5))
        #expect(Self.owners(world, of: id.rawValue) == 1)
        #expect(world.held.count { $0.phase == .unknown } == 1, "what was bought, if anything, is not known")
        #expect(world.held.count { $0.phase == .live } == 1)
    }

    @Test("A bare 404 to a repeat, which may be a proxy's word, settles nothing")
    func bareRepeat() async {
        let world = FakeWorld(slots: 1, { [FakePlatform(traits: Self.keyed, time: $0)] })
        world.platform.fail(.create, .lose)
        world.platform.keepFailing(.create, .refuse(.error("HTTP_404", .nextOffer, status: 404)))
        world.platform.keepFailing(.list, .vanish)
        await world.live(.seconds(600))
        #expect(world.platform.calls(.create) > 1, "it was repeated")
        #expect(world.held.map(\.phase) == [.unknown])
        world.platform.keepFailing(.create, nil)
        world.platform.keepFailing(.list, nil)
        await world.live(.seconds(600))
        #expect(world.isSettled(at: 1) && world.platform.mostLiving == 1)
    }

    @Test("A refused repeat lets the attempt go when no earlier call can be on its way, and another one is made")
    func refusedRepeat() async {
        let world = FakeWorld(slots: 1, { [FakePlatform(traits: Self.keyed, time: $0)] })
        let none = PlatformError.error("INSUFFICIENT_RESOURCES", .nextOffer, status: 404)
        world.platform.fail(.create, .vanish)
        world.platform.keepFailing(.create, .refuse(none))
        await world.live(.seconds(20))
        #expect(world.platform.calls(.create) > 1, "it was repeated")
        #expect(world.held.map(\.phase) == [.unknown], "the first call may still be on its way")
        await world.live(.seconds(300))
        #expect(world.held.allSatisfy { $0.phase != .unknown })
        world.platform.keepFailing(.create, nil)
        await world.live(.seconds(900))
        #expect(world.isSettled(at: 1))
        #expect(world.platform.creates == 1)
        #expect(world.platform.mostLiving == 1)
        #expect(world.books.account(of: world.key).attempts >= 2)
    }

    @Test("Where listings do not name what they show, one purchase is settled before the next, and a lost one is found")
    func oneAtATime() async {
        var traits = PlatformTraits.single
        traits.createsOneAtATime = true
        traits.exclusiveAccount = true
        let settled = traits
        let world = FakeWorld(slots: 3, { [FakePlatform(traits: settled, time: $0)] })
        world.platform.change { $0.echoes = false }
        world.platform.fail(.create, .lose)
        await world.live(.seconds(600))
        #expect(world.isSettled(at: 3))
        #expect(world.platform.creates == 3)
        #expect(world.platform.mostLiving == 3)
    }

    @Test("What is placed with somebody else than was ordered is let go, and another offer is taken")
    func placedElsewhere() async {
        var offers = [Offer.h100(name: "cheap", hourly: 4), Offer.h100(name: "dear", hourly: 5)]
        offers[0].provider = "ordered"
        let sold = offers
        let world = FakeWorld({ [FakePlatform(time: $0, offers: sold)] }, spec: { $0.objective = .cost })
        world.platform.change { $0.placedWith = "another" }
        await world.live(.seconds(300))
        let rows = world.ledger.state.withLock { $0.log }.compactMap { change in
            if case .put(let row) = change, row.id != nil { row } else { nil }
        }
        #expect(rows.first?.phase == .ending && rows.first?.ending?.reason == .notAsOrdered)
        #expect(rows.first?.note == "it was placed on another instead of ordered")
        #expect(world.held.map(\.purchase.offer.name) == ["dear"], "the other offer rests")
        #expect(world.isSettled(at: 1) && world.platform.creates == 2)
    }

    @Test("A platform that refuses to show its offers sells nothing, and sells once it takes us again")
    func refusedOffers() async {
        let world = FakeWorld()
        let refusal = PlatformError.error("INVALID_TOKEN", .pausePlatform, status: 401)
        world.platform.keepFailing(.offers, .refuse(refusal))
        await world.live(.seconds(120))
        #expect(world.platform.creates == 0)
        #expect(world.reconciler.standing(of: world.key) == .stalled)
        world.platform.keepFailing(.offers, nil)
        await world.live(.seconds(1200))
        #expect(world.isSettled(at: 1))
    }
}
