import Intents
import Testing

@testable import Reconciling

/// Long waits cost nothing in between: neither calls, nor writes, nor many looks.
@Suite struct LongWaitTests {
    @Test("a night outside the window is a few looks without a call")
    func night() async {
        let world = FakeWorld(spec: { spec in
            var wish = AvailabilityWish()
            // Noon of the tests is 08:00 of the clock.
            (wish.windowStart, wish.windowEnd) = (20 * 60, 22 * 60)
            spec.constraints.availability = wish
        })
        let times = await world.live(.seconds(11 * 3600))
        #expect(times <= 13, "\(times)")
        #expect(world.platform.creates == 0)
        #expect(world.gates.values.reduce(0) { $0 + $1.calls } == 0)
        let writes = world.ledger.writes
        await world.live(.seconds(3600 + 120))
        #expect(world.isSettled(at: 1), "it opens")
        #expect(world.ledger.writes > writes)
        await world.live(.seconds(2 * 3600 + 600))
        #expect(world.held.isEmpty, "it closes")
    }

    @Test("a suspension until a far day is waited for")
    func suspension() async {
        let world = FakeWorld()
        var suspension = Suspension()
        suspension.until = world.time.now + .seconds(36_000)
        world.wishes[world.key]?.suspension = suspension
        let times = await world.live(.seconds(35_990))
        #expect(times <= 12, "\(times)")
        #expect(world.platform.creates == 0)
        // A suspension that is over is none: so it is read.
        world.wishes[world.key]?.suspension = nil
        await world.live(.seconds(60))
        #expect(world.platform.creates == 1)
    }
}
