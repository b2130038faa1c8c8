import Intents
import Placement
import Reconciling
import Testing

@testable import Simulation

/// The judges of what groups hold, of pauses and of withdrawals.
@Suite struct WorldGroupJudgeTests {
    private func stored(_ name: String) -> StoredIntent {
        StoredIntent(
            key: IntentKey(rawValue: name),
            file: "\(name).yaml",
            generation: 1,
            createdAt: Timestamp(milliseconds: 0),
            intent: Intent(name: name, spec: IntentSpec())
        )
    }

    /// Eight GPUs at 0.45 EUR an hour are 3.60 EUR of 4 EUR: one more is too many for either group.
    @Test(arguments: WorldWish.Team.allCases)
    func groupsOverTheirQuotaAreSeen(_ team: WorldWish.Team) {
        let scene = JudgeScene()
        for number in 0..<8 {
            scene.judge.with { $0.teams["member-\(number)"] = team }
            scene.fill("attempt-\(number)", of: "member-\(number)")
        }
        scene.fill("other", of: "not-a-member")
        #expect(scene.broken.isEmpty)
        scene.judge.with { $0.teams["one-too-many"] = team }
        scene.fill("last", of: "one-too-many")
        #expect(scene.broken == [.withinQuota])
    }

    @Test(arguments: [(Duration.seconds(10), false), (.seconds(400), true)])
    func aQuotaThatWasLoweredHoldsWhenEverybodyKnows(_ wait: Duration, isBroken: Bool) {
        let scene = JudgeScene()
        let team = WorldWish.Team.shared
        scene.judge.with { state in
            state.quotas[team]?.set(team.quota, at: .zero)
            state.quotas[team]?.set([WorldSetting.quota(team, percent: 25)].quota(of: team), at: .seconds(1))
        }
        scene.pass(wait)
        for number in 0..<3 {
            scene.judge.with { $0.teams["member-\(number)"] = team }
            scene.fill("attempt-\(number)", of: "member-\(number)")
        }
        #expect(scene.broken == (isBroken ? [.withinQuota] : []))
    }

    @Test func aGroupWithoutAQuotaMayHoldEverything() {
        let scene = JudgeScene()
        let team = WorldWish.Team.shared
        scene.judge.with { state in
            state.quotas[team]?.set([WorldSetting.quota(team, percent: nil)].quota(of: team), at: .zero)
            for number in 0..<9 { state.teams["member-\(number)"] = team }
        }
        for number in 0..<9 { scene.fill("attempt-\(number)", of: "member-\(number)") }
        #expect(scene.broken.isEmpty)
    }

    @Test(arguments: ["gone", "a moment ago", "in a file", "held", "shown again", "unreadable"])
    func whatIsMadeForAnIntentThatTheSourceHasShownToBeGoneIsSeen(_ why: String) {
        let scene = JudgeScene()
        scene.judge.shows(.file("f", ["intent-1"]))
        if why != "in a file" { scene.judge.with { _ = $0.removed.insert("intent-1") } }
        scene.judge.shows(.present([]))
        if why == "held" { scene.judge.with { $0.held = [IntentKey(rawValue: "intent-1")] } }
        if why == "shown again" { scene.judge.shows(.file("g", ["intent-1"])) }
        if why == "unreadable" { scene.judge.shows(.nothing) }
        scene.pass(why == "a moment ago" ? .seconds(1) : .seconds(10))
        scene.open("first")
        #expect(scene.broken == (why == "gone" ? [.noSpare] : []))
    }

    @Test(arguments: [(Money(micros: 500_000), 1, false), (Money(micros: 400_000), 1, true), (.zero, 0, false)])
    func pricesThatNobodyWasAskedForAreSeen(_ bar: Money, slots: Int, isBroken: Bool) {
        let scene = JudgeScene()
        scene.judge.with { $0.bars.set(bar, at: .zero) }
        scene.pass(.seconds(300))
        for slot in 0..<slots { scene.fill("attempt-\(slot)", of: "intent-1") }
        #expect(scene.broken == (isBroken ? [.asked] : []))
        guard isBroken else { return }
        let allowed = JudgeScene()
        allowed.judge.with { state in
            state.bars.set(bar, at: .zero)
            state.allowed["intent-1"] = Money(micros: 450_000)
        }
        allowed.pass(.seconds(300))
        allowed.fill("attempt-0", of: "intent-1")
        #expect(allowed.broken.isEmpty, "a person has allowed it")
    }

