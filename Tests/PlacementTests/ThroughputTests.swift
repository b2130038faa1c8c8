import Intents
import Testing

@testable import Placement

/// How much slots compute, and what a euro buys of it.
struct ThroughputTests {
    @Test(
        arguments: [
            (GPUWish.Interconnect.nvswitch, 20_000), (.nvlink, 19_000), (.infiniband, 17_000), (.pcie, 16_000),
            (nil, 16_000),
        ] as [(GPUWish.Interconnect?, Int64)]
    )
    func linksKeepPart(link: GPUWish.Interconnect?, expected: Int64) {
        #expect(Throughput.slot(.units(10), over: link, count: 2) == expected)
        #expect(Throughput.slot(.units(10), over: link, count: 1) == 10_000, "one GPU talks to nobody")
    }

    @Test func betterLinksNeverKeepLess() {
        let links = GPUWish.Interconnect.allCases.sorted { $0.grade < $1.grade }
        #expect(links == GPUWish.Interconnect.allCases, "the enumeration lists the best last")
        let kept = links.map { Throughput.slot(.units(10), over: $0, count: 8) }
        #expect(kept == kept.sorted())
        #expect(Set(links.map(\.grade)).count == links.count)
    }

    @Test func theUnknownIsNothingAndTheHugeDoesNotWrap() {
        #expect(Throughput.slot(nil, over: .nvlink, count: 8) == 0)
        #expect(Throughput.slot(Quantity(thousandths: .max), over: .nvlink, count: 8) == .max)
    }

    @Test func aEuroBuysLessFarAway() {
        func perEuro(_ latency: Int?) -> Double {
            Throughput.perEuro(10_000, slots: 1, cost: .euros(2), latencyMs: latency)
        }
        #expect(perEuro(100) == perEuro(0) / 2)
        #expect(perEuro(nil) == perEuro(100))
        #expect(perEuro(10) > perEuro(20))
        #expect(perEuro(-10) == perEuro(0))
    }

    @Test func slotsAndTheirCostCancelOut() {
        let one = Throughput.perEuro(10_000, slots: 1, cost: .euros(2), latencyMs: 0)
        #expect(Throughput.perEuro(10_000, slots: 4, cost: .euros(8), latencyMs: 0) == one)
        #expect(Throughput.perEuro(10_000, slots: 1, cost: .zero, latencyMs: 0).isFinite)
    }
}
