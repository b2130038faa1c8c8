import Intents
import Testing

@testable import Reconciling

/// Between a source that lost intents and the deletion of what they hold.
@Suite struct DeletionGuardTests {
    private static func keys(_ range: Range<Int>) -> [IntentKey] { range.map { IntentKey(rawValue: "k\($0)") } }
    private static func guarding(_ range: Range<Int>, at uptime: Duration = .zero) -> DeletionGuard {
        var guardian = DeletionGuard()
        guardian.heardNews(at: uptime)
        for key in keys(range) { guardian.withdrawn(key, at: uptime) }
        return guardian
    }

    @Test(
        "more than max(5, 25 %) are held, those that still end counted with them",
        arguments: [
            (5, 10, 0, true), (6, 10, 0, false), (25, 100, 0, true), (26, 100, 0, false), (5, 100, 20, true),
            (5, 5, 1, false), (1, 4, 4, true), (1, 4, 5, false), (6, 24, 0, true), (6, 23, 0, false),
        ]
    )
    func counts(asked: Int, total: Int, ending: Int, passes: Bool) {
        var guardian = Self.guarding(0..<asked)
        let passed = guardian.judge(at: .seconds(2), now: noon, total: total, ending: ending)
        // 25 % of all: 24 + 0 give 6; 23 give 5.
        #expect(passed.count == (passes ? asked : 0))
        #expect((guardian.held != nil) == !passes)
    }

    @Test("withdrawals wait for 2 s of quiet, and at most 30 s")
    func quiet() {
        var guardian = Self.guarding(0..<1)
        #expect(guardian.judge(at: .milliseconds(1_999), now: noon, total: 9, ending: 0) == [])
        for second in 1..<30 {
            guardian.heardNews(at: .seconds(second))
            #expect(guardian.judge(at: .seconds(second), now: noon, total: 9, ending: 0) == [])
        }
        #expect(guardian.judge(at: .seconds(30), now: noon, total: 9, ending: 0).count == 1)
    }

    @Test("what comes back in time is not withdrawn")
    func returned() {
        var guardian = Self.guarding(0..<3)
        guardian.returned(IntentKey(rawValue: "k1"))
        let passed = guardian.judge(at: .seconds(2), now: noon, total: 9, ending: 0)
        #expect(passed.map(\.rawValue) == ["k0", "k2"])
    }

    @Test("an approval binds to the list that was shown, all of it or one of it")
    func approve() {
        var guardian = Self.guarding(0..<10)
        _ = guardian.judge(at: .seconds(2), now: noon, total: 10, ending: 0)
        guard let held = guardian.held else {
            Issue.record("nothing is held")
            return
        }
        #expect(guardian.approve(token: "other", only: nil) == false)
        #expect(guardian.approve(token: held.token, only: IntentKey(rawValue: "k77")) == false)
        #expect(guardian.approve(token: held.token, only: IntentKey(rawValue: "k3")) == true)
        #expect(guardian.judge(at: .seconds(3), now: noon, total: 10, ending: 0).map(\.rawValue) == ["k3"])
        #expect(guardian.held?.token != held.token)
        #expect(guardian.approve(token: held.token, only: nil) == false, "the list is another one now")
        guard let token = guardian.held?.token else { return }
        guardian.withdrawn(IntentKey(rawValue: "new"), at: .seconds(4))
        #expect(guardian.approve(token: token, only: nil) == true)
        let passed = guardian.judge(at: .seconds(10), now: noon, total: 10, ending: 1)
        #expect(passed.count >= 9)
        #expect(guardian.held == nil)
    }

    @Test("what came after the list was shown is not approved with it while too much ends")
    func late() {
        var guardian = Self.guarding(0..<10)
        _ = guardian.judge(at: .seconds(2), now: noon, total: 20, ending: 0)
        guardian.withdrawn(IntentKey(rawValue: "new"), at: .seconds(4))
        guard let token = guardian.held?.token else { return }
        #expect(guardian.approve(token: token, only: nil) == true)
        let passed = guardian.judge(at: .seconds(10), now: noon, total: 20, ending: 6)
        #expect(passed.count == 10)
        #expect(guardian.held?.keys.map(\.rawValue) == ["new"])
    }

    @Test("a list whose intents have all come back is gone, and approving it approves nothing for later")
    func allBack() {
        var guardian = Self.guarding(0..<10)
        _ = guardian.judge(at: .seconds(2), now: noon, total: 10, ending: 0)
        guard let token = guardian.held?.token else { return }
        for key in Self.keys(0..<10) { guardian.returned(key) }
        _ = guardian.approve(token: token, only: nil)
        _ = guardian.judge(at: .seconds(3), now: noon, total: 10, ending: 0)
        #expect(guardian.held == nil)
        for key in Self.keys(0..<10) { guardian.withdrawn(key, at: .seconds(10)) }
        #expect(guardian.judge(at: .seconds(60), now: noon, total: 10, ending: 0) == [], "held again")
    }

    @Test("an approval given after a restart, before the first look, holds")
    func restart() {
        let keys = Self.keys(0..<10)
        let list = HeldWithdrawals(token: DeletionGuard.token(of: keys), keys: keys, since: noon, total: 10)
        var guardian = DeletionGuard(held: list)
        #expect(guardian.approve(token: list.token, only: nil) == true)
        for key in keys { guardian.withdrawn(key, at: .seconds(1)) }
        #expect(guardian.judge(at: .seconds(5), now: noon, total: 10, ending: 0).count == 10)
    }

    @Test("the token names the list: order, joins and splits of names all matter")
    func token() {
        let lists = [["a", "b"], ["ab"], ["b", "a"], ["a"], ["a", "b", ""], []]
        let tokens = lists.map { DeletionGuard.token(of: $0.map(IntentKey.init(rawValue:))) }
        #expect(Set(tokens).count == lists.count)
    }
}
