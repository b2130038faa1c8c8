import Intents
import Testing

@testable import Placement

/// Which code a refusal gets, and what it says.
struct RefusalTests {
    /// A wish that nothing grants, and the code for it.
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let code: String
        let names: [String]
        let offers: [Offer]
        let spec: IntentSpec

        init(
            _ testDescription: String,
            _ code: String,
            _ names: [String],
            offers: [Offer] = Stall.offers,
            _ change: @Sendable (inout IntentSpec) -> Void
        ) {
            self.testDescription = testDescription
            self.code = code
            self.names = names
            self.offers = offers
            spec = Stall.spec {
                $0.workload.resources.gpu = GPUWish()
                change(&$0)
            }
        }
    }

    static let cases: [Case] = [
        Case("a model that nobody sells", "GPU_MODEL_UNAVAILABLE", ["gpu.model: nvidia-b300"]) {
            $0.workload.resources.gpu?.model = "nvidia-b300"
        },
        Case("a model that is elsewhere, another here", "GPU_MODEL_UNAVAILABLE", ["gpu.model: nvidia-h200"]) {
            $0.workload.resources.gpu?.model = "nvidia-h200"
            $0.constraints.location = "EU"
        },
        Case("more memory than any", "GPU_MEMORY_INSUFFICIENT", ["gpu.memory: 193Gi"]) {
            $0.workload.resources.gpu?.memory = .gibibytes(193)
        },
        Case("more memory than the model has", "GPU_MEMORY_INSUFFICIENT", ["gpu.memory: 96Gi"]) {
            $0.workload.resources.gpu?.model = "nvidia-h100"
            $0.workload.resources.gpu?.memory = .gibibytes(96)
            $0.constraints.maxHourlyCost = .euros(50)
        },
        Case("more GPUs than anyone has", "GPU_COUNT_INSUFFICIENT", ["gpu.count: 201"]) {
            $0.workload.resources.gpu?.count = 201
        },
        Case("more slots than anyone has", "GPU_COUNT_INSUFFICIENT", ["gpu.count: 16 for each of 9 slots"]) {
            $0.workload.resources.gpu?.model = "nvidia-h100"
            $0.workload.resources.gpu?.count = 16
            $0.workload.scaling = Workload.Scaling()
            $0.workload.scaling?.minReplicas = 9
        },
        Case("too dear", "COST_LIMIT_EXCEEDED", ["constraints.max_hourly_cost: 3.00 EUR"]) {
            $0.workload.resources.gpu?.model = "nvidia-h100"
            $0.constraints.maxHourlyCost = .euros(3)
        },
        Case("too dear in all", "COST_LIMIT_EXCEEDED", ["constraints.max_total_cost: 3.00 EUR"]) {
            $0.workload.resources.gpu?.model = "nvidia-h100"
            $0.constraints.maxTotalCost = .euros(3)
        },
        Case("both caps", "COST_LIMIT_EXCEEDED", ["max_hourly_cost: 0.01 EUR and constraints.max_total_cost"]) {
            $0.workload.resources.gpu?.model = "nvidia-t4"
            $0.constraints.maxHourlyCost = .euros(0.01)
            $0.constraints.maxTotalCost = .euros(0.01)
        },
        Case("a continent without offers", "REGION_UNAVAILABLE", ["constraints.location: Africa"]) {
            $0.constraints.location = "Africa"
        },
        Case("a zone that nobody has", "REGION_UNAVAILABLE", ["constraints.availability_zone: moon-1a"]) {
            $0.constraints.availabilityZone = "moon-1a"
        },
        Case("a provider that nobody is", "INSUFFICIENT_RESOURCES", ["constraints.providers: azure"]) {
            $0.constraints.providers = ["azure"]
        },
        Case("a capability of tomorrow", "INSUFFICIENT_RESOURCES", ["gpu.compute_capability: 13.0"]) {
            $0.workload.resources.gpu?.computeCapability = ComputeCapability(major: 13, minor: 0)
        },
        Case("wishes that contradict one another", "GPU_MODEL_UNAVAILABLE", ["gpu.model: nvidia-h100"]) {
            $0.workload.resources.gpu?.model = "nvidia-h100"
            $0.workload.resources.gpu?.tier = .gaming
        },
        Case(
            "two wishes at once",
            "REGION_UNAVAILABLE",
            ["location: Africa and constraints.max_hourly_cost: 0.01 EUR"]
        ) {
            $0.workload.resources.gpu?.model = "nvidia-h100"
            $0.constraints.location = "Africa"
            $0.constraints.maxHourlyCost = .euros(0.01)
        },
        Case("nothing on sale", "INSUFFICIENT_RESOURCES", ["nothing is on sale"], offers: []) { _ in },
        Case(
            "FlexAI alone",
            "INSUFFICIENT_RESOURCES",
            ["a bare FlexAI instance does not run"],
            offers: Stall.offers.filter { $0.platform == .flexai }
        ) { _ in },
    ]

    @Test(arguments: cases)
    func codesAndWords(item: Case) throws {
        var policy = PlacementPolicy()
        policy.unstated[.gpu] = .fails
        let ranking = Market(offers: item.offers, policy: policy).rank(item.spec, now: Stall.now)
        let refusal = try #require(ranking.refusal)
        #expect(ranking.candidates.isEmpty)
        #expect(ranking.constraints.isEmpty)
        #expect(refusal.code == item.code)
        for name in item.names { #expect(refusal.message.contains(name)) }
        #expect(refusal.suggestions.count <= 3)
    }

    @Test func everyCodeOfTheReferenceThatSpeaksOfOffersIsReached() {
        let known = Set(Self.cases.map(\.code))
        #expect(
            known
                == Set(RefusalCode.allCases.map(\.rawValue)).subtracting([
                    "DEADLINE_PASSED", "DEADLINE_TOO_CLOSE", "QUOTA_EXCEEDED",
                ])
        )
    }

    @Test func theMessageNamesTheWishAndTheNearestOffer() {
        let spec = Stall.spec {
            $0.workload.resources.gpu = GPUWish()
            $0.workload.resources.gpu?.model = "nvidia-h100"
            $0.constraints.maxHourlyCost = .euros(3)
        }
        let refusal = Stall.market.rank(spec, now: Stall.now).refusal
        #expect(
            refusal?.message
                == "none of 40 offers grants constraints.max_hourly_cost: 3.00 EUR; the nearest, nvidia-h100 80Gi of "
                + "provider-3 in us-east-1: it costs 3.90 EUR an hour"
        )
    }

    @Test func alternativesAreComparedWithTheWish() {
        let offers = [
            ("nvidia-h100", "us-east-1", 4.0), ("nvidia-a100", "eu-west-1", 3.0), ("rtx4090", "eu-west-1", 1.0),
            ("t4", "eu-west-1", 5.0), ("quantum-9", "eu-west-1", nil),
        ].map { model, region, price in
            Stall.offer(model) {
                $0.location = region
                $0.hourlyPerGPU = price.map(Money.euros)
            }
        }
        let spec = Stall.spec {
            $0.workload.resources.gpu = GPUWish()
            $0.workload.resources.gpu?.model = "nvidia-h100"
            $0.constraints.location = "EU"
        }
        let suggestions = Market(offers: offers).rank(spec, now: Stall.now).refusal?.suggestions
        #expect(
            suggestions == [
                NoOffer.Suggestion(
                    alternative: "nvidia-rtx-4090 24Gi of provider-1 in eu-west-1 at 1.00 EUR/hour a GPU, "
                        + "without workload.resources.gpu.model",
                    costDifference: "-75%",
                    performanceImpact: "+23%"
                ),
                NoOffer.Suggestion(
                    alternative: "nvidia-a100 40Gi of provider-1 in eu-west-1 at 3.00 EUR/hour a GPU, "
                        + "without workload.resources.gpu.model",
                    costDifference: "-25%",
                    performanceImpact: "-71%"
                ),
                NoOffer.Suggestion(
                    alternative: "nvidia-t4 16Gi of provider-1 in eu-west-1 at 5.00 EUR/hour a GPU, "
                        + "without workload.resources.gpu.model",
                    costDifference: "+25%",
                    performanceImpact: "-88%"
                ),
            ]
        )
    }

    @Test func whatCannotBeComparedIsEmpty() {
        let spec = Stall.gpu { $0.memory = .gibibytes(500) }
        let refusal = Market(offers: [Stall.offer { $0.hourlyPerGPU = nil }]).rank(spec, now: Stall.now).refusal
        #expect(refusal?.suggestions.map(\.costDifference) == [""])
        #expect(refusal?.suggestions.map(\.performanceImpact) == [""])
    }

    @Test func whatAPlatformCannotRunIsNeverTheNearest() {
        let offers = [Stall.offer("nvidia-h100", on: .flexai), Stall.offer("t4") { $0.location = "us-east-1" }]
        let spec = Stall.spec {
            $0.workload.resources.gpu = GPUWish()
            $0.workload.resources.gpu?.model = "nvidia-h100"
            $0.constraints.location = "EU"
        }
        let refusal = Market(offers: offers).rank(spec, now: Stall.now).refusal
        #expect(refusal?.code == "GPU_MODEL_UNAVAILABLE", "the bare instance has one reason against it, the other two")
        #expect(refusal?.suggestions.count == 1)
        #expect(refusal?.suggestions.first?.alternative.contains("nvidia-t4") == true)
    }

    @Test func alternativesAreNeverShownTwice() {
        let offers = (0..<6).map { number in
            Stall.offer("t4") { $0.id = Offer.ID(platform: .flare, name: "same-\(number)") }
        }
        let refusal = Market(offers: offers).rank(Stall.gpu { $0.model = "l4" }, now: Stall.now).refusal
        #expect(refusal?.suggestions.count == 1)
        #expect(refusal?.suggestions.first?.performanceImpact == "-73%")
        #expect(refusal?.suggestions.first?.costDifference == "", "nobody sells the model wished for")
    }

    @Test func withoutTheModelTheCapIsTheMeasure() {
        let spec = Stall.spec {
            $0.workload.resources.gpu = GPUWish()
            $0.workload.resources.gpu?.count = 2
            $0.workload.scaling = Workload.Scaling()
            $0.workload.scaling?.minReplicas = 5
            $0.constraints.maxHourlyCost = .euros(16)
        }
        let refusal = Market(offers: [Stall.offer()]).rank(spec, now: Stall.now).refusal
        #expect(refusal?.suggestions.map(\.costDifference) == ["+25%"], "2 EUR where 1.60 EUR a GPU can be paid")
    }

    @Test func restIsNamedWhereItIsTheReason() {
        let offer = Stall.offer()
        let refusal = Market(offers: [offer]).rank(Stall.spec(), resting: [offer.id], now: Stall.now).refusal
        #expect(refusal?.code == "INSUFFICIENT_RESOURCES")
        #expect(refusal?.message == "every offer that fits (1) rests for a while after it could not be had")
    }

    @Test func restIsNotBlamedWhereNothingFitsAnyway() {
        let offer = Stall.offer()
        let spec = Stall.spec { $0.constraints.location = "US" }
        #expect(
            Market(offers: [offer]).rank(spec, resting: [offer.id], now: Stall.now).refusal?.code
                == "REGION_UNAVAILABLE"
        )
    }

    @Test func thePlatformToStayOnIsNamed() {
        let refusal = Market(offers: [Stall.offer()]).rank(Stall.spec(), platforms: [.flexai], now: Stall.now).refusal
        #expect(refusal?.message == "nothing is on sale on flexai, where this intent has to live")
    }
}
