import Intents
import Placement

/// Buys for slots that nothing fills, best offer first, within the caps.
func fillEmptySlots(_ deliberation: inout Deliberation) {
    guard deliberation.holdBuying == nil, let wished = deliberation.spec, deliberation.stall == nil,
        deliberation.notYet == nil, deliberation.unrecordedSlots.isEmpty
    else { return }
    if let error = deliberation.givesUp ?? deliberation.negotiationFailed {
        deliberation.stall = error
        return
    }
    let wanted = deliberation.wantedAllocations(wished)
    guard !deliberation.holdsEverySlot(of: wanted) else { return }
    let counted = Array(deliberation.counted)
    let homes = Set(counted.map(\.purchase.platform))
    #if MUTANTS
    let rows = counted.filter { $0.phase != .unknown || !Mutant.unknownIsEmpty.isActive }
    #else
    let rows = counted
    #endif
    let lost = deliberation.replaceableLosses(among: rows, wished)
    let filled = Set(rows.map(\.slot)).subtracting(lost.keys)
    guard (0..<wanted).contains(where: { !filled.contains($0) && deliberation.mayBegin($0) }) else { return }
    if let stall = deliberation.situation.stall {
        deliberation.stall = stall
        return
    }
    guard let market = deliberation.situation.market else {
        deliberation.needsMarket = true
        return
    }
    guard let ranking = deliberation.rankingToFill(market, homes), let spec = deliberation.spec else { return }
    let open = ranking.candidates.filter {
        deliberation.situation.platforms[$0.offer.platform].map { $0.pausedBecause == nil } ?? false
    }
    guard !open.isEmpty else { return reportPause(of: ranking.candidates, in: &deliberation) }
    let usable = deliberation.heedingLosses(open).filter { !deliberation.comesTooLate($0, spec) }
    guard !usable.isEmpty else { return reportTooLate(spec, in: &deliberation) }
    let free = deliberation.leavingToOthers(usable)
    guard !free.isEmpty else { return deliberation.waitForOthers(usable) }
    let lot = deliberation.lot(free, market, wanted: wanted) { slots in
        (0..<slots).filter { !filled.contains($0) && deliberation.mayBegin($0) }
    }
    guard let lot else { return }
    buy(lot, among: usable, replacing: lost, spec, in: &deliberation)
}

/// Buys for the slots of a lot, as far as the caps, the quotas and what is on sale reach.
private func buy(
    _ lot: Lot,
    among usable: [Candidate],
    replacing lost: [Int: AttemptID],
    _ spec: IntentSpec,
    in deliberation: inout Deliberation
) {
    guard deliberation.mayCost(deliberation.countedHourly + deliberation.plannedHourly + lot.hourly) else { return }
    var basket = Basket(lot, deliberation)
    basket.planned = deliberation.plannedHourly
    for slot in lot.slots {
        guard var candidate = basket.next(&deliberation, spec) else { break }
        if let why = deliberation.whyNotBetter(than: candidate, usable) { candidate.because += "; \(why)" }
        deliberation.steps.append(.provision(slot: slot, candidate, replacing: lost[slot]))
        #if MUTANTS
        if Mutant.spareBought.isActive {
            deliberation.steps.append(.provision(slot: slot, candidate, replacing: nil))
        }
        #endif
    }
    // What was lost still counts at its price; it is confirmed gone within moments.
    if basket.refusal != nil, lot.slots.contains(where: { lost[$0] != nil }) {
        let soon = deliberation.now + deliberation.policy.pollChanging
        return deliberation.wake(at: soon, "the end of what was lost")
    }
    if let why = basket.refusal { reportShortage(why.code, why.message, in: &deliberation) }
}

/// A job that would run only after its deadline is not begun: no price and no place mends that.
private func reportTooLate(_ spec: IntentSpec, in deliberation: inout Deliberation) {
    let deadline = spec.constraints.deadline.map(\.text) ?? ""
    deliberation.stall = ErrorStatus(
        code: "DEADLINE_TOO_CLOSE",
        message: "it would run only after its deadline \(deadline); nothing is bought for it",
        at: deliberation.now
    )
}

/// Says why slots stay empty; what only a price, a cap or more money can mend is no reason to hurry.
private func reportShortage(_ code: String, _ message: String, in deliberation: inout Deliberation) {
    let error = ErrorStatus(code: code, message: message, at: deliberation.now)
    let onlyLives = deliberation.counted.allSatisfy { $0.phase == .live }
    if code == "QUOTA_EXCEEDED", deliberation.steps.isEmpty {
        // Only others can make room, and who does wakes whoever waits.
        deliberation.stallForNow(error, "room in a quota")
    } else if code == "COST_LIMIT_EXCEEDED", onlyLives, deliberation.steps.isEmpty {
        deliberation.stallForNow(error, "other prices")
    } else if deliberation.failure == nil {
        deliberation.failure = (error, deliberation.policy.pollSettled)
        deliberation.makesRoom = code != "INSUFFICIENT_RESOURCES" && !onlyLives
    }
}

