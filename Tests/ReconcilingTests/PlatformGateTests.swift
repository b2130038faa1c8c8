import Intents
import Placement
import Testing

@testable import Reconciling

/// The one door to a platform: width, rate, breaker, waits and pauses.
@Suite struct PlatformGateTests {
    private let time = TestTime()

    private func gate(
        _ platform: FakePlatform,
        _ change: (inout PlatformLimits) -> Void = { _ in },
        leadership: any Leadership = ExclusiveLeadership()
    ) -> PlatformGate {
        var limits = PlatformLimits()
        change(&limits)
        return PlatformGate(platform, limits: limits, time: time, leadership: leadership, tell: { _ in })
    }

    private func look(_ gate: PlatformGate) async -> String {
        do throws(PlatformError) {
            _ = try await gate.call { platform async throws(PlatformError) in try await platform.offers() }
            return "OK"
        } catch {
            return error.code
        }
    }

    @Test("what is held on a platform that refuses our key waits for a person")
    func stalls() async {
        let world = FakeWorld()
        await world.live(.seconds(60))
        #expect(world.isSettled(at: 1))
        let refusal = PlatformError.error("INVALID_TOKEN", .pausePlatform, status: 401, on: .flexai)
        for call in [FakePlatform.Call.list, .observe, .offers, .verify] {
            world.platform.keepFailing(call, .refuse(refusal))
        }
        world.crash()
        _ = await world.reconciler.reconcile(world.key)
        #expect(world.reconciler.standing(of: world.key) == .stalled, "at the first look")
        await world.live(.seconds(300))
        #expect(world.held.map(\.phase) == [.live])
        #expect(world.reconciler.standing(of: world.key) == .stalled)
        let stalled = world.books.status(of: world.key)?.conditions.first { $0.type == "Stalled" }
        #expect(stalled?.reason == "INVALID_TOKEN")
    }

