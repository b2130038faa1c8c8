import Intents
import Placement
import Reconciling

/// Measures how long a decision takes about a service whose every concern is at work; part of `hack/bench`, not shipped.
///
/// The intent has ten running slots, a window, caps, dependencies, a load to follow, a rest and a quota to look for, an
/// uptime to measure, and an allocation that is not what was bought. Nothing of it is to be bought, as nearly always.
enum DecideBench {
    private static let noon = Timestamp(seconds: 1_800_000_000)
    private static let slots = 10

    /// Prints the nanoseconds of a decision: the middle of so many rounds of a thousand.
    static func report(rounds: Int) {
        let situation = situation()
        var times: [Double] = []
        var steps = 0
        for _ in 0..<rounds {
            let start = ContinuousClock.now
            for _ in 0..<1000 { steps += decide(situation).steps.count }
            times.append((ContinuousClock.now - start) / .nanoseconds(1000))
        }
        times.sort()
        precondition(steps == 0, "a settled intent takes no step")
        Report.tell(String(Int(times[rounds / 2])))
    }

    private static func situation() -> Situation {
        let key = IntentKey(rawValue: "bench")
        let intent = Intent(name: "bench", labels: ["team": "search"], spec: spec)
        let wish = Wish(StoredIntent(key: key, file: "bench.yaml", generation: 3, createdAt: noon, intent: intent))
        var situation = Situation(key: key, now: noon, wish: wish, records: [], account: IntentAccount(key: key))
        let traits = PlatformTraits(
            carries: .slot,
            visibilityGrace: .seconds(30),
            stopsBeforeDelete: true,
            failedDeleteHidesAllocation: false
        )
        situation.platforms[.flexai] = PlatformSituation(traits: traits)
        for slot in 0..<slots { add(slot, wish, to: &situation) }
        situation.account.memory.replicas = slots
        var surroundings = Surroundings()
        surroundings.dependencies = (0..<3).map { Dependency(IntentKey(rawValue: "store-\($0)"), .ready) }
        var load = LoadTrend(at: noon, base: slots)
        load.take(wish: slots + 2, base: slots, isIdle: true, summary: "GPU 85 %", at: noon)
        surroundings.load = load
        var hours = AvailabilityWish()
        (hours.windowStart, hours.windowEnd, hours.timeZone) = (6 * 60, 22 * 60, "Europe/Berlin")
        surroundings.hours = OpeningHours(AvailabilityCalendar(hours), at: noon, lookingBack: .seconds(300))
        situation.surroundings = surroundings
        let quota = Quota(selector: ["team": "search"], maxHourlyCost: Money(micros: 900_000_000), maxGPUs: 100)
        situation.quotas = [QuotaStanding(quota, hourly: .zero, gpus: 0, spent: .zero, periodEnds: nil)]
        // What stands still is decided about as it was left by the decision before.
        for _ in 0..<2 {
            let decision = decide(situation)
            for case .account(let account) in decision.changes { situation.account = account }
            for case .put(let record) in decision.changes {
                guard let place = situation.records.firstIndex(where: { $0.attempt == record.attempt }) else {
                    continue
                }
                situation.records[place] = record
            }
            situation.previous = decision.status
        }
        return situation
    }

    private static var spec: IntentSpec {
        var spec = IntentSpec()
        spec.workload.name = "bench"
        spec.workload.image = "jupyter/base"
        var scaling = Workload.Scaling()
        (scaling.minReplicas, scaling.maxReplicas, scaling.autoScale) = (2, 20, true)
        spec.workload.scaling = scaling
        spec.constraints.providers = ["flexai"]
        spec.constraints.maxHourlyCost = Money(micros: 90_000_000)
        spec.constraints.maxTotalCost = Money(micros: 90_000_000_000)
        spec.constraints.deadline = noon + .seconds(86_400 * 365)
        spec.sla.availability = Quantity(thousandths: 99_900)
        spec.sla.maxInterruptionTime = .seconds(300)
        spec.dependsOn = ["store-0", "store-1", "store-2"]
        spec.driftPolicy = .report
        spec.idle = IdlePolicy()
        return spec
    }

    private static func add(_ slot: Int, _ wish: Wish, to situation: inout Situation) {
        let attempt = AttemptID(rawValue: "0000000\(slot)-0000-4000-8000-000000000000")
        var record = AllocationRecord(
            attempt: attempt,
            key: situation.key,
            slot: slot,
            ordinal: slot + 1,
            purchase: Purchase(
                offer: Offer.ID(platform: .flexai, name: "nvidia-h100"),
                model: "nvidia-h100",
                gpuCount: 1,
                hourly: Money(micros: 4_000_000),
                generation: wish.generation
            ),
            shape: wish.shape(carriedBy: .slot),
            reference: "op/bench/\(slot)/\(attempt.short)",
            openedAt: noon - .seconds(86_400),
            body: nil
        )
        let id = AllocationID(rawValue: "i-\(slot)")
        var observation = Observation(id: id, state: .running, rawState: "running")
        observation.gpuType = "nvidia-h100"
        observation.gpuCount = slot == 3 ? 2 : 1
        observation.address = "10.0.0.\(slot)"
        record.id = id
        record.phase = .live
        record.sighting = Sighting(observation, at: noon - .seconds(80_000))
        situation.records.append(record)
        situation.looks[attempt] = .seen(observation)
    }
}