/// Goes through the candidates while slots are filled, minding what is left of each offer and of the caps.
private struct Basket {
    /// The offers in the order in which they are tried, each with how many slots it may have filled by then.
    private var queue: [(candidate: Candidate, limit: Int)] = []
    private var position = 0
    private var taken: [Offer.ID: Int] = [:]
    /// How many were chosen, of all offers together.
    private var chosen = 0
    var planned = Money.zero
    private(set) var refusal: (code: String, message: String)?

    /// As the slots are spread; what a cap or a quota then leaves is looked for on every offer that has room.
    init(_ lot: Lot, _ deliberation: Deliberation) {
        var before: [String] = []
        for part in lot.spread?.parts ?? [] {
            var candidate = part.candidate
            if !before.isEmpty {
                candidate.because += "; \(before.joined(separator: " and ")) cannot take every slot"
            }
            before.append(candidate.offer.id.name)
            queue.append((candidate, part.slots))
        }
        queue += lot.candidates.map { ($0, deliberation.room(of: $0) ?? .max) }
    }

    /// The candidate for one more slot, or nil with the reason in `refusal`.
    mutating func next(_ deliberation: inout Deliberation, _ spec: IntentSpec) -> Candidate? {
        while position < queue.count {
            let (candidate, limit) = queue[position]
            let id = candidate.offer.id
            if (taken[id] ?? 0) >= limit {
                skip("INSUFFICIENT_RESOURCES", "the offers do not hold every slot")
            } else if !deliberation.pays(for: candidate, spec, planned: planned) {
                skip("COST_LIMIT_EXCEEDED", "what lives, what is unknown and one more would pass the hourly cap")
            } else if !deliberation.totalPays(for: candidate, spec, planned: planned) {
                skip("COST_LIMIT_EXCEEDED", "what is spent and what is to come would pass the total cap")
            } else if let lack = deliberation.quotaShortage(for: candidate, spec, planned: planned, count: chosen) {
                skip("QUOTA_EXCEEDED", lack)
            } else {
                taken[id, default: 0] += 1
                chosen += 1
                planned = planned + candidate.hourlyPerAllocation
                refusal = nil
                return candidate
            }
        }
        return nil
    }

    /// Goes on to the next offer; that one is full says less than that it is too dear.
    private mutating func skip(_ code: String, _ message: String) {
        position += 1
        if refusal == nil || code != "INSUFFICIENT_RESOURCES" { refusal = (code, message) }
    }
}

extension Deliberation {
    /// Whether something lives in each of so many slots, as it nearly always does.
    fileprivate func holdsEverySlot(of wanted: Int) -> Bool {
        // Each slot once, in their order, as a rule.
        var next = 0
        for record in records where record.phase == .live && record.slot == next { next += 1 }
        if next >= wanted { return true }
        var held = [Bool](repeating: false, count: wanted)
        for record in records where record.phase == .live && held.indices.contains(record.slot) {
            held[record.slot] = true
        }
        return !held.contains(false)
    }

    /// What may be bought from, best first; nil where there is nothing, which has been said then.
    fileprivate mutating func rankingToFill(_ market: Market, _ homes: Set<PlatformName>) -> Ranking? {
        let platforms = homes.isEmpty ? nil : homes
        preferTheWish(market, platforms)
        guard let spec else { return nil }
        let found = market.rank(spec, resting: situation.resting, platforms: platforms, now: now)
        ranking = found
        guard found.candidates.isEmpty else { return found }
        if let error = pause(of: spec, homes) {
            stallForNow(
                ErrorStatus(code: error.code, message: error.message, at: now),
                "the platform may take us again"
            )
            return nil
        }
        switch negotiate(found, market, platforms) {
        case .agreed(let agreed):
            ranking = agreed
            return agreed
        case .goesOn: return nil
        case .refused:
            reportNoOffer(found, in: &self)
            return nil
        }
    }

    /// What platforms have lost or taken back, by slot, where a replacement may be bought before it is confirmed gone:
    /// its DELETE was taken, and nothing else fills the slot.
    fileprivate func replaceableLosses(among rows: [AllocationRecord], _ spec: IntentSpec) -> [Int: AttemptID] {
        guard !spec.forbidsSurge else { return [:] }
        var lost: [Int: AttemptID] = [:]
        for record in rows where record.phase == .ending && record.ending?.reason == .lost {
            guard record.ending?.deletedAt != nil, rows.count(where: { $0.slot == record.slot }) == 1 else { continue }
            lost[record.slot] = record.attempt
        }
        return lost
    }

