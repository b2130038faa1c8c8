import Intents
import Placement
import Testing

@testable import Reconciling

/// A DELETE on a platform that denies what it failed to delete: what is known of it survives a crash.
@Suite struct DeletingTests {
    /// One allocation on FLARE that runs, and is wished for no more.
    private func world() async -> FakeWorld {
        let world = FakeWorld { [FakePlatform(.flare, time: $0)] }
        await world.live(.seconds(100))
        await world.withdraw()
        return world
    }

    private static let broken = PlatformError.error("HTTP_500", .retry(after: nil), status: 500, on: .flare)
    private static let unreachable = PlatformError.error("UNREACHABLE", .retry(after: nil), status: nil, on: .flare)

    @Test("who is cut off before the answer to a DELETE cannot tell whether it failed")
    func cutOff() async {
        let world = await world()
        world.platform.fail(.delete, .refuse(Self.broken))
        // The row is written when its end is decided, and before the call; the process dies with the answer.
        world.ledger.fill(after: 2)
        _ = await world.reconciler.reconcile(world.key)
        #expect(world.platform.calls(.delete) == 1)
        #expect(world.ledger.records.map(\.phase) == [.ending])
        world.platform.change { $0.living = [:] }
        world.ledger.fill(false)
        world.crash()
        await world.live(.seconds(300))
        #expect(world.held.map(\.phase) == [.unverified])
    }

    @Test("nothing is deleted again while a DELETE without an answer may still arrive", arguments: [true, false])
    func onItsWay(isAnswered: Bool) async {
        let world = await world()
        world.platform.fail(.delete, isAnswered ? .refuse(Self.broken) : .vanish)
        world.platform.change { $0.deleteTakes = true }
        _ = await world.reconciler.reconcile(world.key)
        await world.live(.seconds(50))
        #expect(world.platform.calls(.delete) == (isAnswered ? 2 : 1))
        await world.live(.seconds(300))
        #expect(world.platform.calls(.delete) == 2)
        #expect(world.held.isEmpty)
    }

    @Test("the process after the one that was cut off waits as well")
    func onItsWayAfterACrash() async {
        let world = await world()
        world.platform.fail(.delete, .refuse(Self.broken))
        world.ledger.fill(after: 2)
        _ = await world.reconciler.reconcile(world.key)
        world.ledger.fill(false)
        world.crash()
        await world.live(.seconds(50))
        #expect(world.platform.calls(.delete) == 1)
        await world.live(.seconds(300))
        #expect(world.platform.calls(.delete) == 2)
        #expect(world.held.isEmpty)
    }

    @Test("a crash before the DELETE leaves no doubt: what lives is deleted, and seen to be gone")
    func notSent() async {
        let world = await world()
        world.platform.fail(.delete, .refuse(Self.unreachable))
        world.ledger.fill(after: 2)
        _ = await world.reconciler.reconcile(world.key)
        world.ledger.fill(false)
        world.crash()
        await world.live(.seconds(300))
        #expect(world.held.isEmpty)
        #expect(world.platform.living.isEmpty)
    }

    @Test("a DELETE that never left is as if it had not been tried")
    func unreachable() async {
        let world = await world()
        world.platform.fail(.delete, .refuse(Self.unreachable))
        _ = await world.reconciler.reconcile(world.key)
        #expect(world.ledger.records.map { $0.ending?.deleteFailedAt } == [nil])
        // Somebody else deletes it meanwhile: the 404 is believed.
        world.platform.change { $0.living = [:] }
        await world.live(.seconds(300))
        #expect(world.held.isEmpty)
    }

    @Test("a full disk does not keep a DELETE from being sent")
    func fullDisk() async {
        let world = await world()
        world.ledger.fill(after: 1)
        _ = await world.reconciler.reconcile(world.key)
        #expect(world.platform.living.isEmpty)
        world.ledger.fill(false)
        await world.live(.seconds(300))
        #expect(world.held.isEmpty)
    }

    @Test("a DELETE that was taken leaves no doubt, and costs one write before it")
    func taken() async {
        let world = await world()
        _ = await world.reconciler.reconcile(world.key)
        let rows = world.ledger.state.withLock { state in
            state.log.count { if case .put(let row) = $0, row.phase == .ending { true } else { false } }
        }
        #expect(rows == 3, "the decision, the call, its outcome")
        #expect(world.ledger.records.map { $0.ending?.deleteFailedAt } == [nil])
        await world.live(.seconds(300))
        #expect(world.held.isEmpty)
    }
}
