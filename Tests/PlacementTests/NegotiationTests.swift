import Intents
import Testing

@testable import Placement

/// A search outward from a wish that no offer grants.
@Suite struct NegotiationTests {
    private static func block(
        price: Int64 = 150,
        resources: Int64 = 100,
        accepted: Int64 = 50,
        rounds: Int = 3,
        fallback: Negotiation.Fallback = .queue
    ) -> Negotiation {
        var block = Negotiation()
        block.priceFlexibility = Quantity(thousandths: price)
        block.resourceFlexibility = Quantity(thousandths: resources)
        block.autoAcceptThreshold = Quantity(thousandths: accepted)
        block.maxNegotiationRounds = rounds
        block.fallback = fallback
        return block
    }

    /// One GPU for at most 10 EUR an hour, with 80Gi.
    private static func spec(_ change: (inout IntentSpec) -> Void = { _ in }) -> IntentSpec {
        SpreadTests.spec(1) { spec in
            spec.constraints.maxHourlyCost = Money(micros: 10_000_000)
            spec.workload.resources.gpu = GPUWish()
            spec.workload.resources.gpu?.memory = .gibibytes(80)
            change(&spec)
        }
    }

    private static func offer(_ name: String, cents: Int64, memory: Int64 = 80, model: String = "box") -> Offer {
        var offer = Offer(id: Offer.ID(platform: .flexai, name: name), model: model)
        offer.hourlyPerGPU = Money(micros: cents * 10_000)
        offer.gpuMemory = .gibibytes(memory)
        return offer
    }

    @Test("the radii begin with what is taken unasked and end with the flexibility, in equal steps")
    func radii() {
        func prices(_ block: Negotiation) -> [[Int]] { block.radii.map { [$0.price, $0.resources] } }
        #expect(prices(Self.block()) == [[50, 50], [83, 66], [116, 83], [150, 100]])
        #expect(prices(Self.block(rounds: 1)) == [[50, 50], [150, 100]])
        #expect(prices(Self.block(rounds: 0)) == [[50, 50]])
        #expect(prices(Self.block(accepted: 900)) == Array(repeating: [150, 100], count: 4), "never beyond the block")
        #expect(prices(Self.block(price: 0, resources: 0)) == Array(repeating: [0, 0], count: 4))
    }

    @Test(
        "what is found, in which round, and how far it strays",
        arguments: [
            (1000, 80, 0, 0, 0, "the wish itself strays nowhere"),
            (1040, 80, 0, 40, 0, "a little dearer is taken unasked"),
            (1050, 80, 0, 50, 0, "exactly the threshold"),
            (1051, 80, 1, 51, 0, "a little more is proposed"),
            (1100, 80, 2, 100, 0, "in the second round"),
            (1150, 80, 3, 150, 0, "exactly the flexibility"),
            (1151, 80, nil, 0, 0, "beyond it nothing"),
            (1000, 76, 0, 0, 50, "a little smaller is taken unasked"),
            (1000, 72, 3, 0, 100, "exactly the flexibility"),
            (1000, 71, nil, 0, 0, "beyond it nothing"),
            (1040, 77, 0, 40, 38, "both at once"),
            (1120, 71, nil, 0, 0, "one of both too far"),
        ] as [(Int64, Int64, Int?, Int, Int, String)]
    )
    func found(cents: Int64, memory: Int64, round: Int?, price: Int, resources: Int, why: String) {
        let market = Market(offers: [Self.offer("x", cents: cents, memory: memory)])
        let bid = market.bid(for: Self.spec(), Self.block(), now: Stall.now)
        #expect(bid?.round == round, "\(why)")
        guard let bid else { return }
        #expect(bid.agreement.deviation.price == price && bid.agreement.deviation.resources == resources, "\(why)")
        #expect(bid.isTakenUnasked == (round == 0))
        #expect(!bid.ranking.candidates.isEmpty)
    }

    @Test("only the wishes that the offer misses are loosened, and only as far as it needs")
    func bound() throws {
        let market = Market(offers: [
            Self.offer("near", cents: 1040), Self.offer("dearer", cents: 1045),
            Self.offer("smaller", cents: 900, memory: 70),
        ])
        let spec = Self.spec { $0.workload.resources.memory = .gibibytes(64) }
        let bid = try #require(market.bid(for: spec, Self.block(), now: Stall.now))
        #expect(bid.ranking.candidates.map(\.offer.id.name) == ["near"])
        let settled = spec.settled(by: bid.agreement)
        #expect(settled.constraints.maxHourlyCost == Money(micros: 10_400_000))
        #expect(settled.workload.resources.gpu?.memory == .gibibytes(80))
        #expect(settled.workload.resources.memory == .gibibytes(64))
        #expect(bid.agreement.words == "4 % over constraints.max_hourly_cost")
    }

    @Test("a spec loosened by a measured deviation lets the offer in, and never goes beyond the deviation")
    func measured() {
        for cents in stride(from: Int64(1001), through: 1150, by: 7) {
            for thousandths in stride(from: Int64(72_000), through: 80_000, by: 331) {
                var offer = Self.offer("x", cents: cents)
                offer.gpuMemory = Quantity(thousandths: thousandths * 1_073_741_824)
                let deviation = Deviation(of: offer, from: Self.spec(), now: Stall.now)
                let loosened = Self.spec().loosened(by: deviation)
                let market = Market(offers: [offer])
                #expect(!market.rank(loosened, now: Stall.now).candidates.isEmpty, "\(cents) \(thousandths)")
                var tighter = deviation
                tighter.price -= 1
                #expect(market.rank(Self.spec().loosened(by: tighter), now: Stall.now).candidates.isEmpty)
                let cap = loosened.constraints.maxHourlyCost?.micros ?? 0
                #expect(cap <= 10_000_000 + 10_000 * Int64(deviation.price))
            }
        }
    }

