package import Intents
package import Placement

/// What groups of intents hold together, safe while several intents are reconciled at once.
///
/// A purchase is reserved under the one lock before its attempt is written down; every durable change keeps it true. A
/// change costs as much as its intent has quotas, however large the fleet is.
package final class Quotas: Sendable {
    fileprivate struct State {
        var tallies: [QuotaTally]
        var members: [IntentKey: [Int]] = [:]
        var slots: [IntentKey: Int] = [:]
        /// Withdrawn intents, which are forgotten with their last allocation.
        var withdrawn: Set<IntentKey> = []
        var owned: [IntentKey: Set<AttemptID>] = [:]
        var keys: [AttemptID: IntentKey] = [:]
        var shares: [AttemptID: QuotaTally.Share] = [:]
        /// Who found no room, by quota.
        var waiting: [Int: Set<IntentKey>] = [:]
    }

    private let state: Locked<State>
    private let carriers: Set<PlatformName>
    private let time: any Timekeeper
    /// Whether there is no quota at all.
    package let isEmpty: Bool

    /// Quotas over what a ledger holds; `carriers` are the platforms whose allocations carry whole intents.
    package init(_ quotas: [Quota], snapshot: LedgerSnapshot, carriers: Set<PlatformName>, time: any Timekeeper) {
        self.time = time
        self.carriers = carriers
        isEmpty = quotas.isEmpty
        state = Locked(State(tallies: quotas.map(QuotaTally.init)))
        guard !isEmpty else { return }
        for (key, labels) in snapshot.costs.labels { place(key, labels, slots: 1) }
        for stored in snapshot.intents { apply(.intent(stored)) }
        for record in snapshot.records { apply(.put(record)) }
        for charge in snapshot.costs.charges { apply(.charge(charge)) }
        for day in snapshot.costs.days { settle(day) }
    }

    /// Takes in a durable change; returns who may find room now.
    @discardableResult
    package func apply(_ change: LedgerChange) -> Set<IntentKey> {
        guard !isEmpty else { return [] }
        switch change {
        case .put(let record):
            if record.phase == .tombstone { return release(record.attempt) }
            put(share(of: record), record.attempt)
            return []
        case .forget(let attempt): return release(attempt)
        case .intent(let stored):
            place(stored.key, stored.intent.labels, slots: stored.intent.spec.workload.wantedSlots)
            return []
        case .dropIntent(let key):
            state.withLock { state in
                if state.owned[key] == nil { state.drop(key) } else { state.withdrawn.insert(key) }
            }
            return []
        case .charge(let charge):
            settle(charge, 1)
            return []
        case .uncharge(let charge):
            settle(charge, -1)
            return []
        default: return []
        }
    }

    /// Reserves room for a purchase that is about to be written down; returns why there is none.
    package func reserve(_ record: AllocationRecord, ahead: Duration) -> String? {
        guard !isEmpty else { return nil }
        return reserve(share(of: record), record.attempt, ahead: ahead)
    }

    /// Reserves room for what a decision buys, so that the next one is made beside it; returns why there is too little.
    ///
    /// For plans, in which nothing is written down: what does not fit leaves nothing reserved.
    package func reserve(
        _ decision: Decision,
        of key: IntentKey,
        _ spec: IntentSpec,
        ahead: Duration
    ) -> String? {
        guard !isEmpty else { return nil }
        var reserved: [AttemptID] = []
        for case .provision(let slot, let candidate, _) in decision.steps {
            let share = QuotaTally.Share(
                key: key,
                hourly: candidate.hourlyPerAllocation,
                gpus: (spec.workload.resources.gpu?.count ?? 1) * candidate.parts(spec),
                since: time.now
            )
            let attempt = AttemptID(rawValue: "planned/\(slot)/\(key.rawValue)")
            if let lack = reserve(share, attempt, ahead: ahead) {
                for attempt in reserved { release(attempt) }
                return lack
            }
            reserved.append(attempt)
        }
        return nil
    }

    private func reserve(_ share: QuotaTally.Share, _ attempt: AttemptID, ahead: Duration) -> String? {
        let now = time.now
        return state.withLock { state in
            #if MUTANTS
            let quotas = Mutant.quotaIgnored.isActive ? [] : state.members[share.key] ?? []
            #else
            let quotas = state.members[share.key] ?? []
            #endif
            for index in quotas {
                var standing = state.tallies[index].standing(at: now, naming: false)
                let lack = standing.shortage(adding: share.hourly, gpus: share.gpus, now: now, ahead: ahead)
                guard lack != nil else { continue }
                state.waiting[index, default: []].insert(share.key)
                standing = state.tallies[index].standing(at: now, naming: true)
                return standing.shortage(adding: share.hourly, gpus: share.gpus, now: now, ahead: ahead)
            }
            state.put(share, attempt)
            return nil
        }
    }

    /// Gives back what was reserved for a purchase that was not made.
    @discardableResult
    package func release(_ attempt: AttemptID) -> Set<IntentKey> {
        state.withLock { $0.remove(attempt) }
    }

    /// How the quotas of an intent stand; who is `naming` waits for room from now on.
    package func standings(of key: IntentKey, naming: Bool = false) -> [QuotaStanding] {
        guard !isEmpty else { return [] }
        let now = time.now
        return state.withLock { state in
            (state.members[key] ?? []).map { index in
                if naming { state.waiting[index, default: []].insert(key) }
                return state.tallies[index].standing(at: now, naming: naming)
            }
        }
    }

    private func share(of record: AllocationRecord) -> QuotaTally.Share {
        let purchase = record.purchase
        let parts = purchase.maxReplicas ?? (carriers.contains(purchase.platform) ? slots(of: record.key) : 1)
        return QuotaTally.Share(
            key: record.key,
            hourly: record.hourly,
            gpus: purchase.gpuCount * parts,
            since: record.openedAt
        )
    }

    private func slots(of key: IntentKey) -> Int { state.withLock { $0.slots[key] ?? 1 } }

    private func put(_ share: QuotaTally.Share, _ attempt: AttemptID) { state.withLock { $0.put(share, attempt) } }

    private func settle(_ charge: Charge, _ sign: Int) {
        let now = time.now
        state.withLock { state in
            for index in state.members[charge.key] ?? [] { state.tallies[index].settle(charge, sign, now: now) }
        }
    }

    /// Adds a day of which single charges are no longer known.
    private func settle(_ day: DailyCost) {
        let start = Timestamp(day: day.day)
        let charge = Charge(
            attempt: AttemptID(rawValue: ""),
            key: day.key,
            slot: 0,
            platform: day.platform,
            from: start,
            until: start + .seconds(1),
            amount: day.amount
        )
        settle(charge, 1)
    }

    private func place(_ key: IntentKey, _ labels: [String: String], slots: Int) {
        state.withLock { state in
            let members = state.tallies.indices.filter { state.tallies[$0].quota.selects(labels) }
            state.slots[key] = slots
            state.withdrawn.remove(key)
            guard state.members[key] != members else { return }
            let held = (state.owned[key] ?? []).compactMap { attempt in state.shares[attempt].map { (attempt, $0) } }
            for (attempt, _) in held { state.remove(attempt) }
            state.members[key] = members
            for (attempt, share) in held { state.put(share, attempt) }
        }
    }
}

extension Quotas.State {
    fileprivate mutating func put(_ share: QuotaTally.Share, _ attempt: AttemptID) {
        shares[attempt] = share
        keys[attempt] = share.key
        owned[share.key, default: []].insert(attempt)
        for index in members[share.key] ?? [] { tallies[index].put(share, of: attempt) }
    }

    /// Takes an attempt out; returns who waited for room in its quotas.
    @discardableResult
    fileprivate mutating func remove(_ attempt: AttemptID) -> Set<IntentKey> {
        guard let key = keys.removeValue(forKey: attempt) else { return [] }
        shares[attempt] = nil
        owned[key]?.remove(attempt)
        var woken: Set<IntentKey> = []
        for index in members[key] ?? [] where tallies[index].remove(attempt) {
            woken.formUnion(waiting.removeValue(forKey: index) ?? [])
        }
        if owned[key]?.isEmpty == true {
            owned[key] = nil
            if withdrawn.contains(key) { drop(key) }
        }
        woken.remove(key)
        return woken
    }

    fileprivate mutating func drop(_ key: IntentKey) {
        members[key] = nil
        slots[key] = nil
        withdrawn.remove(key)
        for index in waiting.keys { waiting[index]?.remove(key) }
    }
}
