import Documents
package import Intents
package import Placement

/// What the ledger holds, kept in memory for reading; every change goes to the ledger first.
package final class Books: Sendable {
    /// Everything at one moment.
    struct Pages: Sendable {
        var records: [IntentKey: [AllocationRecord]] = [:]
        var keys: [AttemptID: IntentKey] = [:]
        var owners: [PlatformName: [AllocationID: AttemptID]] = [:]
        var accounts: [IntentKey: IntentAccount] = [:]
        /// The withdrawn intents that depended on each.
        var leaving: [IntentKey: Set<IntentKey>] = [:]
        var intents: [IntentKey: StoredIntent] = [:]
        var overrides: [IntentKey: IntentOverride] = [:]
        var statuses: [IntentKey: IntentStatus] = [:]
        /// Statuses of an earlier process, as text, until somebody asks for them.
        var unread: [IntentKey: String] = [:]
        /// The keys whose status has changed since it was written down.
        var restless: Set<IntentKey> = []
        var held: HeldWithdrawals?
        var platformAccounts: [PlatformName: PlatformAccount] = [:]
        /// What statuses have in common.
        var pool = StatusPool()
        /// Changes that are true but could not be written yet: an outcome that met a full disk.
        var unwritten: [LedgerChange] = []
        /// What a write that failed may have changed all the same.
        var doubts = WriteDoubts()
        /// Whether somebody is writing `unwritten` down now.
        var isCatchingUp = false
        /// Writers that wait until that is done.
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    /// How a writer may go on.
    private enum Turn: Sendable {
        /// Nothing is owed: its changes alone.
        case straight
        /// It writes what is owed as well, and again what is in doubt.
        case catchUp([LedgerChange], WriteDoubts)
        /// Somebody else is doing that.
        case wait
    }

    private let pages: Locked<Pages>
    private let ledger: any Ledger
    private let hear: @Sendable (Event) -> Void
    private let applied: @Sendable (LedgerChange) -> Void

    /// Books over a ledger that has been read; `hear` is told every event once, and `applied` every change that is so.
    package init(
        ledger: any Ledger,
        snapshot: LedgerSnapshot,
        hear: @escaping @Sendable (Event) -> Void = { _ in },
        applied: @escaping @Sendable (LedgerChange) -> Void = { _ in }
    ) {
        self.applied = applied
        self.ledger = ledger
        self.hear = hear
        var pages = Pages()
        for var record in snapshot.records {
            // Both looks at what is lost are this process's own: the brake that doubts them is not written down.
            record.missingSince = nil
            pages.put(record)
        }
        for account in snapshot.accounts { pages.put(account) }
        for intent in snapshot.intents { pages.intents[intent.key] = intent }
        for override in snapshot.overrides { pages.overrides[override.key] = override }
        pages.unread = snapshot.statuses
        pages.held = snapshot.held
        pages.platformAccounts = snapshot.platformAccounts
        self.pages = Locked(pages)
    }

    /// Writes changes down, and shows them to readers once they are durable.
    ///
    /// What could not be written before is written first, by one writer while the others wait, so that nothing
    /// overtakes it and nothing of it is written twice. A write that failed may have been kept, in part or whole, while
    /// what follows it is decided anew: an attempt that was never sent would be taken for unknown by the next process,
    /// and what has come back would be deleted. So its rows are written first as they are.
    package func commit(_ changes: [LedgerChange]) async throws(LedgerError) {
        // Who has nothing to write need not wait until what is in doubt can be written.
        guard !changes.isEmpty || pages.withLock({ !$0.unwritten.isEmpty }) else { return }
        try await commit(changes, as: .plan)
    }

    /// What changes are, where they cannot be written.
    private enum Truth {
        /// Not so then: they are decided anew.
        case plan
        /// So all the same.
        case fact
    }

    private func commit(_ changes: [LedgerChange], as truth: Truth) async throws(LedgerError) {
        while true {
            switch turn() {
            case .straight:
                guard !changes.isEmpty else { return }
                try await write([], changes, as: truth)
                pages.withLock { pages in
                    for change in changes { pages.apply(change) }
                }
                return announce(changes)
            case .catchUp(let owed, let doubts):
                defer { caughtUp() }
                let again = pages.withLock { doubts.changes(as: $0) }
                try await write(owed + again, changes, as: truth)
                pages.withLock { pages in
                    pages.unwritten.removeFirst(owed.count)
                    pages.doubts.subtract(doubts)
                    for change in changes { pages.apply(change) }
                }
                return announce(changes)
            case .wait: await waitForCatchingUp()
            }
        }
    }

    private func turn() -> Turn {
        pages.withLock { pages in
            if pages.isCatchingUp { return .wait }
            guard !pages.unwritten.isEmpty || !pages.doubts.isEmpty else { return .straight }
            pages.isCatchingUp = true
            return .catchUp(pages.unwritten, pages.doubts)
        }
    }

    /// Writes what was owed before, and what is new; of that nobody knows whether it is durable where this throws.
    private func write(_ owed: [LedgerChange], _ changes: [LedgerChange], as truth: Truth) async throws(LedgerError) {
        do throws(LedgerError) {
            try await ledger.write(owed + changes)
        } catch {
            #if MUTANTS
            if Mutant.failedIsUndone.isActive { throw error }
            #endif
            let mayBeKept = error.kind == .failed || error.kind == .full
            if mayBeKept, truth == .plan { pages.withLock { $0.doubts.add(changes) } }
            throw error
        }
    }

    private func waitForCatchingUp() async {
        await withCheckedContinuation { turn in
            let isOver = pages.withLock { pages in
                guard pages.isCatchingUp else { return true }
                pages.waiting.append(turn)
                return false
            }
            if isOver { turn.resume() }
        }
    }

    private func caughtUp() {
        let waiting = pages.withLock { pages in
            let waiting = pages.waiting
            pages.isCatchingUp = false
            pages.waiting = []
            return waiting
        }
        for turn in waiting { turn.resume() }
    }

    private func announce(_ changes: [LedgerChange]) {
        for change in changes {
            if case .event(let event) = change { hear(event) } else { applied(change) }
        }
    }

    /// Notes what is true although it may not be written now: a call's outcome.
    ///
    /// Returns whether it is durable. Where it is not, the attempt's row is still open on disk, so that a crash leaves
    /// an unknown purchase and never a forgotten one.
    package func commitFact(_ changes: [LedgerChange]) async -> Bool {
        do {
            try await commit(changes, as: .fact)
            return true
        } catch {
            pages.withLock { pages in
                pages.unwritten += changes
                for change in changes { pages.apply(change) }
            }
            announce(changes)
            return false
        }
    }

    #if MUTANTS
    /// Shows a row to readers that nobody writes down.
    package func keepInMind(_ record: AllocationRecord) { pages.withLock { $0.put(record) } }
    #endif

    /// The rows of an intent, by slot and age.
    package func records(of key: IntentKey) -> [AllocationRecord] { pages.withLock { $0.records[key] ?? [] } }

    /// An intent as it was last written down; nil where it never was, or was withdrawn.
    package func intent(of key: IntentKey) -> StoredIntent? { pages.withLock { $0.intents[key] } }

    /// The account of an intent.
    package func account(of key: IntentKey) -> IntentAccount {
        pages.withLock { $0.accounts[key] ?? IntentAccount(key: key) }
    }

    /// The withdrawn intents that depended on an intent, sorted.
    package func leaving(_ key: IntentKey) -> [IntentKey] { pages.withLock { $0.leaving[key]?.sorted() ?? [] } }

    /// What people asked of an intent beside its file.
    package func override(of key: IntentKey) -> IntentOverride? { pages.withLock { $0.overrides[key] } }

    /// What people were last shown of an intent.
    package func status(of key: IntentKey) -> IntentStatus? {
        let (known, unread) = pages.withLock { ($0.statuses[key], $0.unread[key]) }
        guard known == nil, let unread else { return known }
        // A status that cannot be read is only made anew.
        let read = (try? DocumentParser.json(Array(unread.utf8))).flatMap { try? IntentStatus(node: $0) }
        return pages.withLock { pages in
            if pages.unread.removeValue(forKey: key) != nil, pages.statuses[key] == nil, var read {
                pages.pool.share(&read)
                pages.statuses[key] = read
            }
            return pages.statuses[key]
        }
    }

    /// Shows people another status of an intent; it is written down by the next ``writeStatuses()``.
    ///
    /// Nothing is decided by a status, and every start makes it anew: so it may be a moment late on disk, and what
    /// changes several times in that moment is written once.
    package func show(_ status: IntentStatus, of key: IntentKey) {
        var status = status
        pages.withLock { pages in
            pages.pool.share(&status)
            pages.statuses[key] = status
            pages.unread[key] = nil
            pages.restless.insert(key)
        }
    }

    /// Writes every status down that has changed; what cannot be written now is tried again by the next call.
    package func writeStatuses() async {
        let changed = pages.withLock { pages in
            defer { pages.restless = [] }
            return pages.restless.sorted().compactMap { key in pages.statuses[key].map { (key, $0) } }
        }
        guard !changed.isEmpty else { return }
        do throws(LedgerError) {
            try await commit(
                changed.map { key, status in .status(key, json: DocumentPrinter.json(status.node, style: .compact)) }
            )
            // An intent may have been dropped while its status was on the way.
            let dropped = pages.withLock { pages in changed.map(\.0).filter { pages.statuses[$0] == nil } }
            if !dropped.isEmpty { try await commit(dropped.map { .status($0, json: nil) }) }
        } catch {
            pages.withLock { $0.restless.formUnion(changed.map(\.0)) }
        }
    }

    /// Every key of which a row exists.
    package func keysWithRecords() -> Set<IntentKey> { pages.withLock { Set($0.records.keys) } }

    /// Whether an intent holds something that is not confirmed gone.
    package func holdsSomething(_ key: IntentKey) -> Bool {
        pages.withLock { $0.records[key]?.contains { $0.phase != .tombstone } ?? false }
    }

    /// The attempt that owns an allocation.
    package func owner(of id: AllocationID, on platform: PlatformName) -> AttemptID? {
        pages.withLock { $0.owners[platform]?[id] }
    }

    /// Takes an allocation for an attempt, unless another attempt owns it.
    func claim(_ id: AllocationID, on platform: PlatformName, for attempt: AttemptID) -> Bool {
        pages.withLock { pages in
            if let owner = pages.owners[platform]?[id], owner != attempt { return false }
            pages.owners[platform, default: [:]][id] = attempt
            return true
        }
    }

    /// Lets go of an allocation that was claimed for an attempt whose row could not be written.
    func release(_ id: AllocationID, on platform: PlatformName, from attempt: AttemptID) {
        pages.withLock { pages in
            if pages.owners[platform]?[id] == attempt { pages.owners[platform]?[id] = nil }
        }
    }

    /// Every allocation of a platform that some row owns.
    package func ownedIDs(on platform: PlatformName) -> Set<AllocationID> {
        pages.withLock { $0.owners[platform].map { Set($0.keys) } ?? [] }
    }

    /// A platform's purchases of which no id is known yet.
    func awaited(on platform: PlatformName) -> [AllocationRecord] {
        pages.withLock { pages in
            pages.records.values.lazy.joined().filter { $0.id == nil && $0.purchase.platform == platform }
        }
    }

    /// The allocations of a platform that should be there, and have been long enough to be seen.
    package func livingIDs(
        on platform: PlatformName,
        openedBefore moment: Timestamp,
        where isMeant: (AllocationRecord) -> Bool = { _ in true }
    ) -> Set<AllocationID> {
        pages.withLock { pages in
            var living = Set<AllocationID>()
            for records in pages.records.values {
                for record in records where record.phase == .live && record.purchase.platform == platform {
                    if let id = record.id, record.phaseSince < moment, isMeant(record) { living.insert(id) }
                }
            }
            return living
        }
    }

    /// The account for which was bought on a platform; nil where nothing ever was.
    func platformAccount(of platform: PlatformName) -> PlatformAccount? {
        pages.withLock { $0.platformAccounts[platform] }
    }

    /// The rows of a platform that are not confirmed gone.
    func holdings(on platform: PlatformName) -> [AllocationRecord] {
        pages.withLock { pages in
            pages.records.values.lazy.joined().filter { $0.purchase.platform == platform && $0.phase != .tombstone }
        }
    }

    /// Whether something could not be written yet that must not be lost.
    package var owesWrites: Bool { pages.withLock { !$0.unwritten.isEmpty || !$0.doubts.isEmpty } }
}

extension Books.Pages {
    mutating func put(_ record: AllocationRecord) {
        var rows = records[record.key] ?? []
        if let index = rows.firstIndex(where: { $0.attempt == record.attempt }) {
            rows[index] = record
        } else {
            rows.append(record)
            rows.sort { ($0.slot, $0.ordinal) < ($1.slot, $1.ordinal) }
        }
        records[record.key] = rows
        keys[record.attempt] = record.key
        if let id = record.id { owners[record.purchase.platform, default: [:]][id] = record.attempt }
    }

    mutating func put(_ account: IntentAccount) {
        let before = accounts.updateValue(account, forKey: account.key)?.memory.dependsOn ?? []
        let names = account.memory.dependsOn
        guard names != before else { return }
        for name in before { leaving[name]?.remove(account.key) }
        for name in names { leaving[name, default: []].insert(account.key) }
    }

    mutating func forget(_ attempt: AttemptID) {
        guard let key = keys.removeValue(forKey: attempt), var rows = records[key],
            let index = rows.firstIndex(where: { $0.attempt == attempt })
        else { return }
        let row = rows.remove(at: index)
        if let id = row.id, owners[row.purchase.platform]?[id] == attempt {
            owners[row.purchase.platform]?[id] = nil
        }
        records[key] = rows.isEmpty ? nil : rows
    }

    mutating func apply(_ change: LedgerChange) {
        switch change {
        case .put(let record): put(record)
        case .forget(let attempt): forget(attempt)
        case .account(let account): put(account)
        case .intent(let intent): intents[intent.key] = intent
        case .dropIntent(let key):
            intents[key] = nil
            put(IntentAccount(key: key))
            accounts[key] = nil
            overrides[key] = nil
            statuses[key] = nil
            unread[key] = nil
            restless.remove(key)
        case .override(let override):
            overrides[override.key] = override.suspension == nil && override.pause == nil ? nil : override
        case .heldWithdrawals(let list): held = list
        case .platformAccount(let platform, let account): platformAccounts[platform] = account
        case .status, .event, .answer, .charge, .uncharge: break
        }
    }
}
