import Intents
import Placement

@testable import Reconciling

/// The moment at which situations of tests are set.
let noon = Timestamp(seconds: 1_800_000_000)

/// Builds situations for `decide`, one aspect at a time; everything that is not said is harmless.
struct Scene {
    var situation: Situation
    private var attempts = 0

    /// An intent of `slots` replicas that wants H100s, on the simplest platform, with one offer at 4 EUR.
    init(slots: Int = 1, platforms: [PlatformName] = [.flexai], _ change: (inout IntentSpec) -> Void = { _ in }) {
        var spec = IntentSpec()
        spec.workload.name = "search"
        spec.workload.image = "jupyter/base"
        spec.workload.scaling = Workload.Scaling()
        spec.workload.scaling?.minReplicas = slots
        spec.workload.scaling?.maxReplicas = slots
        spec.constraints.providers = ["flexai", "flare"]
        change(&spec)
        let key = IntentKey(rawValue: "search")
        situation = Situation(
            key: key,
            now: noon,
            wish: Wish(intent: Intent(name: "search", spec: spec), generation: 1),
            records: [],
            account: IntentAccount(key: key)
        )
        for platform in platforms {
            situation.platforms[platform] = PlatformSituation(traits: platform == .flare ? .whole : .single)
        }
        situation.market = Market(offers: platforms.map { .h100($0) })
    }

    /// The spec, for changing; a change is another generation.
    mutating func respecify(_ change: (inout IntentSpec) -> Void) {
        guard var wish = situation.wish else { return }
        var intent = wish.intent
        change(&intent.spec)
        wish = Wish(
            intent: intent,
            generation: wish.generation + 1,
            suspension: intent.spec.suspend,
            pause: intent.spec.paused
        )
        situation.wish = wish
    }

    /// The shape that an allocation of the present spec has.
    func shape(on platform: PlatformName = .flexai) -> String {
        guard let wish = situation.wish, let traits = situation.platforms[platform]?.traits else { return "" }
        return wish.shape(carriedBy: traits.carries)
    }

    /// Adds a row in any phase; `age` says how long ago it was opened and got into its phase.
    @discardableResult
    mutating func add(
        _ phase: AllocationRecord.Phase,
        slot: Int = 0,
        on platform: PlatformName = .flexai,
        age: Duration = .seconds(3600),
        hourly: Int = 4,
        replaces: AttemptID? = nil,
        holdsVolume: Bool = false,
        spot: Bool = false,
        offer: String = "nvidia-h100",
        rate: Money? = nil,
        _ change: (inout AllocationRecord) -> Void = { _ in }
    ) -> AttemptID {
        attempts += 1
        let digits = String(attempts)
        let attempt = AttemptID(
            rawValue: String(repeating: "0", count: 8 - digits.count) + digits + "-0000-4000-8000-000000000000"
        )
        var record = AllocationRecord(
            attempt: attempt,
            key: situation.key,
            slot: slot,
            ordinal: attempts,
            purchase: Purchase(
                offer: Offer.ID(platform: platform, name: offer),
                model: "nvidia-h100",
                gpuCount: 1,
                hourly: rate ?? .euros(hourly),
                spot: spot,
                generation: situation.wish?.generation ?? 0,
                holdsVolume: holdsVolume
            ),
            shape: shape(on: platform),
            reference: "op/search/\(slot)/\(attempt.short)",
            openedAt: situation.now - age,
            replaces: replaces,
            body: phase == .open || phase == .unknown ? "{}" : nil
        )
        record.phase = phase
        switch phase {
        case .open: break
        case .unknown: record.doubt = Doubt(since: situation.now - age, cause: "no reply")
        case .live, .ending, .unverified, .tombstone:
            record.id = AllocationID(rawValue: "i-\(attempts)")
            record.absorb(record.seen(.running), looksUntilRunning: 3, at: situation.now - age)
            record.sighting?.looks = 3
        }
        if phase == .ending || phase == .unverified || phase == .tombstone {
            record.ending = Ending(reason: .withdrawn, wantedAt: situation.now - age)
        }
        if phase == .tombstone { record.tombstone = Tombstone(at: situation.now - age, looks: 0, settled: .zero) }
        change(&record)
        situation.records.append(record)
        situation.account.attempts = attempts
        return attempt
    }

    /// What a platform says of a row in this reconcile.
    mutating func see(_ attempt: AttemptID, _ state: AllocationState) {
        guard let record = situation.records.first(where: { $0.attempt == attempt }) else { return }
        situation.looks[attempt] = .seen(record.seen(state))
    }

    /// A listing of strangers, begun a while ago.
    mutating func list(
        _ unowned: [Observation] = [],
        ago: Duration = .zero,
        names: Bool = false,
        newest: Timestamp? = nil,
        on platform: PlatformName = .flexai
    ) {
        situation.platforms[platform]?.listing = Listing(
            beganAt: situation.now - ago,
            unowned: unowned,
            namesReferences: names,
            newestCreation: newest
        )
    }

    /// Something bears the name of a slot, and no row knows it.
    mutating func leaveUnrecorded(
        _ id: String,
        slot: Int = 0,
        attempt known: String? = nil,
        on platform: PlatformName = .flexai,
        _ change: (inout Observation) -> Void = { _ in }
    ) {
        // By its name it was ordered by the present spec.
        let attempt = known ?? "0badc" + AttemptID.mark(of: shape(on: platform))
        var seen = Observation.listed(id, reference: "op/\(situation.key.rawValue)/\(slot)/\(attempt)")
        change(&seen)
        situation.unrecorded.append(
            Unrecorded(platform: platform, reference: OwnReference(slot: slot, attempt: attempt), observation: seen)
        )
    }

