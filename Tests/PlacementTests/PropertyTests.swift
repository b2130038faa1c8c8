import Intents
import Testing

@testable import Placement

/// What holds for every market and every intent, tried with dice from printed seeds.
struct PropertyTests {
    private static let models: [String?] = [
        nil, nil, "nvidia-h100", "a100", "nvidia-rtx-4090", "rtx4080", "nvidia-t4", "quantum-9", "nvidia-a100-80gb",
    ]
    private static let places: [String?] = [nil, nil, "EU", "US", "Asia", "eu-west-1", "any"]

    /// A random intent.
    private static func spec(_ dice: inout Dice) -> IntentSpec {
        Stall.spec { spec in
            spec.objective = Objective.allCases.randomElement(using: &dice) ?? .cost
            var gpu = GPUWish()
            gpu.model = models.randomElement(using: &dice) ?? nil
            gpu.count = [1, 1, 2, 4, 8].randomElement(using: &dice) ?? 1
            gpu.memory = [nil, nil, .gibibytes(16), .gibibytes(40), .gibibytes(80)].randomElement(using: &dice) ?? nil
            gpu.tier = Bool.random(using: &dice) ? nil : GPUWish.Tier.allCases.randomElement(using: &dice)
            gpu.interconnect = [nil, nil, .pcie, .nvlink].randomElement(using: &dice) ?? nil
            gpu.interruptible = Bool.random(using: &dice)
            spec.workload.resources.gpu = gpu
            spec.workload.kind = Workload.Kind.allCases.randomElement(using: &dice) ?? .job
            if spec.workload.kind == .service {
                var scaling = Workload.Scaling()
                scaling.minReplicas = Int.random(in: 0...4, using: &dice)
                scaling.maxReplicas = Int.random(in: 1...12, using: &dice)
                spec.workload.scaling = Bool.random(using: &dice) ? scaling : nil
            } else {
                var job = Workload.JobSettings()
                job.parallelTasks = Int.random(in: 1...6, using: &dice)
                job.timeout = Bool.random(using: &dice) ? .seconds(Int.random(in: 60...90_000, using: &dice)) : nil
                spec.workload.job = job
            }
            spec.constraints.location = places.randomElement(using: &dice) ?? nil
            if Bool.random(using: &dice) { spec.constraints.maxHourlyCost = .euros(.random(in: 0...60, using: &dice)) }
            if Bool.random(using: &dice) { spec.constraints.maxTotalCost = .euros(.random(in: 0...900, using: &dice)) }
            spec.constraints.maxLatencyMs = Bool.random(using: &dice) ? 50 : nil
            spec.constraints.providers = Bool.random(using: &dice) ? [] : ["flare", "aws"]
        }
    }

    /// Tries a property on a number of intents, some of which must find something for it to count.
    private func tryAll(_ seed: UInt64, _ property: (IntentSpec, Ranking, inout Dice) -> Void) {
        var dice = Dice(state: seed)
        var found = 0
        for _ in 0..<300 {
            let spec = Self.spec(&dice)
            let ranking = Stall.openMarket.rank(spec, now: Stall.now)
            #expect(ranking.candidates.isEmpty == (ranking.refusal != nil))
            if !ranking.candidates.isEmpty { found += 1 }
            property(spec, ranking, &dice)
        }
        #expect(found > 60, "seed \(seed)")
    }

    @Test(arguments: [1, 2, 3]) func theOrderOfOffersDoesNotMatter(seed: UInt64) {
        tryAll(seed) { spec, ranking, dice in
            let shuffled = Market(offers: Stall.offers.shuffled(using: &dice), policy: Stall.openMarket.policy)
            #expect(shuffled.rank(spec, now: Stall.now) == ranking, "seed \(seed)")
        }
    }

    @Test(arguments: [4, 5, 6]) func aCheaperCopyOfTheWinnerWinsUnderCost(seed: UInt64) {
        tryAll(seed) { spec, _, _ in
            var spec = spec
            spec.objective = .cost
            guard let winner = Stall.openMarket.rank(spec, now: Stall.now).candidates.first,
                let price = winner.offer.hourlyPerGPU, price > .zero
            else { return }
            var copy = winner.offer
            copy.id = Offer.ID(platform: copy.platform, name: "zz-copy")
            copy.hourlyPerGPU = price - Money(micros: 1)
            let market = Market(offers: Stall.offers + [copy], policy: Stall.openMarket.policy)
            #expect(market.rank(spec, now: Stall.now).candidates.first?.offer.id == copy.id, "seed \(seed)")
        }
    }

