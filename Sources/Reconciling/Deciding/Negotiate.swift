import Intents
import Placement

extension Deliberation {
    /// What negotiating has come to.
    enum Negotiated {
        /// There is nothing to negotiate: the refusal stands.
        case refused
        /// It goes on, and what it waits for has been said.
        case goesOn
        /// These offers may be bought from.
        case agreed(Ranking)
    }

    /// Looks outward from a wish that no offer grants, where the intent lets that be done.
    ///
    /// What strays little is taken, what strays further is proposed to a person, and when the time is over the intent
    /// falls back. All that is remembered is in the account, so that a crash forgets none of it.
    mutating func negotiate(_ refused: Ranking, _ market: Market, _ platforms: Set<PlatformName>?) -> Negotiated {
        guard let wish = situation.wish, let block = wish.intent.spec.constraints.negotiation,
            let refusal = refused.refusal, !refusal.isTooLate,
            // Who cannot be asked may well grant the wish.
            situation.platforms.values.allSatisfy({ $0.offersError == nil })
        else { return .refused }
        let negotiation = begun(block, refusal, wish.generation)
        let table = Table(spec: wish.intent.spec, block: block, market: market, platforms: platforms, refusal: refusal)
        if let bid = bid(table, rounds: 0) { return agree(bid, "taken unasked") }
        let end = negotiation.beganAt + .seconds(block.timeoutSeconds)
        guard now < end else { return fallBack(table) }
        wake(at: min(end, now + policy.pollSettled), "the end of the negotiation")
        guard let bid = bid(table, rounds: nil), let best = bid.ranking.candidates.first else {
            seek(table, until: end)
            return .goesOn
        }
        return propose(bid, best, table)
    }

    /// What a negotiation is about.
    private struct Table {
        let spec: IntentSpec
        let block: Negotiation
        let market: Market
        let platforms: Set<PlatformName>?
        let refusal: NoOffer
    }

    private func bid(_ table: Table, rounds: Int?) -> Bid? {
        table.market.bid(
            for: table.spec,
            table.block,
            rounds: rounds,
            resting: situation.resting,
            platforms: table.platforms,
            now: now
        )
    }

    /// The negotiation that is under way, or one that begins now.
    private mutating func begun(_ block: Negotiation, _ refusal: NoOffer, _ generation: Int) -> NegotiationMemory {
        if let known = account.memory.negotiation, known.generation == generation {
            // Where what was agreed is not to be had any more it is looked for anew; what lives keeps its terms.
            let isOver = known.beganAt + .seconds(block.timeoutSeconds) <= now
            guard known.agreed != nil, known.endedAt == nil, isOver else { return known }
        }
        var negotiation = NegotiationMemory(generation: generation, beganAt: now)
        negotiation.agreed = account.memory.agreement(for: generation)
        account.memory.negotiation = negotiation
        let limits = block.radii.last
        tell(
            "NegotiationBegan",
            "no offer grants the wish (\(refusal.code)); up to \((limits?.price ?? 0) / 10) % more money and "
                + "\((limits?.resources ?? 0) / 10) % less hardware may be agreed for \(block.timeoutSeconds) s"
        )
        return negotiation
    }

    /// Takes an offer within what is allowed; what lives keeps the terms on which it was bought.
    private mutating func agree(_ bid: Bid, _ how: String) -> Negotiated {
        let before = account.memory.negotiation?.agreed
        var agreement = bid.agreement
        if let before, !counted.isEmpty {
            agreement.deviation = agreement.deviation.union(before.deviation)
            agreement.fallback = agreement.fallback ?? before.fallback
            agreement.tier = agreement.tier ?? before.tier
        }
        account.memory.negotiation?.agreed = agreement
        account.memory.negotiation?.proposed = nil
        if agreement != before {
            let offer = bid.ranking.candidates.first.map { " for \($0.offer.id.name)" } ?? ""
            tell("NegotiationAgreed", "\(agreement.words)\(offer): \(how)")
        }
        settle()
        return .agreed(bid.ranking)
    }

    /// Asks a person for an offer that strays further than what is taken unasked.
    private mutating func propose(_ bid: Bid, _ best: Candidate, _ table: Table) -> Negotiated {
        #if MUTANTS
        if Mutant.bargainUnasked.isActive { return agree(bid, "nobody was asked") }
        #endif
        let deviation = bid.agreement.deviation
        let price = best.isPriced ? " for \(best.hourly) an hour" : ""
        let what = "\(best.offer.id.name) of \(best.offer.platform.rawValue)\(price), \(deviation.words)"
        let permission = Permission(
            .deviation,
            generation: situation.wish?.generation ?? 0,
            upTo: best.isPriced ? best.hourly : nil,
            deviation: deviation
        )
        if isAllowed(permission, why: "nothing grants the wish; proposed instead: \(what)") {
            return agree(bid, "a person has approved of it")
        }
        if account.memory.negotiation?.proposed != deviation {
            account.memory.negotiation?.proposed = deviation
            tell("NegotiationProposed", "round \(bid.round ?? 0): \(what); `intentctl approve` takes it")
        }
        return .goesOn
    }

