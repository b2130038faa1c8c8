import Intents
import Placement

/// Finds out who else is about to buy what is scarce, and who of them gets it.
///
/// The whole directory is placed at once, by one rule (`Assignment`), so that every reconcile that asks comes to the same
/// answer, and somebody always comes first: nobody waits in a circle. Only those count who are really about to buy.
package final class Contest: Sendable {
    /// Somebody who waits for slots.
    private struct Rival: Sendable {
        var key: IntentKey
        var priority: Int
        var generation: Int
        var intent: Intent
        var slots: Int
        var homes: Set<PlatformName>

        /// What tells its claim from an older one.
        var mark: Mark { Mark(generation: generation, priority: priority, slots: slots, homes: homes) }
        var gpus: Int { max(1, intent.spec.workload.resources.gpu?.count ?? 1) * max(slots, 1) }
    }

    /// Everybody who is about to buy, at one moment.
    private struct Crowd: Sendable {
        /// Tells one crowd from the next.
        var number = 0
        /// The most important first.
        var rivals: [Rival] = []
        var keys: Set<IntentKey> = []
        /// How many GPUs they wait for together.
        var gpus = 0
    }

    /// Who of a crowd gets what.
    private struct Outcome: Sendable {
        var crowd: Int
        var market: MarketMark
        var marks: [IntentKey: Mark]
        var claims: [String: Claim]
        var assignment: Assignment
        /// What is left of the offers that they could want when everybody has what they get.
        var left: [Offer.ID: Int]
    }

    private struct State: Sendable {
        var crowd = Crowd()
        var readAt: Duration?
        var outcome: Outcome?
        /// What each rival could be given, as of one market; nil in it where nothing fits.
        var claims: [IntentKey: (rival: Mark, claim: Claim?)] = [:]
        var market: MarketMark?
    }

    /// What a claim was worked out from.
    private struct Mark: Hashable, Sendable {
        var generation: Int
        var priority: Int
        var slots: Int
        var homes: Set<PlatformName>
    }

    /// What the claims of everybody were worked out from.
    private struct MarketMark: Hashable, Sendable {
        var edition: Int
        var resting: Set<Offer.ID>
    }

    /// How long the list of those who wait is in use.
    private static let freshness = Duration.milliseconds(500)
    /// How many compete at the most; those of lower priority take what is left.
    private static let width = 256
    /// How many claims are kept at the most; whoever asks again after that has it worked out again.
    private static let keptClaims = 4 * width

    private let desires: Desires
    private let books: Books
    private let purchases: RecentPurchases
    private let policy: ReconcilePolicy
    private let carriers: Set<PlatformName>
    private let time: any Timekeeper
    private let state = Locked(State())
    /// Whether an intent was about to buy when it was looked at last; nil where it has not been since it changed.
    let isBuying = Locked<@Sendable (IntentKey) -> Bool?>({ _ in nil })

    /// A contest of everything that is wished for; `carriers` are the platforms whose allocations carry whole intents.
    init(
        desires: Desires,
        books: Books,
        purchases: RecentPurchases,
        policy: ReconcilePolicy,
        carriers: Set<PlatformName>,
        time: any Timekeeper
    ) {
        self.desires = desires
        self.books = books
        self.purchases = purchases
        self.policy = policy
        self.carriers = carriers
        self.time = time
    }

    /// What an intent may take of the offers that it is about to buy from; nil where they hold enough for everybody.
    func allotment(for situation: Situation, _ decision: Decision, _ edition: Shop.Edition) -> Allotment? {
        guard let wish = situation.wish, let market = situation.market else { return nil }
        let offers = Set(decision.steps.compactMap(\.scarceOffer))
        guard !offers.isEmpty, let own = rival(situation.key, wish.intent, wish.generation, at: situation.now) else {
            return nil
        }
        let crowd = crowd(at: situation.now)
        let isKnown = crowd.keys.contains(own.key)
        guard crowd.rivals.count > (isKnown ? 1 : 0) else { return nil }
        let demand = crowd.gpus + (isKnown ? 0 : own.gpus)
        let bought = purchases.gpus(since: edition.at)
        let isScarce = offers.contains { offer in Self.left(of: offer, market, bought).map { $0 < demand } ?? false }
        guard isScarce else { return nil }
        let stamp = MarketMark(edition: edition.number, resting: situation.resting)
        guard let claim = claim(of: own, market, stamp, at: situation.now) else { return nil }
        let outcome = outcome(of: crowd, market, stamp, bought, at: situation.now)
        return outcome.marks[own.key] == own.mark
            ? Self.part(of: claim, in: outcome) : Self.rest(for: claim, after: outcome, market, bought)
    }

    /// How many GPUs an offer still has; nil where it does not say.
    private static func left(of offer: Offer.ID, _ market: Market, _ bought: [Offer.ID: Int]) -> Int? {
        market.offer(offer)?.available.map { max(0, $0 - (bought[offer] ?? 0)) }
    }

    /// Who of a crowd gets what; worked out once for all who ask.
    private func outcome(
        of crowd: Crowd,
        _ market: Market,
        _ stamp: MarketMark,
        _ bought: [Offer.ID: Int],
        at now: Timestamp
    ) -> Outcome {
        let known = state.withLock { $0.outcome }
        if let known, known.crowd == crowd.number, known.market == stamp { return known }
        let rivals = crowd.rivals.prefix(Self.width)
        let claims = rivals.compactMap { claim(of: $0, market, stamp, at: now) }
        var left: [Offer.ID: Int] = [:]
        for use in claims.lazy.flatMap(\.options).flatMap(\.uses) where left[use.offer] == nil {
            left[use.offer] = Self.left(of: use.offer, market, bought)
        }
        let assignment = Assignment(claims, capacities: left)
        for use in assignment.granted.values.lazy.flatMap(\.uses) { left[use.offer]? -= use.gpus }
        let outcome = Outcome(
            crowd: crowd.number,
            market: stamp,
            marks: Dictionary(rivals.map { ($0.key, $0.mark) }) { first, _ in first },
            claims: Dictionary(claims.map { ($0.name, $0) }) { first, _ in first },
            assignment: assignment,
            left: left
        )
        state.withLock { $0.outcome = outcome }
        return outcome
    }

    /// What one of the crowd gets of what it could want; nil where nobody else wants that.
    private static func part(of claim: Claim, in outcome: Outcome) -> Allotment? {
        let contested = outcome.assignment.contested.intersection(claim.options.flatMap(\.uses).map(\.offer))
        return allotment(claim.name, outcome.assignment.granted[claim.name], contested, outcome)
    }

    /// What somebody gets who came too late, or is not important enough, to be one of the crowd: what that leaves.
    private static func rest(
        for claim: Claim,
        after outcome: Outcome,
        _ market: Market,
        _ bought: [Offer.ID: Int]
    ) -> Allotment? {
        func isLeft(_ use: Claim.Option.Use) -> Bool {
            (outcome.left[use.offer] ?? left(of: use.offer, market, bought)).map { $0 >= use.gpus } ?? true
        }
        let short = claim.options.flatMap(\.uses).filter { !isLeft($0) }
        let option = claim.options.first { $0.uses.allSatisfy(isLeft) }
        return allotment(claim.name, option, Set(short.map(\.offer)), outcome)
    }

    private static func allotment(
        _ name: String,
        _ option: Claim.Option?,
        _ contested: Set<Offer.ID>,
        _ outcome: Outcome
    ) -> Allotment? {
        guard !contested.isEmpty else { return nil }
        var granted: [Offer.ID: Int] = [:]
        for use in option?.uses ?? [] { granted[use.offer] = use.slots }
        let holders = contested.map { offer -> (Offer.ID, String) in
            let names = (outcome.assignment.holders[offer] ?? []).filter { $0 != name }.prefix(3).map { name in
                let priority = outcome.claims[name]?.priority ?? 0
                return priority == 0 ? name : "\(name) (priority \(priority))"
            }
            return (offer, names.isEmpty ? "others" : names.joined(separator: ", "))
        }
        return Allotment(
            contested: contested,
            granted: granted,
            holders: Dictionary(holders) { first, _ in first }
        )
    }

    /// What somebody could be given; worked out once for each market.
    private func claim(of rival: Rival, _ market: Market, _ stamp: MarketMark, at now: Timestamp) -> Claim? {
        let mark = rival.mark
        let known = state.withLock { state -> Claim?? in
            guard state.market == stamp, let known = state.claims[rival.key], known.rival == mark else { return nil }
            return .some(known.claim)
        }
        if let known { return known }
        let settled = books.account(of: rival.key).memory.agreement(for: rival.generation)
        let claim = market.claim(
            settled.map { rival.intent.spec.settled(by: $0) } ?? rival.intent.spec,
            named: rival.key.rawValue,
            priority: rival.priority,
            slots: rival.slots,
            resting: stamp.resting,
            platforms: rival.homes.isEmpty ? nil : rival.homes,
            now: now
        )
        state.withLock { state in
            if state.market != stamp || state.claims.count >= Self.keptClaims {
                state.market = stamp
                state.claims = [:]
            }
            state.claims[rival.key] = (mark, claim)
        }
        return claim
    }

    /// Everybody who is about to buy; read anew every half second.
    private func crowd(at now: Timestamp) -> Crowd {
        let uptime = time.uptime
        let known = state.withLock { state in
            state.readAt.flatMap { uptime - $0 < Self.freshness ? state.crowd : nil }
        }
        if let known { return known }
        let entries = desires.read { $0.entries }
        let isBuying = isBuying.withLock { $0 }
        var found = Crowd()
        for (key, entry) in entries where !entry.isWithdrawn {
            let intent = entry.stored.intent
            guard let rival = rival(key, intent, entry.stored.generation, at: now) else { continue }
            guard isBuying(key) ?? isLikelyToBuy(key, intent.spec) else { continue }
            found.rivals.append(rival)
            found.keys.insert(key)
            found.gpus += rival.gpus
        }
        found.rivals.sort { ($1.priority, $0.key) < ($0.priority, $1.key) }
        let crowd = found
        return state.withLock { state in
            let number = state.crowd.number + 1
            state.crowd = crowd
            state.crowd.number = number
            state.readAt = uptime
            return state.crowd
        }
    }

    /// Whether an intent that has not been looked at yet will buy as soon as it is: nothing is known to hold it back.
    private func isLikelyToBuy(_ key: IntentKey, _ spec: IntentSpec) -> Bool {
        let now = time.now
        let override = books.override(of: key)
        if let suspension = override?.suspension ?? spec.suspend, suspension.until.map({ now < $0 }) ?? true {
            return false
        }
        if let pause = override?.pause ?? spec.paused, pause.until.map({ now < $0 }) ?? true { return false }
        return spec.dependsOn.isEmpty && spec.constraints.availability == nil && policy.approvalAbove == nil
    }

    /// An intent with the slots that it waits for; nil where it waits for none, or its time is over.
    private func rival(_ key: IntentKey, _ intent: Intent, _ generation: Int, at now: Timestamp) -> Rival? {
        let spec = intent.spec
        if let deadline = spec.constraints.deadline, deadline <= now { return nil }
        let account = books.account(of: key)
        if let finish = account.finish, finish.generation == generation { return nil }
        let held = books.records(of: key).filter { $0.phase != .tombstone }
        let homes = Set(held.map(\.purchase.platform))
        guard homes.isDisjoint(with: carriers) else { return nil }
        let wanted =
            spec.autoscaling.map { $0.clamp(account.memory.replicas ?? $0.minReplicas) }
            ?? spec.workload.wantedSlots
        let filled = Set(held.map(\.slot))
        let slots = (0..<max(0, wanted)).count { slot in
            !filled.contains(slot) && (spec.workload.kind == .service || !account.memory.isDone(slot))
        }
        guard slots > 0 else { return nil }
        return Rival(
            key: key,
            priority: intent.priority,
            generation: generation,
            intent: intent,
            slots: slots,
            homes: homes
        )
    }
}

extension Step {
    /// The offer that a purchase takes, where it says how much of it is left.
    fileprivate var scarceOffer: Offer.ID? {
        guard case .provision(_, let candidate, nil) = self, candidate.offer.available != nil else { return nil }
        return candidate.offer.id
    }
}
