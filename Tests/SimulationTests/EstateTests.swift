import Intents
import Testing

@testable import Simulation

/// The estate alone: selling, ending, events and what is visible.
@Suite struct EstateTests {
    /// An estate with one ware of ten GPUs at 2 EUR, at a moment.
    private static func estate(at moment: Int64 = 0) -> SimulatedEstate {
        var estate = SimulatedEstate(shelf: [SimulatedWare(flexai: "t4", .t4, memory: 16, euros: 2, capacity: 10)])
        estate.advance(to: second(moment))
        return estate
    }

    /// Sells GPUs of the one ware.
    private static func sell(_ count: Int, from estate: inout SimulatedEstate, boot: Duration = .zero) -> Int {
        var dice = Dice(seed: UInt64(estate.purchases.count))
        let sale = SimulatedSale(
            ware: 0,
            gpuCount: count,
            hourly: Money(micros: 2_000_000) * count,
            reference: "r",
            idempotencyKey: nil
        )
        return estate.sell(sale, idPrefix: "x-", bootsFor: boot, dice: &dice)
    }

    @Test func soldThingsAreTakenAndGivenBack() {
        var estate = Self.estate()
        let first = Self.sell(6, from: &estate)
        let second = Self.sell(4, from: &estate)
        #expect(estate.shelf[0].free == 0)
        estate.lose(first)
        #expect(estate.shelf[0].free == 6)
        estate.lose(first)
        #expect(estate.shelf[0].free == 6, "it is lost once")
        estate.delete(second, takes: .zero)
        #expect(estate.shelf[0].free == 10)
        #expect(estate.aliveCount == 0)
        #expect(estate.purchases.map(\.ending) == [.lost, .deleted])
    }

