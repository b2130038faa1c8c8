import Intents
import Placement
import Testing

@testable import Reconciling

/// Quotas of groups of intents: never passed, whoever buys at the same time, and said with who holds what.
@Suite struct QuotaTests {
    private let time = TestTime()

    private func record(
        _ name: String,
        _ attempt: Int,
        hourly: Int = 4,
        gpus: Int = 1,
        age: Duration = .zero,
        on platform: PlatformName = .flexai
    ) -> AllocationRecord {
        AllocationRecord(
            attempt: AttemptID(rawValue: "attempt-\(attempt)"),
            key: IntentKey(rawValue: name),
            slot: 0,
            ordinal: attempt,
            purchase: Purchase(
                offer: Offer.ID(platform: platform, name: "x"),
                model: "x",
                gpuCount: gpus,
                hourly: .euros(hourly)
            ),
            shape: "",
            reference: "",
            openedAt: time.now - age,
            body: nil
        )
    }

    private func stored(_ name: String, team: String = "search", slots: Int = 1) -> StoredIntent {
        var spec = IntentSpec()
        spec.workload.scaling = Workload.Scaling()
        spec.workload.scaling?.minReplicas = slots
        let intent = Intent(name: name, labels: ["team": team, "env": "test"], spec: spec)
        return StoredIntent(key: IntentKey(rawValue: name), file: "", generation: 1, createdAt: noon, intent: intent)
    }

    private func quotas(_ quota: Quota, _ change: (inout LedgerSnapshot) -> Void = { _ in }) -> Quotas {
        var snapshot = LedgerSnapshot(operatorID: "me")
        snapshot.intents = [stored("a"), stored("b"), stored("other", team: "video")]
        change(&snapshot)
        return Quotas([quota], snapshot: snapshot, carriers: [.flare], time: time)
    }

    private let search = Quota(selector: ["team": "search"], maxHourlyCost: .euros(10))
    private let ahead = Duration.seconds(1500)

    @Test("what a plan buys is reserved, and what does not fit whole leaves nothing behind")
    func planned() {
        let quotas = quotas(Quota(selector: ["team": "search"], maxGPUs: 3))
        var scene = Scene(slots: 2)
        let spec = scene.situation.wish?.intent.spec ?? IntentSpec()
        let decision = scene.decideAndApply()
        #expect(decision.bought.count == 2)
        let gpus = 2 * (spec.workload.resources.gpu?.count ?? 1)
        for (name, fits) in [("a", gpus <= 3), ("b", 2 * gpus <= 3)] {
            let lack = quotas.reserve(decision, of: IntentKey(rawValue: name), spec, ahead: ahead)
            #expect((lack == nil) == fits, "\(name): \(lack ?? "")")
        }
        #expect(quotas.standings(of: IntentKey(rawValue: "b")).first?.gpus == gpus, "nothing of the second is kept")
        #expect(quotas.reserve(decision, of: IntentKey(rawValue: "other"), spec, ahead: ahead) == nil)
    }

