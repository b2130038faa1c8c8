import Intents
import Testing

@testable import Placement

/// The order of standings is a strict, total one, whatever the offers.
struct StandingTests {
    /// Offers of every combination of a few prices, latencies, starts and models.
    private static let offers: [Offer] = {
        var offers: [Offer] = []
        for price in [nil, 0.0, 1, 2] {
            for latency in [nil, 5, 80] {
                for (model, start) in [("t4", nil), ("l4", 9), ("quantum-9", 4)] as [(String, Int?)] {
                    offers.append(
                        GPUCatalog.standard.complete(
                            Stall.offer(model) {
                                $0.hourlyPerGPU = price.map(Money.euros)
                                $0.latencyMs = latency
                                $0.startup = start.map { .seconds($0) }
                            }
                        )
                    )
                }
            }
        }
        return offers
    }()

    private static func standings(_ objective: Objective) -> [Standing] {
        let terms = Terms(Stall.spec { $0.objective = objective }, now: Stall.now)
        return offers.enumerated().map { Standing($1, at: $0, bill: Bill(terms, on: $1), terms: terms) }
    }

    @Test(arguments: Objective.allCases)
    func ofTwoExactlyOneIsBetter(objective: Objective) {
        let standings = Self.standings(objective)
        for left in standings {
            for right in standings {
                let same = left.index == right.index
                #expect((left < right) != (right < left) || same)
                #expect(!(left < right && right < left))
                #expect((left == right) == same)
            }
        }
    }

    @Test(arguments: Objective.allCases)
    func betterThanBetterIsBetter(objective: Objective) {
        let sorted = Self.standings(objective).sorted()
        for (place, standing) in sorted.enumerated() {
            #expect(sorted[..<place].allSatisfy { $0 < standing })
        }
    }

    @Test(arguments: Objective.allCases)
    func withoutAPriceIsLast(objective: Objective) {
        let sorted = Self.standings(objective).sorted().map(\.isUnpriced)
        #expect(sorted == sorted.sorted { !$0 && $1 })
        #expect(sorted.filter(\.self).count == 9)
    }
}
