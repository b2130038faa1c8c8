import Intents
import Placement

/// Looks at one platform's allocations for everybody: by one listing where it can list, else one by one.
package final class Lookout: Sendable {
    /// A listing, indexed.
    struct Index: Sendable {
        var observations: [AllocationID: Observation]
        var namesReferences: Bool
        var newestCreation: Timestamp?
        /// What bears our name, and no row knew it when it was listed.
        var unrecorded: [Observation] = []
    }

    private struct State {
        var brake: LossBrake
        /// What was told of as unrecorded last.
        var told: Set<AllocationID> = []
        /// Whether the last listing that was asked for it was whole, and when that began.
        var wholeness: (of: Duration, isWhole: Bool)?
        /// What was not found lately: all that the last listing lacked, and what single looks have missed since.
        var missing: Set<AllocationID> = []
    }

    /// The most unnamed allocations that are asked for one by one to find an unknown purchase.
    static let unnamedLooks = 50

    /// The most unrecorded allocations that a message names.
    private static let namedUnrecorded = 5

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
        guard case (var listing, let index, let began)? = try await shown(notBefore: moment) else { return nil }
        listing.isWhole = try await isWhole(index, began: began, on: listing.beganAt)
        return listing
    }

    /// What is listed and no row owns, whole or not, with the listing itself and when that began.
    private func shown(
        notBefore moment: Duration
    ) async throws(PlatformError) -> (listing: Listing, index: Index, began: Duration)? {
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
        let listing = Listing(
            beganAt: answer.beganOn,
            unowned: unowned,
            namesReferences: named,
            newestCreation: index.newestCreation
        )
        return (listing, index, answer.beganAt)
    }

    /// Whether a listing shows all that is known to live, as far as a few questions tell.
    ///
    /// A platform that lists by pages and does not say so, or a gateway that answers every listing with nothing, would have
    /// what it leaves out bought again.
    private func isWhole(_ index: Index, began: Duration, on day: Timestamp) async throws(PlatformError) -> Bool {
        #if MUTANTS
        if Mutant.partIsWhole.isActive { return true }
        #endif
        if let known = state.withLock({ $0.wholeness }), known.of == began { return known.isWhole }
        let traits = gate.platform.traits
        let late = max(traits.visibilityGrace, traits.listingDelayBound ?? .zero)
        let missing = books.livingIDs(on: gate.name, openedBefore: day - late) { $0.parkedAt == nil }
            .filter { index.observations[$0] == nil }.sorted()
        var lacks: AllocationID?
        // The first, the middle and the last: pages follow some order.
        for place in Set([0, missing.count / 2, missing.count - 1]).sorted() where missing.indices.contains(place) {
            do throws(PlatformError) {
                let seen = try await gate.call { platform async throws(PlatformError) in
                    try await platform.observe(missing[place])
                }
                // What works no more may well be left out.
                if seen.state.works { lacks = seen.id }
            } catch {
                guard error.consequence == .gone else { throw error }
            }
            if lacks != nil { break }
        }
        let isNews = state.withLock { state in
            defer { state.wholeness = (began, lacks == nil) }
            return state.wholeness?.isWhole ?? true
        }
        if let lacks, isNews { tellOfPart(lacks) }
        return lacks == nil
    }

    private func tellOfPart(_ id: AllocationID) {
        tell(
            Event(
                at: time.now,
                key: nil,
                severity: .warning,
                reason: "ListingIncomplete",
                message: "\(gate.name.rawValue): its listing lacks \(id.rawValue), which lives: it proves nothing of "
                    + "purchases whose outcome is unknown"
            )
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
        try await shown(notBefore: time.uptime)?.listing.unowned
    }

    /// What the platform lists although no row knows it, and may be an intent's, newest first: it says so in our own words,
    /// or says nothing on an account on which nobody else buys.
    ///
    /// It was bought after the copy was made from which the ledger was put back, or came to be after its attempt was written
    /// off. One listing of this process is enough while it shows nothing of the kind: what is bought since has a row. Empty
    /// where the platform cannot list, or where what it lists could be anybody's.
    func unrecorded(of key: IntentKey, _ spec: IntentSpec) async throws(PlatformError) -> [Unrecorded] {
        guard gate.platform.traits.showsOwn else { return [] }
        do throws(PlatformError) {
            guard let known = try await index(notBefore: .zero), !unrecorded(in: known, of: key, spec).isEmpty,
                let fresh = try await index(notBefore: time.uptime)
            else { return [] }
            return unrecorded(in: fresh, of: key, spec)
        } catch {
            // Who may not list is told so elsewhere, and cannot be made to wait for it.
            guard error.saysNoSuchCall else { throw error }
            return []
        }
    }

    /// Has a listing made, so that what is unrecorded is told of even where nothing is bought; returns whether it was.
    func audit() async -> Bool {
        guard gate.platform.traits.showsOwn else { return true }
        do throws(PlatformError) {
            _ = try await index(notBefore: time.uptime)
            return true
        } catch {
            return error.saysNoSuchCall
        }
    }

    private func unrecorded(in index: Index, of key: IntentKey, _ spec: IntentSpec) -> [Unrecorded] {
        guard !index.unrecorded.isEmpty else { return [] }
        let references = Set(books.records(of: key).map(\.reference))
        let found = index.unrecorded.compactMap { entry -> Unrecorded? in
            guard books.owner(of: entry.id, on: gate.name) == nil else { return nil }
            guard let reference = entry.reference else {
                return Unrecorded(platform: gate.name, reference: nil, observation: entry)
            }
            guard !references.contains(reference), let own = gate.platform.ownReference(reference, of: key, spec) else {
                return nil
            }
            return Unrecorded(platform: gate.name, reference: own, observation: entry)
        }
        return found.sorted { one, other in
            let (made, before) = (one.observation.createdAt?.milliseconds, other.observation.createdAt?.milliseconds)
            return made == before ? one.observation.id < other.observation.id : made ?? .min > before ?? .min
        }
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
        index.unrecorded = unrecorded(among: all)
        let missing = known.filter { index.observations[$0] == nil }
        state.withLock { $0.missing = missing }
        brake(known: known, missing: missing, beganAt: began)
        return index
    }

    /// What is ours and no row knows; people are told of what is new among it.
    private func unrecorded(among all: [Observation]) -> [Observation] {
        let traits = gate.platform.traits
        guard traits.showsOwn else { return [] }
        // Asked for after the listing: what was bought meanwhile has its row.
        let (owned, awaited) = (books.ownedIDs(on: gate.name), books.awaited(on: gate.name))
        let references = Set(awaited.map(\.reference))
        let found = all.filter { entry in
            guard !owned.contains(entry.id) else { return false }
            guard let reference = entry.reference else {
                // What bears no name may be what somebody waits for.
                return traits.exclusiveAccount && !awaited.contains { entry.mayBe($0) }
            }
            return gate.platform.isOwn(reference) && !references.contains(reference)
        }
        let ids = Set(found.map(\.id))
        let news = state.withLock { state in
            defer { state.told = ids }
            return ids.subtracting(state.told)
        }
        if !news.isEmpty { tellOfUnrecorded(news.sorted()) }
        return found
    }

    private func tellOfUnrecorded(_ ids: [AllocationID]) {
        let names = ids.prefix(Self.namedUnrecorded).map(\.rawValue).joined(separator: ", ")
        let more = ids.count > Self.namedUnrecorded ? " and \(ids.count - Self.namedUnrecorded) more" : ""
        tell(
            Event(
                at: time.now,
                key: nil,
                severity: .warning,
                reason: "Unrecorded",
                message:
                    "\(gate.name.rawValue): \(names)\(more) must be this operator's, and the ledger does not know of "
                    + "it: was it put back from an older copy? What names a wished slot is taken back; the rest is listed by "
                    + "`intentctl orphans`: end it there, or give it to a slot (`intentctl resolve NAME --slot N --adopt ID`)"
            )
        )
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
