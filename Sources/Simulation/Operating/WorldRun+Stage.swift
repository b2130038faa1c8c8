import Intents
import Placement
import Reconciling

extension WorldRun {
    /// The next life in a scene that is set by hand: it ends where the next crash is planned.
    func nextLife() -> ProcessLife {
        let (kills, effects) = progress.withLock { ($0.kills, $0.effects) }
        return ProcessLife(endingAt: kills < plan.crashes.count ? plan.crashes[kills] : nil, after: effects)
    }

    /// Whether a scene that is set by hand has come to its end: nothing is on its way, and nothing has changed for long.
    var isSettled: Bool {
        let now = executor.clock.now.offset
        guard plan.stage != nil, now >= quietFrom else { return false }
        let findings = judge.findings
        let (isOver, bornAt) = progress.withLock { ($0.next == script.entries.count, $0.bornAt) }
        let lastNews = max(findings.lastMutation, findings.lastWrite, bornAt)
        guard lastNews < now - plan.stillness else { return false }
        return isOver && disk.durable.records.values.allSatisfy { $0.phase.isRest }
    }

    /// What of ours lives, in words that do not tell one purchase from an equal one.
    var outcome: [String] {
        judge.alive(disk.durable.records).map { holding in
            "\(holding.intent)/\(holding.slot) \(holding.phase.rawValue) at \(holding.hourly)"
        }
        .sorted()
    }
}

extension AllocationRecord.Phase {
    /// Whether nothing more happens to such a row by itself.
    fileprivate var isRest: Bool {
        switch self {
        case .live, .unverified: true
        case .open, .unknown, .ending, .tombstone: false
        }
    }
}