    @Test(arguments: ["GET", "POST", "DELETE"])
    func whoChangesSomethingInAnotherAccountIsSeen(_ method: String) {
        let scene = JudgeScene()
        scene.judge.strays(TransportRequest(method: method, url: "https://another.example/intents/i-1"))
        #expect(scene.broken == (method == "GET" ? [] : [.onlyOurs]))
    }

    @Test func whatMayBePassedUnaskedIsPartOfACap() {
        var wish = WorldWish(name: "a", slots: 1, chip: WorldWish.Chip.all[2], gpus: 1)
        wish.capPercent = 90
        #expect(wish.intent.spec.hourlyCapUnasked == Money(micros: 405_000))
        wish.bargain = Negotiation()
        #expect(wish.intent.spec.hourlyCapUnasked == Money(micros: 425_250), "5 % more")
        #expect(wish.intent.spec.hourlyCap(within: Negotiation().radii.last) == Money(micros: 465_750), "15 % more")
    }

    @Test func attemptsForWhatIsPausedAreSeen() {
        for (past, isBroken) in [(Duration.seconds(5), false), (.seconds(6), true)] {
            let scene = JudgeScene()
            scene.disk.apply([.intent(stored("intent-1"))])
            scene.judge.watchPauses(.override(pause("intent-1")), [:])
            scene.pass(past)
            scene.judge.watchPauses(.put(scene.open("a")), [:])
            #expect(scene.broken == (isBroken ? [.frozen] : []), "\(past)")
        }
    }

    @Test func callsThatChangeWhatIsPausedAreSeen() {
        for (method, past, isBroken) in [
            ("DELETE", Duration.seconds(41), true), ("DELETE", .seconds(39), false), ("GET", .seconds(41), false),
        ] {
            let scene = JudgeScene()
            scene.disk.apply([.intent(stored("intent-1"))])
            let row = scene.fill("a")
            scene.judge.watchPauses(.override(pause("intent-1")), [:])
            scene.pass(past)
            let request = JudgeScene.request(method, "/" + (row.id?.rawValue ?? ""), attempt: nil)
            scene.judge.judgePause(request, disk: scene.disk)
            #expect(scene.broken == (isBroken ? [.frozen] : []), "\(method) after \(past)")
        }
    }

    @Test func whatIsWithdrawnMayGoWhetherItIsPausedOrNot() {
        for comesBack in [false, true] {
            let scene = JudgeScene()
            let key = IntentKey(rawValue: "intent-1")
            scene.disk.apply([.intent(stored("intent-1"))])
            let row = scene.fill("a")
            scene.judge.with { $0.approved = [key] }
            scene.disk.apply([.dropIntent(key)])
            // Answered a moment too late.
            scene.judge.watchPauses(.override(pause("intent-1")), [:])
            if comesBack { scene.disk.apply([.intent(stored("intent-1"))]) }
            scene.pass(.seconds(60))
            let request = JudgeScene.request("DELETE", "/" + (row.id?.rawValue ?? ""), attempt: nil)
            scene.judge.judgePause(request, disk: scene.disk)
            #expect(scene.broken.contains(.frozen) == comesBack)
        }
    }

    @Test func whatGoesOnAfterItsPauseIsNotBlamed() {
        let scene = JudgeScene()
        scene.judge.watchPauses(.override(pause("intent-1")), [:])
        scene.pass(.seconds(60))
        scene.judge.watchPauses(.override(IntentOverride(key: IntentKey(rawValue: "intent-1"))), [:])
        scene.judge.watchPauses(.put(scene.open("a")), [:])
        #expect(scene.broken.isEmpty)
    }

    @Test func tooManyWithdrawalsAtOnceAreSeen() {
        let most = DeletionGuard.Limits().minimum
        for (count, isApproved, isBroken) in [(most, false, false), (most + 1, false, true), (most + 1, true, false)] {
            let scene = JudgeScene()
            let names = (0..<count).map { "intent-\($0)" }
            for name in names {
                scene.disk.apply([.intent(stored(name))])
                scene.fill("attempt-\(name)", of: name)
            }
            if isApproved { scene.judge.with { $0.approved = Set(names.map { IntentKey(rawValue: $0) }) } }
            for name in names {
                let change = LedgerChange.dropIntent(IntentKey(rawValue: name))
                scene.judge.guards(change, scene.disk.durable.records)
                scene.disk.apply([change])
            }
            let seen = scene.broken.contains(.guardedWithdrawals)
            #expect(seen == isBroken, "\(count) of \(count) are withdrawn")
        }
    }

    private func pause(_ name: String) -> IntentOverride {
        IntentOverride(key: IntentKey(rawValue: name), pause: Pause())
    }
}
