package import Intents
package import Placement

/// A decision in the making: the concerns change it one after the other, and the last one writes the status.
package struct Deliberation: Sendable {
    /// What the decision is made from; every copy of the deliberation shares it.
    private final class Ground: Sendable {
        let situation: Situation
        // Asked for at every turn: through the situation it would be copied out of the wish each time.
        let spec: IntentSpec?
        let shapes: (ofSlot: String, ofIntent: String)
        let isWork: Bool

        init(_ situation: Situation) {
            self.situation = situation
            spec = situation.wish?.intent.spec
            shapes = (
                situation.wish?.shape(carriedBy: .slot) ?? "", situation.wish?.shape(carriedBy: .intent) ?? ""
            )
            isWork = (spec?.workload.kind ?? .service) != .service
        }
    }

    private let ground: Ground
    /// What the rows come to, as long as none of them changes.
    private(set) var memory = RowSums.Memory()
    /// What the decision is made from.
    package var situation: Situation { ground.situation }
    /// The rows as they will stand.
    package var records: [AllocationRecord] { didSet { memory = RowSums.Memory() } }
    /// The account as it will stand.
    package var account: IntentAccount
    /// What will be done.
    package var steps: [Step] = []
    /// What people will be told.
    package var events: [Event] = []
    /// Moments at which something has to be looked at, and why.
    package var wakeups: [(at: Timestamp, why: String)] = []
    /// What went wrong and is worth trying again.
    package var failure: (error: ErrorStatus, after: Duration?)?
    /// Whether that will be mended by what is going, or by what is found out of an unknown purchase: it is watched closely.
    package var makesRoom = false
    /// What nothing but a change of the intent or a person's answer will mend.
    package var stall: ErrorStatus?
    /// What the market answered, where it was asked.
    package var ranking: Ranking?
    /// Whether something is to be bought and nobody has looked at what is on sale.
    package var needsMarket = false
    /// Whether a quota stands in the way and nobody has asked who holds it.
    package var needsHolders = false
    /// Why nothing may be bought now; nil while buying is allowed.
    package var holdBuying: Hold?
    /// Attempts whose story is over.
    package var forgotten: Set<AttemptID> = [] { didSet { memory = RowSums.Memory() } }
    /// Why nothing is begun for it now although nothing else stands in the way; what it holds goes on.
    package var notYet: ErrorStatus?
    /// How many slots the load asks for; nil where it asks for nothing.
    package var wantedReplicas: Int?
    /// Why fewer or no more slots are wanted than the load asks for.
    package var scalingLimit: String?

    /// The slots for which something lives that no row knows: nothing is bought for the intent before that is settled.
    var unrecordedSlots: Set<Int> = []
    /// How what was seen differs from what was bought, by the places of the rows.
    var differences: [Int: String] = [:]
    /// What was paid for and is over, or is not over after all.
    package var charges: [LedgerChange] = []
    /// What waits for a person's word.
    package var questions: [ApprovalStatus] = []
    /// The intent on the terms that were agreed; nil where nothing was.
    package var settled: Intent?
    /// Whom something scarce is left to for a while; nil where nobody.
    package var yields: ErrorStatus?

    /// Why an intent buys nothing although slots may be empty.
    package enum Hold: Hashable, Sendable {
        /// It was withdrawn.
        case withdrawn
        /// It is suspended.
        case suspended(Suspension)
        /// It is paused: nothing at all may change.
        case paused(Pause)
        /// Its deadline has passed.
        case deadlinePassed(Timestamp)
        /// Its work has ended.
        case finished(Finish)
        /// Its budget is used up.
        case budget
        /// It is outside its availability window.
        case closed(OpeningHours)
        /// The total of a group that it is in is used up for now, in words.
        case quota(String)
    }

    /// A deliberation that begins with what is.
    package init(_ situation: Situation) {
        ground = Ground(situation)
        records = situation.records
        account = situation.account
        guard account.memory.negotiation != nil else { return }
        carryTheBargain()
        settle()
    }

    /// The world's time.
    package var now: Timestamp { situation.now }
    /// Times and bounds.
    package var policy: ReconcilePolicy { situation.policy }
    /// The wish on the terms that hold for it, where the intent still stands.
    package var spec: IntentSpec? { settled.map(\.spec) ?? ground.spec }

    /// Whether the intent stands for work that ends: a job or a batch.
    var isWork: Bool { ground.isWork }

    /// Whether some look did not find what it looked for.
    var missesSomething: Bool { ground.situation.looks.missesSomething }

    /// The fingerprint that an allocation of the present spec has on a platform.
    package func wantedShape(on platform: PlatformName) -> String {
        switch situation.platforms.traits(of: platform)?.carries {
        case .slot: ground.shapes.ofSlot
        case .intent: ground.shapes.ofIntent
        case nil: ""
        }
    }

    /// What a platform said of the allocation of a row in this reconcile; nil where it was not looked at.
    func look(row index: Int) -> Look? { ground.situation.looks.look(at: records[index].attempt, row: index) }

    /// Whether nothing of this intent may change.
    package var isFrozen: Bool {
        if case .paused = holdBuying { return true }
        return false
    }

    /// How the platform of a row behaves; a platform that is no longer configured has no traits.
    package func traits(of record: AllocationRecord) -> PlatformTraits? {
        situation.platforms.traits(of: record.purchase.platform)
    }

    /// Tells people something about this intent.
    package mutating func tell(_ reason: String, _ message: String, severity: Event.Severity = .normal) {
        events.append(
            Event(at: now, key: situation.key, severity: severity, reason: reason, message: message)
        )
    }

    /// Asks to be woken at a moment.
    package mutating func wake(at moment: Timestamp, _ why: String) { wakeups.append((moment, why)) }

    /// Stalls because of what the world says at the moment: other prices, other offers, or a platform that takes us again
    /// end that as well as a person does, so it is looked at as often as what is settled.
    mutating func stallForNow(_ error: ErrorStatus, _ why: String) {
        stall = error
        wake(at: now + policy.pollSettled, why)
    }

    /// Notes a failure; the first one noted is the one that is shown.
    package mutating func note(_ error: PlatformError) {
        let status = ErrorStatus(code: error.code, message: error.message, at: now)
        let after: Duration? =
            switch error.consequence {
            case .retry(let after): after
            case .wait(let wait): wait ?? .seconds(300)
            default: nil
            }
        if failure == nil { failure = (status, after) }
    }

    /// Lets an allocation go, unless it is already going.
    package mutating func end(_ index: Int, because reason: Ending.Reason, _ message: String) {
        guard records[index].phase == .live else { return }
        if reason == .lost { noteLoss(of: records[index]) }
        records[index].phase = .ending
        records[index].phaseSince = now
        records[index].ending = Ending(reason: reason, wantedAt: now)
        records[index].note = message
        let what = records[index].id?.rawValue ?? records[index].attempt.short
        tell(reason.rawValue, "releasing \(what) of slot \(records[index].slot): \(message)", severity: reason.severity)
    }
}

extension Ending.Reason {
    /// How much people should care.
    package var severity: Event.Severity {
        switch self {
        case .withdrawn, .suspended, .scaledDown, .replaced, .completed, .windowClosed: .normal
        case .lost, .failed, .provisioningTimeout, .jobTimeout, .deadlinePassed, .budget, .notAsOrdered, .surplus:
            .warning
        }
    }
}
