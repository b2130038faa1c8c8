import Intents
package import Placement

/// The whole loop: a source, the platforms and a ledger, joined so that the world becomes what is written.
package final class Operator: Sendable {
    /// What an operator is made of.
    package struct Parts: Sendable {
        /// The platforms that are configured.
        package var platforms: [any Platform]
        /// Those that are not, as they would behave: what the ledger holds there is kept.
        package var absent: [any Platform] = []
        /// The durable record.
        package var ledger: any Ledger
        /// The clock.
        package var time: any Timekeeper
        /// Where chance comes from.
        package var seed: UInt64
        /// Where loads are measured; nil where they are not.
        package var measurements: (any Measurements)?
        /// The right to act.
        package var leadership: any Leadership = ExclusiveLeadership()

        /// The parts that have no default.
        package init(platforms: [any Platform], ledger: any Ledger, time: any Timekeeper, seed: UInt64) {
            self.platforms = platforms
            self.ledger = ledger
            self.time = time
            self.seed = seed
        }

        /// The platforms whose allocations carry whole intents.
        var carriers: Set<PlatformName> {
            Set((platforms + absent).lazy.filter { $0.traits.carries == .intent }.map(\.name))
        }

        /// The absent platforms of which a ledger holds something.
        func missing(in snapshot: LedgerSnapshot) -> [any Platform] {
            #if MUTANTS
            if Mutant.absentUnknown.isActive { return [] }
            #endif
            let held = Set(snapshot.records.map(\.purchase.platform)).subtracting(platforms.map(\.name))
            return held.sorted().map { name in
                absent.first { $0.name == name } ?? AbsentPlatform(name, traits: .ofNobody)
            }
        }
    }

    /// What the configuration says of how an operator works.
    package struct Manner: Sendable {
        /// Times and bounds of every intent.
        package var policy = ReconcilePolicy()
        /// How offers are chosen.
        package var placement = PlacementPolicy()
        /// How much of each platform may be used at a time.
        package var limits: [PlatformName: PlatformLimits] = [:]
        /// What groups of intents may hold together.
        package var quotas: [Quota] = []
        /// The deletion guard's bounds.
        package var deletionGuard = DeletionGuard.Limits()
        /// Reconciles at once.
        package var width = Runner.defaultWidth
        /// How often requests of people and the guard are looked at.
        package var tick = Duration.milliseconds(250)
        /// How often loads are measured.
        package var measuring = Duration.seconds(15)

        /// The documented defaults.
        package init() {}
    }

    let parts: Parts
    let manner: Manner
    /// The rows.
    package let books: Books
    /// What is wished for.
    package let desires: Desires
    let queue: WorkQueue
    /// What groups of intents hold together.
    package let quotas: Quotas
    let outbox: EventOutbox
    /// The first look at the source, or the first word that it cannot be read.
    let begun = FirstTime()
    let answering = Locked(Answering())
    let gates: [PlatformName: PlatformGate]
    /// Looks at each platform.
    package let lookouts: [PlatformName: Lookout]
    /// What is on sale.
    package let shop: Shop
    /// Decides and acts.
    package let reconciler: Reconciler
    private let meter: Meter?
    private let kinship: Kinship

    /// An operator over a ledger that has been read; `announce` hears every event as it happens.
    package init(
        _ parts: Parts,
        manner: Manner,
        snapshot: LedgerSnapshot,
        announce: @escaping @Sendable (Event) -> Void
    ) {
        self.parts = parts
        self.manner = manner
        let time = parts.time
        let outbox = EventOutbox()
        let queue = WorkQueue(time: time)
        let quotas = Quotas(manner.quotas, snapshot: snapshot, carriers: parts.carriers, time: time)
        let purchases = RecentPurchases()
        let books = Books(ledger: parts.ledger, snapshot: snapshot, hear: announce) { change in
            if case .put(let record) = change { purchases.note(record) }
            if case .forget(let attempt) = change { purchases.forget(attempt) }
            let woken = quotas.apply(change)
            if !woken.isEmpty { queue.add(woken.sorted(), priority: .retry) }
        }
        let desires = Desires(
            stored: snapshot.intents,
            guardian: DeletionGuard(limits: manner.deletionGuard, held: snapshot.held),
            books: books,
            time: time
        )
        let platforms = parts.platforms + parts.missing(in: snapshot)
        let (gates, lookouts) = Self.doors(to: platforms, parts, manner, books: books, tell: outbox.put)
        shop = Self.shop(parts, manner, gates)
        let meter = Self.meter(parts, manner, books: books, wish: desires.wish) { keys, events in
            for event in events { outbox.put(event) }
            queue.add(keys, priority: .retry)
        }
        let kinship = Kinship(desires: desires, books: books)
        let contest = Self.contest(parts, manner, desires, books, purchases)
        reconciler = Reconciler(
            tools: Reconciler.Tools(
                gates: gates,
                lookouts: lookouts,
                shop: shop,
                books: books,
                quotas: quotas,
                time: time,
                dice: SharedDice(seed: parts.seed),
                contest: contest
            ),
            policy: manner.policy,
            wish: desires.wish,
            surroundings: { key, wish in
                var surroundings = kinship.surroundings(of: key, wish)
                surroundings.load = meter?.trend(of: key, wish)
                return surroundings
            }
        )
        let reconciler = reconciler
        kinship.watch(reconciler)
        contest.isBuying.withLock { $0 = { [weak reconciler] key in reconciler?.isBuying(key) } }
        (self.meter, self.kinship) = (meter, kinship)
        (self.outbox, self.books, self.desires) = (outbox, books, desires)
        (self.queue, self.quotas, self.gates, self.lookouts) = (queue, quotas, gates, lookouts)
    }

    /// What is on sale on the platforms that are configured.
    private static func shop(_ parts: Parts, _ manner: Manner, _ gates: [PlatformName: PlatformGate]) -> Shop {
        let sellers = parts.platforms.compactMap { gates[$0.name] }.sorted { $0.name < $1.name }
        return Shop(gates: sellers, policy: manner.placement, time: parts.time)
    }

    private static func contest(
        _ parts: Parts,
        _ manner: Manner,
        _ desires: Desires,
        _ books: Books,
        _ purchases: RecentPurchases
    ) -> Contest {
        Contest(
            desires: desires,
            books: books,
            purchases: purchases,
            policy: manner.policy,
            carriers: parts.carriers,
            time: parts.time
        )
    }

    /// A door to each platform, and who looks through it.
    private static func doors(
        to platforms: [any Platform],
        _ parts: Parts,
        _ manner: Manner,
        books: Books,
        tell: @escaping @Sendable (Event) -> Void
    ) -> (gates: [PlatformName: PlatformGate], lookouts: [PlatformName: Lookout]) {
        var gates: [PlatformName: PlatformGate] = [:]
        var lookouts: [PlatformName: Lookout] = [:]
        for platform in platforms {
            let limits = manner.limits[platform.name] ?? PlatformLimits()
            let gate = PlatformGate(
                platform,
                limits: limits,
                time: parts.time,
                leadership: parts.leadership,
                books: books,
                tell: tell
            )
            gates[platform.name] = gate
            lookouts[platform.name] = Lookout(
                gate: gate,
                books: books,
                policy: manner.policy,
                time: parts.time,
                tell: tell
            )
        }
        return (gates, lookouts)
    }

    /// What measures loads, where they are measured.
    private static func meter(
        _ parts: Parts,
        _ manner: Manner,
        books: Books,
        wish: @escaping @Sendable (IntentKey) -> Wish?,
        alert: @escaping @Sendable ([IntentKey], [Event]) -> Void
    ) -> Meter? {
        guard let measurements = parts.measurements else { return nil }
        let tools = Meter.Tools(measurements: measurements, books: books, time: parts.time, wish: wish, alert: alert)
        return Meter(tools, windows: manner.policy.scaling)
    }

    /// What the operator would say of itself, where nobody has written it down yet; who asks takes it.
    package func unheard() -> [Event] { outbox.take() }

    /// How many calls have gone out to each platform.
    package var calls: [PlatformName: Int] { gates.mapValues(\.calls) }

    /// Keeps the world as written until `drain` is called, or until the source fails for good.
    ///
    /// What is under way when it is drained comes to its end and is written down.
    package func run(_ source: any IntentSource) async throws {
        // What people asked while nobody ran is heard before anything is decided.
        await answerRequests()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await source.run { report in await self.take(report) }
            }
            group.addTask { await self.queue.run() }
            group.addTask { await self.tick() }
            group.addTask { await self.audit() }
            if let meter { group.addTask { await meter.run(every: self.manner.measuring) } }
            group.addTask {
                await Runner(queue: self.queue, width: self.manner.width) { key in
                    let before = self.kinship.outlook(of: key)
                    let again = await self.reconciler.reconcile(key)
                    let awakened = self.kinship.awakened(by: key, before)
                    if !awakened.isEmpty { self.queue.add(awakened, priority: .change) }
                    self.queue.promise(key, before: self.reconciler.breaking(of: key))
                    return again
                }.run()
                throw Drained()
            }
            defer {
                queue.close()
                group.cancelAll()
            }
            do {
                while try await group.next() != nil {}
            } catch is Drained {}
        }
        await flush()
    }

    /// Ends `run`: no new step begins, and open calls come to their end.
    package func drain() {
        reconciler.drain()
        queue.close()
    }

    /// How the run stands: whether all is as written.
    package func progress() -> Progress {
        // In one look: who waits to be let go is one that is wished for, and who was let go is one that holds something.
        let (keys, hasLooked, waits, held) = desires.read { state in
            (
                Array(state.entries.keys), state.hasLooked, !state.guardian.waiting.isEmpty, state.guardian.isHolding
            )
        }
        let others = books.keysWithRecords().subtracting(keys).filter { books.holdsSomething($0) }
        var progress = Progress(hasLooked: hasLooked, waitsForGuard: waits && !held, isHeld: held)
        progress.isIdle = queue.isIdle
        for key in keys { progress.count(reconciler.standing(of: key)) }
        for key in others {
            // Let go a moment ago, it still stands as it did before; only a pause is rest for what holds something.
            let standing = reconciler.standing(of: key)
            let isPaused = books.override(of: key)?.pause != nil
            progress.count(standing == .converged && !isPaused ? .moving : standing)
        }
        return progress
    }

    /// Takes in a report of the source: what it changed is reconciled, and written down beside.
    ///
    /// Nothing is reconciled before the source has been looked at, or cannot be: what the ledger remembers of an intent
    /// may be older than its file. Then everything is, since nobody knows what happened meanwhile.
    func take(_ report: SourceReport) async {
        var outcome = desires.take(report)
        if case .files = report {
        } else if begun.isNow() {
            outcome.changed.formUnion(desires.read { Set($0.entries.keys) })
            outcome.changed.formUnion(books.keysWithRecords())
        }
        await carryOut(outcome)
        await carryOutWithdrawals()
    }

    /// Has what a source has changed reconciled, and writes it down beside.
    private func carryOut(_ outcome: DesiredState.Outcome) async {
        // An intent must be in its quotas before it can buy, which may be before it is written down.
        for case .intent(let stored) in outcome.writes { quotas.apply(.intent(stored)) }
        schedule(outcome)
        await writeDown(outcome)
    }

    /// Lets withdrawals through that the guard lets through: written down first, then reconciled.
    private func carryOutWithdrawals() async {
        let outcome = desires.judge()
        // Nobody may take them for settled meanwhile.
        for key in outcome.changed { reconciler.forgive(key) }
        await writeDown(outcome)
        schedule(outcome)
    }

    private func schedule(_ outcome: DesiredState.Outcome) {
        for key in outcome.changed { reconciler.forgive(key) }
        queue.add(outcome.changed.sorted(), priority: .change)
    }

    private func writeDown(_ outcome: DesiredState.Outcome) async {
        // An intent that could not be written down is kept in memory; only a restart with a broken file would miss it.
        // In pieces, so that purchases need not wait until ten thousand new intents are written down.
        var rest = (outcome.writes + outcome.events.map { .event($0) })[...]
        while !rest.isEmpty {
            let some = rest.prefix(Self.writesAtATime).filter { !isOutOfDate($0) }
            if !some.isEmpty { _ = await books.commitFact(some) }
            rest = rest.dropFirst(Self.writesAtATime)
        }
    }

    /// Whether what was to be written down is not true any more, or has been written beside what was done about it.
    private func isOutOfDate(_ change: LedgerChange) -> Bool {
        switch change {
        case .intent(let stored): books.intent(of: stored.key) == stored
        case .dropIntent(let key): desires.read { $0.entries[key] != nil }
        case .account(let account): desires.read { $0.entries[account.key] != nil }
        default: false
        }
    }

    /// How much of what a source has brought is written down in one piece.
    private static let writesAtATime = 200

    private func tick() async {
        var offset = clockOffset
        await withDiscardingTaskGroup { group in
            while !Task.isCancelled {
                // Waits are counted in uptime: who sets the wall clock changes when they should end.
                let isSet = max(clockOffset - offset, offset - clockOffset) > Self.clockTolerance
                offset = clockOffset
                if isSet, begun.hasHappened {
                    queue.add(
                        desires.read { Set($0.entries.keys) }.union(books.keysWithRecords()).sorted(),
                        priority: .retry
                    )
                }
                await carryOutWithdrawals()
                // A request waits while its intent is busy; nobody else waits with it.
                for (key, requests) in await newRequests() {
                    group.addTask { await self.answer(requests, of: key) }
                }
                await flush()
                guard (try? await parts.time.sleep(until: parts.time.uptime + manner.tick)) != nil else { return }
            }
        }
    }

    /// By how much the wall clock may go wrong between two ticks before every wait is reckoned anew.
    private static let clockTolerance = Duration.seconds(5)

    /// How far the wall clock is from the time that only passes.
    private var clockOffset: Duration {
        .milliseconds(parts.time.now.milliseconds) - parts.time.uptime
    }

    /// Writes down what the operator has to say of itself, and the statuses that have changed.
    private func flush() async {
        let events = outbox.take()
        if !events.isEmpty || books.owesWrites { _ = await books.commitFact(events.map { .event($0) }) }
        await books.writeStatuses()
    }

    /// Ends the group when the workers are done.
    private struct Drained: Error {}
}

/// How far an operator has come.
package struct Progress: Hashable, Sendable {
    /// Whether the source has been looked at completely.
    package var hasLooked: Bool
    /// Whether withdrawals wait for the source to be quiet.
    package var waitsForGuard: Bool
    /// Whether the deletion guard holds withdrawals.
    package var isHeld: Bool
    /// Whether nothing is due and nobody works.
    package var isIdle = false
    /// Intents that are as written.
    package var converged = 0
    /// Intents on their way.
    package var moving = 0
    /// Intents that only a person can move.
    package var stalled = 0

    /// A progress of which nothing has been counted.
    package init(hasLooked: Bool, waitsForGuard: Bool, isHeld: Bool) {
        self.hasLooked = hasLooked
        self.waitsForGuard = waitsForGuard
        self.isHeld = isHeld
    }

    /// Counts one intent.
    fileprivate mutating func count(_ standing: Standing?) {
        switch standing {
        case .converged: converged += 1
        case .stalled: stalled += 1
        case .moving, nil: moving += 1
        }
    }

    /// Whether nothing more will happen by itself.
    package var isSettled: Bool { hasLooked && !waitsForGuard && moving == 0 }
}
