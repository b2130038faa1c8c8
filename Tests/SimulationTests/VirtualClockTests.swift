import Intents
import Testing

@testable import Simulation

/// Virtual time: instants, moments, and sleeps that are cut short.
@Suite struct VirtualClockTests {
    @Test func instantsAreCounted() {
        let start = VirtualClock.Instant(offset: .zero)
        let later = start.advanced(by: .milliseconds(1500))
        #expect(start < later)
        #expect(start.duration(to: later) == .milliseconds(1500))
        #expect(later.duration(to: start) == .milliseconds(-1500))
    }

    @Test func momentFollowsTheEpoch() throws {
        let executor = DeterministicExecutor(seed: 1, epoch: second(0))
        let clock = executor.clock
        #expect(clock.timestamp == second(0))
        try executor.run { try? await clock.sleep(for: .milliseconds(90_500)) }
        #expect(clock.timestamp == second(90) + .milliseconds(500))
    }

    @Test func sleepIntoThePastTakesNoTime() throws {
        let executor = DeterministicExecutor(seed: 1)
        let clock = executor.clock
        try executor.run {
            try? await clock.sleep(for: .seconds(10))
            try? await clock.sleep(until: VirtualClock.Instant(offset: .seconds(3)), tolerance: nil)
        }
        #expect(clock.now.offset == .seconds(10), "time does not go back")
    }

    @Test(arguments: 0..<50)
    func cancelledAndWokenAtOneInstantIsStillEndedOnce(_ seed: UInt64) throws {
        let executor = DeterministicExecutor(seed: seed)
        let clock = executor.clock
        let ended = try executor.run {
            await withTaskGroup(of: Int.self) { group in
                for _ in 0..<10 {
                    group.addTask {
                        do {
                            try await clock.sleep(for: .seconds(5))
                            return 1
                        } catch {
                            return 1
                        }
                    }
                }
                try? await clock.sleep(for: .seconds(5))
                group.cancelAll()
                return await group.reduce(0, +)
            }
        }
        #expect(ended == 10)
        #expect(clock.now.offset == .seconds(5))
    }

    @Test func worksAsAnyClock() throws {
        @Sendable func wait(_ clock: any Clock<Duration>) async { try? await clock.sleep(for: .seconds(2)) }
        let executor = DeterministicExecutor(seed: 1)
        let clock = executor.clock
        try executor.run { await wait(clock) }
        #expect(clock.now.offset == .seconds(2))
    }
}
