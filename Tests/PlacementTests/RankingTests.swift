import Intents
import Testing

@testable import Placement

/// The order of candidates by objective, and the words for it.
struct RankingTests {
    /// Offers whose numbers disagree about which is best.
    private static let offers: [Offer] = [
        named("cheap", "t4", cents: 40, latency: nil),
        named("fast", "nvidia-h100", cents: 400, latency: 80),
        named("near", "l4", cents: 90, latency: 5),
        named("balanced", "rtx4090", cents: 60, latency: 40),
        named("silent", "nvidia-b200", cents: nil, latency: 1),
    ]

    private static func named(_ name: String, _ model: String, cents: Int64?, latency: Int?) -> Offer {
        Stall.offer(model) {
            $0.id = Offer.ID(platform: .flare, name: name)
            $0.hourlyPerGPU = cents.map { Money(micros: $0 * 10_000) }
            $0.latencyMs = latency
        }
    }

    private func order(_ objective: Objective, _ change: (inout IntentSpec) -> Void = { _ in }) -> [String] {
        let spec = Stall.spec {
            $0.objective = objective
            change(&$0)
        }
        return Market(offers: Self.offers).rank(spec, now: Stall.now).candidates.map(\.offer.id.name)
    }

    @Test func eachObjectiveHasItsOrder() {
        #expect(order(.cost) == ["cheap", "balanced", "near", "fast", "silent"])
        #expect(order(.performance) == ["balanced", "fast", "near", "cheap", "silent"])
        #expect(order(.latency) == ["near", "balanced", "fast", "cheap", "silent"])
        #expect(order(.balanced) == ["balanced", "near", "cheap", "fast", "silent"])
    }

    @Test func linksCountWhereGPUsWorkTogether() {
        func fastest(_ count: Int) -> [String] {
            let offers = ["nvlink", "pcie"].map { link in
                Stall.offer("t4") {
                    $0.id = Offer.ID(platform: .flare, name: link)
                    $0.interconnect = GPUWish.Interconnect(rawValue: link)
                    $0.fp32Tflops = Quantity(thousandths: link == "pcie" ? 11_000 : 10_000)
                }
            }
            var spec = Stall.gpu { $0.count = count }
            spec.objective = .performance
            return Market(offers: offers).rank(spec, now: Stall.now).candidates.map(\.offer.id.name)
        }
        #expect(fastest(1) == ["pcie", "nvlink"])
        #expect(fastest(2) == ["nvlink", "pcie"], "a tenth more throughput is lost on the slower link")
    }

    @Test func equalLatencyIsSettledByTheStartThenByCost() {
        let offers = [("a", 9, 300), ("b", 5, 300), ("c", 5, 200), ("d", nil, 100)].map { name, start, cents in
            Stall.offer {
                $0.id = Offer.ID(platform: .flare, name: name)
                $0.latencyMs = 10
                $0.startup = start.map(Duration.seconds)
                $0.hourlyPerGPU = Money(micros: Int64(cents) * 10_000)
            }
        }
        let ranking = Market(offers: offers).rank(Stall.spec { $0.objective = .latency }, now: Stall.now)
        #expect(ranking.candidates.map(\.offer.id.name) == ["c", "b", "a", "d"])
    }

    @Test func tiesEndByName() {
        let offers = ["b", "c", "a"].map { name in Stall.offer { $0.id = Offer.ID(platform: .flare, name: name) } }
        for objective in Objective.allCases {
            let ranking = Market(offers: offers).rank(Stall.spec { $0.objective = objective }, now: Stall.now)
            #expect(ranking.candidates.map(\.offer.id.name) == ["a", "b", "c"])
        }
    }

    @Test func theReasonIsSaid() {
        func because(_ objective: Objective) -> String {
            let spec = Stall.spec {
                $0.objective = objective
                $0.workload.resources.gpu = GPUWish()
                $0.workload.resources.gpu?.count = 2
            }
            return Market(offers: Self.offers).rank(spec, now: Stall.now).candidates[0].because
        }
        #expect(because(.cost) == "lowest cost of 5 offers: 0.80 EUR/hour")
        #expect(because(.performance) == "fastest of 5 offers: 82.6 TFLOPS × 2, 1.20 EUR/hour")
        #expect(because(.latency) == "lowest latency of 5 offers: 5 ms, 1.80 EUR/hour")
        #expect(
            because(.balanced)
                == "most throughput for the money of 5 offers: 82.6 TFLOPS × 2 for 1.20 EUR/hour at 40 ms"
        )
    }

    @Test func runnersUpAndLonersHaveReasonsToo() {
        let ranking = Market(offers: Self.offers).rank(Stall.spec { $0.objective = .cost }, now: Stall.now)
        #expect(ranking.candidates[1].because == "number 2 of 5 by cost: 0.60 EUR/hour")
        #expect(ranking.candidates[4].because == "number 5 of 5 by cost: price unknown")
        #expect(!ranking.candidates[4].isPriced)
        #expect(ranking.candidates[0].isPriced)
        let alone = Market(offers: [Self.offers[0]]).rank(Stall.spec { $0.objective = .latency }, now: Stall.now)
        #expect(alone.candidates[0].because == "the only offer that fits: latency unknown, 0.40 EUR/hour")
    }

    @Test func aCutByTheCapDoesNotTurnTheOrder() {
        // At 9 EUR a replica the cap pays for 5 (45 EUR), at 11 EUR for 4 (44 EUR): the cheaper one is still cheaper.
        let offers = [("dear", 11.0), ("cheap", 9.0)].map { name, price in
            Stall.offer {
                $0.id = Offer.ID(platform: .flare, name: name)
                $0.hourlyPerGPU = .euros(price)
            }
        }
        let spec = Stall.spec {
            $0.objective = .cost
            $0.workload.scaling = Workload.Scaling()
            $0.constraints.maxHourlyCost = .euros(50)
        }
        let ranking = Market(offers: offers).rank(spec, now: Stall.now)
        #expect(ranking.candidates.map(\.offer.id.name) == ["cheap", "dear"])
        #expect(ranking.candidates.map(\.maxReplicas) == [5, 4])
        #expect(ranking.candidates.map(\.hourly) == [.euros(45), .euros(44)])
    }

    @Test func restingOffersAndOtherPlatformsAreLeftAlone() {
        let spec = Stall.spec { $0.objective = .cost }
        let all = Stall.openMarket.rank(spec, now: Stall.now)
        let winner = all.candidates[0].offer.id
        let rested = Stall.openMarket.rank(spec, resting: [winner], now: Stall.now)
        #expect(rested.candidates.map(\.offer) == all.candidates.dropFirst().map(\.offer))
        let flexai = Stall.openMarket.rank(spec, platforms: [.flexai], now: Stall.now)
        #expect(flexai.candidates.count == 5)
        #expect(flexai.candidates.allSatisfy { $0.offer.platform == .flexai })
    }
}
