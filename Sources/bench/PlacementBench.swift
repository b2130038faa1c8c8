import FoundationEssentials
import Glibc
import Intents
import Placement

/// Times how fast offers are chosen: the indexed market, and beside it every offer against every rule.
///
/// Every figure is processor time of the one thread that chooses, so that what else runs on the machine counts little;
/// totals are by the clock on the wall.
struct PlacementBench {
    /// What there is to be chosen from and for.
    private let list: [Offer]
    private let now = Timestamp(seconds: 1_790_000_000)

    /// Reads the price list that larger markets are made from.
    init(list file: String) throws {
        list = try OfferCatalogue(Array(Data(contentsOf: URL(filePath: file)))).offers
    }

    /// Measures and tells one figure a line: number of offers, name, number, unit.
    func report() {
        for count in [1000, 30_000] {
            let offers = BenchMarket.offers(count, from: list)
            let policy = BenchMarket.policy
            var market = Market()
            let indexing = Self.milliseconds { market = Market(offers: offers, policy: policy) }
            Report.tell("\(count) index \(Self.text(indexing)) ms")
            var newer = offers
            newer[count / 2].machine?.hourly = Money(micros: 1_234_567)
            let refreshing = Self.milliseconds { market = market.refreshed(with: newer) }
            Report.tell("\(count) refresh \(Self.text(refreshing)) ms")
            for course in BenchWishes.Course.allCases { measure(course, market, count) }
        }
        Report.tell("0 memory \(Self.residentMegabytes()) MB")
    }

    /// Measures one course over one market.
    private func measure(_ course: BenchWishes.Course, _ market: Market, _ offers: Int) {
        var wishes = BenchWishes(seed: 42)
        let specs = (0..<10_000).map { _ in wishes.spec(course) }
        let name = "\(offers) \(course.rawValue)"
        for count in [1, 1000, 10_000] {
            var times: [(microseconds: Double, fits: Bool)] = []
            let wall = ContinuousClock().measure { times = specs.prefix(count).map { time($0, market) } }
            tell(times.map(\.microseconds), "\(name)-\(count)")
            Report.tell("\(name)-\(count)-total \(Self.text(wall / .milliseconds(1))) ms")
            guard count == specs.count else { continue }
            let (fits, refused) = (times.filter(\.fits), times.filter { !$0.fits })
            Report.tell("\(name)-fitting \(fits.count * 100 / times.count) %")
            tell(fits.map(\.microseconds), "\(name)-fits")
            tell(refused.map(\.microseconds), "\(name)-refused")
        }
        tell(specs.prefix(500).map { explainTime($0, market) }, "\(name)-explain")
        compare(Array(specs.prefix(offers > 1000 ? 100 : 1000)), market, name)
    }

    /// How long it takes to explain a choice: the funnel, the runners-up and what would change it.
    private func explainTime(_ spec: IntentSpec, _ market: Market) -> Double {
        var offers = 0
        let span = Self.microseconds { offers = market.explain(spec, now: now).offers }
        if offers == 0 { Report.complain("bench: an empty market was explained") }
        return span
    }

    /// How long one intent takes, and whether something fits.
    private func time(_ spec: IntentSpec, _ market: Market) -> (microseconds: Double, fits: Bool) {
        var fits = false
        let span = Self.microseconds {
            fits = !market.rank(spec, now: now, limit: Market.compared).candidates.isEmpty
        }
        return (span, fits)
    }

    /// Holds a few intents against every offer and every rule, and complains where that gives another answer.
    private func compare(_ specs: [IntentSpec], _ market: Market, _ name: String) {
        var (plain, indexed, wrong) = ([Double](), [Double](), 0)
        for spec in specs {
            var (best, ranking) = ([Offer.ID](), Ranking(candidates: [], refusal: nil, constraints: []))
            plain.append(
                Self.microseconds { best = market.plainlyBest(spec, now: now, limit: Market.compared) }
            )
            indexed.append(Self.microseconds { ranking = market.rank(spec, now: now, limit: Market.compared) })
            if ranking.candidates.map(\.offer.id) != best { wrong += 1 }
        }
        tell(plain, "\(name)-plain")
        Report.tell("\(name)-ratio \(Self.text(plain.reduce(0, +) / indexed.reduce(0, +))) times")
        if wrong > 0 { Report.complain("bench: \(wrong) answers differ from the plain ones") }
    }

    private func tell(_ times: [Double], _ name: String) {
        let sorted = times.sorted()
        guard let last = sorted.last else { return }
        let mean = times.reduce(0, +) / Double(times.count)
        Report.tell("\(name)-mean \(Self.text(mean)) us")
        Report.tell("\(name)-p50 \(Self.text(sorted[sorted.count / 2])) us")
        Report.tell("\(name)-p99 \(Self.text(sorted[min(sorted.count - 1, sorted.count * 99 / 100)])) us")
        Report.tell("\(name)-most \(Self.text(last)) us")
    }

    /// The processor time that something takes.
    private static func microseconds(_ body: () -> Void) -> Double {
        let start = processorMicroseconds()
        body()
        return processorMicroseconds() - start
    }

    private static func processorMicroseconds() -> Double {
        var time = timespec()
        unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) * 1e6 + Double(time.tv_nsec) / 1e3
    }

    private static func milliseconds(_ body: () -> Void) -> Double { microseconds(body) / 1000 }

    private static func text(_ number: Double) -> String { String((number * 100).rounded() / 100) }

    /// The most memory that the process has had.
    private static func residentMegabytes() -> Int {
        guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8) else { return 0 }
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return (line?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) / 1024
    }
}