    @Test("five silences open the breaker; after its pause one call tries, and an answer closes it")
    func breaker() async {
        let platform = FakePlatform(time: time)
        let gate = gate(platform)
        platform.keepFailing(.offers, .vanish)
        for _ in 0..<5 { #expect(await look(gate) == "TIMEOUT") }
        #expect(await look(gate) == "BREAKER_OPEN")
        #expect(platform.calls(.offers) == 5)
        time.advance(.seconds(5))
        #expect(await look(gate) == "TIMEOUT", "it is tried")
        #expect(await look(gate) == "BREAKER_OPEN")
        time.advance(.seconds(5))
        #expect(await look(gate) == "BREAKER_OPEN", "the pause has doubled")
        platform.keepFailing(.offers, nil)
        time.advance(.seconds(5))
        #expect(await look(gate) == "OK")
        #expect(await look(gate) == "OK")
    }

    @Test("while somebody else answers in the platform's place, who is held is told that")
    func stranger() async {
        let platform = FakePlatform(time: time)
        let gate = gate(platform)
        platform.keepFailing(.offers, .refuse(.error(PlatformError.notThePlatform, .retry(after: nil))))
        for _ in 0..<5 { #expect(await look(gate) == PlatformError.notThePlatform) }
        #expect(await look(gate) == PlatformError.notThePlatform)
        #expect(platform.calls(.offers) == 5, "the breaker is open")
        platform.keepFailing(.offers, .vanish)
        time.advance(.seconds(5))
        #expect(await look(gate) == "TIMEOUT")
        #expect(await look(gate) == "BREAKER_OPEN", "the latest word counts")
    }

    @Test("a purchase that is given up before its call lets another call try the platform")
    func givenUp() async {
        let platform = FakePlatform(time: time)
        let gate = gate(platform)
        platform.keepFailing(.offers, .vanish)
        for _ in 0..<5 { _ = await look(gate) }
        platform.keepFailing(.offers, nil)
        time.advance(.seconds(5))
        let refusal = PlatformError.error("LEDGER_FULL", .retry(after: nil), status: nil)
        await #expect(throws: PlatformError.self) {
            try await gate.buy { () async throws(PlatformError) -> PreparedOrder in throw refusal }
        }
        #expect(platform.calls(.create) == 0)
        #expect(await look(gate) == "OK")
    }

    @Test("refusals are no silence", arguments: [400, 402, 404, 409])
    func refusals(status: Int) async {
        let platform = FakePlatform(time: time)
        let gate = gate(platform)
        platform.keepFailing(.offers, .refuse(.error("HTTP_\(status)", .retry(after: nil), status: status)))
        for _ in 0..<20 { #expect(await look(gate) == "HTTP_\(status)") }
    }

    @Test("a refusal of our key pauses for a minute, with or without a status", arguments: [Int?.some(401), nil])
    func paused(status: Int?) async {
        let platform = FakePlatform(time: time)
        let gate = gate(platform)
        platform.fail(.offers, .refuse(.error("INVALID_TOKEN", .pausePlatform, status: status)))
        #expect(await look(gate) == "INVALID_TOKEN")
        #expect(gate.pausedBecause?.code == "INVALID_TOKEN")
        #expect(await look(gate) == "INVALID_TOKEN")
        #expect(platform.calls(.offers) == 1)
        time.advance(.seconds(60))
        #expect(await look(gate) == "OK")
        #expect(gate.pausedBecause == nil)
    }

    @Test("after 429 nothing is called before the time that was named")
    func retryAfter() async {
        let platform = FakePlatform(time: time)
        let gate = gate(platform)
        platform.fail(.offers, .refuse(.error("HTTP_429", .wait(.seconds(30)), status: 429)))
        #expect(await look(gate) == "HTTP_429")
        time.advance(.seconds(29))
        #expect(await look(gate) == "RATE_LIMITED")
        time.advance(.seconds(1))
        #expect(await look(gate) == "OK")
    }

    @Test("no more calls at a time than allowed, and everybody gets his turn")
    func width() async {
        let gate = gate(FakePlatform(time: time)) { $0.callsAtATime = 3 }
        let inside = Crowd()
        let done = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<50 {
                group.addTask {
                    do throws(PlatformError) {
                        try await gate.call { _ async throws(PlatformError) in
                            inside.enter()
                            for _ in 0..<20 { await Task.yield() }
                            inside.leave()
                        }
                        return true
                    } catch { return false }
                }
            }
            return await group.reduce(0) { $1 ? $0 + 1 : $0 }
        }
        #expect(done == 50)
        #expect(inside.most <= 3)
        #expect(gate.calls == 50)
    }

    @Test("the rate is kept by waiting, and cancelling ends the wait")
    func rate() async {
        let platform = FakePlatform(time: time)
        let gate = gate(platform) { limits in
            limits.callsPerSecond = 1
            limits.burst = 1
        }
        #expect(await look(gate) == "OK")
        let time = self.time
        await withTaskGroup(of: String.self) { group in
            group.addTask { await self.look(gate) }
            #expect(await eventually { time.sleepers == 1 })
            #expect(platform.calls(.offers) == 1)
            time.advance(.seconds(1))
            #expect(await group.next() == "OK")
            group.addTask { await self.look(gate) }
            #expect(await eventually { time.sleepers == 1 })
            group.cancelAll()
            #expect(await group.next() == "CANCELLED")
        }
        #expect(platform.calls(.offers) == 2)
    }

    @Test("nothing is called without enough of the lock left")
    func leadership() async {
        let platform = FakePlatform(time: time)
        for (left, code) in [(0, "NOT_LEADING"), (7, "NOT_LEADING"), (8, "OK")] {
            let gate = gate(platform, leadership: Lease(left: .seconds(left)))
            #expect(await look(gate) == code)
        }
    }

    @Test("one at a time means one at a time")
    func oneAtATime() async {
        let gate = gate(FakePlatform(time: time))
        let inside = Crowd()
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<40 {
                group.addTask {
                    await gate.oneAtATime {
                        inside.enter()
                        for _ in 0..<5 { await Task.yield() }
                        inside.leave()
                    }
                }
            }
        }
        #expect(inside.most == 1)
        #expect(inside.done == 40)
    }

    @Test("verification is asked once, and again after a pause")
    func verified() async throws {
        let platform = FakePlatform(time: time)
        let gate = gate(platform)
        try await gate.verified()
        try await gate.verified()
        #expect(platform.calls(.verify) == 1)
        platform.fail(.offers, .refuse(.error("HTTP_401", .pausePlatform, status: 401)))
        _ = await look(gate)
        time.advance(.seconds(60))
        try await gate.verified()
        #expect(platform.calls(.verify) == 2)
    }

    /// A lock with so much left.
    private struct Lease: Leadership {
        let left: Duration
        func timeLeft() -> Duration? { left }
    }
}
