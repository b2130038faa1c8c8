import Intents
import Testing

@testable import Placement

/// Random intents over real prices: the index says what a plain look at everything says.
struct RealCatalogueTests {
    private static let plain = PlainMarket(PriceList.offers, PriceList.policy)

    @Test func `The sample is read whole`() {
        #expect(PriceList.offers.count > 400)
        #expect(PriceList.market.leftOut.isEmpty)
        #expect(PriceList.market.offers.map(\.id) == Self.plain.offers.map(\.id))
    }

    @Test(arguments: 1...6)
    func `Winner, order and refusal are those of a plain search`(seed: UInt64) {
        var wishes = RandomWish(dice: Dice(state: seed))
        var (fitting, refused) = (0, 0)
        for number in 0..<45 {
            var spec = wishes.spec(rarity: number % 3 == 0 ? 1 : 6)
            // Most wishes are granted by nobody; a third of the intents wish less.
            if number % 3 == 2 { Self.ease(&spec) }
            let order = Self.plain.order(spec)
            let all = PriceList.market.rank(spec, now: Stall.now)
            #expect(all.candidates.map(\.offer.id) == order, "seed \(seed), intent \(number)")
            let few = PriceList.market.rank(spec, now: Stall.now, limit: 4)
            #expect(few.candidates.map(\.offer.id) == Array(order.prefix(4)), "seed \(seed), intent \(number)")
            #expect(few.refusal == all.refusal)
            guard let refusal = all.refusal else {
                fitting += 1
                continue
            }
            guard let plain = Self.plain.refusal(spec) else { continue }
            refused += 1
            #expect(refusal.code == plain.code, "seed \(seed), intent \(number): \(refusal.message)")
            #expect(refusal.suggestions == plain.suggestions, "seed \(seed), intent \(number)")
            let blamed = refusal.message.prefix { $0 != ";" }
            #expect(plain.blamed.allSatisfy { blamed.contains("\($0): ") }, "\(refusal.message)")
        }
        #expect(fitting > 3 && refused > 15, "seed \(seed): \(fitting) fit, \(refused) are refused")
    }

    /// Leaves an intent with little more than a GPU, a seller and a price.
    private static func ease(_ spec: inout IntentSpec) {
        spec.workload.resources.gpu?.count = 1
        spec.workload.resources.gpu?.memory = nil
        spec.workload.resources.cpu = nil
        spec.constraints.maxTotalCost = nil
        spec.constraints.location = nil
        spec.constraints.availabilityZone = nil
    }

    @Test(arguments: 100...102)
    func `A cheaper copy of the winner becomes the winner`(seed: UInt64) throws {
        var wishes = RandomWish(dice: Dice(state: seed))
        for _ in 0..<12 {
            let spec = wishes.spec()
            guard let winner = PriceList.market.rank(spec, now: Stall.now, limit: 1).candidates.first?.offer,
                let price = winner.machine?.hourly, price > .zero
            else { continue }
            var copy = winner
            copy.id.name = "zzz/" + winner.id.name
            copy.machine?.hourly = Money(micros: price.micros - 1)
            let market = Market(offers: PriceList.offers + [copy], policy: PriceList.policy)
            let again = market.rank(spec, now: Stall.now, limit: 1).candidates.first?.offer
            #expect(again?.id == copy.id, "seed \(seed): \(spec.objective)")
        }
    }

    @Test func `The order of the offers does not matter`() {
        var dice = Dice(state: 7)
        let shuffled = Market(offers: PriceList.offers.shuffled(using: &dice), policy: PriceList.policy)
        var wishes = RandomWish(dice: Dice(state: 8))
        for _ in 0..<80 {
            let spec = wishes.spec()
            #expect(shuffled.rank(spec, now: Stall.now) == PriceList.market.rank(spec, now: Stall.now))
        }
    }

