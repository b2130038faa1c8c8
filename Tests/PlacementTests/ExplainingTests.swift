import Intents
import Testing

@testable import Placement

/// The reasons for a choice, held against a plain count of everything.
struct ExplainingTests {
    private static let plain = PlainMarket(PriceList.offers, PriceList.policy)

    /// An intent that something fits, with most of its wishes about what the list holds.
    private static func spec(_ change: (inout IntentSpec) -> Void = { _ in }) -> IntentSpec {
        Stall.spec { spec in
            spec.objective = .cost
            spec.workload.resources.gpu = GPUWish()
            spec.workload.resources.gpu?.model = "nvidia-a100"
            spec.constraints.location = "EU"
            spec.constraints.maxHourlyCost = .euros(30)
            change(&spec)
        }
    }

    @Test(arguments: 1...5) func `The funnel counts what each wish leaves`(seed: UInt64) {
        var wishes = RandomWish(dice: Dice(state: seed))
        for number in 0..<20 {
            let spec = wishes.spec(rarity: number % 4 == 0 ? 1 : 6)
            let explained = PriceList.market.explain(spec, now: Stall.now)
            #expect(explained.offers == Self.plain.offers.count)
            var left = Self.plain.offers
            let plain = PlainWish.all(spec, PriceList.policy, topology: spec.workload.resources.gpu?.topology)
            #expect(Set(explained.funnel.map(\.rule)) == Set(plain.map(\.name)))
            for step in explained.funnel {
                guard let wish = plain.first(where: { $0.name == step.rule }) else { continue }
                let removed = left.filter { !wish.isGranted($0) }
                left.removeAll { !wish.isGranted($0) }
                #expect(step.removed == removed.count, "seed \(seed): \(step.rule)")
                #expect(step.left == left.count, "seed \(seed): \(step.rule)")
                let example = step.example.map { example in removed.first.map { example.contains($0.model) } ?? false }
                #expect(example == (removed.isEmpty ? nil : true), "seed \(seed): \(step.rule)")
            }
        }
    }

    @Test func `Contenders stand side by side with their numbers`() throws {
        let explained = PriceList.market.explain(Self.spec(), now: Stall.now)
        let order = Self.plain.order(Self.spec())
        #expect(explained.contenders.map(\.candidate.offer.id) == Array(order.prefix(Market.compared)))
        for contender in explained.contenders {
            let offer = contender.candidate.offer
            #expect(contender.hourly == offer.machine?.hourly)
            #expect(contender.throughput == offer.fp32Tflops)
            #expect(contender.latencyMs == offer.latencyMs)
            #expect(contender.gpus == offer.machine?.gpus)
        }
        let words = try #require(explained.contenders.first).candidate.because
        #expect(words.hasPrefix("lowest cost of \(order.count) offers"), "\(words)")
    }

    @Test func `More money buys the cheapest of what is a tenth faster, less money the cheapest of all`() throws {
        let spec = Self.spec {
            $0.objective = .balanced
            $0.workload.resources.gpu?.model = nil
        }
        let explained = PriceList.market.explain(spec, now: Stall.now)
        let winner = try #require(explained.contenders.first)
        let cost = try #require(winner.hourly).micros
        let wishes = PlainWish.all(spec, PriceList.policy, topology: nil)
        let fitting = Self.plain.offers.filter { offer in wishes.allSatisfy { $0.isGranted(offer) } }
        func speed(_ offer: Offer) -> Int64 { offer.fp32Tflops?.thousandths ?? 0 }
        let own = try #require(winner.throughput).thousandths
        let dearer = fitting.compactMap { offer -> Int64? in
            guard let price = offer.machine?.hourly?.micros, price > cost, speed(offer) > own + own / 10 else {
                return nil
            }
            return price
        }
        let cheaper = fitting.compactMap { $0.machine?.hourly?.micros }.filter { $0 < cost }
        let more = explained.changes.first { $0.contains("/hour more buys") }
        let less = explained.changes.first { $0.contains("/hour less buys") }
        #expect((more == nil) == dearer.isEmpty)
        #expect((less == nil) == cheaper.isEmpty)
        if let least = dearer.min() {
            #expect(more?.hasPrefix(Money(micros: least - cost).inWords) == true, "\(more ?? "")")
        }
        if let least = cheaper.min() {
            #expect(less?.hasPrefix(Money(micros: cost - least).inWords) == true, "\(less ?? "")")
        }
        #expect(more?.contains("% of the throughput") ?? true)
    }

    @Test(arguments: 1...4) func `The wishes told of are those without which something better is had`(seed: UInt64) {
        var dice = RandomWish(dice: Dice(state: seed))
        var told = 0
        for number in 0..<30 {
            var spec = dice.spec()
            if number % 2 == 0 { spec.constraints.maxTotalCost = nil }
            if number % 2 == 0 { spec.workload.resources.gpu?.count = 1 }
            spec.workload.resources.gpu?.topology = nil
            let explained = PriceList.market.explain(spec, now: Stall.now)
            guard let winner = explained.contenders.first, winner.hourly != nil else {
                #expect(explained.changes.isEmpty)
                continue
            }
            let wishes = PlainWish.all(spec, PriceList.policy, topology: nil)
            let own = Self.keys(winner.candidate.offer, spec)
            var better: [(name: String, keys: [Double], offer: Offer)] = []
            for wish in wishes {
                let rest = wishes.filter { $0.name != wish.name }
                let freed = Self.plain.offers.filter { offer in
                    !wish.isGranted(offer) && offer.isPriced && rest.allSatisfy { $0.isGranted(offer) }
                }
                let best = freed.min { Self.isBetter($0, than: $1, spec) }
                guard let best, Self.isBetter(best, than: winner.candidate.offer, spec) else { continue }
                better.append((wish.name, Self.keys(best, spec), best))
            }
            better.sort { Self.isBetter($0.offer, than: $1.offer, spec) }
            let names = explained.changes.filter { $0.hasPrefix("without ") }
                .map { String($0.dropFirst("without ".count).prefix { $0 != ":" }) }
            #expect(names == better.prefix(3).map(\.name), "seed \(seed): \(explained.changes), \(own)")
            told += names.count
        }
        #expect(told > 2, "seed \(seed)")
    }

    private static func keys(_ offer: Offer, _ spec: IntentSpec) -> [Double] { PlainMarket.keys(offer, spec, nil) }

    private static func isBetter(_ left: Offer, than right: Offer, _ spec: IntentSpec) -> Bool {
        let (one, other) = (keys(left, spec), keys(right, spec))
        return one == other ? left.id < right.id : one.lexicographicallyPrecedes(other)
    }

    @Test func `Nothing is told where nothing fits or the winner states no price`() {
        let explained = PriceList.market.explain(Self.spec { $0.constraints.location = "Africa" }, now: Stall.now)
        #expect(explained.contenders.isEmpty)
        #expect(explained.changes.isEmpty)
        #expect(explained.ranking.refusal?.code == "REGION_UNAVAILABLE")
        let silent = Market(offers: [Stall.offer { $0.hourlyPerGPU = nil }])
        #expect(silent.explain(Stall.spec(), now: Stall.now).changes.isEmpty)
    }
}
