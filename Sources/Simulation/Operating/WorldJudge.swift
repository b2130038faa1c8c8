import Intents
import Placement
import Reconciling

/// Judges the operator's promises by the platform's own books, while a run goes on.
///
/// It knows what the operator cannot know: what lives, who bought it, and when the platform lied.
final class WorldJudge: Sendable {
    /// What is known so far.
    struct State: Sendable {
        var violations: [String] = []
        var effects: [WorldEffect] = []
        /// How often the platform denied something that lived, by its id.
        var denials: [String: Int] = [:]
        /// Every cap that was in force for an intent, and until when; nil while it still is.
        var caps: [String: [(cap: Money?, until: Duration?)]] = [:]
        /// When the row of an attempt was first written.
        var opened: [AttemptID: Duration] = [:]
        /// Paid calls that were executed or refused.
        var paidCalls = 0
        /// When something was last changed on the platform or the disk.
        var lastMutation = Duration.zero
        var lastWrite = Duration.zero
    }

    /// Whether a purchase can be told from another of the same kind.
    enum Identity: Sendable {
        /// It can, by what it was bought for.
        case named
        /// It cannot: whoever waits for one may take any.
        case interchangeable
    }

    /// How long after a cap was changed a purchase under the old one may still be on its way.
    private static let patience = Duration.seconds(90)

    let world: SimulatedWorld
    let platform: PlatformName
    let clock: VirtualClock
    let operatorID: String
    private let identity: Identity
    private let state = Locked(State())

    /// A judge of one platform's books.
    init(
        _ world: SimulatedWorld,
        platform: PlatformName,
        clock: VirtualClock,
        operatorID: String,
        identity: Identity
    ) {
        self.identity = identity
        self.world = world
        self.platform = platform
        self.clock = clock
        self.operatorID = operatorID
    }

    /// Everything known so far.
    var findings: State { state.withLock { $0 } }

    /// Adds a line to the trace.
    func note(_ what: String, _ about: String) {
        let effect = WorldEffect(at: clock.now.offset, what: what, about: about)
        state.withLock { state in
            state.effects.append(effect)
        }
        var hash: UInt64 = 0
        for byte in about.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        clock.executor.note(hash)
    }

    /// Notes a broken promise.
    func blame(_ words: String) {
        note("BROKEN", words)
        state.withLock { state in
            if state.violations.count < 20 { state.violations.append(words) }
        }
    }

    /// Takes in that an intent may cost so much in an hour from now on; nil for as much as it likes.
    func setCap(_ cap: Money?, of name: String) {
        let now = clock.now.offset
        state.withLock { state in
            var caps = state.caps[name] ?? []
            if let last = caps.indices.last {
                if caps[last].cap == cap { return }
                caps[last].until = now
            }
            caps.append((cap, nil))
            state.caps[name] = caps
        }
    }

    /// What of ours lives by the platform's books, for whom by the ledger, or else by what it was bought for.
    func alive(_ rows: [AttemptID: AllocationRecord]) -> [WorldHolding] {
        guard let estate = world.estate(of: platform, at: clock.timestamp) else { return [] }
        var owners: [String: AllocationRecord] = [:]
        for row in rows.values { if let id = row.id { owners[id.rawValue] = row } }
        return estate.alive.compactMap { purchase in
            guard var holding = WorldHolding(purchase, operatorID: operatorID) else { return nil }
            if let row = owners[purchase.id] { holding.belong(to: row) }
            return holding
        }
    }

    /// A request that changes something arrives: the first, second and fourth promise.
    func arrives(_ request: TransportRequest, disk: SimulatedDisk) {
        guard request.method != "GET" else { return }
        let now = clock.now.offset
        state.withLock { $0.lastMutation = now }
        if let key = request.headers.first(where: { $0.name == "Idempotency-Key" })?.value {
            let attempt = AttemptID(rawValue: key)
            note("POST", attempt.short)
            state.withLock { $0.paidCalls += 1 }
            // A call that was long on its way may find that its row has taken an equal purchase meanwhile.
            if disk.record(attempt) == nil { blame("a paid call without a durable row of attempt \(attempt.short)") }
            return
        }
        guard let id = Self.instance(of: request.url) else { return }
        note(request.method == "DELETE" ? "DELETE" : "STOP", id)
        guard let purchase = world.estate(of: platform, at: clock.timestamp)?.purchase(id) else { return }
        if WorldHolding(purchase, operatorID: operatorID) == nil { blame("\(id) is a stranger's and was touched") }
        if !disk.durable.records.values.contains(where: { $0.id?.rawValue == id }) {
            blame("\(id) was touched, and no durable row holds it")
        }
    }

