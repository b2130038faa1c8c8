import Documents
import Intents
package import Placement

/// Makes the world of one intent what is written, one reconcile at a time; running it twice changes nothing.
///
/// It gets a key, never an event: it reads the wish and the rows, looks at the platforms, decides, takes the steps,
/// and shows the status.
package final class Reconciler: Sendable {
    /// What a reconciler works with; passed in, so that a simulation can pass in its own.
    package struct Tools: Sendable {
        /// The doors to the platforms.
        package var gates: [PlatformName: PlatformGate]
        /// Looks at the platforms.
        package var lookouts: [PlatformName: Lookout]
        /// What is on sale.
        package var shop: Shop
        /// The rows.
        package var books: Books
        /// What groups of intents hold together.
        package var quotas: Quotas
        /// The clock.
        package var time: any Timekeeper
        /// The dice.
        package var dice: SharedDice
        /// Who else is about to buy; nil where nobody is asked.
        var contest: Contest?
    }

    /// What is remembered of a key between reconciles, and may be lost in a crash.
    struct Memory: Sendable {
        var failures = 0
        var stall: (generation: Int, error: ErrorStatus)?
        var lastWrite: Duration?
        var standing: Standing?
        /// Whether its platforms told of all that lives when it was looked at last.
        var isSeen = false
        var hours: (generation: Int, from: Timestamp, hours: OpeningHours)?
        /// When an interruption becomes longer than was promised, in uptime.
        var breaksAt: Duration?
        /// Whether it was about to buy when it was looked at last; nil while it has not been since it changed.
        var isBuying: Bool?
        /// The attempts whose last DELETE failed with an answer: it is not on its way any more.
        var refusedDeletes: Set<AttemptID> = []
        /// Since when it leaves something scarce to others.
        var yieldingSince: Timestamp?
    }

    /// Rounds of deciding and acting in one reconcile, before the key goes back to the schedule.
    static let rounds = 6

    let tools: Tools
    let policy: ReconcilePolicy
    let wish: @Sendable (IntentKey) -> Wish?
    private let surroundings: @Sendable (IntentKey, Wish?) -> Surroundings
    let memories = Locked<[IntentKey: Memory]>([:])
    let locks = KeyLocks()
    private let startedAt: Duration
    private let draining = Locked(false)
    private let backoff = Backoff()

    /// A reconciler that asks `wish` what is wished for a key now, and `surroundings` what is known around it.
    package init(
        tools: Tools,
        policy: ReconcilePolicy,
        wish: @escaping @Sendable (IntentKey) -> Wish?,
        surroundings: @escaping @Sendable (IntentKey, Wish?) -> Surroundings = { _, _ in Surroundings() }
    ) {
        self.surroundings = surroundings
        self.tools = tools
        self.policy = policy
        self.wish = wish
        startedAt = tools.time.uptime
    }

    /// Lets no new step begin; what is under way comes to its end and is written down.
    package func drain() { draining.withLock { $0 = true } }

    /// Whether no new step may begin.
    var isDraining: Bool { draining.withLock { $0 } }

    /// Forgets that a key was stuck, because a person asked or something changed.
    package func forgive(_ key: IntentKey) {
        memories.withLock { memories in
            memories[key]?.stall = nil
            memories[key]?.failures = 0
            memories[key]?.standing = nil
            memories[key]?.isBuying = nil
        }
    }

    /// Whether an intent was about to buy when it was looked at last; nil where it has not been since it changed.
    func isBuying(_ key: IntentKey) -> Bool? { memories.withLock { $0[key]?.isBuying } }

    /// Whether an intent is as written, as of its last reconcile; nil before the first.
    package func standing(of key: IntentKey) -> Standing? { memories.withLock { $0[key]?.standing } }

    /// Whether its platforms told of all that lives of an intent, as of its last reconcile in this process.
    func isSeen(_ key: IntentKey) -> Bool { memories.withLock { $0[key]?.isSeen ?? false } }

    /// When an intent's interruption becomes longer than was promised, in uptime; nil while nothing is about to break.
    package func breaking(of key: IntentKey) -> Duration? { memories.withLock { $0[key]?.breaksAt } }

    /// Reconciles a key, and says when it is due again; nil means only when something happens to it.
    package func reconcile(_ key: IntentKey) async -> (after: Duration, priority: Schedule.Priority)? {
        await locks.holding(key) { await reconcileAlone(key) }
    }

    private func reconcileAlone(_ key: IntentKey) async -> (after: Duration, priority: Schedule.Priority)? {
        var failure: PlatformError?
        var draft: IntentStatus?
        var (decision, wished, isSeen) = await weigh(key, looking: true, after: draft)
        for round in 0..<Self.rounds {
            // Who changes what is wished for has it looked at again.
            guard let changes = withTheirIntent(decision.changes, of: key, decidedFor: wished) else {
                return (.seconds(1), .retry)
            }
            if let refusal = await write(changes) {
                return retry(
                    key,
                    after: nil,
                    ErrorStatus(code: refusal.code, message: refusal.message, at: tools.time.now)
                )
            }
            noteRests(changes)
            guard !decision.steps.isEmpty, round < Self.rounds - 1, !isDraining else { break }
            let outcome = await take(decision.steps, of: key, generation: decision.status.observedGeneration)
            touched(key)
            failure = outcome
            draft = decision.status
            (decision, wished, _) = await weigh(key, looking: false, after: draft)
            if failure != nil, !decision.steps.isEmpty, !goesOnAtOnce(failure) { break }
        }
        if decision.isOver {
            // It may have come back while the last rows were looked at.
            guard wish(key) == nil else { return (.zero, .retry) }
            _ = await tools.books.commitFact([.dropIntent(key)])
            memories.withLock { $0[key] = nil }
            return nil
        }
        return conclude(key, decision, failure, isSeen: isSeen)
    }

    /// What would be done about a key now; nothing is written and no step is taken.
    ///
    /// `draft` is the status of an earlier round of the same reconcile, which knows why the choice was made.
    package func deliberate(_ key: IntentKey, looking: Bool, after draft: IntentStatus? = nil) async -> Decision {
        await weigh(key, looking: looking, after: draft).decision
    }

    /// What would be done about a key now, the wish for which, and whether all that lives was seen.
    private func weigh(
        _ key: IntentKey,
        looking: Bool,
        after draft: IntentStatus?
    ) async -> (decision: Decision, wish: Wish?, isSeen: Bool) {
        var situation = situation(of: key)
        if let draft { situation.previous = draft }
        if looking {
            await look(into: &situation)
            // An answer that took long is no older than its arrival, and the one before it no younger than its sending.
            situation.now = tools.time.now
        }
        var decision = decide(situation)
        if decision.needsMarket {
            let (market, errors) = await tools.shop.market()
            for error in errors {
                situation.platforms[error.platform]?.offersUnheard = true
                situation.platforms[error.platform]?.offersError = error
                guard situation.platforms[error.platform]?.pausedBecause == nil else { continue }
                if case .pausePlatform = error.consequence {
                    situation.platforms[error.platform]?.pausedBecause = error
                }
            }
            situation.market = market
            await findUnrecorded(into: &situation)
            situation.resting = tools.shop.resting()
            situation.short = tools.shop.short()
            decision = decide(situation)
            if let allotment = tools.contest?.allotment(for: situation, decision, tools.shop.edition) {
                situation.allotment = allotment
                situation.yieldingSince = memories.withLock { $0[key]?.yieldingSince }
                decision = decide(situation)
            }
            if market.isEmpty, let error = errors.first, case .retry = decision.next {
                decision.next = .retry(
                    after: nil,
                    ErrorStatus(code: error.code, message: error.message, at: situation.now)
                )
                decision.status.lastError = ErrorStatus(code: error.code, message: error.message, at: situation.now)
            }
        }
        if decision.needsHolders {
            situation.quotas = tools.quotas.standings(of: key, naming: true)
            decision = decide(situation)
        }
        return (decision, situation.wish, looking && situation.seesAllThatLives)
    }

    /// What bears the intent's name while no row knows it; a platform that cannot be asked is asked again before it sells.
    private func findUnrecorded(into situation: inout Situation) async {
        guard let spec = situation.wish?.intent.spec else { return }
        for (_, lookout) in tools.lookouts.sorted(by: { $0.key < $1.key }) {
            do throws(PlatformError) {
                situation.unrecorded += try await lookout.unrecorded(of: situation.key, spec)
            } catch {
                continue
            }
        }
    }

    func situation(of key: IntentKey) -> Situation {
        let books = tools.books
        var situation = Situation(
            key: key,
            now: tools.time.now,
            wish: wish(key),
            records: books.records(of: key),
            account: books.account(of: key)
        )
        situation.policy = policy
        situation.surroundings = surroundings(key, situation.wish)
        situation.surroundings.hours = hours(of: key, situation.wish, at: situation.now)
        situation.previous = books.status(of: key)
        situation.quotas = tools.quotas.standings(of: key)
        for (name, gate) in tools.gates {
            var platform = PlatformSituation(traits: gate.platform.traits)
            platform.pausedBecause = gate.pausedBecause
            situation.platforms[name] = platform
        }
        if let stall = memories.withLock({ $0[key]?.stall }), stall.generation == situation.wish?.generation {
            situation.stall = stall.error
        }
        return situation
    }

    /// The availability window of an intent, worked out once until it opens or closes.
    private func hours(of key: IntentKey, _ wish: Wish?, at now: Timestamp) -> OpeningHours? {
        guard let wish, let availability = wish.intent.spec.constraints.availability else { return nil }
        if let known = memories.withLock({ $0[key]?.hours }), known.generation == wish.generation,
            now >= known.from, known.hours.changesAt.map({ now < $0 }) ?? true
        {
            return known.hours
        }
        let calendar = AvailabilityCalendar(availability)
        let hours = OpeningHours(calendar, at: now, lookingBack: policy.windowGrace)
        memories.withLock { $0[key, default: Memory()].hours = (wish.generation, now, hours) }
        return hours
    }

    /// Looks at whatever the decision may stop, delete or replace, freshly enough.
    private func look(into situation: inout Situation) async {
        let now = tools.time.uptime
        let changing = situation.records.contains { record in
            record.phase != .live || record.sighting?.state != .running || record.missingSince != nil
        }
        let staleness = changing ? Duration.seconds(1) : .seconds(5)
        let written = memories.withLock { $0[situation.key]?.lastWrite } ?? startedAt
        let moment = max(written, now - staleness)
        for record in situation.records {
            guard let lookout = tools.lookouts[record.purchase.platform] else { continue }
            switch record.phase {
            case .open, .unknown:
                guard situation.platforms[record.purchase.platform]?.listing == nil else { continue }
                do throws(PlatformError) {
                    let listing = try await lookout.listing(notBefore: moment)
                    situation.platforms[record.purchase.platform]?.listing = listing
                    situation.platforms[record.purchase.platform]?.cannotList = listing == nil
                } catch {
                    // A platform that cannot be asked now is asked again; nothing is concluded from silence.
                }
            case .live, .ending, .tombstone, .unverified:
                guard let id = record.id, let exact = exactness(record, at: situation.now) else { continue }
                let look = await lookout.look(at: id, exact: exact, notBefore: moment)
                situation.looks.add(look, at: record.attempt)
            }
        }
    }

    /// Whether a row needs a look at its very id, at any listing, or at nothing yet (nil).
    private func exactness(_ record: AllocationRecord, at now: Timestamp) -> Bool? {
        switch record.phase {
        case .live: return record.missingSince != nil
        case .ending: return record.ending?.deletedAt != nil
        case .tombstone:
            guard let due = record.nextTombstoneLook(policy), now >= due else { return nil }
            return true
        case .unverified: return true
        case .open, .unknown: return nil
        }
    }

    private func goesOnAtOnce(_ failure: PlatformError?) -> Bool { failure?.consequence == .nextOffer }

    private func conclude(
        _ key: IntentKey,
        _ decision: Decision,
        _ failure: PlatformError?,
        isSeen: Bool
    ) -> (after: Duration, priority: Schedule.Priority)? {
        var status = decision.status
        let now = tools.time.now
        var again: (after: Duration, priority: Schedule.Priority)?
        var isRetry = false
        if let failure, failure.consequence != .gone, decision.standing != .converged {
            let error = ErrorStatus(code: failure.code, message: failure.words, at: now)
            status.lastError = error
            again = retry(key, after: floor(of: failure), error)
            isRetry = true
        } else {
            again = when(key, decision)
            if case .retry = decision.next { isRetry = true }
        }
        let breaksAt = decision.breaksAt.map { tools.time.uptime + ($0 - now) }
        memories.withLock { memories in
            memories[key, default: Memory()].standing = decision.standing
            memories[key]?.isSeen = isSeen
            memories[key]?.isBuying = decision.isYielding || decision.provisionsSomething
            let since = memories[key]?.yieldingSince ?? now
            memories[key]?.yieldingSince = decision.isYielding ? since : nil
            memories[key]?.breaksAt = breaksAt
        }
        // A poll is no retry: it would be news every few seconds.
        status.nextRetryAt = nil
        if isRetry, decision.standing != .converged, let again { status.nextRetryAt = now + again.after }
        publish(status, of: key)
        return again
    }

    private func when(_ key: IntentKey, _ decision: Decision) -> (after: Duration, priority: Schedule.Priority)? {
        switch decision.next {
        case .settled(let poll):
            memories.withLock { $0[key]?.failures = 0 }
            // Polls are spread by a tenth, so that a fleet that was bought at once is not looked at at once.
            let spread = tools.dice.throwOne(in: 900...1100)
            return (.milliseconds(poll.milliseconds * spread / 1000), .poll)
        case .waiting(let until, _):
            memories.withLock { $0[key]?.failures = 0 }
            let wait = until - tools.time.now
            // What holds nothing is woken by what it waits for; the bound is for clocks that are set.
            let holds = !tools.books.records(of: key).isEmpty
            let longest = holds ? policy.pollSettled : policy.longestWait
            return (min(max(wait, .milliseconds(200)), longest), .retry)
        case .retry(let after, let error): return retry(key, after: after, error)
        case .stalled: return (policy.pollSettled, .poll)
        }
    }

    private func floor(of failure: PlatformError) -> Duration? {
        switch failure.consequence {
        case .retry(let after): after
        case .wait(let wait): wait ?? .seconds(300)
        case .pausePlatform, .stalled: policy.pollSettled
        case .nextOffer, .gone, .unknown: nil
        }
    }

    private func retry(
        _ key: IntentKey,
        after floor: Duration?,
        _ error: ErrorStatus
    ) -> (after: Duration, priority: Schedule.Priority) {
        let failures = memories.withLock { memories in
            memories[key, default: Memory()].failures += 1
            if memories[key]?.standing != .stalled { memories[key]?.standing = .moving }
            return memories[key]?.failures ?? 1
        }
        return (backoff.wait(failures: failures, atLeast: floor, dice: tools.dice), .retry)
    }

    /// What is to be written down of an intent, beside what is wished for now where that is not written down yet.
    ///
    /// Otherwise a crash would leave what was done for one spec beside another, or beside none: of a generation whose job
    /// has ended, of a suspension or a withdrawal that has released everything, of an intent that is new. Where the source
    /// cannot be read next, the ledger alone says what is wished for, and all of it would be bought anew, or deleted.
    ///
    /// Nil where it was decided for another wish, which looks at platforms may have outlived, and where nothing is wished
    /// for and the ledger does not say so yet.
    func withTheirIntent(_ changes: [LedgerChange], of key: IntentKey, decidedFor decided: Wish?) -> [LedgerChange]? {
        guard !changes.isEmpty else { return changes }
        #if MUTANTS
        if Mutant.wishNotAskedAgain.isActive { return changes }
        #endif
        let known = tools.books.intent(of: key)
        guard let wish = wish(key) else { return known == nil && decided == nil ? changes : nil }
        guard let decided, wish.asksTheSame(as: decided) else { return nil }
        return known == wish.stored ? changes : [.intent(wish.stored)] + changes
    }

    /// Writes changes down; returns why it could not be done.
    func write(_ changes: [LedgerChange]) async -> PlatformError? {
        do throws(LedgerError) {
            try await tools.books.commit(changes)
            return nil
        } catch {
            return error.asRefusal
        }
    }

    func touched(_ key: IntentKey) {
        let now = tools.time.uptime
        memories.withLock { $0[key, default: Memory()].lastWrite = now }
    }

    /// An offer that has disappointed is left alone for a while.
    private func noteRests(_ changes: [LedgerChange]) {
        for case .put(let record) in changes where record.phase == .ending && record.ending?.stopAskedAt == nil {
            guard let ending = record.ending, ending.deletedAt == nil, ending.wantedAt == record.phaseSince else {
                continue
            }
            switch ending.reason {
            case .provisioningTimeout, .notAsOrdered: tools.shop.rest(record.purchase.offer, for: policy.offerRest)
            // A task that its own people call failed says nothing of where it ran.
            case .failed where record.sighting?.state == .failed:
                tools.shop.rest(record.purchase.offer, for: policy.offerRest)
            case .lost where record.purchase.spot: tools.shop.rest(record.purchase.offer, for: policy.offerRest)
            default: break
            }
        }
    }

    /// Shows a status that tells people something new; another moment of the next try alone is nothing new.
    private func publish(_ status: IntentStatus, of key: IntentKey) {
        if let known = tools.books.status(of: key), known.tellsTheSame(as: status) { return }
        tools.books.show(status, of: key)
    }
}

extension LedgerError {
    /// The same trouble in the form in which steps report theirs.
    var asRefusal: PlatformError {
        PlatformError(
            platform: PlatformName(rawValue: "ledger"),
            code: kind == .full ? "LEDGER_FULL" : "LEDGER_UNAVAILABLE",
            message: message,
            consequence: .retry(after: .seconds(5))
        )
    }
}
