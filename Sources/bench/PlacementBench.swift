import FoundationEssentials
import Intents
import Placement

/// Times how fast offers are chosen: the indexed market, and beside it every offer against every rule.
struct PlacementBench {
    /// What there is to be chosen from and for.
    private let list: [Offer]
    private let now = Timestamp(seconds: 1_790_000_000)

    /// Reads the price list that larger markets are made from.
    init(list file: String) throws {
        list = try OfferCatalogue(Array(Data(contentsOf: URL(filePath: file)))).offers
    }

    /// Measures and tells one figure a line: name, number, unit.
    func report() {
        for count in [1000, 30_000] {
            let offers = BenchMarket.offers(count, from: list)
            let policy = BenchMarket.policy
            var market = Market(policy: policy)
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
        let fitting = specs.filter { !market.rank($0, now: now, limit: 1).candidates.isEmpty }
        Report.tell("\(offers) \(course.rawValue)-fitting \(fitting.count * 100 / specs.count) %")
        for count in [1, 1000, 10_000] {
            let taken = Array(specs.prefix(count))
            let times = taken.map { spec in
                Self.microseconds { _ = market.rank(spec, now: now, limit: Market.compared) }
            }
            tell(times, "\(offers) \(course.rawValue)-\(count)")
        }
        let few = specs.prefix(offers > 1000 ? 100 : 1000)
        let plain = few.map { spec in
            Self.microseconds { _ = market.plainlyBest(spec, now: now, limit: Market.compared) }
        }
        tell(plain, "\(offers) \(course.rawValue)-plain")
        let wrong = few.filter { spec in
            let ranking = market.rank(spec, now: now, limit: Market.compared)
            return ranking.candidates.map(\.offer.id) != market.plainlyBest(spec, now: now, limit: Market.compared)
        }
        if !wrong.isEmpty { Report.complain("bench: \(wrong.count) answers differ from the plain ones") }
    }

    private func tell(_ times: [Double], _ name: String) {
        let sorted = times.sorted()
        guard let last = sorted.last else { return }
        let mean = times.reduce(0, +) / Double(times.count)
        Report.tell("\(name)-mean \(Self.text(mean)) us")
        Report.tell("\(name)-p50 \(Self.text(sorted[sorted.count / 2])) us")
        Report.tell("\(name)-p99 \(Self.text(sorted[min(sorted.count - 1, sorted.count * 99 / 100)])) us")
        Report.tell("\(name)-most \(Self.text(last)) us")
        Report.tell("\(name)-total \(Self.text(times.reduce(0, +) / 1000)) ms")
    }

    private static func microseconds(_ body: () -> Void) -> Double {
        let span = ContinuousClock().measure(body)
        return Double(span.components.attoseconds) / 1e12 + Double(span.components.seconds) * 1e6
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
