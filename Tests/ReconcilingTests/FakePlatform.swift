import Intents
import Placement

@testable import Reconciling

/// A small platform with a state and a script of faults, which keeps the port's promises.
final class FakePlatform: Platform, Sendable {
    /// What goes wrong with one call.
    enum Fault: Sendable {
        /// The call is refused and does nothing.
        case refuse(PlatformError)
        /// The call does its work, and the answer is lost.
        case lose
        /// The call does nothing, and the answer is lost.
        case vanish
    }

    /// Which calls a fault befalls.
    enum Call: Hashable, Sendable { case verify, offers, list, observe, create, stop, delete }

    struct Instance: Sendable {
        var observation: Observation
        var key: String
    }

    struct State: Sendable {
        /// Happens while an answer is on its way, once.
        var meanwhile: (@Sendable () -> Void)?
        var account = PlatformAccount(address: "https://platform.example")
        var holder: String?
        var living: [AllocationID: Instance] = [:]
        var faults: [Call: [Fault]] = [:]
        var lasting: [Call: Fault] = [:]
        var offers: [Offer]
        var canList = true
        /// What lives and no listing shows.
        var unlisted: Set<AllocationID> = []
        var echoes = true
        var boots = AllocationState.running
        var deleteTakes = true
        var names = 0
        var creates = 0
        /// With whom the next one is placed, whatever was ordered.
        var placedWith: String?
        /// Whose checkpoint each order goes on from.
        var continued: [AttemptID?] = []
        var deletes = 0
        var calls: [Call: Int] = [:]
        var mostLiving = 0
    }

    let name: PlatformName
    let traits: PlatformTraits
    let time: TestTime
    let state: Locked<State>

    /// The account, as configured and as the platform says.
    var account: PlatformAccount { state.withLock { $0.account } }

    func holder() async throws(PlatformError) -> String? { try perform(.verify) { state.withLock { $0.holder } } }

    init(_ name: PlatformName = .flexai, traits: PlatformTraits? = nil, time: TestTime, offers: [Offer]? = nil) {
        self.name = name
        self.traits = traits ?? (name == .flare ? .whole : .single)
        self.time = time
        state = Locked(State(offers: offers ?? [.h100(name)]))
    }

    /// What lives, by id.
    var living: [AllocationID] { state.withLock { $0.living.keys.sorted() } }
    var creates: Int { state.withLock { $0.creates } }
    var deletes: Int { state.withLock { $0.deletes } }
    var mostLiving: Int { state.withLock { $0.mostLiving } }
    func calls(_ call: Call) -> Int { state.withLock { $0.calls[call] ?? 0 } }
    func fail(_ call: Call, _ faults: Fault...) { state.withLock { $0.faults[call, default: []] += faults } }
    func keepFailing(_ call: Call, _ fault: Fault?) { state.withLock { $0.lasting[call] = fault } }
    func change(_ change: @Sendable (inout State) -> Void) { state.withLock { change(&$0) } }

    private func fault(_ call: Call) -> Fault? {
        let meanwhile = state.withLock { state in
            defer { state.meanwhile = nil }
            return state.meanwhile
        }
        meanwhile?()
        return state.withLock { state in
            state.calls[call, default: 0] += 1
            if let faults = state.faults[call], !faults.isEmpty { return state.faults[call]?.removeFirst() }
            return state.lasting[call]
        }
    }

    private var silence: PlatformError { .error("TIMEOUT", .retry(after: nil), status: nil, on: name) }
    private var gone: PlatformError { .error("HTTP_404", .gone, status: 404, on: name) }

    /// Runs a call that may be befallen by a fault.
    private func perform<Value>(_ call: Call, _ work: () throws(PlatformError) -> Value) throws(PlatformError) -> Value
    {
        switch fault(call) {
        case nil: return try work()
        case .refuse(let error): throw error
        case .vanish: throw silence
        case .lose:
            _ = try work()
            throw silence
        }
    }

    func verify() async throws(PlatformError) -> [String] { try perform(.verify) { [] } }

    func offers() async throws(PlatformError) -> [Offer] { try perform(.offers) { state.withLock { $0.offers } } }

    func list() async throws(PlatformError) -> [Observation]? {
        try perform(.list) {
            state.withLock { state in
                guard state.canList else { return nil }
                return state.living.values.filter { !state.unlisted.contains($0.observation.id) }.map { instance in
                    var observation = instance.observation
                    if !state.echoes { observation.reference = nil }
                    return observation
                }
            }
        }
    }

    func observe(_ id: AllocationID) async throws(PlatformError) -> Observation {
        try perform(.observe) { () throws(PlatformError) -> Observation in
            guard let seen = state.withLock({ $0.living[id]?.observation }) else { throw gone }
            return seen
        }
    }

    func prepare(_ order: Order) -> PreparedOrder {
        let reference = "op/\(order.key.rawValue)/\(order.slot)/\(order.attempt.short)"
        state.withLock { $0.continued.append(order.continues) }
        return PreparedOrder(attempt: order.attempt, reference: reference, body: "{}")
    }

    func create(_ order: PreparedOrder) async -> CreateOutcome {
        switch fault(.create) {
        case nil: return .created(make(order))
        case .refuse(let error): return .notCreated(error)
        case .vanish: return .unknown(silence)
        case .lose:
            _ = make(order)
            return .unknown(silence)
        }
    }

