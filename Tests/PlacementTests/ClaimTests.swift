import Intents
import Testing

@testable import Placement

/// What an intent brings into the contest for scarce offers.
@Suite struct ClaimTests {
    private func claim(_ offers: [Offer], _ spec: IntentSpec, slots: Int) -> Claim? {
        Market(offers: offers).claim(spec, named: "a", priority: 3, slots: slots, now: Stall.now)
    }

    private func ways(_ claim: Claim?) -> [String] {
        (claim?.options ?? []).map { option in
            option.uses.map { "\($0.slots)\($0.offer.name)" }.joined(separator: "+") + "=\(option.cost / 1_000_000)"
        }
    }

    @Test("single slots: one way for each offer, cheapest first, and nothing behind one that holds everybody")
    func single() {
        let offers = [
            SpreadTests.offer("a", 2, room: 1), SpreadTests.offer("b", 3), SpreadTests.offer("c", 4, room: 9),
        ]
        let found = claim(offers, SpreadTests.spec(1), slots: 1)
        #expect(ways(found) == ["1a=2", "1b=3"])
        #expect(found?.priority == 3 && found?.options.first?.uses.first?.gpus == 1)
    }

    @Test("several slots: whole ways and mixtures, each with what it takes of every offer")
    func several() {
        let offers = [SpreadTests.offer("a", 2, room: 2), SpreadTests.offer("b", 3, room: 9)]
        #expect(ways(claim(offers, SpreadTests.spec(3), slots: 3)) == ["2a+1b=7", "1a+2b=8", "3b=9"])
        #expect(ways(claim(offers, SpreadTests.spec(3), slots: 1)) == ["1a=2", "1b=3"], "only the empty ones count")
    }

    @Test("where one allocation carries all slots it needs room for all of them")
    func whole() {
        let offers = [SpreadTests.offer("w", 2, room: 4, on: .flare)]
        let found = claim(offers, SpreadTests.spec(4) { $0.constraints.providers = ["flare"] }, slots: 4)
        #expect(ways(found) == ["4w=8"] && found?.options.first?.uses.first?.gpus == 4)
    }

    @Test("nothing that fits is no claim")
    func none() {
        #expect(claim([], SpreadTests.spec(1), slots: 1) == nil)
        let capped = SpreadTests.spec(1) { $0.constraints.maxHourlyCost = Money(micros: 1) }
        #expect(claim([SpreadTests.offer("a", 2)], capped, slots: 1) == nil)
    }

    @Test("by another objective an offer costs as much more as it is worse", arguments: Objective.allCases)
    func objectives(objective: Objective) {
        var (fast, slow) = (SpreadTests.offer("fast", 4, room: 1), SpreadTests.offer("slow", 2, room: 1))
        (fast.fp32Tflops, slow.fp32Tflops) = (.units(80), .units(20))
        (fast.latencyMs, slow.latencyMs) = (10, 50)
        let found = claim([fast, slow], SpreadTests.spec(1) { $0.objective = objective }, slots: 1)
        let expected =
            switch objective {
            case .cost: ["1slow=2", "1fast=4"]
            case .performance: ["1fast=4", "1slow=16"]
            case .latency: ["1fast=4", "1slow=20"]
            case .balanced: ["1fast=4", "1slow=10"]
            }
        #expect(ways(found) == expected)
    }

    @Test("two directories of real intents: the more important one gets the cheap offer, the other the next")
    func contest() {
        let market = Market(offers: [SpreadTests.offer("a", 2, room: 2), SpreadTests.offer("b", 3, room: 2)])
        for (first, second) in [(5, 0), (0, 5)] {
            let claims = [("x", first), ("y", second)].compactMap { name, priority in
                market.claim(SpreadTests.spec(2), named: name, priority: priority, slots: 2, now: Stall.now)
            }
            let capacities = Dictionary(uniqueKeysWithValues: market.offers.map { ($0.id, $0.available ?? 0) })
            let assignment = Assignment(claims, capacities: capacities)
            let winner = first > second ? "x" : "y"
            #expect(assignment.granted[winner]?.uses.map(\.offer.name) == ["a"])
            #expect(assignment.granted.count == 2)
        }
    }
}
