import Intents
import Testing

@testable import Simulation

/// When faults happen.
@Suite struct FaultPlanTests {
    @Test func planWithoutAnythingLetsAllGoWell() {
        var plan = FaultPlan()
        var dice = Dice(seed: 1)
        for call in PlatformCall.allCases { #expect(plan.next(for: call, at: second(0), dice: &dice) == nil) }
        var untouched = Dice(seed: 1)
        #expect(dice.next() == untouched.next(), "no dice were rolled")
    }

    @Test func scriptStrikesTheNthCallOfItsSort() {
        var plan = FaultPlan(script: [
            FaultPlan.Scripted(.droppedAfter, .create, nth: 2), FaultPlan.Scripted(.internalError, .get, nth: 1),
        ])
        var dice = Dice(seed: 1)
        let calls: [(PlatformCall, FaultKind?)] = [
            (.create, nil), (.list, nil), (.get, .internalError), (.get, nil), (.create, .droppedAfter), (.create, nil),
        ]
        for (call, expected) in calls { #expect(plan.next(for: call, at: second(0), dice: &dice) == expected) }
    }

    @Test(arguments: [0, 100, 500, 1000])
    func chanceIsWhatItSays(_ permille: Int) {
        var plan = FaultPlan(permille: [.internalError: permille])
        var dice = Dice(seed: 2)
        let struck = (0..<10_000).count { _ in plan.next(for: .get, at: second(0), dice: &dice) != nil }
        #expect(abs(struck - permille * 10) <= 150)
    }

    @Test(arguments: PlatformCall.allCases)
    func callsSufferOnlyWhatCanBefallThem(_ call: PlatformCall) {
        var plan = FaultPlan.everything(permille: 60)
        var dice = Dice(seed: 3)
        var seen: Set<FaultKind> = []
        for _ in 0..<5000 {
            if let kind = plan.next(for: call, at: second(0), dice: &dice) { seen.insert(kind) }
        }
        #expect(seen == Set(FaultKind.allCases.filter { $0.befalls(call) }))
    }

    @Test func windowBoundsChanceInTime() {
        var plan = FaultPlan(permille: [.internalError: 1000])
        plan.window = second(10)..<second(20)
        var dice = Dice(seed: 4)
        for (at, strikes) in [(9, false), (10, true), (19, true), (20, false)] {
            let fault = plan.next(for: .get, at: second(Int64(at)), dice: &dice)
            #expect((fault != nil) == strikes, "at \(at) s")
        }
    }

    @Test func calmWeatherSilencesChanceAndNotTheScript() {
        var plan = FaultPlan(permille: [.internalError: 1000], script: [FaultPlan.Scripted(.late, .get, nth: 2)])
        plan.weather = .calm
        var dice = Dice(seed: 5)
        #expect(plan.next(for: .get, at: second(0), dice: &dice) == nil)
        #expect(plan.next(for: .get, at: second(0), dice: &dice) == .late)
        plan.weather = .rough
        #expect(plan.next(for: .get, at: second(0), dice: &dice) == .internalError)
    }

    @Test func sameSeedSameFaults() {
        func faults(_ seed: UInt64) -> [FaultKind?] {
            var plan = FaultPlan.everything(permille: 20)
            var dice = Dice(seed: seed)
            return (0..<500).map { _ in plan.next(for: .create, at: second(0), dice: &dice) }
        }
        #expect(faults(1) == faults(1))
        #expect(faults(1) != faults(2))
    }

    @Test func everyKindBefallsSomething() {
        for kind in FaultKind.allCases { #expect(PlatformCall.allCases.contains { kind.befalls($0) }, "\(kind)") }
    }
}
