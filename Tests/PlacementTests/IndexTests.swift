import Intents
import Testing

@testable import Placement

/// The index holds every offer once and in order, and its masks say what the rules say.
struct IndexTests {
    /// Every row is in its lane, sorted by price, and every offer has one.
    private func expectSound(_ market: Market) {
        let index = market.index
        #expect(index.rows.map { Int($0.offer) }.sorted() == Array(market.listings.indices))
        for lane in index.lanes {
            let rows = index.rows[lane.rows]
            #expect(!rows.isEmpty)
            #expect(zip(rows, rows.dropFirst()).allSatisfy { ($0.price, $0.offer) < ($1.price, $1.offer) })
            for row in rows {
                let offer = market.listings[Int(row.offer)].offer
                #expect(lane.slotPrice(row.price, Terms(Stall.spec(), now: Stall.now)) == offer.hourly(slotOf: 1))
                #expect((row.available == MarketIndex.unlimited ? nil : Int(row.available)) == offer.available)
            }
        }
        #expect(index.lanes.map(\.rows.count).reduce(0, +) == market.listings.count)
    }

    @Test func `Every offer stands once, in a lane of its like`() {
        expectSound(Stall.openMarket)
        expectSound(PriceList.market)
        for lane in PriceList.market.index.lanes {
            let offers = PriceList.market.index.rows[lane.rows].map { PriceList.market.listings[Int($0.offer)].offer }
            #expect(Set(offers.map(\.provider)).count == 1)
            #expect(Set(offers.map(\.model)).count == 1)
            #expect(Set(offers.map(\.spot)).count == 1)
            #expect(Set(offers.map(\.latencyMs)).count == 1)
            #expect(Set(offers.map { $0.machine?.cpu }).count == 1)
        }
    }

    @Test(arguments: [1, 2, 3]) func `It stays sound however often prices change`(seed: UInt64) {
        var dice = Dice(state: seed)
        var market = PriceList.market
        var offers = PriceList.offers
        for _ in 0..<20 {
            let place = Int.random(in: 0..<offers.count, using: &dice)
            let price: Money? = Bool.random(using: &dice) ? .euros(.random(in: 0...40, using: &dice)) : nil
            offers[place].machine?.hourly = price
            offers[place].available = Bool.random(using: &dice) ? .random(in: 0...9, using: &dice) : nil
            market = market.refreshed(with: offers)
        }
        expectSound(market)
    }

    @Test(arguments: 1...4) func `A mask has a bit for each rule that an offer does not keep`(seed: UInt64) {
        var wishes = RandomWish(dice: Dice(state: seed))
        for market in [PriceList.market, Stall.market] {
            for number in 0..<12 {
                let spec = wishes.spec(rarity: number % 2 == 0 ? 1 : 4)
                let question = Question(spec, policy: market.policy, catalog: .standard, now: Stall.now)
                let rules = RuleBook.rules(for: question)
                var seen = 0
                FailureMasks(market, question, rules: rules).forEach { offer, mask in
                    seen += 1
                    for (bit, rule) in rules.enumerated() {
                        let fits = rule.fits(market.listings[offer])
                        #expect((mask >> UInt64(bit) & 1 == 0) == fits, "\(rule.name): \(rule.wish)")
                    }
                }
                #expect(seen == market.listings.count)
            }
        }
    }

    @Test func `Caps are kept to the last millionth`() {
        for micros in [Int64(1), 2, 999_999, 1_000_000, 7_654_321, Int64.max / 2] {
            for (count, slots) in [(1, 1), (3, 1), (1, 7), (4, 5)] {
                for difference in [Int64(-1), 0, 1] {
                    let cap = (Money(micros: micros) * count * slots).micros
                    guard cap < Int64.max else { continue }
                    let spec = Stall.spec {
                        $0.workload.resources.gpu = GPUWish()
                        $0.workload.resources.gpu?.count = count
                        $0.workload.kind = .job
                        $0.workload.job = Workload.JobSettings()
                        $0.workload.job?.parallelTasks = slots
                        $0.constraints.maxHourlyCost = Money(micros: cap + difference)
                    }
                    let market = Market(offers: [Stall.offer { $0.hourlyPerGPU = Money(micros: micros) }])
                    let fits = market.rank(spec, now: Stall.now).refusal == nil
                    #expect(fits == (difference >= 0), "\(micros) × \(count) × \(slots), \(difference)")
                }
            }
        }
    }

    @Test func `A total cap copes with any price`() {
        let spec = Stall.spec { $0.constraints.maxTotalCost = .euros(5) }
        for (micros, fits) in [(Int64.max, false), (5_000_000, true), (5_000_001, false)] {
            let market = Market(offers: [Stall.offer { $0.hourlyPerGPU = Money(micros: micros) }])
            #expect((market.rank(spec, now: Stall.now).refusal == nil) == fits, "\(micros)")
        }
    }

    @Test func `The best few are the first of all`() {
        var dice = Dice(state: 11)
        for limit in [0, 1, 3, 50, nil] {
            var few = BestFew(limit: limit)
            var all: [Standing] = []
            for index in 0..<40 {
                let cost = Int.random(in: 0..<12, using: &dice)
                let measures = Standing.Measures(cost: cost == 0 ? nil : Int64(cost), throughput: 1)
                let standing = Standing(measures, objective: .cost, at: index)
                all.append(standing)
                if few.admits(standing) { few.insert(standing) }
            }
            #expect(few.sorted().map(\.index) == all.sorted().prefix(limit ?? 40).map(\.index))
        }
    }
}