    func isOwn(_ reference: String) -> Bool { reference.hasPrefix("op/") }

    func ownReference(_ reference: String, of key: IntentKey, _ spec: IntentSpec) -> OwnReference? {
        let words = reference.split(separator: "/").map(String.init)
        guard words.count == 4, words[0] == "op", words[1] == key.rawValue, let slot = Int(words[2]) else { return nil }
        return OwnReference(slot: slot, attempt: words[3])
    }

    private func make(_ order: PreparedOrder) -> Observation {
        state.withLock { state in
            if case .honoured = traits.idempotencyKeys,
                let known = state.living.values.first(where: { $0.key == order.attempt.rawValue })
            {
                return known.observation
            }
            state.creates += 1
            state.names += 1
            let id = AllocationID(rawValue: "\(name.rawValue)-\(state.names)")
            var observation = Observation(id: id, state: state.boots, rawState: state.boots.rawValue)
            observation.reference = order.reference
            observation.createdAt = time.now
            observation.gpuCount = 1
            observation.provider = state.placedWith
            state.placedWith = nil
            state.living[id] = Instance(observation: observation, key: order.attempt.rawValue)
            state.mostLiving = max(state.mostLiving, state.living.count)
            return observation
        }
    }

    func stop(_ id: AllocationID) async throws(PlatformError) {
        try perform(.stop) { () throws(PlatformError) in
            guard state.withLock({ $0.living[id] != nil }) else { throw gone }
            state.withLock { $0.living[id]?.observation.state = .stopped }
        }
    }

    func delete(_ id: AllocationID) async throws(PlatformError) {
        try perform(.delete) { () throws(PlatformError) in
            guard state.withLock({ $0.living[id] != nil }) else { throw gone }
            state.withLock { state in
                state.deletes += 1
                if state.deleteTakes { state.living[id] = nil }
            }
        }
    }
}

extension FakePlatform {
    /// A door to it, and who looks through it.
    func lookout(
        _ books: Books,
        tell: @escaping @Sendable (Event) -> Void = { _ in }
    ) -> (lookout: Lookout, gate: PlatformGate) {
        let gate = PlatformGate(
            self,
            limits: PlatformLimits(),
            time: time,
            leadership: ExclusiveLeadership(),
            tell: { _ in }
        )
        return (Lookout(gate: gate, books: books, policy: ReconcilePolicy(), time: time, tell: tell), gate)
    }
}

/// A ledger in memory that survives the operator, and can be full.
final class FakeLedger: Ledger, Sendable {
    struct State: Sendable {
        var snapshot = LedgerSnapshot(operatorID: "op")
        var writes = 0
        var fullFor = 0
        var isFull = false
        /// Keeps what is written, and reports it as failed.
        var isUnsure = false
        /// Writes from this one on fail, counted from the next.
        var fullAfter: Int?
        var log: [LedgerChange] = []
        /// What people have asked for and no answer is written to.
        var requests: [OperatorRequest] = []
    }

    let state = Locked(State())

    var snapshot: LedgerSnapshot { state.withLock { $0.snapshot } }
    var writes: Int { state.withLock { $0.writes } }
    var records: [AllocationRecord] { snapshot.records }
    func fill(_ isFull: Bool) { state.withLock { $0.isFull = isFull } }
    func fill(after writes: Int) { state.withLock { $0.fullAfter = writes } }

    func load() async throws(LedgerError) -> LedgerSnapshot { snapshot }

    func write(_ changes: [LedgerChange]) async throws(LedgerError) {
        let isDone = state.withLock { state in
            if let after = state.fullAfter {
                if after == 0 {
                    state.fullAfter = nil
                    state.isFull = true
                } else {
                    state.fullAfter = after - 1
                }
            }
            guard !state.isFull else { return false }
            state.writes += 1
            state.log += changes
            for change in changes {
                state.snapshot.apply(change)
                if case .answer(let request, _, _) = change { state.requests.removeAll { $0.id == request } }
            }
            return true
        }
        if !isDone { throw LedgerError(kind: .full, message: "no room") }
        if state.withLock({ $0.isUnsure }) { throw LedgerError(kind: .failed, message: "nobody can tell") }
    }

    func pendingRequests() async throws(LedgerError) -> [OperatorRequest] { state.withLock { $0.requests } }
}

extension LedgerSnapshot {
    /// Takes a change in, as a real ledger would.
    mutating func apply(_ change: LedgerChange) {
        switch change {
        case .put(let record):
            records.removeAll { $0.attempt == record.attempt }
            records.append(record)
        case .forget(let attempt): records.removeAll { $0.attempt == attempt }
        case .account(let account):
            accounts.removeAll { $0.key == account.key }
            accounts.append(account)
        case .intent(let intent):
            intents.removeAll { $0.key == intent.key }
            intents.append(intent)
        case .dropIntent(let key):
            intents.removeAll { $0.key == key }
            accounts.removeAll { $0.key == key }
            statuses[key] = nil
        case .status(let key, let json): statuses[key] = json
        case .heldWithdrawals(let list): held = list
        case .platformAccount(let platform, let account): platformAccounts[platform] = account
        case .override, .event, .answer, .charge, .uncharge: break
        }
    }
}
