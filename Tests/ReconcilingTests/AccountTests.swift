import Intents
import Placement
import Testing

@testable import Reconciling

/// What happens when a platform answers for another account than the one in which was bought.
@Suite struct AccountTests {
    private static let other = PlatformAccount(address: "https://platform.example", holder: "another")

    /// What lives for one account, put aside.
    private struct Estate: Sendable {
        var living: [AllocationID: FakePlatform.Instance]
        var account: PlatformAccount
    }

    /// The same configuration with the key of another account, in which nothing lives.
    private func leave(_ platform: FakePlatform) -> Estate {
        platform.state.withLock { state in
            defer { (state.living, state.account) = ([:], Self.other) }
            return Estate(living: state.living, account: state.account)
        }
    }

    private func comeBack(_ platform: FakePlatform, _ estate: Estate) {
        platform.change { state in (state.living, state.account) = (estate.living, estate.account) }
    }

    /// A world whose account is known by name, and in which so many replicas live.
    private func world(slots: Int = 2, canList: Bool = true) async -> FakeWorld {
        let world = FakeWorld(slots: slots)
        world.platform.change { state in
            state.account.holder = "ours"
            state.canList = canList
        }
        await world.live(.seconds(300))
        #expect(world.isSettled(at: slots))
        return world
    }

    @Test("another account makes nothing gone and buys nothing, and the right one goes on", arguments: [true, false])
    func kept(canList: Bool) async {
        let world = await world(canList: canList)
        let platform = world.platform
        #expect(world.ledger.snapshot.platformAccounts[.flexai]?.holder == "ours")
        let ours = leave(platform)
        world.crash()
        await world.live(.seconds(4 * 3600))
        #expect((platform.creates, platform.deletes) == (2, 0))
        #expect(world.held.allSatisfy { $0.phase == .live })
        #expect(world.gates[.flexai]?.answersForAnother == true)
        #expect(world.ledger.snapshot.platformAccounts[.flexai]?.holder == "ours")
        #expect(world.reconciler.standing(of: world.key) == .stalled)
        let stalled = world.books.status(of: world.key)?.conditions.first { $0.type == "Stalled" }
        #expect(stalled?.reason == PlatformGate.otherAccount && stalled?.message.contains("2 allocations") == true)
        await world.withdraw()
        await world.live(.seconds(4 * 3600))
        #expect(world.held.count == 2 && platform.deletes == 0, "nobody there can end what is ours")
        #expect(world.reconciler.standing(of: world.key) == .stalled)
        comeBack(platform, ours)
        world.crash()
        await world.live(.seconds(600))
        #expect(platform.living.isEmpty && platform.deletes == 2)
        #expect(world.held.isEmpty)
    }

    @Test("a purchase whose outcome is unknown is not settled by another account's list")
    func unknown() async {
        let world = FakeWorld()
        let platform = world.platform
        platform.fail(.create, .lose)
        _ = await world.reconciler.reconcile(world.key)
        #expect(world.held.map(\.phase) == [.unknown] && platform.living.count == 1)
        let ours = leave(platform)
        world.crash()
        await world.live(.seconds(4 * 3600))
        #expect(world.held.map(\.phase) == [.unknown] && platform.creates == 1)
        comeBack(platform, ours)
        world.crash()
        await world.live(.seconds(600))
        #expect(world.isSettled(at: 1) && platform.creates == 1)
    }

    @Test("an account in which ours are seen is the same under another name", arguments: [true, false])
    func renamed(canList: Bool) async {
        let world = await world(canList: canList)
        let moved = PlatformAccount(address: "https://new.example", holder: "renamed")
        world.platform.change { $0.account = moved }
        world.crash()
        await world.live(.seconds(300))
        #expect(world.isSettled(at: 2) && world.platform.creates == 2)
        #expect(world.ledger.snapshot.platformAccounts[.flexai] == moved)
    }

    @Test("another account's allocation that has the same id is not ours")
    func sameID() async {
        let world = await world(slots: 1)
        _ = leave(world.platform)
        world.platform.change { state in
            let id = AllocationID(rawValue: "flexai-1")
            var observation = Observation(id: id, state: .running, rawState: "running")
            observation.reference = "somebody/else/0/12345678"
            state.living = [id: FakePlatform.Instance(observation: observation, key: "k")]
        }
        #expect(world.held.map(\.id?.rawValue) == world.platform.living.map(\.rawValue), "the scene: ids are equal")
        world.crash()
        await world.withdraw()
        await world.live(.seconds(3600))
        #expect(world.platform.deletes == 0 && world.platform.living.count == 1)
    }

