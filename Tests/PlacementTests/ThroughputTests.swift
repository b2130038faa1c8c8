import Intents
import Testing

@testable import Placement

/// How much slots compute, and what a euro buys of it.
struct ThroughputTests {
    @Test(
        arguments: [
            (GPUWish.Interconnect.nvswitch, 19_920), (.nvlink, 19_720), (.infiniband, 17_240), (.pcie, 16_000),
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

    @Test func latencyIsFeltInThePrice() {
        #expect(Throughput.felt(5, latencyMs: 0) == 500)
        #expect(Throughput.felt(5, latencyMs: 100) == 1000, "at a hundred milliseconds it counts twice")
        #expect(Throughput.felt(5, latencyMs: nil) == 1000, "the unknown counts as the reference's default")
        #expect(Throughput.felt(5, latencyMs: 10) < Throughput.felt(5, latencyMs: 11))
        #expect(Throughput.felt(5, latencyMs: -10) == 500)
        #expect(Throughput.felt(.max, latencyMs: 1) == .max)
    }
}
