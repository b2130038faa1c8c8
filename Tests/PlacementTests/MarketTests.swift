import Intents
import Testing

@testable import Placement

/// What a market makes of the offers that it is given.
struct MarketTests {
    @Test func offersAreCompletedAndInOrder() {
        let ids = Stall.market.offers.map(\.id)
        #expect(ids.count == 40)
        #expect(ids == ids.sorted())
        #expect(Stall.market.offers.allSatisfy { $0.tier != nil || $0.model == "quantum-9" })
    }

    @Test func ofOneNameTheDearerStays() {
        let cheap = Stall.offer { $0.hourlyPerGPU = .euros(1) }
        let dear = Stall.offer { $0.hourlyPerGPU = .euros(2) }
        let scarce = Stall.offer {
            $0.hourlyPerGPU = .euros(2)
            $0.available = 1
        }
        let silent = Stall.offer { $0.hourlyPerGPU = nil }
        for offers in [[cheap, dear], [dear, cheap]] {
            #expect(Market(offers: offers).offers.map(\.hourlyPerGPU) == [.euros(2)])
        }
        for offers in [[cheap, scarce, dear], [dear, scarce, cheap], [scarce, dear]] {
            #expect(Market(offers: offers).offers.map(\.available) == [1])
        }
        for offers in [[silent, dear], [dear, silent]] {
            #expect(Market(offers: offers).offers.map(\.hourlyPerGPU) == [nil])
        }
    }

    @Test func thePolicyCanChange() {
        var market = Market(offers: [Stall.offer(on: .flexai)])
        #expect(market.rank(Stall.spec(), now: Stall.now).candidates.isEmpty)
        market.policy.bareInstancesAllowed = true
        #expect(market.rank(Stall.spec(), now: Stall.now).candidates.count == 1)
    }
}
