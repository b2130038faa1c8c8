import Intents
import Placement
import Testing

@testable import Reconciling

/// Total caps over time: when a job may begin, when what runs is released, and who is warned.
@Suite struct BudgetTests {
    private func job(cap: Int, timeout: Int?, deadline: Int? = nil) -> Scene {
        Scene { spec in
            spec.workload.kind = .job
            spec.workload.scaling = nil
            spec.workload.job = Workload.JobSettings()
            spec.workload.job?.timeout = timeout.map { .seconds($0 * 3600) }
            spec.constraints.deadline = deadline.map { noon + .seconds($0 * 3600) }
            spec.constraints.maxTotalCost = .euros(cap)
        }
    }

    @Test(
        "a job begins only where what is spent and its whole time fit: the lesser of timeout and deadline",
        arguments: [
            (8, 2, nil, true), (7, 2, nil, false), (8, nil, 2, true), (7, nil, 2, false), (8, 5, 2, true),
            (8, 2, 5, true),
        ] as [(Int, Int?, Int?, Bool)]
    )
    func begins(cap: Int, timeout: Int?, deadline: Int?, begins: Bool) {
        var scene = job(cap: cap, timeout: timeout, deadline: deadline)
        #expect(decide(scene.situation).bought == (begins ? [0] : []))
        scene.situation.account.spent = Money(micros: 1)
        #expect(decide(scene.situation).bought.isEmpty || cap > 8, "a millionth more than fits")
    }

    @Test("a retry is measured by the time that is left, and the minute before which it would be released")
    func retry() {
        var scene = job(cap: 8, timeout: 2)
        scene.situation.account.workBeganAt = noon - .seconds(3600)
        for (spent, isBought) in [(Int64(3_933_333), true), (3_933_334, false), (5_000_000, false)] {
            scene.situation.account.spent = Money(micros: spent)
            #expect(decide(scene.situation).bought == (isBought ? [0] : []), "\(spent)")
        }
    }

    @Test("nothing is begun that would be released at once")
    func shorterThanTheMargin() {
        for (cap, isBought) in [(Int64(66_667), true), (66_666, false)] {
            var scene = job(cap: 8, timeout: 2)
            scene.respecify { spec in
                spec.workload.job?.timeout = .seconds(20)
                spec.constraints.maxTotalCost = Money(micros: cap)
            }
            #expect(decide(scene.situation).bought == (isBought ? [0] : []), "\(cap)")
        }
    }