    @Test("a group's hourly cost is never passed, and the refusal says who holds what")
    func hourly() {
        let quotas = quotas(search)
        #expect(quotas.reserve(record("a", 1), ahead: ahead) == nil)
        #expect(quotas.reserve(record("b", 2), ahead: ahead) == nil)
        let lack = quotas.reserve(record("b", 3), ahead: ahead)
        #expect(
            lack == "team=search may cost 10.00 EUR an hour, of which 8.00 EUR are held "
                + "(a holds 1 GPUs at 4.00 EUR/hour, b holds 1 GPUs at 4.00 EUR/hour)"
        )
        #expect(quotas.reserve(record("other", 4), ahead: ahead) == nil, "another team is not in the group")
    }

    @Test("what is given back makes room, and whoever waits for it is told")
    func room() {
        let quotas = quotas(search)
        _ = quotas.reserve(record("a", 1, hourly: 10), ahead: ahead)
        #expect(quotas.reserve(record("b", 2), ahead: ahead) != nil)
        #expect(quotas.apply(.forget(AttemptID(rawValue: "attempt-9"))).isEmpty)
        #expect(quotas.apply(.forget(AttemptID(rawValue: "attempt-1"))) == [IntentKey(rawValue: "b")])
        #expect(quotas.reserve(record("b", 2), ahead: ahead) == nil)
        #expect(quotas.release(AttemptID(rawValue: "attempt-2")).isEmpty, "nobody waits any more")
    }

    @Test(
        "a tombstone costs nothing, an unknown purchase and one that is ending cost all",
        arguments: AllocationRecord.Phase.allCases
    )
    func phases(phase: AllocationRecord.Phase) {
        var row = record("a", 1)
        row.phase = phase
        let quotas = quotas(search) { $0.records = [row] }
        let held = quotas.standings(of: IntentKey(rawValue: "b")).first?.hourly
        #expect(held == (phase == .tombstone ? .zero : .euros(4)))
    }

    @Test("GPUs are counted by allocation; where one carries the whole intent, all its replicas count")
    func gpus() {
        let quotas = quotas(Quota(selector: [:], maxGPUs: 8)) { $0.intents.append(stored("c", slots: 3)) }
        #expect(quotas.reserve(record("a", 1, gpus: 2), ahead: ahead) == nil)
        #expect(quotas.reserve(record("c", 2, gpus: 2, on: .flare), ahead: ahead) == nil)
        let lack = quotas.reserve(record("b", 3), ahead: ahead)
        #expect(lack?.hasPrefix("8 of 8 GPUs of all intents are held, and 1 more are needed") == true)
    }

    @Test("a row that comes to hold more or less counts as it is now, and only once")
    func again() {
        let quotas = quotas(Quota(selector: [:], maxGPUs: 8)) { $0.intents.append(stored("c", slots: 3)) }
        let key = IntentKey(rawValue: "c")
        func held() -> [Int] { quotas.standings(of: key).map(\.gpus) }
        quotas.apply(.put(record("c", 1, gpus: 2, on: .flare)))
        #expect(held() == [6])
        quotas.apply(.intent(stored("c", slots: 1)))
        quotas.apply(.put(record("c", 1, hourly: 3, gpus: 2, on: .flare)))
        #expect(held() == [2] && quotas.standings(of: key).first?.hourly == .euros(3))
        #expect(quotas.reserve(record("a", 2, gpus: 6), ahead: ahead) == nil, "there is room for the rest")
        quotas.apply(.forget(AttemptID(rawValue: "attempt-1")))
        #expect(held() == [6] && quotas.standings(of: key).first?.hourly == .euros(4))
    }

    @Test("two that buy at the same moment do not both get the last of it", arguments: 0..<20)
    func together(round: Int) async {
        let quotas = quotas(Quota(selector: [:], maxGPUs: 3))
        let rows = (0..<16).map { record(["a", "b"][$0 % 2], $0) }
        let ahead = ahead
        let taken = await withTaskGroup(of: Bool.self) { group in
            for row in rows { group.addTask { quotas.reserve(row, ahead: ahead) == nil } }
            var taken = 0
            for await isTaken in group where isTaken { taken += 1 }
            return taken
        }
        #expect(taken == 3)
        #expect(quotas.standings(of: IntentKey(rawValue: "a")).first?.gpus == 3)
    }

    @Test("a total counts what is over and what runs, within the period alone")
    func total() {
        let day = noon.dayNumber
        let start = Timestamp(day: day)
        let quota = Quota(selector: [:], maxTotalCost: Quota.Total(.euros(100), per: .day))
        let old = Charge(record("a", 1, hourly: 2), until: noon)
        var charge = old
        (charge.from, charge.until, charge.amount) = (start - .seconds(3600), start + .seconds(3600), .euros(10))
        let quotas = quotas(quota) { snapshot in
            snapshot.costs.charges = [charge]
            snapshot.costs.days = [
                DailyCost(key: IntentKey(rawValue: "b"), platform: .flare, day: day, amount: .euros(7)),
                DailyCost(key: IntentKey(rawValue: "b"), platform: .flare, day: day - 1, amount: .euros(50)),
            ]
            snapshot.records = [record("a", 2, hourly: 3, age: .seconds(7200))]
        }
        let standing = quotas.standings(of: IntentKey(rawValue: "a")).first
        #expect(standing?.spent == .euros(5 + 7 + 6))
        #expect(standing?.periodEnds == Timestamp(day: day + 1))
        time.advance(.seconds(3600))
        #expect(quotas.standings(of: IntentKey(rawValue: "a")).first?.spent == .euros(21))
        time.advance(Timestamp(day: day + 1) - time.now + .seconds(7200))
        #expect(quotas.standings(of: IntentKey(rawValue: "a")).first?.spent == .euros(6), "another day has begun")
    }

    @Test("a plain sum over everything says the same as the running tally", arguments: 0..<UInt64(60))
    func model(seed: UInt64) {
        var dice = StatusDice(seed: seed)
        let quotas = quotas(Quota(selector: ["team": "search"], maxTotalCost: Quota.Total(.euros(1), per: .month)))
        var rows: [AttemptID: AllocationRecord] = [:]
        var over: [Charge] = []
        for step in 0..<60 {
            let row = record(["a", "b", "other"][dice.number(0...2)], dice.number(0...9), hourly: dice.number(1...9))
            switch dice.number(0...3) {
            case 0...1 where rows[row.attempt] == nil:
                rows[row.attempt] = row
                quotas.apply(.put(row))
            case 2:
                guard let known = rows.removeValue(forKey: row.attempt) else { continue }
                let charge = Charge(known, until: time.now)
                over.append(charge)
                quotas.apply(.charge(charge))
                quotas.apply(.forget(known.attempt))
            default: time.advance(.seconds(dice.number(0...20) * 3600))
            }
            let first = Quota.Period.month.days(around: time.now).lowerBound
            var spent = Money.zero
            for charge in over where charge.key.rawValue != "other" {
                for day in charge.days where day.day >= first { spent = spent + day.amount }
            }
            let living = rows.values.filter { $0.key.rawValue != "other" }
            for row in living { spent = spent + row.hourly.over(time.now - max(row.openedAt, Timestamp(day: first))) }
            let standing = quotas.standings(of: IntentKey(rawValue: "b")).first
            #expect(standing?.hourly == living.reduce(.zero) { $0 + $1.hourly }, "step \(step)")
            let difference = abs((standing?.spent.micros ?? 0) - spent.micros)
            #expect(difference < 10_000, "step \(step): \(spent), and the tally says \(standing?.spent.text ?? "")")
        }
    }

    @Test("another label moves what an intent holds; a withdrawn one counts until it holds nothing")
    func labels() {
        let quotas = quotas(search)
        _ = quotas.reserve(record("a", 1), ahead: ahead)
        quotas.apply(.intent(stored("a", team: "video")))
        #expect(quotas.standings(of: IntentKey(rawValue: "b")).first?.hourly == .zero)
        quotas.apply(.intent(stored("a")))
        #expect(quotas.standings(of: IntentKey(rawValue: "b")).first?.hourly == .euros(4))
        quotas.apply(.dropIntent(IntentKey(rawValue: "a")))
        #expect(quotas.standings(of: IntentKey(rawValue: "b")).first?.hourly == .euros(4))
        quotas.apply(.forget(AttemptID(rawValue: "attempt-1")))
        #expect(quotas.standings(of: IntentKey(rawValue: "b")).first?.hourly == .zero)
        #expect(quotas.standings(of: IntentKey(rawValue: "a")).isEmpty)
    }

    @Test("what a withdrawn intent still holds counts after a restart too, by the labels it had")
    func restarted() {
        let quotas = quotas(search) { snapshot in
            snapshot.intents = [stored("b")]
            snapshot.costs.labels = [IntentKey(rawValue: "a"): ["team": "search"]]
            snapshot.records = [record("a", 1, hourly: 8)]
        }
        #expect(quotas.reserve(record("b", 2), ahead: ahead) != nil)
    }

    @Test(
        "months begin on their first day, December's end is January's beginning",
        arguments: [("2026-02-28", "2026-02-01", "2026-03-01"), ("2028-12-31", "2028-12-01", "2029-01-01")]
    )
    func months(day: String, first: String, next: String) throws {
        let days = Quota.Period.month.days(around: Timestamp(day: try CalendarDay(parsing: day).number))
        #expect(CalendarDay(number: days.lowerBound).text == first)
        #expect(CalendarDay(number: days.upperBound).text == next)
    }
}

