import Documents
import Intents
package import Reconciling

/// The ledger in a cluster: a row is an Allocation, an account and a status lie in the Intent's status, and what is the
/// operator's own lies in the Lease.
///
/// Promises kept here: a new row is durable when the server has accepted it, under a name that two operators would both
/// choose, so that the second one is refused; the Intent's finalizer is there before. `run` must live beside it: it
/// finishes what a write left for later, and ends with an error when another operator turns out to write here.
package final class KubernetesLedger: Ledger {
    /// What a ledger works with.
    package struct Parts: Sendable {
        /// Calls the server.
        package var client: APIClient
        /// What is known of the Intents; the source notes into the same one.
        package var catalog: IntentCatalog
        /// The lock, in whose Lease the operator's own facts lie.
        package var lock: KubernetesLock
        /// Tells people what happened.
        package var events: EventRecorder
        /// The clock.
        package var time: any Timekeeper
        /// Which objects are meant.
        package var selection = Selection()
        /// Which of them are ours.
        package var shard = Shard.whole
        /// Limits of groups; what counts in a total of one outlives the rows that tell it.
        package var quotas: [Quota] = []

        /// The parts without a default.
        package init(
            client: APIClient,
            catalog: IntentCatalog,
            lock: KubernetesLock,
            events: EventRecorder,
            time: any Timekeeper
        ) {
            self.client = client
            self.catalog = catalog
            self.lock = lock
            self.events = events
            self.time = time
        }
    }

    /// What is kept in memory.
    struct State: Sendable {
        var operatorID = ""
        var rows = LedgerRows()
        var intents: [IntentKey: StoredIntent] = [:]
        var accounts: [IntentKey: IntentAccount] = [:]
        var notes: [IntentKey: AccountNote] = [:]
        /// Intents whose last good state is to be written down before anything else of them is.
        var unsaved: Set<IntentKey> = []
        /// Intents that are wished for no more.
        var withdrawn: Set<IntentKey> = []
        /// Rows of which nobody knows whether they were made, and that must go.
        var strays: [AttemptID: ObjectName] = [:]
        /// Objects whose story is over, left by an earlier process.
        var leftovers: [ObjectName: String] = [:]
        var requests = RequestBook()
        var unreadable: [(place: RequestBook.Place, problem: String)] = []
        /// Why another operator must be at work.
        var intrusion: LedgerError?
        /// What the `Deleting` condition says, and since when the deletion is known.
        var deletions: [IntentKey: DeletionNote] = [:]
    }

    let parts: Parts
    let state = Locked(State())
    let groups: TotalGroups
    let sums: SpentSums

    /// A ledger; nothing is read before `load`.
    package init(_ parts: Parts) {
        self.parts = parts
        groups = TotalGroups(parts.quotas)
        sums = SpentSums(lock: parts.lock, time: parts.time)
    }

    package func write(_ changes: [LedgerChange]) async throws(LedgerError) {
        if let intrusion = state.withLock({ $0.intrusion }) { throw intrusion }
        let plan = state.withLock { state in WritePlan(changes) { state.rows[$0] != nil } }
        // First, so that it is known what is to be written down before anything that follows from it.
        for intent in plan.intents { try await putIntent(intent) }
        // A new row can lie beside what is still on its way: its call is made only when all of this is written.
        let saysMore = !plan.standings.isEmpty || !plan.statuses.isEmpty
        if saysMore { try await saveIntents(plan.touched) }
        for record in plan.standings { try await putStanding(record) }
        for account in plan.accounts { try await putAccount(account) }
        try await putStatuses(plan.statuses)
        if let held = plan.held { try await putHeld(held) }
        try await putAccounts(plan.platformAccounts)
        for answer in plan.answers { try await putAnswer(answer.request, answer.text, refused: answer.refused) }
        try await erase(plan.erasures, plan.charges)
        try await create(plan.creations, saving: plan.touched)
        for key in plan.withdrawals { _ = state.withLock { $0.withdrawn.insert(key) } }
        for event in plan.events { parts.events.put(event) }
        for key in keysToRelease(plan) { await releaseQuietly(key) }
    }

    package func pendingRequests() async throws(LedgerError) -> [OperatorRequest] {
        var places: [RequestBook.Place] = []
        for (key, entry) in parts.catalog.unanswered() where parts.shard.holds(key) {
            for (annotation, value) in entry.asked.sorted(by: { $0.key < $1.key }) {
                if annotation == OwnAnnotation.reconcileAt, value == entry.reconciledAt { continue }
                places.append(RequestBook.Place(key: key, annotation: annotation, value: value))
            }
        }
        if let token = parts.lock.lease?.metadata.annotations[OwnAnnotation.approve] {
            places.append(RequestBook.Place(key: nil, annotation: OwnAnnotation.approve, value: token))
        }
        let now = parts.time.now
        return state.withLock { state in
            let (requests, unreadable) = state.requests.take(places, at: now)
            state.unreadable = unreadable.map { (place: $0.0, problem: $0.1) }
            return requests
        }
    }

    /// The withdrawn intents whose end these writes may have made possible.
    private func keysToRelease(_ plan: WritePlan) -> Set<IntentKey> {
        state.withLock { state in
            guard !state.withdrawn.isEmpty else { return [] }
            let touched = plan.withdrawals + plan.standings.map(\.key) + plan.accounts.map(\.key)
            return state.withdrawn.intersection(touched)
        }
    }

    /// Notes that somebody else writes here; nothing is written from now on.
    func intruded(_ message: String) -> LedgerError {
        let error = LedgerError(kind: .held, message: message)
        state.withLock { $0.intrusion = $0.intrusion ?? error }
        return error
    }
}

extension LedgerError {
    /// Why a call to a server keeps something from being written.
    init(_ error: APIError, _ what: String) {
        self.init(kind: .failed, message: "\(what): \(error.description)")
    }
}
