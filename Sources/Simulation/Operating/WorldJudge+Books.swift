import Intents
import Placement
import Reconciling

extension WorldJudge {
    /// Takes in that an intent may cost so much in an hour from now on; nil for as much as it likes.
    func setCap(_ cap: Money?, of name: String) {
        let now = now
        with { $0.caps[name, default: Terms(cap)].set(cap, at: now) }
    }

    /// Takes in that a ware had a price until now.
    func hadPrice(_ price: Money, ware: Int, on platform: PlatformName) {
        let now = now
        with { state in
            state.prices[platform, default: [:]][ware, default: []].append(
                WorldFindings.Price(price: price, until: now)
            )
            state.marketChanged = now
        }
    }

    /// The first promise, and for the intent of a paid call the fifth.
    func judgeBooks(after purchase: AttemptID?, _ rows: [AttemptID: AllocationRecord]) {
        var holdings = alive(rows).filter { !isExcused($0) }
        if identity == .interchangeable {
            // What no row has taken yet belongs to none: there must be a row that waits for each.
            let untaken = holdings.filter { !$0.isKnown && $0.platform == .flexai }
            let waiting = rows.values.count { $0.id == nil && $0.purchase.platform == .flexai }
            if untaken.count > waiting {
                blame(.oneAllocation, "\(untaken.count) untaken for \(waiting) rows: \(Self.names(untaken))")
            }
            holdings.removeAll { !$0.isKnown && $0.platform == .flexai }
        }
        if let purchase { judgeQuota(holdings, after: purchase) }
        for (name, group) in Dictionary(grouping: holdings, by: \.intent).sorted(by: { $0.key < $1.key }) {
            judgeSlots(name, group)
            if let purchase, group.contains(where: { $0.attempt == purchase }) {
                judgeCost(name, group, after: purchase)
                judgeAsking(name, group, after: purchase)
            }
        }
    }

    /// What the group of an intent holds after a paid call for it.
    private func judgeQuota(_ holdings: [WorldHolding], after purchase: AttemptID) {
        let teams = with { $0.teams }
        guard let team = holdings.first(where: { $0.attempt == purchase }).flatMap({ teams[$0.intent] }) else { return }
        // Who began with other settings may still go by them.
        let now = now
        let quotas = with { state in
            state.quotas[team]?.since(min(now, state.opened[purchase]?.at ?? now) - Self.patience * 2) ?? []
        }
        let held = holdings.filter { teams[$0.intent] == team }
        count("other quotas of \(team.rawValue) judged")
        let gpus = held.reduce(0) { $0 + $1.gpuCount }
        if let most = Self.most(quotas, \.maxGPUs), gpus > most {
            blame(.withinQuota, "\(team.rawValue) holds \(gpus) GPUs of \(most): \(Self.names(held))")
        }
        let cost = held.reduce(Money.zero) { $0 + agreed($1) }
        if let most = Self.most(quotas, \.maxHourlyCost), cost > most {
            blame(.withinQuota, "\(team.rawValue) costs \(cost) an hour of \(most): \(Self.names(held))")
        }
    }

    /// The largest of some bounds; nil where one of them is none.
    private static func most<Bound: Comparable>(_ quotas: [Quota?], _ bound: (Quota) -> Bound?) -> Bound? {
        let bounds = quotas.map { $0.flatMap(bound) }
        return bounds.contains { $0 == nil } ? nil : bounds.compactMap(\.self).max()
    }

    private func judgeSlots(_ name: String, _ holdings: [WorldHolding]) {
        var doubles = 0
        for (slot, group) in Dictionary(grouping: holdings, by: \.slot).sorted(by: { $0.key < $1.key })
        where group.count > 1 {
            // What its platform stopped is replaced at once, whatever surges in another slot meanwhile.
            doubles += max(0, group.count { !isTakenBack($0) } - 1)
            if group.count > 2 {
                blame(.oneAllocation, "slot \(slot) of \(name) holds \(group.count): \(Self.names(group))")
            }
            judgePair(name, group)
        }
        if doubles > 1 { blame(.oneAllocation, "\(name) surges by \(doubles): \(Self.names(holdings))") }
    }

    /// Whether an allocation stands still, and nobody of ours has stopped it.
    private func isTakenBack(_ holding: WorldHolding) -> Bool {
        switch holding.phase {
        case .stopping, .stopped, .failed: with { !($0.farewells[holding.id]?.isStopped ?? false) }
        case .booting, .running, .completed: false
        }
    }

    /// Two of one slot: one of them is to take the other's place.
    private func judgePair(_ name: String, _ group: [WorldHolding]) {
        guard group.count == 2, identity == .named else { return }
        let attempts = group.map(\.attempt)
        let isReplacement = with { state in
            attempts.contains { attempt in
                state.opened[attempt]?.replaces.map(attempts.contains) ?? false
            }
        }
        guard !isReplacement else { return }
        blame(.oneAllocation, "\(name) holds two of one slot, and none replaces the other: \(Self.names(group))")
    }

    /// The call of an attempt is bound by the caps that were in force since its row was written: a repeat with its key is
    /// how an operator finds out what became of it, whatever the cap is now.
    private func judgeCost(_ name: String, _ holdings: [WorldHolding], after purchase: AttemptID) {
        let cost = holdings.reduce(Money.zero) { $0 + agreed($1) }
        let now = now
        let caps = with { state in
            state.caps[name]?.since(min(now, state.opened[purchase]?.at ?? now) - Self.patience) ?? []
        }
        guard !caps.isEmpty, !caps.contains(nil), let most = caps.compactMap(\.self).max(), cost > most else { return }
        blame(.withinCaps, "\(name) costs \(cost) an hour, over \(most): \(Self.names(holdings))")
    }

    /// Where the settings have long named a price above which people are asked, a person has allowed what is paid.
    private func judgeAsking(_ name: String, _ holdings: [WorldHolding], after purchase: AttemptID) {
        let now = now
        let bars = with { state in
            state.bars.since(min(now, state.opened[purchase]?.at ?? now) - Self.patience * 2)
        }
        guard !bars.contains(nil), let bar = bars.compactMap(\.self).max() else { return }
        // What takes another one's place is not counted beside it.
        let slots = Dictionary(grouping: holdings, by: \.slot).values
        let cost = slots.reduce(Money.zero) { $0 + ($1.map(agreed).min() ?? .zero) }
        count("other prices judged that need a word")
        let allowed = with { $0.allowed[name] }
        guard cost > bar, allowed.map({ $0 < cost }) ?? true else { return }
        blame(.asked, "\(name) costs \(cost) an hour, over \(bar), and nobody was asked: \(Self.names(holdings))")
    }

    /// What an allocation costs by the lowest price that was shown shortly before it was bought.
    private func agreed(_ holding: WorldHolding) -> Money {
        let opened = with { state in
            (state.opened[holding.attempt]?.at ?? .zero, state.prices[holding.platform]?[holding.ware] ?? [])
        }
        let earlier = opened.1.filter { $0.until >= opened.0 - Self.patience && $0.until <= opened.0 + Self.patience }
        let lowest = earlier.map { $0.price * holding.gpuCount }.min()
        return lowest.map { min($0, holding.hourly) } ?? holding.hourly
    }
}
