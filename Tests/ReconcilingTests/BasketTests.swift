import Intents
import Placement
import Testing

@testable import Reconciling

/// Several slots from several offers: what an offer still holds, what a cap still pays, and whom a refusal comes from.
@Suite struct BasketTests {
    /// What is bought in one decision, by offer.
    private static func bought(_ decision: Decision) -> [String] {
        decision.steps.compactMap { step in
            guard case .provision(_, let candidate, _) = step else { return nil }
            return candidate.offer.id.name
        }
    }

    @Test(
        "An offer that holds fewer than are wanted is filled, and the next one carries the rest",
        arguments: [(0, 0), (1, 1), (2, 2), (3, 3), (4, 3)]
    )
    func spill(available: Int, fromFirst: Int) {
        var scene = Scene(slots: 3)
        scene.situation.market = Market(offers: [
            .h100(name: "cheap", hourly: 2, available: available), .h100(name: "dear", hourly: 4),
        ])
        let names = Self.bought(decide(scene.situation))
        #expect(names.filter { $0 == "cheap" }.count <= fromFirst, "\(names)")
        #expect(names.count == 3, "\(names)")
    }

    @Test("Where the offers together hold fewer than are wanted, the rest waits and says why")
    func shortage() {
        var scene = Scene(slots: 3)
        scene.situation.market = Market(offers: [.h100(name: "only", available: 2)])
        let decision = scene.decideAndApply()
        #expect(Self.bought(decision).count <= 2)
        #expect(decision.standing != .converged)
    }

    @Test("A platform that is asked for by name and refuses us stalls its intent until it takes us again")
    func refusedByName() {
        var scene = Scene(platforms: [.flexai]) { $0.constraints.providers = ["flexai"] }
        scene.situation.market = Market(offers: [])
        scene.situation.platforms[.flexai]?.offersError = .error("INVALID_TOKEN", .pausePlatform, status: 401)
        let decision = decide(scene.situation)
        #expect(decision.steps.isEmpty)
        #expect(decision.condition("Stalled")?.status == .yes)
        #expect(decision.status.lastError?.code == "INVALID_TOKEN")
        let wake = noon + scene.situation.policy.pollSettled
        guard case .waiting(let until, _) = decision.next else {
            Issue.record("it is asked again: \(decision.next)")
            return
        }
        #expect(until <= wake)
    }

    @Test(
        "What the world mends is looked at soon, whatever else is waited for",
        arguments: ["a refusal", "a pause", "a price"]
    )
    func nothingFarAwayIsWaitedFor(why: String) {
        var scene = Scene(platforms: [.flexai]) { spec in
            // Noon of the tests is 08:00 of the clock: the window closes an hour later.
            var wish = AvailabilityWish()
            (wish.windowStart, wish.windowEnd) = (8 * 60, 9 * 60)
            spec.constraints.availability = wish
            if why == "a price" { spec.constraints.maxHourlyCost = Money(micros: 1) }
        }
        scene.lookAtTheClock()
        let refusal = PlatformError.error("INVALID_TOKEN", .pausePlatform, status: 401)
        if why != "a price" { scene.situation.market = Market(offers: []) }
        if why == "a refusal" { scene.situation.platforms[.flexai]?.offersError = refusal }
        if why == "a pause" { scene.situation.platforms[.flexai]?.pausedBecause = refusal }
        let decision = decide(scene.situation)
        #expect(decision.steps.isEmpty)
        switch decision.next {
        case .waiting(let until, _): #expect(until <= noon + scene.situation.policy.pollSettled)
        case .retry(let after, _): #expect((after ?? .zero) <= scene.situation.policy.pollSettled)
        case .settled, .stalled: break
        }
    }

    @Test("A platform that cannot be asked for its offers is asked again, which is no stall")
    func silentByName() {
        var scene = Scene(platforms: [.flexai]) { $0.constraints.providers = ["flexai"] }
        scene.situation.market = Market(offers: [])
        scene.situation.platforms[.flexai]?.offersError = .error("UNREACHABLE", .retry(after: nil))
        let decision = decide(scene.situation)
        #expect(decision.condition("Stalled")?.status != .yes)
        #expect(decision.status.lastError?.code == "UNREACHABLE")
    }

    @Test("A lowered hourly cap lets the dear ones go first, then the last slots", arguments: [(7, 1), (4, 1), (9, 2)])
    func loweredCap(cap: Int, kept: Int) {
        var scene = Scene(slots: 2) { $0.constraints.maxHourlyCost = .euros(cap) }
        let cheap = scene.add(.live, slot: 1, hourly: 3)
        let dear = scene.add(.live, slot: 0, hourly: 6)
        scene.decideAndApply()
        let living = [cheap, dear].filter { scene.row($0)?.phase == .live }
        #expect(living.count == kept, "\(cap) EUR")
        #expect(kept == 2 || living == [cheap], "the dear one goes first")
    }
}
