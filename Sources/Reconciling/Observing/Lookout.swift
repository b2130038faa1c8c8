import Intents
import Placement

/// Looks at one platform's allocations for everybody: by one listing where it can list, else one by one.
package final class Lookout: Sendable {
    /// A listing, indexed.
    struct Index: Sendable {
        var observations: [AllocationID: Observation]
        var namesReferences: Bool
        var newestCreation: Timestamp?
    }

    private struct State {
        var brake: LossBrake
        /// What was not found lately: all that the last listing lacked, and what single looks have missed since.
        var missing: Set<AllocationID> = []
    }

    /// The most unnamed allocations that are asked for one by one to find an unknown purchase.
    static let unnamedLooks = 50

    private let gate: PlatformGate
    private let books: Books
    private let time: any Timekeeper
    private let fetch: SharedFetch<Index?>
    private let state: Locked<State>
    private let tell: @Sendable (Event) -> Void

    /// A lookout over what the books say should live.
    package init(
        gate: PlatformGate,
        books: Books,
        policy: ReconcilePolicy,
        time: any Timekeeper,
        tell: @escaping @Sendable (Event) -> Void
    ) {
        self.gate = gate
        self.books = books
        self.time = time
        self.tell = tell
        fetch = SharedFetch(time: time)
        state = Locked(State(brake: LossBrake(apart: policy.listingsApart)))
    }

    /// What the platform says of one allocation; `exact` asks for that very id even where a listing could tell.
    package func look(at id: AllocationID, exact: Bool, notBefore moment: Duration) async -> Look {
        var denial: PlatformError?
        do throws(PlatformError) {
            if !exact {
                do throws(PlatformError) {
                    if let seen = try await index(notBefore: moment)?.observations[id] { return .seen(seen) }
                } catch {
                    guard error.saysNoSuchCall else { throw error }
                    denial = error
                }
            }
            let observation = try await gate.call { platform async throws(PlatformError) in
                try await platform.observe(id)
            }
            found(id)
            return .seen(observation)
        } catch {
            guard error.consequence == .gone else { return .unreachable(error) }
            // Who says that there is no listing, where there was one, may be no platform: only what it shows is believed.
            if let denial { return .unreachable(denial) }
            return missed(id) ? .doubtful : .absent
        }
    }

    /// A fresh listing cut down to what an unknown purchase may be; nil where the platform cannot list.
    package func listing(notBefore moment: Duration) async throws(PlatformError) -> Listing? {
        let answer = try await fetch.get(notBefore: moment, list)
        guard let index = answer.value else { return nil }
        let owned = books.ownedIDs(on: gate.name)
        var unowned = index.observations.values.filter { !owned.contains($0.id) }.sorted { $0.id < $1.id }
        // Where what is known to be ours lacks its name, what lacks one may be ours.
        var named =
            index.namesReferences
            && !index.observations.values.contains { $0.reference == nil && owned.contains($0.id) }
        if gate.platform.traits.createsOneAtATime, !named {
            for position in unowned.indices.suffix(Self.unnamedLooks) where unowned[position].reference == nil {
                unowned[position] = try await closerLook(at: unowned[position])
            }
            // A URL can show that something is ours, but one without our words does not show that it is not.
            named = !unowned.isEmpty && unowned.allSatisfy { $0.reference != nil }
        }
        return Listing(
            beganAt: answer.beganOn,
            unowned: unowned,
            namesReferences: named,
            newestCreation: index.newestCreation
        )
    }

    /// What the platform says of one entry of its listing; the entry itself where that is gone meanwhile.
    private func closerLook(at entry: Observation) async throws(PlatformError) -> Observation {
        do throws(PlatformError) {
            return try await gate.call { platform async throws(PlatformError) in try await platform.observe(entry.id) }
        } catch {
            guard error.consequence == .gone else { throw error }
            return entry
        }
    }

    /// Everything that the platform lists and no row owns; nil where it cannot list.
    package func strangers() async throws(PlatformError) -> [Observation]? {
        try await listing(notBefore: time.uptime)?.unowned
    }

    /// The ids that the platform lists now; nil where it cannot list.
    func listedIDs(notBefore moment: Duration) async throws(PlatformError) -> [AllocationID]? {
        try await index(notBefore: moment)?.observations.keys.sorted()
    }

    private func index(notBefore moment: Duration) async throws(PlatformError) -> Index? {
        try await fetch.get(notBefore: moment, list).value
    }

    private func list() async throws(PlatformError) -> Index? {
        let began = time.uptime
        let beganOn = time.now
        let known = books.livingIDs(on: gate.name, openedBefore: beganOn - gate.platform.traits.visibilityGrace)
        let all = try await gate.call { platform async throws(PlatformError) -> [Observation]? in
            #if MUTANTS
            if Mutant.listingErrorIsEmpty.isActive { return (try? await platform.list()) ?? [] }
            #endif
            return try await platform.list()
        }
        guard let all else { return nil }
        var index = Index(observations: [:], namesReferences: false, newestCreation: nil)
        index.observations.reserveCapacity(all.count)
        for observation in all {
            index.observations[observation.id] = observation
            if observation.reference != nil { index.namesReferences = true }
            if let created = observation.createdAt {
                index.newestCreation = max(created, index.newestCreation ?? created)
            }
        }
        let missing = known.filter { index.observations[$0] == nil }
        state.withLock { $0.missing = missing }
        brake(known: known, missing: missing, beganAt: began)
        return index
    }

    private func found(_ id: AllocationID) { state.withLock { _ = $0.missing.remove(id) } }

    /// Notes an absence; returns whether nothing may be concluded from it.
    private func missed(_ id: AllocationID) -> Bool {
        let known = books.livingIDs(on: gate.name, openedBefore: time.now - gate.platform.traits.visibilityGrace)
        guard known.contains(id) else { return false }
        let missing = state.withLock { state in
            state.missing.insert(id)
            state.missing.formIntersection(known)
            return state.missing
        }
        brake(known: known, missing: missing, beganAt: time.uptime)
        return state.withLock { $0.brake.isEngaged }
    }

    private func brake(known: Set<AllocationID>, missing: Set<AllocationID>, beganAt: Duration) {
        let change = state.withLock { $0.brake.look(known: known, missing: missing, beganAt: beganAt) }
        let message: String
        switch change {
        case .none: return
        case .engaged(let missing, let known):
            message = "\(missing) of \(known) allocations seem gone at once: nothing is replaced before a second look"
        case .released(true): message = "a second look says the same: what is gone is replaced"
        case .released(false): message = "most allocations are there again"
        }
        tell(
            Event(
                at: time.now,
                key: nil,
                severity: change == .released(believed: false) ? .normal : .warning,
                reason: "MassLoss",
                message: "\(gate.name.rawValue): \(message)"
            )
        )
    }
}