    /// Nothing is within reach: it is looked for again until the time is over.
    private mutating func seek(_ table: Table, until end: Timestamp) {
        account.memory.negotiation?.proposed = nil
        let message = "\(table.refusal.words); nothing within what may be negotiated either, until \(end.text)"
        let patience = min(policy.pollSettled, end - now)
        failure = (ErrorStatus(code: table.refusal.code, message: message, at: now), patience)
    }

    /// The time is over: the other kind of offer that the intent names, or a place in the queue, or the end.
    private mutating func fallBack(_ table: Table) -> Negotiated {
        let strategy = table.block.fallback
        let moment = now
        if account.memory.negotiation?.endedAt == nil {
            account.memory.negotiation?.endedAt = moment
            account.memory.negotiation?.proposed = nil
            tell(
                "NegotiationEnded",
                "nothing was agreed within \(table.block.timeoutSeconds) s; fallback_strategy is \(strategy.rawValue)",
                severity: .warning
            )
        }
        let bid = table.market.fallback(
            for: table.spec,
            strategy,
            resting: situation.resting,
            platforms: table.platforms,
            now: now
        )
        if let bid { return agree(bid, "fallback_strategy is \(strategy.rawValue)") }
        if strategy == .fail {
            stall = failed(at: account.memory.negotiation?.endedAt ?? now)
            return .goesOn
        }
        let why = strategy == .queue ? "" : "\(strategy.rawValue) finds nothing either; "
        failure = (
            ErrorStatus(code: "QUEUED", message: "\(why)it waits until it can be had: \(table.refusal.words)", at: now),
            policy.pollSettled
        )
        return .goesOn
    }
}

extension Deliberation {
    /// Lets the terms hold that were agreed for this generation; the caps and wishes stand as written where none were.
    mutating func settle() {
        guard let wish = situation.wish, let agreed = account.memory.agreement(for: wish.generation) else {
            settled = nil
            return
        }
        var intent = wish.intent
        intent.spec = intent.spec.settled(by: agreed)
        settled = intent
    }

    /// Takes what was negotiated over into another generation where that would be taken unasked, and forgets the rest.
    mutating func carryTheBargain() {
        guard let memory = account.memory.negotiation, let wish = situation.wish else { return }
        guard memory.generation != wish.generation || wish.intent.spec.constraints.negotiation == nil else { return }
        guard let block = wish.intent.spec.constraints.negotiation, let agreed = memory.agreed, agreed.fallback == nil,
            block.radii[0].covers(agreed.deviation)
        else {
            account.memory.negotiation = nil
            return
        }
        account.memory.negotiation?.generation = wish.generation
        account.memory.negotiation?.proposed = nil
    }

    /// Forgets what was agreed once nothing is held and an offer grants the wish itself.
    mutating func preferTheWish(_ market: Market, _ platforms: Set<PlatformName>?) {
        guard account.memory.negotiation != nil, counted.isEmpty, let wish = situation.wish else { return }
        let found = market.rank(
            wish.intent.spec,
            resting: situation.resting,
            platforms: platforms,
            now: now,
            limit: 1
        )
        guard !found.candidates.isEmpty else { return }
        account.memory.negotiation = nil
        tell("NegotiationOver", "an offer grants the wish itself")
        settle()
    }

    /// Why nothing more is tried for an intent that was to fail when nothing is agreed in time; nil while it goes on.
    var negotiationFailed: ErrorStatus? {
        guard let wish = situation.wish, let memory = account.memory.negotiation, memory.generation == wish.generation,
            let ended = memory.endedAt, memory.agreed == nil,
            wish.intent.spec.constraints.negotiation?.fallback == .fail
        else { return nil }
        return failed(at: ended)
    }

    private func failed(at moment: Timestamp) -> ErrorStatus {
        ErrorStatus(
            code: "NEGOTIATION_FAILED",
            message: "nothing was agreed in time, and fallback_strategy is fail: change the intent, or try again with "
                + "`intentctl reconcile \(situation.key.rawValue)`",
            at: moment
        )
    }

    /// How the negotiation stands, as a condition's reason and message; nil where there is none.
    var negotiationWords: (reason: String, message: String)? {
        guard let memory = account.memory.negotiation, let wish = situation.wish, memory.generation == wish.generation,
            let block = wish.intent.spec.constraints.negotiation
        else { return nil }
        if let agreed = memory.agreed {
            return (agreed.fallback == nil ? "Agreed" : "FellBack", "settled on \(agreed.words)")
        }
        if memory.endedAt != nil {
            return ("Ended", "nothing was agreed in time; fallback_strategy is \(block.fallback.rawValue)")
        }
        let end = (memory.beganAt + .seconds(block.timeoutSeconds)).text
        guard let proposed = memory.proposed else { return ("Searching", "nothing is within reach; until \(end)") }
        return ("Proposed", "\(proposed.words), until \(end)")
    }
}

extension NoOffer {
    /// Whether no other offer mends it, because the time is too short.
    fileprivate var isTooLate: Bool { code == "DEADLINE_PASSED" || code == "DEADLINE_TOO_CLOSE" }
}
