import Intents
import Placement
import Testing

@testable import Reconciling

/// Looks at a platform's allocations for everybody, and the shop beside it.
@Suite struct LookoutTests {
    private let time = TestTime()

    /// A lookout over a platform that shows `ids`, and books that hold `known`.
    private func make(
        _ platform: FakePlatform,
        known: [Int],
        shown: [Int]
    ) async throws -> (lookout: Lookout, gate: PlatformGate) {
        let ledger = FakeLedger()
        let books = Books(ledger: ledger, snapshot: ledger.snapshot)
        var scene = Scene()
        for number in known {
            let attempt = scene.add(.live, slot: number, on: platform.name) { record in
                record.id = AllocationID(rawValue: "i-\(number)")
                record.phaseSince = noon - .seconds(3600)
            }
            guard let row = scene.row(attempt) else { continue }
            try await books.commit([.put(row)])
        }
        platform.change { state in
            for number in shown {
                let seen = Observation.listed("i-\(number)")
                state.living[seen.id] = FakePlatform.Instance(observation: seen, key: "")
            }
        }
        return platform.lookout(books)
    }

    private static func id(_ number: Int) -> AllocationID { AllocationID(rawValue: "i-\(number)") }

    @Test("one listing serves every look; what it lacks is asked for by its id")
    func listing() async throws {
        let platform = FakePlatform(time: time)
        let (lookout, _) = try await make(platform, known: Array(0..<8), shown: Array(0..<7))
        for number in 0..<8 {
            let look = await lookout.look(at: Self.id(number), exact: false, notBefore: time.uptime)
            if case .seen(let seen) = look { #expect(seen.id == Self.id(number)) } else { #expect(number == 7) }
            if number == 7 { #expect(look == .absent) }
        }
        #expect(platform.calls(.list) == 1)
        #expect(platform.calls(.observe) == 1)
    }

    @Test("most gone at once is doubtful until a look 30 s later says the same; single looks do not lift that")
    func brake() async throws {
        let platform = FakePlatform(time: time)
        let (lookout, _) = try await make(platform, known: Array(0..<10), shown: [0, 1])
        for number in 2..<10 {
            #expect(await lookout.look(at: Self.id(number), exact: false, notBefore: time.uptime) == .doubtful)
        }
        time.advance(.seconds(29))
        #expect(await lookout.look(at: Self.id(5), exact: false, notBefore: time.uptime) == .doubtful)
        time.advance(.seconds(1))
        for number in 2..<10 {
            #expect(await lookout.look(at: Self.id(number), exact: false, notBefore: time.uptime) == .absent)
        }
    }

    @Test(
        "a listing that lacks what lives is a part; one that lacks what is gone, stopped or new is whole",
        arguments: [
            (AllocationState.running, Duration.seconds(3600), false), (.unknown, .seconds(3600), false),
            (.stopped, .seconds(3600), true), (.running, .seconds(10), true), (nil, .seconds(3600), true),
        ] as [(AllocationState?, Duration, Bool)]
    )
    func wholeness(state: AllocationState?, age: Duration, isWhole: Bool) async throws {
        var traits = PlatformTraits.single
        traits.listingDelayBound = .seconds(90)
        let platform = FakePlatform(traits: traits, time: time)
        let ledger = FakeLedger()
        let books = Books(ledger: ledger, snapshot: ledger.snapshot)
        var scene = Scene()
        let attempt = scene.add(.live) { $0.phaseSince = noon - age }
        let row = try #require(scene.row(attempt))
        let id = try #require(row.id)
        try await books.commit([.put(row)])
        platform.change { platform in
            guard let state else { return }
            var seen = Observation.listed(id.rawValue)
            seen.state = state
            platform.living[id] = FakePlatform.Instance(observation: seen, key: "")
            platform.unlisted = [id]
        }
        let told = Locked<[String]>([])
        let lookout = platform.lookout(books) { event in told.withLock { $0.append(event.reason) } }.lookout
        for _ in 0..<2 {
            #expect(try await lookout.listing(notBefore: .zero)?.isWhole == isWhole)
        }
        let asked = age == .seconds(10) ? 0 : 1
        #expect(platform.calls(.observe) == asked, "once for each listing")
        time.advance(.seconds(60))
        #expect(try await lookout.listing(notBefore: time.uptime)?.isWhole == isWhole)
        #expect(told.withLock { $0.filter { $0 == "ListingIncomplete" }.count } == (isWhole ? 0 : 1), "told once")
    }

    @Test("where what a listing lacks cannot be asked for, nothing is said of it")
    func unknownWholeness() async throws {
        let platform = FakePlatform(time: time)
        let (lookout, _) = try await make(platform, known: [0], shown: [0])
        platform.change { $0.unlisted = [Self.id(0)] }
        platform.keepFailing(.observe, .vanish)
        await #expect(throws: PlatformError.self) { _ = try await lookout.listing(notBefore: .zero) }
        platform.keepFailing(.observe, nil)
        #expect(try await lookout.listing(notBefore: .zero)?.isWhole == false)
    }

    @Test("a listing that turns up empty, and is whole again, costs nothing")
    func hiccup() async throws {
        let platform = FakePlatform(time: time)
        let (lookout, _) = try await make(platform, known: [0, 1, 2], shown: [0, 1, 2])
        let kept = platform.state.withLock { $0.living }
        platform.change { $0.living = [:] }
        #expect(await lookout.look(at: Self.id(0), exact: false, notBefore: time.uptime) == .doubtful)
        platform.change { $0.living = kept }
        time.advance(.seconds(40))
        for number in 0..<3 {
            guard case .seen = await lookout.look(at: Self.id(number), exact: false, notBefore: time.uptime) else {
                Issue.record("\(number) is not seen")
                continue
            }
        }
    }

    @Test("silence is unreachable, never absent")
    func silence() async throws {
        let platform = FakePlatform(time: time)
        let (lookout, _) = try await make(platform, known: [0], shown: [])
        platform.keepFailing(.list, .vanish)
        platform.keepFailing(.observe, .vanish)
        for exact in [true, false] {
            guard case .unreachable = await lookout.look(at: Self.id(0), exact: exact, notBefore: time.uptime) else {
                Issue.record("exact: \(exact)")
                continue
            }
        }
        await #expect(throws: PlatformError.self) { try await lookout.listing(notBefore: time.uptime) }
    }

    @Test("a listing holds what no row owns, names it where the platform does, and is nil where there is none")
    func strangers() async throws {
        let platform = FakePlatform(time: time)
        let (lookout, _) = try await make(platform, known: [0, 1], shown: [0, 1, 2, 3])
        let listing = try await lookout.listing(notBefore: time.uptime)
        #expect(listing?.unowned.map(\.id) == [Self.id(2), Self.id(3)])
        #expect(listing?.namesReferences == false)
        platform.change { $0.living[Self.id(3)]?.observation.reference = "someone" }
        time.advance(.seconds(1))
        #expect(
            try await lookout.listing(notBefore: time.uptime)?.namesReferences == false,
            "what is ours lacks its name, so may what is not known to be ours"
        )
        platform.change { state in
            for number in 0..<2 { state.living[Self.id(number)]?.observation.reference = "ours" }
        }
        time.advance(.seconds(1))
        #expect(try await lookout.listing(notBefore: time.uptime)?.namesReferences == true)
        platform.change { $0.canList = false }
        time.advance(.seconds(1))
        #expect(try await lookout.listing(notBefore: time.uptime) == nil)
    }

    @Test(
        "where the listing was taken away each id is asked for, and nothing is gone for that",
        arguments: [404, 405, 501]
    )
    func takenAway(status: Int) async throws {
        let platform = FakePlatform(time: time)
        let (lookout, _) = try await make(platform, known: [0, 1, 2], shown: [0, 1])
        platform.keepFailing(.list, .refuse(.error("HTTP_\(status)", .retry(after: nil), status: status)))
        for number in 0..<3 {
            switch await lookout.look(at: Self.id(number), exact: false, notBefore: time.uptime) {
            case .seen(let seen): #expect(seen.id == Self.id(number) && number < 2)
            case .unreachable(let error): #expect(number == 2 && error.saysNoSuchCall)
            case let other: Issue.record("\(number) is \(other)")
            }
        }
        await #expect(throws: PlatformError.self) { try await lookout.listing(notBefore: time.uptime) }
    }

    @Test("where lists name nothing, strangers are looked at one by one; a URL or an end proves nothing")
    func unnamed() async throws {
        var traits = PlatformTraits.whole
        traits.createsOneAtATime = true
        let platform = FakePlatform(.flare, traits: traits, time: time)
        let (lookout, _) = try await make(platform, known: [], shown: [1, 2])
        platform.change { $0.living[Self.id(1)]?.observation.url = "https://gpu.example/abc" }
        platform.fail(.observe, .refuse(.error("HTTP_404", .gone, status: 404, on: .flare)))
        let listing = try await lookout.listing(notBefore: time.uptime)
        #expect(listing?.unowned.count == 2)
        #expect(listing?.namesReferences == false)
    }

    @Test("a platform that does not answer sells nothing, and the others still do")
    func shop() async {
        let platforms = [FakePlatform(.flexai, time: time), FakePlatform(.flare, time: time)]
        let gates = platforms.map { platform in
            PlatformGate(
                platform,
                limits: PlatformLimits(),
                time: time,
                leadership: ExclusiveLeadership(),
                tell: { _ in }
            )
        }
        let shop = Shop(gates: gates, policy: PlacementPolicy(), time: time)
        platforms[0].keepFailing(.offers, .vanish)
        let first = await shop.market()
        #expect(first.market.offers.map(\.platform) == [.flare])
        #expect(first.errors.map(\.platform) == [.flexai])
        platforms[0].keepFailing(.offers, nil)
        #expect(await shop.market().market.offers.count == 2)
        #expect(platforms[1].calls(.offers) == 1, "its answer is fresh enough")
        time.advance(.seconds(31))
        _ = await shop.market()
        #expect(platforms[1].calls(.offers) == 2)
        let offer = Offer.ID(platform: .flare, name: "nvidia-h100")
        shop.rest(offer, for: .seconds(180))
        #expect(shop.resting() == [offer])
        time.advance(.seconds(180))
        #expect(shop.resting().isEmpty)
    }
}
