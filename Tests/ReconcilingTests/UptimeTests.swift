import Intents
import Placement
import Testing

@testable import Reconciling

/// Availability over 30 days, and interruptions that last too long.
@Suite struct UptimeTests {
    private static let day = Duration.seconds(86_400)
    private static let start = Timestamp(day: 20_000)

    @Test("time in each state is added up by day, and only transitions change anything")
    func days() {
        var uptime = UptimeMemory()
        uptime.since = Self.start
        uptime.enter(.down, at: Self.start + .seconds(80_000))
        let before = uptime
        uptime.enter(.down, at: Self.start + .seconds(85_000))
        #expect(uptime == before)
        uptime.enter(.held, at: Self.start + Self.day + .seconds(600))
        uptime.enter(.up, at: Self.start + Self.day + .seconds(700))
        #expect(
            uptime.days == [
                UptimeMemory.Day(number: 20_000, down: .seconds(6400)),
                UptimeMemory.Day(number: 20_001, down: .seconds(600), held: .seconds(100)),
            ]
        )
    }

    @Test("days that are older than the window go, so that never more than 31 are kept")
    func bounded() {
        var uptime = UptimeMemory()
        uptime.since = Self.start
        for day in 0..<100 {
            uptime.enter(.down, at: Self.start + Self.day * day)
            uptime.enter(.up, at: Self.start + Self.day * day + .seconds(60))
            #expect(uptime.days.count <= 31)
        }
        uptime.enter(.down, at: Self.start + Self.day * 100)
        uptime.enter(.up, at: Self.start + Self.day * 300)
        #expect(uptime.days.count <= 31, "one long interruption too")
    }

    @Test("availability is the time without interruption over the time that counts, rounded down")
    func share() {
        var uptime = UptimeMemory()
        #expect(uptime.availability(at: Self.start) == nil)
        uptime.since = Self.start
        #expect(uptime.availability(at: Self.start) == 100_000)
        uptime.enter(.down, at: Self.start + Self.day)
        #expect(uptime.availability(at: Self.start + Self.day * 2) == 50_000)
        uptime.enter(.up, at: Self.start + Self.day * 2)
        #expect(uptime.availability(at: Self.start + Self.day * 3) == 66_666)
        uptime.enter(.held, at: Self.start + Self.day * 3)
        #expect(uptime.availability(at: Self.start + Self.day * 9) == 66_666, "what is held back counts neither way")
        uptime.enter(.up, at: Self.start + Self.day * 9)
        #expect(uptime.availability(at: Self.start + Self.day * 60) == 100_000, "older than 30 days")
    }

    @Test("a plain account of every second says the same", arguments: 0..<UInt64(80))
    func model(seed: UInt64) {
        var dice = StatusDice(seed: seed)
        var uptime = UptimeMemory()
        uptime.since = Self.start
        var hours: [UptimeMemory.State] = []
        for _ in 0..<40 {
            let state = [UptimeMemory.State.up, .up, .down, .held][dice.number(0...3)]
            uptime.enter(state, at: Self.start + .seconds(hours.count * 3600))
            hours += Array(repeating: state, count: dice.number(1...30))
        }
        let now = Self.start + .seconds(hours.count * 3600)
        // Whole days leave the window at their end, so that it is compared where the window begins with a day.
        guard hours.count % 24 == 0 || hours.count <= 720 else { return }
        let window = hours.suffix(720)
        let held = window.count { $0 == .held }
        let down = window.count { $0 == .down }
        let measured = window.count - held
        let wanted = measured == 0 ? 100_000 : Int64(measured - down) * 100_000 / Int64(measured)
        #expect(uptime.availability(at: now) == wanted)
    }

    private func promised(_ change: (inout ServiceLevel) -> Void) -> Scene {
        Scene { change(&$0.sla) }
    }

    @Test("nothing is measured where nothing is promised, for jobs, and before it has run")
    func unmeasured() {
        var none = Scene()
        none.see(none.add(.live), .running)
        none.decideAndApply()
        #expect(none.situation.account.memory.isEmpty)
        var fresh = promised { $0.availability = Quantity(thousandths: 99_900) }
        fresh.decideAndApply()
        #expect(fresh.situation.account.memory.isEmpty)
    }

    @Test("an interruption is measured, shown, and a condition once the promise is broken")
    func broken() {
        var scene = promised { $0.availability = Quantity(thousandths: 99_000) }
        let attempt = scene.add(.live)
        scene.see(attempt, .running)
        #expect(scene.decideAndApply().status.availability?.measured == "100.000 %")
        scene.pass(.seconds(99_000))
        scene.see(attempt, .stopped)
        let lost = scene.decideAndApply()
        #expect(lost.status.availability?.interruptedSince == scene.situation.now)
        #expect(lost.condition("AvailabilityBroken") == nil)
        scene.pass(.seconds(1000))
        #expect(scene.decideAndApply().condition("AvailabilityBroken") == nil, "exactly 99 %")
        scene.pass(.seconds(200))
        let decision = scene.decideAndApply()
        #expect(decision.condition("AvailabilityBroken")?.status == .yes)
        #expect(decision.status.availability?.promised == "99.000 %")
    }

    @Test("a suspension is no interruption")
    func held() {
        var scene = promised { $0.availability = Quantity(thousandths: 99_900) }
        let attempt = scene.add(.live)
        scene.see(attempt, .running)
        scene.decideAndApply()
        scene.pass(.seconds(1000))
        scene.situation.wish?.suspension = Suspension()
        scene.decideAndApply()
        #expect(scene.situation.account.memory.uptime.heldSince == scene.situation.now)
        scene.situation.records = []
        scene.pass(.seconds(9000))
        #expect(scene.decideAndApply().status.availability?.measured == "100.000 %")
    }

    @Test("the longest interruption is watched to the second, and tells the schedule how urgent it is")
    func longest() {
        var scene = promised { $0.maxInterruptionTime = .seconds(300) }
        let attempt = scene.add(.live)
        scene.see(attempt, .running)
        #expect(scene.decideAndApply().breaksAt == nil)
        scene.situation.market = Market(offers: [])
        scene.see(attempt, .stopped)
        let lost = scene.decideAndApply()
        #expect(lost.breaksAt == noon + .seconds(300))
        scene.pass(.seconds(299))
        #expect(scene.decideAndApply().condition("InterruptionTooLong") == nil)
        scene.pass(.seconds(1))
        #expect(scene.decideAndApply().condition("InterruptionTooLong")?.status == .yes)
    }

    @Test("figures that only run on are no news")
    func noNews() {
        var scene = promised { $0.availability = Quantity(thousandths: 50_000) }
        let attempt = scene.add(.live)
        scene.see(attempt, .running)
        scene.decideAndApply()
        scene.pass(.seconds(10_000))
        scene.situation.market = Market(offers: [])
        scene.see(attempt, .stopped)
        let first = scene.decideAndApply().status.availability
        scene.pass(.seconds(60))
        #expect(scene.decideAndApply().status.availability == first)
    }
}