    @Test("with nothing held, another account is simply the present one")
    func empty() async {
        let world = await world()
        let wish = world.wishes[world.key]
        await world.withdraw()
        await world.live(.seconds(300))
        #expect(world.held.isEmpty)
        _ = leave(world.platform)
        world.crash()
        world.wishes[world.key] = wish
        await world.live(.seconds(300))
        #expect(world.isSettled(at: 2))
        #expect(world.ledger.snapshot.platformAccounts[.flexai] == Self.other)
    }

    @Test("who pays is asked where the configuration does not say, and nobody's word contradicts nothing")
    func holders() async {
        let world = await world()
        let platform = world.platform
        platform.change { state in
            state.account.holder = nil
            state.holder = "ours"
        }
        world.crash()
        await world.live(.seconds(60))
        #expect(world.isSettled(at: 2))
        // Who does not say it may be the same one, and what was known stays.
        platform.change { $0.holder = nil }
        world.crash()
        await world.live(.seconds(60))
        #expect(world.isSettled(at: 2) && world.ledger.snapshot.platformAccounts[.flexai]?.holder == "ours")
        platform.change { state in
            state.holder = "another"
            state.living = [:]
        }
        world.crash()
        await world.live(.seconds(3600))
        #expect(world.held.count == 2 && platform.creates == 2)
    }

    @Test("nothing is bought before it is known who will pay, and nobody is taken for the payer")
    func boughtUnsaid() async {
        let world = FakeWorld()
        let platform = world.platform
        world.ledger.state.withLock { $0.snapshot.platformAccounts[.flexai]?.holder = "another" }
        world.crash()
        platform.fail(.verify, .refuse(.error("HTTP_502", .retry(after: nil), status: 502, on: .flexai)))
        _ = await world.reconciler.reconcile(world.key)
        #expect(world.held.isEmpty && platform.creates == 0)
        platform.change { $0.holder = "ours" }
        await world.live(.seconds(300))
        #expect(world.isSettled(at: 1) && platform.creates == 1)
        #expect(world.ledger.snapshot.platformAccounts[.flexai]?.holder == "ours")
    }

    @Test(
        "while nobody can learn who pays, what is seen is ours, and what is not seen is not gone",
        arguments: [500, nil]
    )
    func unsaid(status: Int?) async {
        let world = await world()
        let platform = world.platform
        let broken = PlatformError.error("BROKEN", .retry(after: nil), status: status, on: .flexai)
        platform.change { state in
            state.account.holder = nil
            state.holder = "ours"
        }
        platform.keepFailing(.verify, .refuse(broken))
        world.crash()
        await world.live(.seconds(600))
        #expect(await world.gates[.flexai]?.isOpen() == true, "a word that fails holds up nothing")
        #expect(world.isSettled(at: 2))
        #expect(world.ledger.snapshot.platformAccounts[.flexai]?.holder == "ours")
        // Another account, whose word fails as well.
        let ours = leave(platform)
        platform.change { $0.account.holder = nil }
        world.crash()
        await world.live(.seconds(4 * 3600))
        #expect((platform.creates, platform.deletes) == (2, 0))
        #expect(world.held.map(\.phase) == [.live, .live])
        platform.keepFailing(.verify, nil)
        platform.change { $0.holder = "another" }
        await world.live(.seconds(600))
        #expect(world.gates[.flexai]?.answersForAnother == true && platform.creates == 2)
        comeBack(platform, ours)
        world.crash()
        await world.live(.seconds(600))
        #expect(world.isSettled(at: 2) && platform.creates == 2)
    }

    @Test("a platform that knows no such question is used", arguments: [400, 404, 405])
    func unknownQuestion(status: Int) async {
        let world = FakeWorld()
        let refusal = PlatformError.error("HTTP", .pausePlatform, status: status, on: .flexai)
        world.platform.fail(.verify, .refuse(refusal))
        #expect(await world.gates[.flexai]?.isOpen() == true)
        #expect(world.gates[.flexai]?.pausedBecause == nil)
    }

    @Test("another account is told of once, however long it answers")
    func toldOnce() async {
        let world = await world(slots: 1)
        _ = leave(world.platform)
        world.crash()
        let told = Locked(0)
        let gate = PlatformGate(
            world.platform,
            limits: PlatformLimits(),
            time: world.time,
            leadership: ExclusiveLeadership(),
            books: world.books
        ) { event in
            if event.reason == "PlatformPaused" { told.withLock { $0 += 1 } }
        }
        for _ in 0..<5 {
            #expect(await gate.isOpen() == false && gate.answersForAnother)
            world.time.advance(.seconds(61))
        }
        #expect(told.withLock { $0 } == 1)
        gate.askAgain()
        #expect(gate.answersForAnother, "until it is known better")
    }
}

extension PlatformGate {
    /// Whether a call goes through.
    fileprivate func isOpen() async -> Bool {
        do {
            _ = try await call { platform async throws(PlatformError) in try await platform.list() }
            return true
        } catch {
            return false
        }
    }
}
