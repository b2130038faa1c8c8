import Intents
import Placement
import Reconciling

extension WorldRun.Progress {
    /// The next life in a scene that is set by hand: it ends where the next crash is planned.
    func nextLife(_ crashes: [CrashPoint]) -> ProcessLife {
        ProcessLife(endingAt: kills < crashes.count ? crashes[kills] : nil, after: effects)
    }
}

extension WorldRun {
    /// Whether a scene that is set by hand has come to its end: nothing is on its way, and nothing has changed for long.
    var isSettled: Bool {
        let now = executor.clock.now.offset
        guard plan.stage != nil, now >= quietFrom, nextMoment == nil else { return false }
        let bornAt = progress.withLock { $0.bornAt }
        let lastNews = judge.with { max($0.lastMutation, $0.lastWrite, bornAt, quietFrom) }
        guard lastNews < now - plan.stillness else { return false }
        return disk.durable.records.values.allSatisfy { $0.phase == .live }
    }

    /// What of ours lives and can be seen, in words that do not tell one purchase from an equal one; not at which price, since
    /// which offers have disappointed is forgotten in a crash.
    var outcome: [String] {
        judge.alive(disk.durable.records).filter { !$0.isDenied }.map { holding in
            "\(holding.intent)/\(holding.slot) \(holding.phase.rawValue) on \(holding.platform.rawValue), "
                + "\(holding.gpuCount) GPUs"
        }
        .sorted()
    }
}
