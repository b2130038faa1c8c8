import Intents
import Placement
import Testing

@testable import Reconciling

/// The reconciler under faults and crashes that a seed chooses; judged by the state of the world.
@Suite struct StormTests {
    @Test(
        "faults from a seed, crashes included: one row for everything that lives, in the end as wished",
        arguments: 0..<UInt64(60)
    )
    func storms(seed: UInt64) async {
        var dice = StatusDice(seed: seed)
        let world = FakeWorld(slots: 2)
        world.platform.change { state in
            state.living[AllocationID(rawValue: "stranger")] = FakePlatform.Instance(
                observation: .listed("stranger", reference: "someone", createdAt: noon + .seconds(100_000)),
                key: "someone"
            )
        }
        let calls: [FakePlatform.Call] = [.create, .create, .list, .observe, .stop, .delete, .offers, .verify]
        for _ in 0..<12 {
            for _ in 0..<Int.random(in: 0...3, using: &dice) {
                let call = calls[Int.random(in: 0..<calls.count, using: &dice)]
                let faults: [FakePlatform.Fault] = [.lose, .vanish, .refuse(.error("HTTP_503", .retry(after: nil)))]
                var fault = faults[Int.random(in: 0..<faults.count, using: &dice)]
                if call == .create, case .refuse = fault {
                    fault = .refuse(.error("HTTP_429", .wait(nil), status: 429))
                }
                world.platform.fail(call, fault)
            }
            if Int.random(in: 0..<4, using: &dice) == 0 {
                world.ledger.fill(after: Int.random(in: 0...3, using: &dice))
            }
            await world.live(.seconds(Int.random(in: 1...120, using: &dice)))
            if Int.random(in: 0..<3, using: &dice) == 0 { world.crash() }
            world.ledger.fill(false)
        }
        world.platform.change { $0.faults = [:] }
        await world.live(.seconds(4000))
        let ours = world.platform.living.filter { $0.rawValue != "stranger" }
        #expect(Set(world.held.compactMap(\.id)) == Set(ours), "seed \(seed)")
        #expect(ours.count == 2, "seed \(seed)")
        #expect(world.platform.mostLiving <= 4, "seed \(seed)")
        #expect(world.platform.living.contains(AllocationID(rawValue: "stranger")))
    }
}