    @Test("every wish that can be negotiated is, and no other")
    func fields() {
        var gpu = GPUWish()
        gpu.memory = .gibibytes(100)
        gpu.cores = 1000
        gpu.clockSpeed = .units(2_000_000_000)
        gpu.fp32Tflops = .units(100)
        gpu.count = 10
        var spec = Self.spec { $0.workload.resources.gpu = gpu }
        spec.workload.resources.cpu = .units(10)
        spec.workload.resources.memory = .gibibytes(100)
        spec.constraints.maxTotalCost = Money(micros: 100)
        spec.constraints.maxLatencyMs = 10
        let tenth = Deviation(price: 100, resources: 100, fields: Set(Deviation.Field.allCases))
        let loosened = spec.loosened(by: tenth)
        #expect(loosened.constraints.maxHourlyCost == Money(micros: 11_000_000))
        #expect(loosened.constraints.maxTotalCost == Money(micros: 110))
        #expect(loosened.workload.resources.cpu == .units(9) && loosened.workload.resources.memory == .gibibytes(90))
        let other = loosened.workload.resources.gpu
        #expect(other?.memory == .gibibytes(90) && other?.cores == 900 && other?.fp32Tflops == .units(90))
        #expect(other?.clockSpeed == .units(1_800_000_000))
        #expect(other?.count == 10 && loosened.constraints.maxLatencyMs == 10)
        #expect(spec.loosened(by: Deviation(price: 100, resources: 100)) == spec, "no field, no change")
    }

    @Test("a deviation comes back from its line, and nothing else makes one")
    func line() {
        for fields in [[], [.hourlyCost], Deviation.Field.allCases] as [[Deviation.Field]] {
            let deviation = Deviation(price: 80, resources: 5, fields: Set(fields))
            #expect(Deviation(text: deviation.text) == deviation)
        }
        for text in ["", "1/2", "1/2/x", "-1/2/", "1/1001/", "a/b/c", "1/2/3/4"] {
            #expect(Deviation(text: text) == nil, "\(text)")
        }
    }

    @Test("what was allowed covers as much or less of the same wishes")
    func covers() {
        let allowed = Deviation(price: 80, resources: 50, fields: [.hourlyCost, .gpuMemory])
        for (price, resources, fields, isCovered) in [
            (80, 50, [.hourlyCost, .gpuMemory], true), (10, 0, [.hourlyCost], true), (81, 0, [.hourlyCost], false),
            (0, 51, [.gpuMemory], false), (0, 10, [.cpu], false), (0, 0, [], true),
        ] as [(Int, Int, Set<Deviation.Field>, Bool)] {
            let other = Deviation(price: price, resources: resources, fields: fields)
            #expect(allowed.covers(other) == isCovered)
            #expect(allowed.union(other).covers(other) && allowed.union(other).covers(allowed))
        }
    }

    @Test("the next lower tier that has something, then shared GPUs, then spot; queue and fail look for nothing")
    func fallbacks() {
        var (h100, rtx, shared, spot) = (
            Self.offer("h100", cents: 2000, model: "nvidia-h100"),
            Self.offer("rtx", cents: 50, memory: 96, model: "nvidia-rtx-4090"),
            Self.offer("shared", cents: 500, model: "nvidia-h100"), Self.offer("spot", cents: 600, model: "nvidia-h100")
        )
        rtx.tier = .gaming
        shared.shared = true
        spot.spot = true
        h100.tier = .premium
        let market = Market(offers: [h100, rtx, shared, spot])
        let spec = Self.spec { $0.workload.resources.gpu?.model = "nvidia-h100" }
        for (strategy, offer) in [
            (.lowerTier, "rtx"), (.shared, "shared"), (.spot, "spot"), (.queue, nil), (.fail, nil),
        ] as [(Negotiation.Fallback, String?)] {
            let bid = market.fallback(for: spec, strategy, now: Stall.now)
            #expect(bid?.ranking.candidates.first?.offer.id.name == offer, "\(strategy)")
            #expect(bid?.isTakenUnasked ?? true)
        }
        let lower = market.fallback(for: spec, .lowerTier, now: Stall.now)
        #expect(lower?.agreement.tier == .gaming && lower?.agreement.words == "a lower tier: gaming")
        #expect(market.fallback(for: Self.spec(), .lowerTier, now: Stall.now) == nil, "no tier is wished for")
    }

    @Test("explain tells each step: what is taken, what is proposed, and what follows when the time is over")
    func explained() {
        func steps(_ offers: [Offer], _ block: Negotiation?) -> [String] {
            let spec = Self.spec { $0.constraints.negotiation = block }
            return Market(offers: offers).explain(spec, now: Stall.now).negotiation
        }
        let near = Self.offer("near", cents: 1040)
        #expect(steps([near], nil).isEmpty, "no block, no negotiation")
        #expect(steps([Self.offer("fits", cents: 900)], Self.block()).isEmpty, "nothing to negotiate")
        #expect(
            steps([near], Self.block()) == [
                "taken unasked: near of flexai for 10.40 EUR an hour, 4 % over constraints.max_hourly_cost"
            ]
        )
        #expect(
            steps([Self.offer("far", cents: 1100)], Self.block()) == [
                "proposed in round 2, and waits for `intentctl approve`: far of flexai for 11.00 EUR an hour, "
                    + "10 % over constraints.max_hourly_cost",
                "after 300 s: it waits until the wish can be granted",
            ]
        )
        #expect(
            steps([Self.offer("no", cents: 9000)], Self.block(fallback: .fail)) == [
                "nothing is found within 15 % more money and 10 % less hardware", "after 300 s: it fails",
            ]
        )
    }
}
