import Intents
import Testing

@testable import Placement

/// A candidate is the same whether its words were given or are made from numbers.
struct CandidateTests {
    private let because = Because(
        objective: .performance,
        place: 0,
        total: 9,
        count: 2,
        fp32Tflops: Quantity(thousandths: 66_900),
        cost: .euros(9),
        latencyMs: nil
    )

    private var counted: Candidate {
        let offer = Stall.offer()
        return Candidate(offer: offer, bill: Bill(Terms(Stall.spec(), now: Stall.now), on: offer), because: because)
    }

    @Test func equalWordsAreEqualCandidates() {
        let said = Candidate(
            offer: counted.offer,
            hourlyPerAllocation: counted.hourlyPerAllocation,
            hourly: counted.hourly,
            allocations: counted.allocations,
            maxReplicas: counted.maxReplicas,
            because: "fastest of 9 offers: 66.9 TFLOPS × 2, 9.00 EUR/hour"
        )
        #expect(said == counted)
        #expect(said.hashValue == counted.hashValue)
        var other = said
        other.because = "a whim"
        #expect(other != counted)
        #expect(other.because == "a whim")
    }

    /// What is said of the winner and of the third of nine, where everything is known and where nothing is.
    @Test(arguments: [
        (
            Objective.cost, "lowest cost of 9 offers: 9.00 EUR/hour", "number 3 of 9 by cost: 9.00 EUR/hour",
            "lowest cost of 9 offers: price unknown"
        ),
        (
            .performance, "fastest of 9 offers: 66.9 TFLOPS × 2, 9.00 EUR/hour",
            "number 3 of 9 by speed: 66.9 TFLOPS × 2, 9.00 EUR/hour",
            "fastest of 9 offers: speed unknown, price unknown"
        ),
        (
            .latency, "lowest latency of 9 offers: 12 ms, 9.00 EUR/hour",
            "number 3 of 9 by latency: 12 ms, 9.00 EUR/hour",
            "no latency known, earliest start of 9 offers: latency unknown, price unknown"
        ),
        (
            .balanced, "most throughput for the money of 9 offers: 66.9 TFLOPS × 2 for 9.00 EUR/hour at 12 ms",
            "number 3 of 9 by balance: 66.9 TFLOPS × 2 for 9.00 EUR/hour at 12 ms",
            "most throughput for the money of 9 offers: speed unknown for price unknown"
        ),
    ])
    func words(objective: Objective, winner: String, third: String, silent: String) {
        var because = because
        because.objective = objective
        because.latencyMs = 12
        #expect(because.words == winner)
        because.place = 2
        #expect(because.words == third)
        because.place = 0
        because.fp32Tflops = nil
        because.cost = nil
        because.latencyMs = nil
        #expect(because.words == silent)
        because.total = 1
        #expect(because.words.hasPrefix("the only offer that fits: "))
    }
}
