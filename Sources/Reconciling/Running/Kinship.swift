import Intents

/// Joins intents that depend on one another: what each has to know of the others, and whom its own standing wakes.
final class Kinship: Sendable {
    /// How an intent stood before it was looked at.
    struct Outlook: Sendable {
        fileprivate var state: Dependency.State
        fileprivate var holds: Bool
        fileprivate var keeps: Bool
        fileprivate var dependencies: [IntentKey]
    }

    private let desires: Desires
    private let books: Books
    /// How an intent stands, as of its last reconcile.
    let standing = Locked<@Sendable (IntentKey) -> Standing?>({ _ in nil })
    /// Whether all that lives of an intent was seen in its last reconcile.
    let isSeen = Locked<@Sendable (IntentKey) -> Bool>({ _ in true })

    /// The kinship of what is wished for.
    init(desires: Desires, books: Books) {
        self.desires = desires
        self.books = books
    }

    /// Goes by what a reconciler knows of how intents stand.
    func watch(_ reconciler: Reconciler) {
        standing.withLock { $0 = { [weak reconciler] key in reconciler?.standing(of: key) } }
        isSeen.withLock { $0 = { [weak reconciler] key in reconciler?.isSeen(key) ?? false } }
    }

    /// What an intent has to know of others.
    func surroundings(of key: IntentKey, _ wish: Wish?) -> Surroundings {
        var surroundings = Surroundings()
        guard let wish else {
            surroundings.dependents = dependents(of: key)
            return surroundings
        }
        guard !wish.intent.spec.dependsOn.isEmpty else { return surroundings }
        surroundings.dependencies = wish.intent.dependencies.map { Dependency($0, state(of: $0)) }
        surroundings.circle = desires.read { $0.graph.circles[key] ?? [] }
        return surroundings
    }

    /// How an intent stands that others may wait for; nil where nobody has to do with it.
    func outlook(of key: IntentKey) -> Outlook? {
        let (isDependedOn, dependencies) = desires.read { state in
            (state.graph.dependents[key] != nil, state.graph.dependencies[key] ?? state.departing.dependencies[key])
        }
        let left = dependencies ?? books.account(of: key).memory.dependsOn
        guard isDependedOn || !left.isEmpty else { return nil }
        return Outlook(
            state: state(of: key),
            holds: books.holdsSomething(key),
            keeps: keeps(key),
            dependencies: left
        )
    }

    /// Whom it wakes that an intent has been looked at.
    ///
    /// Who has come to depend on it since, where nobody did before, may have seen it as it stood before or as it stands
    /// now: nobody can tell, and nothing else would wake them.
    func awakened(by key: IntentKey, _ before: Outlook?) -> [IntentKey] {
        guard let before else { return desires.read { $0.graph.dependents[key]?.sorted() ?? [] } }
        var keys: [IntentKey] = []
        if state(of: key) != before.state { keys += desires.read { $0.graph.dependents[key]?.sorted() ?? [] } }
        if before.holds, !books.holdsSomething(key) { desires.hasDeparted(key) }
        if before.keeps, !keeps(key) {
            // What was withdrawn too may go now.
            keys += before.dependencies.filter { name in desires.read { $0.entries[name] == nil } }
        }
        return keys
    }

    /// Whether what an intent depends on stays for its sake, withdrawn though that be.
    ///
    /// Who was withdrawn too and holds nothing but what waits for a person's word keeps nobody: that word may never come,
    /// and all this while the others would be billed.
    private func keeps(_ key: IntentKey) -> Bool {
        guard books.holdsSomething(key) else { return false }
        if standing.withLock({ $0 })(key) != .stalled || desires.read({ $0.entries[key] != nil }) { return true }
        // Kept itself for somebody who is still wished for, it is stalled as well.
        return books.records(of: key).contains { record in
            switch record.phase {
            case .unknown, .unverified, .tombstone: false
            case .open, .live, .ending: true
            }
        }
    }

    private func state(of key: IntentKey) -> Dependency.State {
        guard desires.read({ $0.entries[key] != nil }) else { return .missing }
        // What an earlier process has said of it is no news: nobody has looked at it since.
        guard let standing = standing.withLock({ $0 })(key) else { return .coming }
        guard isSeen.withLock({ $0 })(key) else { return standing == .stalled ? .stuck : .coming }
        let ready = books.status(of: key)?.conditions.first { $0.type == "Ready" }
        if ready?.status == .yes { return .ready }
        return standing == .moving ? .coming : .stuck
    }

    /// Who depends on a withdrawn intent and keeps it; not whom it depends on itself, since both would wait.
    private func dependents(of key: IntentKey) -> [Dependent] {
        let (graph, departing) = desires.read { ($0.graph, $0.departing) }
        let wished = (graph.dependents[key] ?? []).map { Dependent($0, isLeaving: false) }
        // Told at once where this process has let them go, and by the ledger where an earlier one has.
        let left = (departing.dependents[key] ?? []).union(books.leaving(key))
        let leaving = left.map { Dependent($0, isLeaving: true) }
        let beside: (IntentKey) -> [IntentKey] = { [books] key in
            departing.dependencies[key] ?? books.account(of: key).memory.dependsOn
        }
        return (wished + leaving).filter { dependent in
            keeps(dependent.key) && !graph.leads(from: key, to: dependent.key, beside: beside)
        }.sorted { $0.key < $1.key }
    }
}
