import Intents
import Testing

@testable import Placement

/// A refresh works out anew what differs, and nothing else; what it gives is what a new market would be.
struct RefreshTests {
    /// How many offers of a refreshed market are not the very ones of the old.
    private func remade(_ old: Market, _ new: Market) -> Int {
        zip(old.listings, new.listings).count { $0 !== $1 }
    }

    @Test func `The same offers are nothing new`() {
        let market = PriceList.market.refreshed(with: PriceList.offers)
        #expect(remade(PriceList.market, market) == 0)
    }

    @Test func `One price makes one offer anew, in whatever order the offers come`() {
        var offers = PriceList.offers
        offers[17].machine?.hourly = .euros(0.01)
        var dice = Dice(state: 3)
        for given in [offers, offers.shuffled(using: &dice)] {
            let market = PriceList.market.refreshed(with: given)
            #expect(remade(PriceList.market, market) == 1)
            #expect(market.offers == Market(offers: offers, policy: PriceList.policy).offers)
            let again = market.refreshed(with: given)
            #expect(remade(market, again) == 0)
        }
    }

    @Test func `Whatever else differs makes everything anew`() {
        let changes: [(inout [Offer]) -> Void] = [
            { $0[3].zone = "elsewhere" }, { $0[3].facts.vpn = true }, { $0[3].machine?.cpu = .units(1) },
            { $0[3].machine = nil }, { $0[3].currency = "EUR" }, { $0[3].id.name = "zzz" }, { $0[3].spot.toggle() },
            { $0.append(Stall.offer()) }, { $0.removeLast() },
        ]
        for (number, change) in changes.enumerated() {
            var offers = PriceList.offers
            change(&offers)
            let market = PriceList.market.refreshed(with: offers)
            let anew = Market(offers: offers, policy: PriceList.policy)
            #expect(market.offers == anew.offers, "change \(number)")
            #expect(remade(PriceList.market, market) > 1, "change \(number)")
        }
    }

    @Test func `Of two offers with one name the dearer stays, before and after`() {
        let cheap = Stall.offer { $0.hourlyPerGPU = .euros(1) }
        let dear = Stall.offer { $0.hourlyPerGPU = .euros(2) }
        let dearest = Stall.offer { $0.hourlyPerGPU = .euros(3) }
        let market = Market(offers: [cheap, dear])
        #expect(market.refreshed(with: [dearest, dear]).offers.map(\.hourlyPerGPU) == [.euros(3)])
        #expect(market.refreshed(with: [cheap]).offers.map(\.hourlyPerGPU) == [.euros(1)])
    }

    @Test func `What was left out for its currency is looked at again`() {
        let foreign = Stall.offer { $0.currency = "USD" }
        let market = Market(offers: [foreign, Stall.offer("t4")])
        #expect(market.leftOut.count == 1)
        let refreshed = market.refreshed(with: [Stall.offer(), Stall.offer("t4")])
        #expect(refreshed.leftOut.isEmpty)
        #expect(refreshed.offers.count == 2)
        #expect(market.refreshed(with: [foreign, Stall.offer("t4")]).leftOut == market.leftOut)
        var other = market
        other.policy.exchangeRates = ["USD": .euros(0.5)]
        #expect(other.leftOut.isEmpty)
        #expect(other.offers.map(\.hourlyPerGPU) == [.euros(1), .euros(2)])
    }

    @Test func `A price below zero is none`() {
        let market = Market(offers: [Stall.offer()])
        let refreshed = market.refreshed(with: [Stall.offer { $0.hourlyPerGPU = Money(micros: -1) }])
        #expect(refreshed.offers.map(\.hourlyPerGPU) == [nil])
    }

    @Test func `Every offer is found by its name, and no other`() {
        let market = PriceList.market
        for offer in market.offers { #expect(market.offer(offer.id) == offer) }
        #expect(market.offer(Offer.ID(platform: .flexai, name: "")) == nil)
        #expect(market.offer(Offer.ID(platform: .flexai, name: "zzzz")) == nil)
        #expect(Market().offer(PriceList.offers[0].id) == nil)
    }

    @Test func `More of one offer is a market in which that much of it is free`() {
        let offer = Stall.offer { $0.available = 1 }
        let market = Market(offers: [offer, Stall.offer("t4")])
        let stocked = market.stocked(offer.id, with: 4)
        #expect(stocked.offers == Market(offers: [Stall.offer { $0.available = 4 }, Stall.offer("t4")]).offers)
        #expect(remade(market, stocked) == 1)
        let four = Stall.gpu { $0.count = 4 }
        #expect(market.rank(four, now: Stall.now).candidates.contains { $0.offer.id == offer.id } == false)
        #expect(stocked.rank(four, now: Stall.now).candidates.contains { $0.offer.id == offer.id })
        #expect(market.stocked(Offer.ID(platform: .flexai, name: "zzzz"), with: 4).offers == market.offers)
    }
}
