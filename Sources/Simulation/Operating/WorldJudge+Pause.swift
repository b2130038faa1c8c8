import Intents
import Reconciling

extension WorldJudge {
    /// How long after a pause was written down a call that was decided before it may still be on its way.
    private static let wayOfCalls = Duration.seconds(40)

    /// How long after a pause an attempt may still be written down.
    private static let wayOfWrites = Duration.seconds(5)

    /// A change becomes durable that may pause an intent, or let it go on; nothing is bought for a paused one.
    func watchPauses(_ change: LedgerChange, _ rows: [AttemptID: AllocationRecord]) {
        let now = now
        switch change {
        case .put(let record) where record.phase == .open && rows[record.attempt] == nil:
            guard let since = pausedSince(record.key), now - since > Self.wayOfWrites else { return }
            blame(.frozen, "attempt \(record.attempt.short) is made, and \(record.key.rawValue) is paused")
        case .override(let override): setPaused(override.pause != nil, override.key, by: .request, at: now)
        case .intent(let intent): setPaused(intent.intent.spec.paused != nil, intent.key, by: .file, at: now)
        case .dropIntent(let key):
            with { $0.pausedSince[key] = nil }
        default: break
        }
    }

    private func setPaused(
        _ isPaused: Bool,
        _ key: IntentKey,
        by source: WorldFindings.PauseSource,
        at now: Duration
    ) {
        with { state in
            let since = state.pausedSince[key]?[source]
            state.pausedSince[key, default: [:]][source] = isPaused ? since ?? now : nil
        }
    }

    /// A request that stops or deletes something arrives: nothing of a paused intent is changed.
    func judgePause(_ request: TransportRequest, disk: SimulatedDisk) {
        guard request.method != "GET", request.attempt == nil, let id = request.allocation,
            let row = disk.durable.records.values.first(where: { $0.id?.rawValue == id }),
            let since = pausedSince(row.key), now - since > Self.wayOfCalls
        else { return }
        blame(.frozen, "\(request.method) of \(id), and \(row.key.rawValue) is paused")
    }

    /// Since when the ledger says that an intent is paused; nil where somebody has changed it since, which an operator knows
    /// a moment before its ledger, and where it is withdrawn: a request may be written down a moment after that.
    private func pausedSince(_ key: IntentKey) -> Duration? {
        with { state in
            guard state.stored.contains(key), let since = state.pausedSince[key]?.values.min(),
                state.changed[key.rawValue] ?? .zero <= since
            else { return nil }
            return since
        }
    }
}
