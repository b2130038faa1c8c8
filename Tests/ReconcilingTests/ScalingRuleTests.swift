import Testing

@testable import Reconciling

/// The rule of the Kubernetes HorizontalPodAutoscaler, with its bounds.
@Suite struct ScalingRuleTests {
    private typealias Metric = ScalingRule.Metric

    private let rule = ScalingRule()

    /// Loads in percent; nil for a running replica that is not measured.
    private static func metric(_ loads: [Int?], target: Int = 80) -> Metric {
        let known = loads.compactMap(\.self)
        return Metric(
            target: target * 100,
            sum: known.reduce(0, +) * 100,
            measured: known.count,
            missing: loads.count - known.count
        )
    }

    @Test(
        "one metric",
        arguments: [
            // What runs, how many are wanted now, how many are asked for.
            ([80], 1, 1, "on target"),
            ([88], 1, 1, "within 10 % above"),
            ([89], 1, 2, "above"),
            ([100, 100], 2, 3, "rounded up"),
            ([72, 72], 2, 2, "within 10 % below"),
            ([71, 71, 71], 3, 3, "below, and rounded up to what there is"),
            ([40, 40], 2, 1, "half"),
            ([0, 0, 0], 3, 1, "never none"),
            ([100, 100], 4, 4, "two that do not run yet have no load when more are asked for"),
            ([100, 100, 100, 100], 4, 5, "all run"),
            ([20, 20], 4, 3, "two that do not run yet have the load aimed at when fewer are asked for"),
            ([0, nil, 0], 3, 3, "a replica that is not measured keeps all of them"),
            ([100, nil, 100], 2, 3, "and does not hinder more"),
            ([nil, nil], 2, 2, "nothing measured, nothing changes"),
            ([], 2, 2, "nothing runs, nothing changes"),
        ] as [([Int?], Int, Int, String)]
    )
    func one(loads: [Int?], current: Int, wish: Int, why: String) {
        #expect(rule.wish(for: Self.metric(loads), current: current) == wish, "\(why)")
    }

    @Test("at most four more, or twice as many, in one step", arguments: [(1, 5), (3, 7), (4, 8), (10, 20)])
    func step(current: Int, most: Int) {
        let loads = [Int?](repeating: 100, count: current)
        #expect(rule.wish(for: Self.metric(loads, target: 1), current: current) == most)
    }

    @Test("of several metrics the highest wish wins")
    func several() {
        let low = Self.metric([10, 10])
        let high = Self.metric([95, 95], target: 70)
        #expect(rule.wish(for: [low, high], current: 2) == 3)
        #expect(rule.wish(for: [low, Self.metric([70, 70], target: 70)], current: 2) == 2)
        #expect(rule.wish(for: [low, low], current: 2) == 1)
        #expect(rule.wish(for: [low, Self.metric([nil, 5])], current: 2) == 2, "one is not measured whole")
        #expect(rule.wish(for: [], current: 2) == 2)
    }

    @Test("more load never asks for fewer, and the target is reached where it is followed")
    func monotonous() {
        for current in 1...6 {
            var last = 0
            for load in 0...100 {
                let loads = [Int?](repeating: load, count: current)
                let wish = rule.wish(for: Self.metric(loads), current: current)
                #expect(wish >= last)
                #expect(wish >= 1)
                if wish < current { #expect(load * current <= 80 * wish, "those that stay can bear it") }
                last = wish
            }
        }
    }
}
