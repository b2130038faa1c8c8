import Intents
import Testing

@testable import Reconciling

/// How fast things are tried: backoff, breaker, bucket, and the brake on losses.
@Suite struct PacingTests {
    @Test("backoff doubles from 1 s to 60 s", arguments: [(0, 1), (1, 1), (2, 2), (6, 32), (7, 60), (99, 60)])
    func ceiling(failures: Int, seconds: Int) {
        #expect(Backoff().ceiling(failures: failures) == .seconds(seconds))
    }

    @Test("a wait is spread over the whole ceiling, never hot, and never under what was asked for")
    func waits() {
        let dice = SharedDice(seed: 7)
        var short = 0
        for _ in 0..<500 {
            let wait = Backoff().wait(failures: 6, atLeast: nil, dice: dice)
            #expect(wait >= .milliseconds(100) && wait <= .seconds(32))
            if wait < .seconds(8) { short += 1 }
            let asked = Backoff().wait(failures: 1, atLeast: .seconds(300), dice: dice)
            #expect(asked >= .seconds(300) && asked <= .seconds(301))
        }
        #expect((50...250).contains(short), "about a quarter: \(short)")
    }

    @Test("a token bucket lets a burst through, then so many a second")
    func bucket() {
        var bucket = TokenBucket(perSecond: 2, burst: 3)
        let waits = (0..<5).map { _ in bucket.take(at: .zero) }
        #expect(waits == [.zero, .zero, .zero, .milliseconds(500), .seconds(1)])
        #expect(bucket.take(at: .seconds(1)) == .milliseconds(500))
        #expect(
            (0..<4).map { _ in bucket.take(at: .seconds(100)) }.last == .milliseconds(500),
            "no more than a burst is saved"
        )
    }

    @Test("a breaker opens at the fifth silence in a row, and its pause doubles to a minute")
    func breaker() {
        var breaker = Breaker()
        for _ in 0..<4 { #expect(breaker.failed(at: .zero) == false) }
        breaker.succeeded()
        for _ in 0..<4 { #expect(breaker.failed(at: .zero) == false) }
        #expect(breaker.failed(at: .zero) == true)
        var now = Duration.zero
        for pause in [5, 10, 20, 40, 60, 60] {
            #expect(breaker.wait(at: now) == .seconds(pause))
            now += .seconds(pause)
            #expect(breaker.wait(at: now) == nil, "looking takes nothing")
            #expect(breaker.admit(at: now) == nil)
            #expect(breaker.admit(at: now) == .seconds(1), "one at a time")
            breaker.withdrew()
            #expect(breaker.admit(at: now) == nil)
            #expect(breaker.failed(at: now) == false)
        }
        now += .seconds(60)
        #expect(breaker.admit(at: now) == nil)
        breaker.succeeded()
        #expect(!breaker.isOpen)
        #expect(breaker.admit(at: now) == nil)
    }

    private static func ids(_ range: Range<Int>) -> Set<AllocationID> {
        Set(range.map { AllocationID(rawValue: "i-\($0)") })
    }

    @Test(
        "more than half, and at least two, engage the brake",
        arguments: [
            (1, 1, false), (2, 1, false), (2, 2, true), (4, 2, false), (4, 3, true), (10, 5, false), (10, 6, true),
        ]
    )
    func engages(known: Int, missing: Int, engages: Bool) {
        var brake = LossBrake(apart: .seconds(30))
        let change = brake.look(known: Self.ids(0..<known), missing: Self.ids(0..<missing), beganAt: .zero)
        #expect(brake.isEngaged == engages)
        #expect(change == (engages ? .engaged(missing: missing, known: known) : .none))
    }

    @Test("a look 30 s later that says the same is believed, and does not engage it again")
    func believed() {
        var brake = LossBrake(apart: .seconds(30))
        let (known, missing) = (Self.ids(0..<4), Self.ids(0..<3))
        _ = brake.look(known: known, missing: missing, beganAt: .zero)
        #expect(brake.look(known: known, missing: missing, beganAt: .seconds(29)) == .none)
        #expect(brake.isEngaged)
        #expect(brake.look(known: known, missing: missing, beganAt: .seconds(30)) == .released(believed: true))
        #expect(brake.look(known: known, missing: missing, beganAt: .seconds(31)) == .none)
        #expect(!brake.isEngaged)
        #expect(brake.look(known: known, missing: [], beganAt: .seconds(40)) == .none)
        _ = brake.look(known: known, missing: missing, beganAt: .seconds(50))
        #expect(brake.isEngaged, "what came back counts again")
        #expect(brake.look(known: known, missing: [], beganAt: .seconds(60)) == .released(believed: false))
    }

    @Test("dice are the same for a seed, and attempts are version 4 UUIDs that differ")
    func dice() {
        let (one, two) = (SharedDice(seed: 5), SharedDice(seed: 5))
        let attempts = (0..<100).map { _ in one.attempt() }
        #expect(attempts == (0..<100).map { _ in two.attempt() })
        #expect(Set(attempts.map(\.short)).count == 100)
        for attempt in attempts {
            let text = Array(attempt.rawValue)
            #expect(text.count == 36 && text[14] == "4" && "89ab".contains(text[19]))
        }
    }
}
