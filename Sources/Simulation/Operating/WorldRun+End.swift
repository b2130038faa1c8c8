import Intents
import Placement
import Reconciling

extension WorldRun {
    /// Judges what stands when everything has long been quiet.
    func judgeEnd() {
        let durable = disk.durable
        let living = judge.alive(durable.records)
        // What nobody can find out about cannot be released either; the ledger says so.
        var byIntent = Dictionary(grouping: living.filter { !isHeldUnknown($0, durable) }, by: \.intent)
        for intent in folder.intents {
            let key = IntentKey(rawValue: intent.name)
            let rows = durable.records.values.filter { $0.key == key }
            let before = judge.findings.violations.count
            judge(intent, byIntent.removeValue(forKey: intent.name) ?? [], rows, durable.overrides[key])
            guard judge.findings.violations.count > before else { continue }
            judge.note("shown", "\(intent.name) \(durable.statuses[key] ?? "nothing")")
        }
        for (name, holdings) in byIntent.sorted(by: { $0.key < $1.key }) {
            for holding in holdings {
                judge.blame("\(holding.id) of \(name) (\(holding.attempt)) lives without an intent")
            }
        }
        judgeRows(durable, living)
        judgeStillness()
        judgePurchases()
    }

    /// Whether nobody can tell that it exists, and the ledger says so.
    private func isHeldUnknown(_ holding: WorldHolding, _ durable: SimulatedDisk.Content) -> Bool {
        plan.variant.needsPerson
            && durable.records.values.contains { $0.attempt.short == holding.attempt && $0.phase == .unknown }
    }

    private func judge(
        _ intent: Intent,
        _ holdings: [WorldHolding],
        _ rows: [AllocationRecord],
        _ override: IntentOverride?
    ) {
        let spec = intent.spec
        let cost = holdings.reduce(Money.zero) { $0 + $1.hourly }
        let words = "\(intent.name): \(WorldJudge.names(holdings))"
        if let cap = spec.constraints.maxHourlyCost, cost > cap { judge.blame("\(words) cost \(cost), over \(cap)") }
        if override?.pause != nil || spec.paused != nil { return }
        let wanted = spec.workload.wantedSlots
        if plan.variant.needsPerson, rows.contains(where: { $0.phase == .unknown }) {
            if holdings.count > wanted { judge.blame("\(words) live, \(wanted) are wanted") }
            return
        }
        if let suspension = override?.suspension ?? spec.suspend {
            let kept = suspension.mode == .stop ? holdings.filter { $0.phase != .stopped } : holdings
            if !kept.isEmpty { judge.blame("\(words) live while it is suspended (\(suspension.mode.rawValue))") }
            if holdings.count > wanted { judge.blame("\(words) are kept, \(wanted) are wanted") }
            return
        }
        if spec.workload.kind != .service {
            // Every timeout is shorter than the tail.
            if !holdings.isEmpty { judge.blame("\(words) live after the job's timeout") }
            return
        }
        let slots = holdings.map(\.slot).sorted()
        if isAffordable(spec) {
            if slots != Array(0..<wanted) { judge.blame("\(words): slots \(slots), wanted 0..<\(wanted)") }
        } else if slots != Array(Set(slots)).sorted() || slots.count > wanted {
            judge.blame("\(words): slots \(slots), at most one for each of \(wanted)")
        }
        for holding in holdings where holding.phase != .running {
            judge.blame("\(holding.id) of \(intent.name) is \(holding.phase.rawValue)")
        }
    }

    private func isAffordable(_ spec: IntentSpec) -> Bool {
        guard let cap = spec.constraints.maxHourlyCost, let gpu = spec.workload.resources.gpu,
            let chip = WorldWish.Chip.all.first(where: { $0.model == gpu.model })
        else { return true }
        return chip.flexai * gpu.count * spec.workload.wantedSlots <= cap
    }

    /// The ledger and the books say the same.
    private func judgeRows(_ durable: SimulatedDisk.Content, _ living: [WorldHolding]) {
        let known = Dictionary(grouping: living, by: \.attempt)
        for holding in living where !holding.isKnown && !isHeldUnknown(holding, durable) {
            judge.blame("\(holding.id) lives, and no row holds it")
        }
        for row in durable.records.values.sorted(by: { $0.attempt < $1.attempt }) {
            if durable.overrides[row.key]?.pause != nil { continue }
            let words = "attempt \(row.attempt.short) of \(row.key.rawValue)/\(row.slot) is \(row.phase.rawValue)"
            switch row.phase {
            case .live where known[row.attempt.short] == nil: judge.blame("\(words), and nothing of it lives")
            case .open, .ending, .unverified: judge.blame("\(words) at the end")
            case .unknown where !plan.variant.needsPerson || seed.isMultiple(of: 2): judge.blame("\(words) at the end")
            case .tombstone: judge.blame("\(words) at the end")
            default: break
            }
        }
        for key in durable.intents.keys.sorted() where !folder.intents.contains(where: { $0.name == key.rawValue }) {
            judge.blame("\(key.rawValue) is still stored")
        }
        if let held = durable.held { judge.blame("withdrawals are still held: \(held.keys.map(\.rawValue))") }
    }

    /// Nothing is written or called any more but polls.
    private func judgeStillness() {
        let since = executor.clock.now.offset - plan.stillness
        let findings = judge.findings
        if findings.lastMutation > since { judge.blame("something was bought, stopped or deleted in the quiet") }
        if findings.lastWrite > since { judge.blame("something was written in the quiet") }
    }

    /// Purchases are bounded by what was asked for and what was lost.
    private func judgePurchases() {
        let suffered = world.withState { $0.flexai.suffered }
        let happenings: [FaultKind] = [.lost, .preempted, .stuck, .wrongNotFound]
        let losses = happenings.reduce(0) { $0 + (suffered[$1] ?? 0) }
        let bought = purchases
        if bought > script.asked + losses {
            judge.blame("\(bought) purchases for \(script.asked) that were asked for and \(losses) losses")
        }
    }

    /// How many purchases of ours are in the books.
    var purchases: Int {
        let estate = world.estate(of: .flexai, at: executor.clock.timestamp)
        return estate?.purchases.count { WorldHolding($0, operatorID: Self.operatorID) != nil } ?? 0
    }
}
