import Intents
import Placement
import Reconciling

extension WorldRun {
    /// Judges what stands when everything has long been quiet.
    func judgeEnd() {
        let durable = disk.durable
        let living = judge.alive(durable.records)
        // What nobody can find out about cannot be released either; the ledger says so.
        var byIntent = Dictionary(grouping: living.filter { !isHeldInDoubt($0, durable) }, by: \.intent)
        for intent in folder.intents {
            let holdings = byIntent.removeValue(forKey: intent.name) ?? []
            judgeIntent(intent, holdings, durable)
        }
        for (name, holdings) in byIntent.sorted(by: { $0.key < $1.key }) {
            for holding in holdings where !hasBelieved(holding) {
                judge.blame(.convergence, "\(holding.id) of \(name) (\(holding.attempt.short)) lives without an intent")
            }
        }
        judgeRows(durable, living)
        judgeStillness()
        judgePurchases()
    }

    /// Whether the platform has denied it until the last look.
    private func hasBelieved(_ holding: WorldHolding) -> Bool {
        judge.with { ($0.farewells[holding.id]?.denials ?? 0) >= 4 }
    }

    /// The ledger and the books say the same.
    private func judgeRows(_ durable: SimulatedDisk.Content, _ living: [WorldHolding]) {
        let known = Dictionary(grouping: living, by: \.attempt)
        for holding in living where !holding.isKnown && !isHeldInDoubt(holding, durable) && !hasBelieved(holding) {
            judge.blame(.durableAttempt, "\(holding.id) lives, and no row holds it")
        }
        for row in durable.records.values.sorted(by: { $0.attempt < $1.attempt }) {
            if isPaused(row.key, durable) { continue }
            let words = "attempt \(row.attempt.short) of \(row.key.rawValue)/\(row.slot) is \(row.phase.rawValue)"
            switch row.phase {
            case .live where known[row.attempt] == nil: judge.blame(.convergence, "\(words), and nothing of it lives")
            case .open, .ending, .tombstone: judge.blame(.convergence, "\(words) at the end")
            case .unverified where hasHelper: judge.blame(.convergence, "\(words) at the end")
            case .unknown where hasHelper || !needsPerson(on: row.purchase.platform, durable):
                judge.blame(.convergence, "\(words) at the end")
            default: break
            }
        }
        for key in durable.intents.keys.sorted() where !folder.intents.contains(where: { $0.name == key.rawValue }) {
            judge.blame(.convergence, "\(key.rawValue) is still stored")
        }
        if let held = durable.held {
            judge.blame(.convergence, "withdrawals are still held: \(held.keys.map(\.rawValue))")
        }
    }

    /// Whether nothing is done about an intent, not even a call that would find out about a purchase of it.
    func isPaused(_ key: IntentKey, _ durable: SimulatedDisk.Content) -> Bool {
        durable.overrides[key]?.pause != nil
            || folder.intents.contains { $0.name == key.rawValue && $0.spec.paused != nil }
    }

    /// Nothing is written or called any more but polls.
    private func judgeStillness() {
        let since = executor.clock.now.offset - plan.stillness
        let (mutation, write) = judge.with { ($0.lastMutation, $0.lastWrite) }
        if mutation > since { judge.blame(.quiet, "something was bought, stopped or deleted in the quiet") }
        if write > since { judge.blame(.quiet, "something was written in the quiet") }
    }

    /// Purchases for each slot are bounded by what was asked for and what was lost.
    private func judgePurchases() {
        let asked = judge.with { $0.asked }
        guard judge.identity == .named else { return judgeAllPurchases(asked) }
        for (slot, count) in purchases().sorted(by: { ($0.key.intent, $0.key.number) < ($1.key.intent, $1.key.number) })
        {
            let bound = (asked[slot] ?? 0) + count.losses
            guard count.bought > bound else { continue }
            judge.blame(
                .explainedPurchases,
                "\(count.bought) purchases for \(slot.intent)/\(slot.number), of which \(asked[slot] ?? 0) were asked for and "
                    + "\(count.losses) lost"
            )
        }
    }

    /// Where purchases cannot be told apart, one may have filled another's slot: all are bounded together.
    private func judgeAllPurchases(_ asked: [WorldFindings.Slot: Int]) {
        let all = purchases().values.reduce((bought: 0, losses: 0)) { ($0.bought + $1.bought, $0.losses + $1.losses) }
        let bound = asked.values.reduce(0, +) + all.losses
        guard all.bought > bound else { return }
        judge.blame(.explainedPurchases, "\(all.bought) purchases, of which \(bound) were asked for or lost")
    }

    /// What was bought for each slot, and what of it was lost.
    func purchases() -> [WorldFindings.Slot: (bought: Int, losses: Int)] {
        let now = executor.clock.timestamp
        let (opened, farewells) = judge.with { ($0.opened, $0.farewells) }
        var counts: [WorldFindings.Slot: (bought: Int, losses: Int)] = [:]
        for platform in WorldJudge.platforms {
            let purchases = world.withState { $0.withEstate(of: platform, at: now) { $0.purchases } } ?? []
            for purchase in purchases {
                guard let opening = purchase.attempt.flatMap({ opened[$0] }) else { continue }
                let slot = WorldFindings.Slot(intent: opening.key, number: opening.slot)
                let farewell = farewells[purchase.id] ?? .init()
                var count = counts[slot] ?? (0, 0)
                count.bought += 1
                if purchase.isLoss(farewell) { count.losses += 1 }
                counts[slot] = count
            }
        }
        return counts
    }

    /// How many purchases of ours are in the books.
    var purchaseCount: Int { purchases().values.reduce(0) { $0 + $1.bought } }
}

extension SimulatedPurchase {
    /// Whether its platform is to blame that it had to be bought anew.
    fileprivate func isLoss(_ farewell: WorldFindings.Farewell) -> Bool {
        if ending == .lost || isStuck || isDenied || farewell.denials >= 2 { return true }
        switch phase {
        case .failed: return true
        case .stopped, .stopping: return !farewell.isStopped
        case .booting, .running, .completed: return false
        }
    }
}