/// What a decision makes of the quotas that its intent is in.
@Suite struct QuotaDecisionTests {
    private func standing(_ quota: Quota, hourly: Int = 0, gpus: Int = 0, spent: Int = 0) -> QuotaStanding {
        QuotaStanding(
            quota,
            hourly: .euros(hourly),
            gpus: gpus,
            spent: .euros(spent),
            periodEnds: quota.maxTotalCost.map { _ in noon + .seconds(7200) }
        )
    }

    @Test(
        "slots are filled as far as the quota goes, what this decision buys included",
        arguments: [(8, 2), (11, 1), (13, 0)]
    )
    func slots(held: Int, bought: Int) {
        var scene = Scene(slots: 3)
        scene.situation.quotas = [standing(Quota(selector: [:], maxHourlyCost: .euros(16)), hourly: held)]
        #expect(decide(scene.situation).bought.count == bought)
        scene.situation.quotas = [standing(Quota(selector: [:], maxGPUs: 3), gpus: 3 - bought)]
        #expect(decide(scene.situation).bought.count == bought)
    }

    @Test("who finds no room stalls with QUOTA_EXCEEDED, asks who holds it, and looks again now and then")
    func stalls() {
        var scene = Scene()
        scene.situation.quotas = [standing(Quota(selector: ["team": "x"], maxGPUs: 1), gpus: 1)]
        let first = decide(scene.situation)
        #expect(first.needsHolders)
        scene.situation.quotas[0].holders = [QuotaHolder(key: IntentKey(rawValue: "a"), hourly: .euros(4), gpus: 1)]
        let decision = decide(scene.situation)
        #expect(!decision.needsHolders)
        #expect(decision.standing == .stalled)
        #expect(decision.condition("Stalled")?.reason == "QUOTA_EXCEEDED")
        #expect(decision.condition("Stalled")?.message.contains("a holds 1 GPUs") == true)
        #expect(decision.next == .waiting(until: noon + .seconds(60), why: "room in a quota"))
    }