    /// A request was dealt with.
    func answered(_ request: TransportRequest, _ reply: TransportReply?, disk: SimulatedDisk) {
        if let id = Self.instance(of: request.url), reply?.status == 404,
            let purchase = world.estate(of: platform, at: clock.timestamp)?.purchase(id), purchase.isAlive
        {
            state.withLock { $0.denials[id, default: 0] += 1 }
        }
        guard request.method != "GET" else { return }
        note("answer", reply.map { String($0.status) } ?? "none")
        let key = request.headers.first { $0.name == "Idempotency-Key" }?.value
        judgeBooks(after: key.map { AttemptID(rawValue: $0) }, disk.durable.records)
    }

    /// A change becomes durable: the third promise.
    func writes(_ change: LedgerChange, _ rows: [AttemptID: AllocationRecord]) {
        let now = clock.now.offset
        state.withLock { $0.lastWrite = now }
        switch change {
        case .put(let record):
            state.withLock { $0.opened[record.attempt] = $0.opened[record.attempt] ?? now }
            let id = record.id?.rawValue ?? ""
            let ending = record.ending.map { " \($0.reason.rawValue)" } ?? ""
            note(
                "row",
                "\(record.key.rawValue)/\(record.slot) \(record.attempt.short) \(record.phase.rawValue)\(ending) \(id)"
            )
        case .forget(let attempt):
            note("forget", attempt.short)
            guard let lives = alive(rows).first(where: { $0.attempt == attempt.short }) else { return }
            if !isExcused(lives.id) { blame("attempt \(attempt.short) is forgotten, and \(lives.id) lives") }
        case .event(let event):
            note("event", "\(event.key?.rawValue ?? "-") \(event.reason): \(event.message)")
        case .status: note("status", "")
        case .dropIntent(let key): note("drop", key.rawValue)
        case .intent(let intent): note("intent", "\(intent.key.rawValue) generation \(intent.generation)")
        default: break
        }
    }

    /// Whether the platform has denied it so often that it had to be believed.
    func isExcused(_ id: String) -> Bool { state.withLock { ($0.denials[id] ?? 0) >= 2 } }

    /// The first promise, and for the intent of a paid call the fifth.
    private func judgeBooks(after purchase: AttemptID?, _ rows: [AttemptID: AllocationRecord]) {
        var holdings = alive(rows).filter { !isExcused($0.id) }
        if identity == .interchangeable {
            // What no row has taken yet belongs to none: there must be a row that waits for each.
            let untaken = holdings.filter { !$0.isKnown }
            let waiting = rows.values.count { $0.id == nil }
            if untaken.count > waiting { blame("\(untaken.count) untaken for \(waiting) rows: \(Self.names(untaken))") }
            holdings.removeAll { !$0.isKnown }
        }
        for (name, group) in Dictionary(grouping: holdings, by: \.intent).sorted(by: { $0.key < $1.key }) {
            judgeSlots(name, group)
            if let purchase, group.contains(where: { $0.attempt == purchase.short }) {
                judgeCost(name, group, after: purchase)
            }
        }
    }

    private func judgeSlots(_ name: String, _ holdings: [WorldHolding]) {
        var doubles = 0
        for (slot, group) in Dictionary(grouping: holdings, by: \.slot).sorted(by: { $0.key < $1.key })
        where group.count > 1 {
            doubles += group.count - 1
            if group.count > 2 { blame("slot \(slot) of \(name) holds \(group.count): \(Self.names(group))") }
        }
        if doubles > 1 { blame("\(name) surges by \(doubles): \(Self.names(holdings))") }
    }

    /// The call of an attempt is bound by the caps that were in force since its row was written: a repeat with its key is
    /// how an operator finds out what became of it, whatever the cap is now.
    private func judgeCost(_ name: String, _ holdings: [WorldHolding], after purchase: AttemptID) {
        let cost = holdings.reduce(Money.zero) { $0 + $1.hourly }
        let now = clock.now.offset
        let caps = state.withLock { state in
            let since = min(now - Self.patience, state.opened[purchase] ?? now)
            return (state.caps[name] ?? []).filter { $0.until.map { $0 >= since } ?? true }.map(\.cap)
        }
        guard !caps.contains(nil), let most = caps.compactMap(\.self).max(), cost > most else { return }
        blame("\(name) costs \(cost) an hour, over \(most): \(Self.names(holdings))")
    }

    static func names(_ holdings: [WorldHolding]) -> String {
        holdings.map { "\($0.id) (\($0.attempt))" }.joined(separator: ", ")
    }

    /// The instance that a URL speaks of; nil where it speaks of none.
    private static func instance(of url: String) -> String? {
        let parts = url.split(separator: "/")
        guard let place = parts.firstIndex(of: "instances"), place + 1 < parts.count else { return nil }
        return String(parts[place + 1])
    }
}
