import Intents
import Placement
import Reconciling

/// Judges the operator's promises by the platforms' own books, while a run goes on.
///
/// It knows what the operator cannot know: what lives, who bought it, and when a platform lied.
final class WorldJudge: Sendable {
    /// Whether a purchase can be told from another of the same kind.
    enum Identity: Sendable {
        /// It can, by what it was bought for.
        case named
        /// It cannot: whoever waits for one may take any.
        case interchangeable
    }

    /// How long after a change a purchase by what was before may still be on its way.
    static let patience = Duration.seconds(90)
    /// The most breaches that are kept.
    private static let keptBreaches = 20
    /// The platforms whose books are judged.
    static let platforms = [PlatformName.flexai, .flare]

    let world: SimulatedWorld
    let clock: VirtualClock
    /// Whether FlexAI's purchases can be told apart.
    let identity: Identity
    private let isTraced: Bool
    private let state = Locked(WorldFindings())

    /// A judge of the books of both platforms, which keeps a trace where it is to be read.
    init(_ world: SimulatedWorld, clock: VirtualClock, identity: Identity, isTraced: Bool = true) {
        self.identity = identity
        self.world = world
        self.clock = clock
        self.isTraced = isTraced
    }

    /// Everything known so far.
    var findings: WorldFindings { state.withLock { $0 } }

    /// Whether some promise was broken.
    var hasBreach: Bool { state.withLock { !$0.breaches.isEmpty } }

    var now: Duration { clock.now.offset }

    /// Reads or changes what is known.
    func with<Result: Sendable>(_ body: (inout WorldFindings) -> Result) -> Result {
        state.withLock { state in body(&state) }
    }

    /// Adds a line to the trace; its words are made only where it is kept.
    func note(_ what: StaticString, _ about: @autoclosure () -> String) {
        unsafe clock.executor.note(UInt64(what.utf8CodeUnitCount) &* 31 &+ UInt64(what.utf8Start.pointee))
        guard isTraced else { return }
        let effect = WorldEffect(at: now, what: what.description, about: about())
        state.withLock { $0.effects.append(effect) }
    }

    /// Counts something that came about.
    func count(_ what: String) { state.withLock { $0.tally[what, default: 0] += 1 } }

    /// Notes a broken promise.
    func blame(_ promise: WorldPromise, _ words: String) {
        note("BROKEN", "\(promise.rawValue): \(words)")
        let breach = WorldBreach(promise: promise, at: now, words: words)
        state.withLock { state in
            if state.breaches.count < Self.keptBreaches { state.breaches.append(breach) }
        }
    }

    /// What of ours lives by the platforms' books, for whom by the ledger, or else by what it was bought for.
    func alive(_ rows: [AttemptID: AllocationRecord]) -> [WorldHolding] {
        var owners: [String: AllocationRecord] = [:]
        if identity == .interchangeable {
            for row in rows.values { if let id = row.id { owners[id.rawValue] = row } }
        }
        let (opened, takenBack, forgotten) = state.withLock { ($0.opened, $0.takenBack, $0.forgotten) }
        let moment = clock.timestamp
        return Self.platforms.flatMap { platform in
            world.withState { state -> [WorldHolding] in
                state.withEstate(of: platform, at: moment) { estate in
                    var holdings: [WorldHolding] = []
                    for purchase in estate.purchases where purchase.isAlive {
                        guard let buyer = purchase.attempt, let opening = opened[buyer] else { continue }
                        // What a ledger has forgotten is nobody's until it is taken back.
                        if forgotten.contains(buyer), takenBack[buyer] == nil { continue }
                        let attempt = takenBack[buyer] ?? buyer
                        var holding = WorldHolding(
                            purchase,
                            on: platform,
                            attempt: attempt,
                            intent: opening.key,
                            slot: opening.slot
                        )
                        if let row = owners[purchase.id] {
                            holding.belong(to: row)
                        } else if rows[attempt]?.id?.rawValue == purchase.id, let row = rows[attempt] {
                            holding.belong(to: row)
                        }
                        holdings.append(holding)
                    }
                    return holdings
                } ?? []
            }
        }
    }

    /// The ids of everything that lives, whoever bought it.
    var livingIDs: [String] {
        let moment = clock.timestamp
        return Self.platforms.flatMap { platform in
            world.withState { $0.withEstate(of: platform, at: moment) { $0.purchases } }?.filter(\.isAlive).map(\.id)
                ?? []
        }
    }

    /// What works, was bought for a slot before its row was lost with a ledger that was put back, and is not taken back.
    func forgotten(for intent: String, slot: Int) -> SimulatedPurchase? {
        let (opened, takenBack, forgotten) = state.withLock { ($0.opened, $0.takenBack, $0.forgotten) }
        guard !forgotten.isEmpty else { return nil }
        let moment = clock.timestamp
        let all = world.withState { $0.withEstate(of: .flexai, at: moment) { $0.purchases } } ?? []
        return all.first { purchase in
            guard purchase.isAlive, purchase.phase == .running || purchase.phase == .booting,
                let buyer = purchase.attempt,
                forgotten.contains(buyer), takenBack[buyer] == nil, let opening = opened[buyer]
            else { return false }
            return opening.key == intent && opening.slot == slot
        }
    }

    /// A line of the books, by its id; nil where there is none.
    func purchase(_ id: String) -> SimulatedPurchase? {
        let moment = clock.timestamp
        return world.withState { state in
            for platform in Self.platforms {
                let found = state.withEstate(of: platform, at: moment) { $0.purchase(id) }
                if let found, let purchase = found { return purchase }
            }
            return nil
        }
    }

    /// Whether the platform has denied it so often, or a person has said so, that it had to be believed.
    func isExcused(_ holding: WorldHolding) -> Bool {
        state.withLock { state in
            (state.farewells[holding.id]?.denials ?? 0) >= 2 || state.abandoned.contains(holding.attempt)
        }
    }

    static func names(_ holdings: [WorldHolding]) -> String {
        holdings.map { "\($0.id) (\($0.attempt.short), slot \($0.slot), \($0.phase.rawValue))" }.joined(separator: ", ")
    }
}

extension SimulatedPurchase {
    /// The attempt that bought it, by the key that came with it; nil for a stranger's.
    var attempt: AttemptID? { idempotencyKey.map { AttemptID(rawValue: $0) } }
}
