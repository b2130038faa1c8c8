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

        var gpus: Int { max(1, intent.spec.workload.resources.gpu?.count ?? 1) * max(slots, 1) }
    }

    private struct State: Sendable {
        var rivals: [Rival] = []
        var readAt: Duration?
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
    private static let freshness = Duration.milliseconds(250)
    /// How many compete at the most; those of lower priority take what is left.
    private static let width = 256

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
        guard !offers.isEmpty else { return nil }
        let bought = purchases.gpus(since: edition.at)
        let rivals = rivals(at: situation.now)
        let others = rivals.filter { $0.key != situation.key }
        guard !others.isEmpty else { return nil }
        let own = rivals.first { $0.key == situation.key } ?? rival(situation.key, wish, at: situation.now)
        guard let own else { return nil }
        let demand = others.reduce(own.gpus) { $0 + $1.gpus }
        let isScarce = market.offers.contains { offer in
            guard offers.contains(offer.id), let free = offer.available else { return false }
            return free - (bought[offer.id] ?? 0) < demand
        }
        guard isScarce else { return nil }
        let mark = MarketMark(edition: edition.number, resting: situation.resting)
        let claims = ([own] + others.prefix(Self.width)).compactMap { claim(of: $0, market, mark, at: situation.now) }
        guard claims.contains(where: { $0.name == own.key.rawValue }) else { return nil }
        return Self.allotment(of: own.key, claims, Self.capacities(market, claims, bought))
    }

    /// What is left of the offers that somebody claims.
    private static func capacities(_ market: Market, _ claims: [Claim], _ bought: [Offer.ID: Int]) -> [Offer.ID: Int] {
        let claimed = Set(claims.flatMap(\.options).flatMap(\.uses).map(\.offer))
        var capacities: [Offer.ID: Int] = [:]
        for offer in market.offers where claimed.contains(offer.id) {
            capacities[offer.id] = offer.available.map { max(0, $0 - (bought[offer.id] ?? 0)) }
        }
        return capacities
    }

    /// The part of one intent in the whole; nil where it has everything it could want.
    private static func allotment(of key: IntentKey, _ claims: [Claim], _ capacities: [Offer.ID: Int]) -> Allotment? {
        let assignment = Assignment(claims, capacities: capacities)
        guard let own = claims.first(where: { $0.name == key.rawValue }) else { return nil }
        let contested = assignment.contested.intersection(own.options.flatMap(\.uses).map(\.offer))
        guard !contested.isEmpty else { return nil }
        var granted: [Offer.ID: Int] = [:]
        for use in assignment.granted[own.name]?.uses ?? [] { granted[use.offer] = use.slots }
        let priorities = Dictionary(claims.map { ($0.name, $0.priority) }) { first, _ in first }
        let holders = contested.map { offer -> (Offer.ID, String) in
            let names = (assignment.holders[offer] ?? []).filter { $0 != own.name }.prefix(3).map { name in
                priorities[name].map { $0 == 0 ? name : "\(name) (priority \($0))" } ?? name
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
        let mark = Mark(
            generation: rival.generation,
            priority: rival.priority,
            slots: rival.slots,
            homes: rival.homes
        )
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
            if state.market != stamp {
                state.market = stamp
                state.claims = [:]
            }
            state.claims[rival.key] = (mark, claim)
        }
        return claim
    }

    /// Everybody who is about to buy, the most important first; read anew every quarter of a second.
    private func rivals(at now: Timestamp) -> [Rival] {
        let uptime = time.uptime
        let known = state.withLock { state in
            state.readAt.flatMap { uptime - $0 < Self.freshness ? state.rivals : nil }
        }
        if let known { return known }
        let entries = desires.read { $0.entries }
        let isBuying = isBuying.withLock { $0 }
        var rivals: [Rival] = []
        for (key, entry) in entries where !entry.isWithdrawn {
            let intent = entry.stored.intent
            guard let rival = rival(key, intent, entry.stored.generation, at: now) else { continue }
            guard isBuying(key) ?? isLikelyToBuy(key, intent.spec) else { continue }
            rivals.append(rival)
        }
        rivals.sort { ($1.priority, $0.key) < ($0.priority, $1.key) }
        let found = rivals
        state.withLock { state in
            state.rivals = found
            state.readAt = uptime
        }
        return found
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

    private func rival(_ key: IntentKey, _ wish: Wish, at now: Timestamp) -> Rival? {
        rival(key, wish.intent, wish.generation, at: now)
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