    @Test(arguments: 200...203)
    func `Giving up a wish never makes the winner worse`(seed: UInt64) throws {
        var wishes = RandomWish(dice: Dice(state: seed))
        var tried = 0
        for number in 0..<80 {
            var spec = wishes.spec()
            if number % 2 == 0 { Self.ease(&spec) }
            // Which wiring is fallen back to depends on the other wishes, and what one keeps is no measure for another.
            spec.workload.resources.gpu?.topology = nil
            guard let winner = PriceList.market.rank(spec, now: Stall.now, limit: 1).candidates.first else { continue }
            let own = PlainMarket.keys(winner.offer, spec, nil)
            for freed in Self.freed(spec) where freed != spec {
                let best = PriceList.market.rank(freed, now: Stall.now, limit: 1).candidates.first?.offer
                let keys = PlainMarket.keys(try #require(best), freed, nil)
                #expect(!own.lexicographicallyPrecedes(keys), "seed \(seed), intent \(number): \(own), \(keys)")
                tried += 1
            }
        }
        #expect(tried > 60, "seed \(seed)")
    }

    /// The intent without one of its wishes; permissions stay, since they are no constraints.
    private static func freed(_ spec: IntentSpec) -> [IntentSpec] {
        let changes: [(inout IntentSpec) -> Void] = [
            { $0.constraints.location = nil }, { $0.constraints.providers = [] },
            { $0.constraints.maxHourlyCost = nil }, { $0.constraints.maxTotalCost = nil },
            { $0.constraints.availabilityZone = nil }, { $0.constraints.availability = nil },
            { $0.constraints.deadline = nil }, { $0.constraints.maxLatencyMs = nil },
            { $0.constraints.compliance = ComplianceWish() }, { $0.constraints.compliance.certifications = [] },
            { $0.constraints.compliance.dataResidency = [] }, { $0.constraints.compliance.gdprCompliant = false },
            { $0.constraints.energy = EnergyWish() }, { $0.constraints.energy.maxCarbonFootprint = nil },
            { $0.constraints.security = SecurityWish() }, { $0.constraints.performance = PerformanceWish() },
            { $0.workload.resources.gpu?.model = nil }, { $0.workload.resources.gpu?.memory = nil },
            { $0.workload.resources.gpu?.tier = nil }, { $0.workload.resources.gpu?.architecture = nil },
            { $0.workload.resources.gpu?.computeCapability = nil }, { $0.workload.resources.gpu?.interconnect = nil },
            { $0.workload.resources.gpu?.fp32Tflops = nil }, { $0.workload.resources.gpu?.cores = nil },
            { $0.workload.resources.gpu?.multiInstance = false }, { $0.workload.resources.cpu = nil },
            { $0.workload.resources.memory = nil }, { $0.sla = ServiceLevel() },
        ]
        return changes.map { change in
            var freed = spec
            change(&freed)
            return freed
        }
    }

    @Test(arguments: 300...301)
    func `A refreshed market is the market of the newer offers`(seed: UInt64) {
        var dice = Dice(state: seed)
        var offers = PriceList.offers
        var market = PriceList.market
        var wishes = RandomWish(dice: Dice(state: seed))
        for round in 0..<6 {
            for _ in 0..<5 {
                let place = Int.random(in: 0..<offers.count, using: &dice)
                offers[place].machine?.hourly = round == 3 ? nil : .euros(Double.random(in: 0.1...20, using: &dice))
                offers[place].available = Bool.random(using: &dice) ? nil : Int.random(in: 0...8, using: &dice)
            }
            if round == 5 { offers[0].location = "mars" }
            market = market.refreshed(with: offers)
            let anew = Market(offers: offers, policy: PriceList.policy)
            #expect(market.offers == anew.offers)
            for _ in 0..<12 {
                let spec = wishes.spec()
                #expect(market.rank(spec, now: Stall.now) == anew.rank(spec, now: Stall.now), "seed \(seed)")
            }
        }
        #expect(market.refreshed(with: Array(offers.dropLast())).offers.count == market.offers.count - 1)
        #expect(market.refreshed(with: []).isEmpty)
    }
}
