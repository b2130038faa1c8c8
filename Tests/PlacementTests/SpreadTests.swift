import Intents
import Testing

@testable import Placement

/// How the slots of one intent are filled from several offers.
@Suite struct SpreadTests {
    /// An offer that sells single GPUs.
    static func offer(_ name: String, _ price: Int, room: Int? = nil, on platform: PlatformName = .flexai) -> Offer {
        var offer = Offer(id: Offer.ID(platform: platform, name: name), model: "nvidia-h100")
        offer.hourlyPerGPU = Money(micros: Int64(price) * 1_000_000)
        offer.available = room
        return offer
    }

    private static func source(_ name: String, _ price: Int, _ room: Int?) -> Spread.Source {
        let cost = Money(micros: Int64(price) * 1_000_000)
        let candidate = Candidate(
            offer: offer(name, price, room: room),
            hourlyPerAllocation: cost,
            hourly: cost,
            allocations: 1,
            maxReplicas: nil,
            because: ""
        )
        return Spread.Source(candidate, room: room)
    }

    private static func parts(_ spread: Spread) -> [String] {
        spread.parts.map { "\($0.slots) \($0.candidate.offer.id.name)" }
    }

    @Test(
        "the best offer is filled first, and the rest goes to the next ones within the budget",
        arguments: [
            ([("a", 2, 9)], 3, 100, ["3 a"], "one holds them all"),
            ([("a", 2, 2), ("b", 4, 9)], 3, 100, ["2 a", "1 b"], "the next one holds the rest"),
            ([("a", 2, 2), ("b", 4, 9)], 3, 8, ["2 a", "1 b"], "exactly the budget"),
            ([("a", 2, 2), ("b", 4, 9)], 3, 7, ["2 a"], "as many as can be paid"),
            ([("fast", 6, 2), ("slow", 3, 2)], 3, 12, ["1 fast", "2 slow"], "a filled slot beats a better offer"),
            ([("fast", 6, 2), ("slow", 3, 2)], 3, 15, ["2 fast", "1 slow"], "the better ones where money is left"),
            ([("fast", 6, 2), ("slow", 3, 2)], 3, 8, ["2 slow"], "as many as can be, even if none is the best"),
            ([("a", 2, 0), ("b", 4, 1), ("c", 1, 1)], 3, 100, ["1 b", "1 c"], "nobody holds the third"),
            ([], 3, 100, [], "no offer"),
            ([("a", 2, 5)], 0, 100, [], "no slot"),
        ] as [([(String, Int, Int)], Int, Int, [String], String)]
    )
    func table(offers: [(String, Int, Int)], slots: Int, budget: Int, expected: [String], why: String) {
        let sources = offers.map { Self.source($0, $1, $2) }
        let spread = Spread(over: sources, slots: slots, budget: Money(micros: Int64(budget) * 1_000_000))
        #expect(Self.parts(spread) == expected, "\(why)")
        #expect(spread.isComplete == (spread.filled == slots))
    }

    @Test("for every small case: as many slots as can be, within the budget, and the first such by preference")
    func everySmallCase() {
        for prices in [[1, 2, 3], [3, 1, 2], [2, 2, 1]] {
            for rooms in 0..<27 {
                let room = [rooms % 3, rooms / 3 % 3, rooms / 9]
                for budget in 0...12 {
                    check(prices, room, budget)
                }
            }
        }
    }

    private func check(_ prices: [Int], _ room: [Int], _ budget: Int) {
        let sources = prices.indices.map { Self.source("\($0)", prices[$0], room[$0]) }
        let spread = Spread(over: sources, slots: 4, budget: Money(micros: Int64(budget) * 1_000_000))
        var best: [Int] = [0, 0, 0]
        for first in 0...room[0] {
            for second in 0...room[1] {
                for third in 0...room[2] {
                    let counts = [first, second, third]
                    let cost = zip(counts, prices).reduce(0) { $0 + $1.0 * $1.1 }
                    let sum = counts.reduce(0, +)
                    guard sum <= 4, cost <= budget else { continue }
                    let present = best.reduce(0, +)
                    if sum > present || (sum == present && best.lexicographicallyPrecedes(counts)) { best = counts }
                }
            }
        }
        let found = prices.indices.map { place in
            spread.parts.first { $0.candidate.offer.id.name == "\(place)" }?.slots ?? 0
        }
        #expect(found == best, "\(prices) \(room) \(budget)")
    }

    @Test("an offer without a number of free GPUs holds every slot")
    func endless() {
        let spread = Spread(over: [Self.source("a", 2, nil), Self.source("b", 1, nil)], slots: 1000)
        #expect(Self.parts(spread) == ["1000 a"] && spread.hourly == Money(micros: 2_000_000_000))
    }

    /// A service with so many replicas, on bare instances.
    static func spec(_ slots: Int, _ change: (inout IntentSpec) -> Void = { _ in }) -> IntentSpec {
        var spec = IntentSpec()
        spec.objective = .cost
        spec.workload.image = "jupyter/base"
        spec.workload.scaling = Workload.Scaling()
        spec.workload.scaling?.minReplicas = slots
        spec.workload.scaling?.maxReplicas = slots
        change(&spec)
        return spec
    }

    @Test("an offer too dear for all slots may take those that cheaper ones do not hold")
    func spreadable() {
        let market = Market(offers: [Self.offer("cheap", 2, room: 2), Self.offer("dear", 4), Self.offer("mad", 11)])
        let spec = Self.spec(3) { $0.constraints.maxHourlyCost = Money(micros: 10_000_000) }
        #expect(market.rank(spec, now: Stall.now).candidates.map(\.offer.id.name) == ["cheap"])
        let wide = market.spreadable(spec, on: .flexai, now: Stall.now)
        #expect(wide.map(\.offer.id.name) == ["cheap", "dear"])
        #expect(wide.allSatisfy { $0.allocations == 3 })
    }

    @Test("explain says how the slots are spread, and nothing where one offer holds them")
    func explained() {
        let cheap = Self.offer("cheap", 2, room: 2)
        let cap = Self.spec(3) { $0.constraints.maxHourlyCost = Money(micros: 10_000_000) }
        for (offers, spec, words) in [
            ([cheap, Self.offer("dear", 4)], cap, "2 on cheap, 1 on dear for 8.00 EUR an hour"),
            ([cheap, Self.offer("mad", 7)], cap, "2 on cheap for 4.00 EUR an hour; 1 of 3 find no room"),
            ([cheap, Self.offer("dear", 4)], Self.spec(2), nil),
            ([Self.offer("dear", 4)], cap, nil),
            (
                [cheap, Self.offer("whole", 3, room: 5, on: .flare)], cap,
                "cheap holds 2 of 3; all go to whole of flare, which holds every one"
            ),
        ] as [([Offer], IntentSpec, String?)] {
            #expect(Market(offers: offers).explain(spec, now: Stall.now).spread == words)
        }
    }
}
