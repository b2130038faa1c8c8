import Intents
import Testing

@testable import Reconciling

/// How long a wish must be stable, and what becomes of it.
@Suite struct LoadTrendTests {
    private let windows = ScalingWindows()

    /// A trend of wishes, 15 seconds apart, where three replicas are wanted.
    private static func trend(_ wishes: [Int], idle: [Bool] = []) -> (LoadTrend, Timestamp) {
        var now = noon
        var trend = LoadTrend(at: now, base: 3)
        for (index, wish) in wishes.enumerated() {
            if index > 0 { now = now + .seconds(15) }
            let isIdle = idle.indices.contains(index) && idle[index]
            trend.take(wish: wish, base: 3, isIdle: isIdle, summary: "", at: now)
        }
        return (trend, now)
    }

    @Test("more after 60 s, and no more than what was asked for all the time")
    func up() {
        for count in 1...4 {
            let (trend, now) = Self.trend([Int](repeating: 5, count: count))
            #expect(trend.due(windows, at: now) == nil, "\(count)")
            #expect(trend.dueAt(windows) == noon + .seconds(60))
        }
        let (trend, now) = Self.trend([5, 9, 4, 8, 8])
        #expect(trend.due(windows, at: now) == 4)
    }

    @Test("fewer after 600 s, and no fewer than what was asked for at some time")
    func down() {
        var (trend, now) = Self.trend([Int](repeating: 1, count: 40))
        #expect(trend.due(windows, at: now) == nil)
        (trend, now) = Self.trend([1, 2] + [Int](repeating: 1, count: 39))
        #expect(trend.due(windows, at: now) == 2)
    }

    @Test("a moment without the wish begins anew")
    func interrupted() {
        let (up, late) = Self.trend([5, 5, 5, 3, 5, 5, 5])
        #expect(up.due(windows, at: late) == nil)
        #expect(up.rising?.since == noon + .seconds(60))
        let (down, later) = Self.trend([Int](repeating: 1, count: 39) + [4] + [Int](repeating: 1, count: 10))
        #expect(down.due(windows, at: later) == nil)
        #expect(down.rising == nil)
    }

    @Test("another number of wanted replicas begins anew")
    func scaled() {
        var (trend, now) = Self.trend([5, 5, 5, 5, 5])
        #expect(trend.due(windows, at: now) == 5)
        now = now + .seconds(15)
        trend.take(wish: 8, base: 5, isIdle: false, summary: "", at: now)
        #expect(trend.due(windows, at: now) == nil)
        #expect(trend.rising == LoadTrend.Spell(since: now, nearest: 8))
    }

    @Test("idle since the first of the moments that are all idle")
    func idle() {
        #expect(Self.trend([3, 3, 3], idle: [true, true, true]).0.idleSince == noon)
        #expect(Self.trend([3, 3, 3], idle: [true, false, true]).0.idleSince == noon + .seconds(30))
        #expect(Self.trend([3, 3, 3], idle: [true, true, false]).0.idleSince == nil)
    }
}