/// Of what is due alike, the closest to breaking its promise comes first.
@Suite struct UrgentKeysTests {
    @Test("keys come out in the order in which their promises break", arguments: 0..<UInt64(50))
    func order(seed: UInt64) {
        var dice = StatusDice(seed: seed)
        var keys = UrgentKeys()
        var all: [Duration] = []
        for number in 0..<dice.number(0...40) {
            let moment = Duration.seconds(dice.number(0...20))
            keys.push(IntentKey(rawValue: "\(number)"), before: moment)
            all.append(moment)
        }
        var out: [Duration] = []
        while let next = keys.pop() { out.append(next.before) }
        #expect(out == all.sorted())
    }

    @Test("a change comes first, then what is promised, then retries and polls; each key once")
    func schedule() {
        var schedule = Schedule()
        for (name, before) in [("late", 90), ("soon", 30)] {
            schedule.promise(IntentKey(rawValue: name), before: .seconds(before))
        }
        for name in ["plain", "late", "soon"] { schedule.add(IntentKey(rawValue: name), priority: .poll) }
        schedule.add(IntentKey(rawValue: "retry"), priority: .retry)
        schedule.add(IntentKey(rawValue: "person"), priority: .change)
        var order: [String] = []
        while let key = schedule.next(at: .zero) { order.append(key.rawValue) }
        #expect(order == ["person", "soon", "late", "retry", "plain"])
    }

    @Test("a promise that is taken back, or made while its key waits, counts")
    func changes() {
        var schedule = Schedule()
        let (first, second) = (IntentKey(rawValue: "first"), IntentKey(rawValue: "second"))
        schedule.add(first, priority: .retry)
        schedule.add(second, priority: .retry)
        schedule.promise(second, before: .seconds(5))
        #expect(schedule.next(at: .zero) == second)
        schedule.done(second)
        schedule.promise(second, before: nil)
        schedule.add(second, priority: .retry)
        #expect(schedule.next(at: .zero) == first)
        #expect(schedule.next(at: .zero) == second)
        #expect(schedule.next(at: .zero) == nil)
    }
}