    @Test("a service, and a job with neither end, is released 15 min before its cap; one whose end is known is not")
    func released() {
        for (timeout, kept) in [(nil, false), (2, true)] as [(Int?, Bool)] {
            var scene = job(cap: 8, timeout: timeout)
            let attempt = scene.add(.live, age: .seconds(6301), hourly: 4)
            scene.situation.account.workBeganAt = noon - .seconds(6301)
            scene.see(attempt, .running)
            let decision = scene.decideAndApply()
            #expect((scene.row(attempt)?.phase == .live) == kept, "\(decision.status.cost.total) of 8")
            if !kept { #expect(scene.row(attempt)?.ending?.reason == .budget) }
        }
    }

    @Test("even a job whose end is known is released before its cap is passed")
    func bounded() {
        for (seconds, isKept) in [(3535, true), (3541, false)] {
            var scene = job(cap: 4, timeout: 2)
            scene.situation.account.workBeganAt = noon - .seconds(10)
            let attempt = scene.add(.live, age: .seconds(seconds), hourly: 4)
            scene.see(attempt, .running)
            scene.decideAndApply()
            #expect((scene.row(attempt)?.phase == .live) == isKept, "\(seconds) s")
        }
    }

    @Test("what was released for its cost is not bought again in part", arguments: [1, 2, 3, 4])
    func releasedForGood(slots: Int) {
        // Four euros an hour a slot: 15 min of all slots are left when they are released.
        var scene = Scene(slots: slots) { $0.constraints.maxTotalCost = .euros(100) }
        scene.situation.account.spent = .euros(100) - .euros(slots)
        #expect(scene.decideAndApply().bought.isEmpty, "\(slots) slots")
        // Where 25 min of all of them are left, all are bought.
        scene.situation.account.spent = .euros(100) - .euros(2 * slots)
        #expect(scene.decideAndApply().bought.count == slots)
    }

    @Test("nor is a job for its last seconds; where one of two tasks is done, the other may be tried again")
    func lastSeconds() {
        for (isDone, isBought) in [(false, false), (true, true)] {
            var scene = job(cap: 8, timeout: 1)
            scene.respecify { $0.workload.job?.parallelTasks = 2 }
            scene.situation.account.workBeganAt = noon - .seconds(3595)
            // Enough for a minute and a half of one task: two were released a minute before the cap.
            scene.situation.account.spent = Money(micros: 7_900_000)
            if isDone {
                var task = scene.situation.account.memory.task(1)
                task.completedAt = noon - .seconds(60)
                scene.situation.account.memory.put(task)
            }
            #expect(decide(scene.situation).bought == (isBought ? [0] : []), "\(isDone)")
        }
    }

    @Test("what works on beside it counts at its own price, not at that of what is bought")
    func dearerBesideCheaper() {
        var scene = job(cap: 8, timeout: 1)
        scene.respecify { $0.workload.job?.parallelTasks = 2 }
        scene.situation.account.workBeganAt = noon
        // A minute more of two at four euros an hour would pass the cap.
        scene.add(.live, slot: 1, age: .zero, hourly: 1)
        #expect(decide(scene.situation).bought == [0])
    }

    @Test("people are warned at 80 and at 95 percent, once each, and again after the cap was raised")
    func warned() {
        var scene = Scene { $0.constraints.maxTotalCost = .euros(100) }
        let attempt = scene.add(.live, age: .zero, hourly: 4)
        var warnings: [(Int, String)] = []
        for hour in 0...26 {
            scene.situation.account.spent = .zero
            scene.see(attempt, .running)
            let decision = scene.decideAndApply()
            for case .event(let event) in decision.changes where event.reason == "BudgetWarning" {
                warnings.append((hour, event.message))
            }
            scene.pass(.seconds(3600))
        }
        #expect(warnings.map(\.0) == [20, 24])
        #expect(warnings.first?.1 == "80 % of the total cap of 100.00 EUR are spent")
        #expect(scene.situation.account.memory.warnedPercent == 95)
        scene.respecify { $0.constraints.maxTotalCost = .euros(1000) }
        scene.decideAndApply()
        #expect(scene.situation.account.memory.warnedPercent == 0)
        scene.respecify { $0.constraints.maxTotalCost = nil }
        #expect(scene.decideAndApply().condition("BudgetLow") == nil)
    }

    @Test(
        "a low budget is shown while it is low",
        arguments: [(79, nil), (80, "Spent80Percent"), (95, "Spent95Percent")]
    )
    func shown(spent: Int, reason: String?) {
        var scene = Scene { $0.constraints.maxTotalCost = .euros(100) }
        scene.situation.account.spent = .euros(spent)
        #expect(decide(scene.situation).condition("BudgetLow")?.reason == reason)
    }

    @Test("what is billed although its end was asked for is overrun, from when it was wanted", arguments: [180, 181])
    func overrun(seconds: Int) {
        var scene = Scene()
        scene.situation.wish = nil
        let attempt = scene.add(.ending, hourly: 4) { record in
            record.ending?.wantedAt = noon - .seconds(seconds)
            record.ending?.stopAskedAt = noon - .seconds(seconds)
            record.ending?.deleteFailedAt = noon
        }
        scene.see(attempt, .running)
        let decision = decide(scene.situation)
        let isOver = seconds > 180
        #expect((decision.condition("Overrun")?.reason == "EndRefused") == isOver)
        #expect(decision.status.cost.overrun == (isOver ? Money.euros(4).over(.seconds(seconds)) : nil))
    }

    @Test("the platform's own figure is shown where it differs by more than a hundredth")
    func reported() {
        for (theirs, isShown) in [(4_000_000, false), (4_039_000, false), (4_050_000, true), (3_000_000, true)] {
            var scene = Scene(platforms: [.flare])
            scene.situation.account.spent = .euros(1)
            let attempt = scene.add(.live, on: .flare, age: .seconds(3600), hourly: 4)
            var seen = scene.situation.records[0].seen(.running)
            seen.totalCost = Money(micros: Int64(theirs))
            scene.situation.looks[attempt] = .seen(seen)
            let reported = decide(scene.situation).status.cost.reported
            #expect(reported == (isShown ? Money(micros: Int64(theirs) + 1_000_000) : nil), "\(theirs)")
        }
    }

    @Test("figures that only run on are no news")
    func noNews() {
        var scene = Scene(platforms: [.flare])
        let attempt = scene.add(.live, on: .flare, age: .seconds(3600), hourly: 4)
        for (hour, figure) in [(0, 9), (1, 19)] {
            var seen = scene.situation.records[0].seen(.running)
            seen.totalCost = .euros(figure)
            scene.situation.looks[attempt] = .seen(seen)
            let previous = scene.situation.previous
            let decision = scene.decideAndApply()
            if hour == 1 { #expect(decision.status == previous) }
            scene.pass(.seconds(3600))
        }
    }
}