    @Test func oversellingIsAMistakeOfOurs() async {
        await #expect(processExitsWith: .failure) {
            var ware = SimulatedWare(flexai: "t4", .t4, memory: 16, euros: 2, capacity: 1)
            ware.take(2)
        }
    }

    @Test func twoWaresOfOneNameAreAMistakeOfOurs() async {
        await #expect(processExitsWith: .failure) {
            let ware = SimulatedWare(flexai: "t4", .t4, memory: 16, euros: 2, capacity: 1)
            _ = SimulatedEstate(shelf: [ware, ware])
        }
    }

    @Test func cutCapacityTakesNothingAway() {
        var estate = Self.estate()
        let serial = Self.sell(6, from: &estate)
        estate.shelf[0].capacity = 2
        #expect(estate.shelf[0].free == 0)
        estate.lose(serial)
        #expect(estate.shelf[0].free == 2)
    }

    @Test(arguments: [
        (SimulatedPhase.booting, SimulatedPhase.stopping), (.running, .stopping), (.stopping, .stopping),
        (.stopped, .stopped), (.completed, .completed), (.failed, .failed),
    ])
    func stopIsForWhatWorks(_ before: SimulatedPhase, _ after: SimulatedPhase) {
        var estate = Self.estate()
        let serial = Self.sell(1, from: &estate)
        estate.purchases[serial].enter(before, at: second(0))
        #expect(estate.stop(serial, takes: .seconds(10)) == after)
    }

    @Test(arguments: [
        (Agenda.Event.booted, SimulatedPhase.booting, SimulatedPhase.running), (.booted, .stopping, .stopping),
        (.booted, .failed, .failed), (.stopped, .stopping, .stopped), (.stopped, .running, .running),
        (.workEnded(.completed), .running, .completed), (.workEnded(.completed), .failed, .failed),
        (.workEnded(.failed), .stopped, .stopped), (.workEnded(.completed), .booting, .booting),
    ])
    func eventsActOnTheirPhaseAlone(_ event: Agenda.Event, _ before: SimulatedPhase, _ after: SimulatedPhase) {
        var estate = Self.estate()
        let serial = Self.sell(1, from: &estate)
        estate.purchases[serial].enter(before, at: second(0))
        estate.agenda.add(event, of: serial, at: second(10))
        estate.advance(to: second(9))
        #expect(estate.purchases[serial].phase == before)
        estate.advance(to: second(10))
        #expect(estate.purchases[serial].phase == after)
    }

    @Test func whatHasEndedIsLeftInPeace() {
        var estate = Self.estate()
        let serial = Self.sell(1, from: &estate, boot: .seconds(60))
        estate.delete(serial, takes: .seconds(30))
        estate.lose(serial)
        estate.advance(to: second(100))
        #expect(estate.purchases[serial].ending == .lost)
        #expect(estate.purchases[serial].phase == .booting, "no event reached it")
    }

    @Test func deletionUnderWayIsNotPutOff() {
        var estate = Self.estate()
        let serial = Self.sell(1, from: &estate)
        estate.delete(serial, takes: .seconds(30))
        estate.advance(to: second(29))
        estate.delete(serial, takes: .seconds(30))
        estate.advance(to: second(30))
        #expect(!estate.purchases[serial].isAlive)
    }

    @Test func sightAndListingHaveTheirOwnTimes() {
        var estate = Self.estate()
        let serial = Self.sell(1, from: &estate)
        let id = estate.purchases[serial].id
        estate.keepFromSight(serial, until: second(10))
        estate.keepFromListings(serial, until: second(20))
        for (at, isVisible, isListed) in [(9, false, false), (10, true, false), (19, true, false), (20, true, true)] {
            estate.advance(to: second(Int64(at)))
            #expect((estate.visible(id) != nil) == isVisible, "at \(at) s")
            let listed = estate.listed(.whole)
            #expect(listed.isEmpty != isListed, "at \(at) s")
        }
        estate.deny(serial)
        #expect(estate.visible(id) == nil)
        let listed = estate.listed(.whole)
        #expect(listed.isEmpty)
    }

    @Test func longGoneThingsLeaveTheListingForGood() {
        var estate = Self.estate()
        let serial = Self.sell(1, from: &estate)
        estate.lose(serial)
        estate.advance(to: second(601))
        let old = estate.listed(.stale(.seconds(86_400)))
        #expect(old.isEmpty, "a listing lags ten minutes at most")
    }

    @Test func anyAliveFindsTheOnlyOneAmongMany() {
        var estate = SimulatedEstate(shelf: [SimulatedWare(flexai: "t4", .t4, memory: 16, euros: 2, capacity: 1000)])
        estate.advance(to: second(0))
        for _ in 0..<500 { _ = Self.sell(1, from: &estate) }
        for serial in 0..<500 where serial != 77 { estate.lose(serial) }
        var dice = Dice(seed: 1)
        for _ in 0..<20 { #expect(estate.anyAlive(dice: &dice) == 77) }
        estate.lose(77)
        #expect(estate.anyAlive(dice: &dice) == nil)
    }

    @Test(arguments: [1, 3, 7])
    func changedRateIsCountedFromItsMoment(_ hours: Int64) {
        var estate = Self.estate()
        let serial = Self.sell(1, from: &estate)
        estate.purchases[serial].setHourly(Money(micros: 5_000_000), at: second(3600 * hours))
        let cost = estate.purchases[serial].cost(at: second(3600 * hours + 1800))
        #expect(cost == Money(micros: 2_000_000 * hours + 2_500_000))
    }

    @Test func idsTellNothingAboutOrder() {
        var estate = SimulatedEstate(shelf: [SimulatedWare(flexai: "t4", .t4, memory: 16, euros: 2, capacity: 1000)])
        for _ in 0..<100 { _ = Self.sell(1, from: &estate) }
        let ids = estate.purchases.map(\.id)
        #expect(ids != ids.sorted())
        #expect(Set(ids).count == 100)
        #expect(ids.allSatisfy { $0.count == 14 && $0.hasPrefix("x-") })
    }
}
