package import Intents
package import Placement
package import Reconciling

/// What is durable of the operator's ledger; it outlives every process.
package final class SimulatedDisk: Sendable {
    /// Everything on it.
    package struct Content: Sendable {
        /// The rows.
        package fileprivate(set) var records: [AttemptID: AllocationRecord] = [:]
        /// The accounts.
        package fileprivate(set) var accounts: [IntentKey: IntentAccount] = [:]
        /// Every intent as it was last good.
        package fileprivate(set) var intents: [IntentKey: StoredIntent] = [:]
        /// What people asked beside the files.
        package fileprivate(set) var overrides: [IntentKey: IntentOverride] = [:]
        /// What people are shown, as JSON text.
        package fileprivate(set) var statuses: [IntentKey: String] = [:]
        /// What the deletion guard holds.
        package fileprivate(set) var held: HeldWithdrawals?
        /// For which account was bought on each platform.
        package fileprivate(set) var platformAccounts: [PlatformName: PlatformAccount] = [:]
        /// Requests without an answer, oldest first.
        package fileprivate(set) var requests: [OperatorRequest] = []
        /// The answers, by request: whether it was refused.
        package fileprivate(set) var refused: [Int64: Bool] = [:]
        /// What allocations have cost that are gone.
        package fileprivate(set) var charges: [AttemptID: Charge] = [:]
        /// The labels of every intent that ever was.
        package fileprivate(set) var labels: [IntentKey: [String: String]] = [:]
        /// How many writes there were.
        package fileprivate(set) var writes = 0
        fileprivate var isFull = false
        fileprivate var isUnsure = false
        fileprivate var lastRequest: Int64 = 0
    }

    private let content = Locked(Content())
    /// A copy of it, from which it may be put back.
    private let copy = Locked(Content())
    private let keep: @Sendable (LedgerChange) -> LedgerChange?
    private let watch: @Sendable (LedgerChange, [AttemptID: AllocationRecord]) -> Void

    /// An empty disk; `keep` says what it really keeps of a change, nil for nothing, and `watch` is told every change at the moment at which it becomes durable, with the rows as they are
    /// before it does.
    package init(
        keep: @escaping @Sendable (LedgerChange) -> LedgerChange? = { $0 },
        watch: @escaping @Sendable (LedgerChange, [AttemptID: AllocationRecord]) -> Void = { _, _ in }
    ) {
        self.keep = keep
        self.watch = watch
    }

    /// Everything on it now.
    package var durable: Content { content.withLock { $0 } }

    /// Whether a write would be refused.
    package var isFull: Bool { content.withLock { $0.isFull } }

    /// Has no room, or has room again.
    package func setFull(_ isFull: Bool) { content.withLock { $0.isFull = isFull } }

    /// Whether a write is kept, and reported as failed.
    package var isUnsure: Bool { content.withLock { $0.isUnsure } }

    /// Reports writes that are kept as failed, or tells the truth again.
    package func setUnsure(_ isUnsure: Bool) { content.withLock { $0.isUnsure = isUnsure } }

    /// Keeps a copy of everything; before the first one the copy is of an empty disk.
    package func makeCopy() {
        let now = durable
        copy.withLock { $0 = now }
    }

    /// Puts everything back as it was when the last copy was made; what people have asked since is lost with the rest.
    package func putBack() {
        let then = copy.withLock { $0 }
        content.withLock { content in
            let (isFull, isUnsure) = (content.isFull, content.isUnsure)
            content = then
            (content.isFull, content.isUnsure) = (isFull, isUnsure)
        }
    }

    /// The row of an attempt; nil where there is none.
    package func record(_ attempt: AttemptID) -> AllocationRecord? { content.withLock { $0.records[attempt] } }

    /// A person asks for something.
    package func ask(_ verb: OperatorRequest.Verb, at now: Timestamp) {
        content.withLock { content in
            content.lastRequest += 1
            content.requests.append(OperatorRequest(id: content.lastRequest, verb: verb, askedAt: now))
        }
    }

    /// Makes changes durable, all of them.
    func apply(_ changes: [LedgerChange]) {
        let rows = durable.records
        for change in changes { watch(change, rows) }
        content.withLock { content in
            content.writes += 1
            for change in changes { if let kept = keep(change) { content.apply(kept) } }
        }
    }
}

extension SimulatedDisk.Content {
    /// Everything in the form in which an operator reads it at its start, in a stable order.
    func snapshot(operatorID: String) -> LedgerSnapshot {
        var snapshot = LedgerSnapshot(operatorID: operatorID)
        snapshot.records = records.values.sorted { $0.attempt < $1.attempt }
        snapshot.accounts = accounts.values.sorted { $0.key < $1.key }
        snapshot.intents = intents.values.sorted { $0.key < $1.key }
        snapshot.overrides = overrides.values.sorted { $0.key < $1.key }
        snapshot.statuses = statuses
        snapshot.held = held
        snapshot.platformAccounts = platformAccounts
        snapshot.costs.charges = charges.values.sorted { $0.attempt < $1.attempt }
        snapshot.costs.labels = labels
        return snapshot
    }

    fileprivate mutating func apply(_ change: LedgerChange) {
        switch change {
        case .put(let record): records[record.attempt] = record
        case .forget(let attempt): records[attempt] = nil
        case .account(let account): accounts[account.key] = account
        case .intent(let intent):
            intents[intent.key] = intent
            labels[intent.key] = intent.intent.labels
        case .dropIntent(let key):
            intents[key] = nil
            accounts[key] = nil
            overrides[key] = nil
            statuses[key] = nil
        case .override(let override):
            overrides[override.key] = override.suspension == nil && override.pause == nil ? nil : override
        case .status(let key, let json): statuses[key] = json
        case .heldWithdrawals(let list): held = list
        case .platformAccount(let platform, let account): platformAccounts[platform] = account
        case .charge(let charge): charges[charge.attempt] = charge
        case .uncharge(let charge): charges[charge.attempt] = nil
        case .answer(let request, _, let isRefused):
            requests.removeAll { $0.id == request }
            refused[request] = isRefused
        case .event: break
        }
    }
}