    @Test("a replacement that does not fit beside the old one comes after it")
    func surge() {
        var scene = Scene()
        let attempt = scene.add(.live)
        scene.respecify { $0.workload.image = "jupyter/other" }
        scene.situation.quotas = [standing(Quota(selector: [:], maxGPUs: 1), gpus: 1)]
        let decision = scene.decideAndApply()
        #expect(decision.bought.isEmpty && scene.row(attempt)?.ending?.reason == .replaced)
    }

    @Test("a total that would be passed within 15 min releases its group, until the period ends")
    func total() {
        let quota = Quota(selector: [:], maxTotalCost: Quota.Total(.euros(100), per: .day))
        for (spent, isKept) in [(98, true), (99, true), (100, false)] {
            var scene = Scene()
            let attempt = scene.add(.live, hourly: 4)
            scene.see(attempt, .running)
            scene.situation.quotas = [standing(quota, hourly: 4, spent: spent)]
            let decision = scene.decideAndApply()
            #expect((scene.row(attempt)?.phase == .live) == isKept, "\(spent)")
            guard !isKept else { continue }
            #expect(scene.row(attempt)?.ending?.reason == .budget)
            #expect(decision.condition("Ready")?.reason == "QUOTA_EXCEEDED")
            scene.situation.records = []
            scene.situation.quotas = [standing(quota, hourly: 0, spent: spent)]
            #expect(scene.decideAndApply().bought.isEmpty)
            scene.situation.quotas = [standing(quota)]
            #expect(scene.decideAndApply().bought == [0], "another day")
        }
    }

    @Test("nothing is bought that a total would not pay for until it runs")
    func noLoop() {
        let quota = Quota(selector: [:], maxTotalCost: Quota.Total(.euros(100), per: .day))
        for (spent, isBought) in [(98, true), (99, false)] {
            var scene = Scene()
            scene.situation.quotas = [standing(quota, spent: spent)]
            #expect(decide(scene.situation).bought.isEmpty != isBought, "4 EUR an hour for 25 min are 1.67")
        }
    }
}