    @Test(arguments: [7, 8, 9]) func givingUpAWishNeverMakesTheWinnerWorse(seed: UInt64) {
        let releases: [@Sendable (inout IntentSpec) -> Void] = [
            { $0.constraints.location = nil }, { $0.constraints.maxHourlyCost = nil },
            { $0.constraints.maxTotalCost = nil }, { $0.constraints.maxLatencyMs = nil },
            { $0.constraints.providers = [] }, { $0.workload.resources.gpu?.model = nil },
            { $0.workload.resources.gpu?.memory = nil }, { $0.workload.resources.gpu?.tier = nil },
            { $0.workload.resources.gpu?.interconnect = nil }, { $0.constraints.preemptible = true },
        ]
        func standing(_ candidate: Candidate, _ spec: IntentSpec) -> Standing {
            let terms = Terms(spec, now: Stall.now)
            return Standing(candidate.offer, at: 0, bill: Bill(terms, on: candidate.offer), terms: terms)
        }
        tryAll(seed) { spec, ranking, dice in
            guard let winner = ranking.candidates.first, let release = releases.randomElement(using: &dice) else {
                return
            }
            var freed = spec
            release(&freed)
            let better = Stall.openMarket.rank(freed, now: Stall.now).candidates
            #expect(better.count >= ranking.candidates.count, "seed \(seed)")
            if let first = better.first { #expect(standing(first, freed) <= standing(winner, freed), "seed \(seed)") }
        }
    }

    @Test(arguments: [10, 11, 12]) func nothingPassesACap(seed: UInt64) {
        tryAll(seed) { spec, ranking, _ in
            for candidate in ranking.candidates {
                if let cap = spec.constraints.maxHourlyCost {
                    #expect(candidate.isPriced)
                    #expect(candidate.hourly <= cap, "seed \(seed)")
                    #expect(candidate.hourlyPerAllocation * candidate.allocations <= cap, "seed \(seed)")
                }
                if let cap = spec.constraints.maxTotalCost {
                    let service = spec.workload.kind == .service
                    let span = spec.workload.job?.timeout ?? (service ? .seconds(3600) : .zero)
                    #expect(candidate.isPriced)
                    #expect(candidate.hourly.over(span) <= cap, "seed \(seed)")
                }
                let least = max(1, spec.workload.wantedSlots)
                #expect(candidate.maxReplicas.map { $0 >= least } ?? true)
            }
        }
    }

    @Test(arguments: [13, 14, 15]) func aPlainFilterAndSortAgree(seed: UInt64) {
        tryAll(seed) { spec, ranking, _ in
            #expect(ranking.candidates.map(\.offer.id) == Oracle.order(spec), "seed \(seed)")
        }
    }

    @Test func theSameQuestionHasTheSameAnswer() {
        tryAll(16) { spec, ranking, _ in #expect(Stall.openMarket.rank(spec, now: Stall.now) == ranking) }
    }

    @Test func whatIsToBlameIsEnoughToGiveUp() {
        tryAll(17) { spec, ranking, _ in
            guard let refusal = ranking.refusal else { return }
            var freed = spec
            if refusal.message.contains("constraints.location") { freed.constraints.location = nil }
            if refusal.message.contains("max_hourly_cost") { freed.constraints.maxHourlyCost = nil }
            if refusal.message.contains("max_total_cost") { freed.constraints.maxTotalCost = nil }
            if refusal.message.contains("constraints.providers") { freed.constraints.providers = [] }
            if refusal.message.contains("max_latency_ms") { freed.constraints.maxLatencyMs = nil }
            if refusal.message.contains("gpu.model") { freed.workload.resources.gpu?.model = nil }
            if refusal.message.contains("gpu.memory") { freed.workload.resources.gpu?.memory = nil }
            if refusal.message.contains("gpu.tier") { freed.workload.resources.gpu?.tier = nil }
            if refusal.message.contains("gpu.interconnect") { freed.workload.resources.gpu?.interconnect = nil }
            if refusal.message.contains("gpu.interruptible") { freed.workload.resources.gpu?.interruptible = true }
            if refusal.message.contains("gpu.count") { return }
            #expect(!Stall.openMarket.rank(freed, now: Stall.now).candidates.isEmpty, "\(refusal.message)")
        }
    }
}