    /// Lets time pass, with nothing looked at.
    mutating func pass(_ span: Duration) {
        situation.now = situation.now + span
        situation.looksBeganAt = situation.now
        situation.looks = [:]
    }

    /// Lets the availability window of the spec be as it is now.
    mutating func lookAtTheClock() {
        guard let wish = situation.wish?.intent.spec.constraints.availability else { return }
        let grace = situation.policy.windowGrace
        situation.surroundings.hours = OpeningHours(
            AvailabilityCalendar(wish),
            at: situation.now,
            lookingBack: grace
        )
    }

    /// Decides, and takes over what was decided to be written down.
    @discardableResult
    mutating func decideAndApply() -> Decision {
        let decision = decide(situation)
        for change in decision.changes {
            switch change {
            case .put(let record):
                guard let index = situation.records.firstIndex(where: { $0.attempt == record.attempt }) else {
                    continue
                }
                situation.records[index] = record
            case .forget(let attempt): situation.records.removeAll { $0.attempt == attempt }
            case .account(let account): situation.account = account
            default: break
            }
        }
        situation.previous = decision.status
        return decision
    }

    /// The row of an attempt, as it stands.
    func row(_ attempt: AttemptID) -> AllocationRecord? { situation.records.first { $0.attempt == attempt } }

    /// Changes the row of an attempt, as a step that was taken would.
    mutating func change(_ attempt: AttemptID, _ change: (inout AllocationRecord) -> Void) {
        guard let index = situation.records.firstIndex(where: { $0.attempt == attempt }) else { return }
        change(&situation.records[index])
    }
}

extension Money {
    /// Whole euros.
    static func euros(_ amount: Int) -> Money { Money(micros: Int64(amount) * 1_000_000) }
}

extension PlatformTraits {
    /// A platform that sells slots, as FlexAI does.
    static let single = PlatformTraits(
        carries: .slot,
        visibilityGrace: .seconds(30),
        stopsBeforeDelete: true,
        failedDeleteHidesAllocation: false
    )
    /// A platform that carries whole intents, as FLARE does.
    static let whole = PlatformTraits(
        carries: .intent,
        visibilityGrace: .seconds(60),
        stopsBeforeDelete: false,
        failedDeleteHidesAllocation: true
    )
}

extension Offer {
    /// H100s at a price.
    static func h100(
        _ platform: PlatformName = .flexai,
        name: String = "nvidia-h100",
        hourly: Int = 4,
        available: Int? = nil
    ) -> Offer {
        var offer = Offer(id: ID(platform: platform, name: name), model: "nvidia-h100")
        offer.hourlyPerGPU = .euros(hourly)
        offer.available = available
        return offer
    }
}

extension AllocationRecord {
    /// What a platform says of it.
    func seen(_ state: AllocationState) -> Observation {
        Observation(id: id ?? AllocationID(rawValue: "none"), state: state, rawState: state.rawValue)
    }
}

extension Observation {
    /// Something that a listing shows.
    static func listed(
        _ id: String,
        reference: String? = nil,
        createdAt: Timestamp? = nil,
        type: String? = "nvidia-h100"
    ) -> Observation {
        var observation = Observation(id: AllocationID(rawValue: id), state: .running, rawState: "running")
        observation.reference = reference
        observation.createdAt = createdAt
        observation.gpuType = type
        observation.gpuCount = 1
        return observation
    }
}

extension PlatformError {
    /// An error of FlexAI.
    static func error(
        _ code: String = "HTTP_503",
        _ consequence: Consequence = .retry(after: nil),
        status: Int? = 503,
        on platform: PlatformName = .flexai
    ) -> PlatformError {
        PlatformError(platform: platform, code: code, message: code, consequence: consequence, httpStatus: status)
    }
}

extension Decision {
    /// The slots that are bought for.
    var bought: [Int] {
        steps.compactMap { step in if case .provision(let slot, _, _) = step { slot } else { nil } }.sorted()
    }

    /// What is written down of one attempt.
    func written(_ attempt: AttemptID) -> AllocationRecord? {
        for case .put(let record) in changes where record.attempt == attempt { return record }
        return nil
    }

    /// Whether an attempt's story is over.
    func forgets(_ attempt: AttemptID) -> Bool { changes.contains(.forget(attempt)) }

    /// The events' reasons.
    var told: [String] {
        changes.compactMap { change in if case .event(let event) = change { event.reason } else { nil } }
    }

    /// The messages of the events with a reason.
    func messages(_ reason: String) -> [String] {
        changes.compactMap { change in
            guard case .event(let event) = change, event.reason == reason else { return nil }
            return event.message
        }
    }

    /// Until when the intent waits; nil where it does not.
    var waitsUntil: Timestamp? { if case .waiting(let until, _) = next { until } else { nil } }

    /// A condition of the status.
    func condition(_ type: String) -> Condition? { status.conditions.first { $0.type == type } }
}

extension Wish {
    /// What a file says of an intent, seen at noon.
    init(intent: Intent, generation: Int, suspension: Suspension? = nil, pause: Pause? = nil) {
        let key = IntentKey(rawValue: intent.key)
        let stored = StoredIntent(
            key: key,
            file: "a.yaml",
            generation: generation,
            createdAt: noon,
            intent: intent
        )
        self.init(stored, suspension: suspension, pause: pause)
    }
}