    /// Why a platform is paused that might have sold what is wanted: a paused one shows no offers.
    fileprivate func pause(of spec: IntentSpec, _ homes: Set<PlatformName>) -> PlatformError? {
        let providers = Set(spec.constraints.providers)
        let names = Set(situation.platforms.keys.map(\.rawValue))
        return situation.platforms.keys.sorted { $0.rawValue < $1.rawValue }.lazy.compactMap { name in
            guard homes.isEmpty || homes.contains(name) else { return nil }
            // A provider that is no platform is a member of FLARE's federation.
            let isMeant = providers.contains(name.rawValue) || (name == .flare && !providers.isSubset(of: names))
            guard providers.isEmpty || isMeant else { return nil }
            let error = situation.platforms[name]?.pausedBecause
            // One that is not configured would have sold nothing.
            return error?.code == AbsentPlatform.code && !homes.contains(name) ? nil : error
        }.first
    }

    /// What the steps that are already decided will cost in an hour.
    var plannedHourly: Money {
        steps.reduce(.zero) { sum, step in
            guard case .provision(_, let candidate, _) = step else { return sum }
            return sum + candidate.hourlyPerAllocation
        }
    }

    /// How long a job can still cost something: its timeout or the distance to its deadline; nil for a service, and for
    /// a job with neither.
    var boundedTime: Duration? {
        guard let spec, spec.workload.kind != .service else { return nil }
        let left = spec.workload.job?.timeout.map { timeout in
            account.workBeganAt.map { max(.zero, timeout - (now - $0)) } ?? timeout
        }
        return [left, spec.constraints.deadline.map { $0 - now }].compactMap(\.self).min()
    }

    /// Whether the total cap pays for one more allocation: of a job until its timeout or its deadline, else for so long
    /// that it is not released for its cost before it could run.
    func totalPays(for candidate: Candidate, _ spec: IntentSpec, planned: Money = .zero) -> Bool {
        #if MUTANTS
        if Mutant.totalCapIgnored.isActive { return true }
        #endif
        guard let cap = spec.constraints.maxTotalCost else { return true }
        // What was released for its cost leaves enough for a part of it, which would be released again soon.
        let isWhole = situation.platforms[candidate.offer.platform]?.traits.carries == .intent
        let missing = isWhole ? 0 : max(0, wantedSlots(spec) - doneSlots - Set(counted.map(\.slot)).count)
        let price = candidate.hourlyPerAllocation
        let rate = countedHourly + max(planned + price, price * missing)
        // What is released at once, or in the midst of a job that goes on, is money for nothing.
        let span = boundedTime.map { left in
            account.workBeganAt == nil ? max(left, policy.boundedMargin) : left + policy.boundedMargin
        }
        return spent + rate.over(span ?? policy.budgetMargin + policy.provisioningTimeout) <= cap
    }
}

private func reportNoOffer(_ ranking: Ranking, in deliberation: inout Deliberation) {
    let refusal = ranking.refusal ?? NoOffer(code: "INSUFFICIENT_RESOURCES", message: "no offer fits")
    if refusal.code == "DEADLINE_TOO_CLOSE", let spec = deliberation.spec {
        return reportTooLate(spec, in: &deliberation)
    }
    let unheard = deliberation.situation.platforms.values.compactMap(\.offersError).sorted { $0.platform < $1.platform }
    let named = Set((deliberation.spec?.constraints.providers ?? []).map { $0.lowercased() })
    // Who asks for a platform by name, and cannot be told what it sells, waits for that platform and nothing else.
    if let error = unheard.first(where: { named.contains($0.platform.rawValue) }) {
        guard case .pausePlatform = error.consequence else { return deliberation.note(error) }
        return deliberation.stallForNow(
            ErrorStatus(code: error.code, message: error.words, at: deliberation.now),
            "the platform may take us again"
        )
    }
    let silence = unheard.map { "; \($0.platform.rawValue) could not be asked: \($0.message)" }.joined()
    reportShortage(refusal.code, refusal.words + silence, in: &deliberation)
}

func reportPause(of candidates: [Candidate], in deliberation: inout Deliberation) {
    for candidate in candidates {
        guard let platform = deliberation.situation.platforms[candidate.offer.platform] else { continue }
        if let error = platform.pausedBecause {
            return deliberation.stallForNow(
                ErrorStatus(code: error.code, message: error.message, at: deliberation.now),
                "the platform may take us again"
            )
        }
    }
}
