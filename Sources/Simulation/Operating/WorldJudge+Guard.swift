import Intents
import Reconciling

extension WorldJudge {
    /// A withdrawal is about to become durable: more than the deletion guard lets through at once must have been approved.
    func guards(_ change: LedgerChange, _ rows: [AttemptID: AllocationRecord]) {
        switch change {
        case .intent(let intent):
            with { _ = $0.approved.remove(intent.key) }
        case .dropIntent(let key):
            let (stored, approved) = with { ($0.stored, $0.approved) }
            guard stored.contains(key), !approved.contains(key) else { return }
            judgeWithdrawal(of: key, stored: stored, approved, rows)
        default: break
        }
    }

    private func judgeWithdrawal(
        of key: IntentKey,
        stored: Set<IntentKey>,
        _ approved: Set<IntentKey>,
        _ rows: [AttemptID: AllocationRecord]
    ) {
        let holding = Set(rows.values.filter { $0.phase != .tombstone }.map(\.key))
        let gone = holding.subtracting(stored.subtracting([key]))
        let ending = gone.subtracting(approved)
        let limits = DeletionGuard.Limits()
        let most = max(limits.minimum, stored.union(gone).count * limits.percent / 100)
        guard ending.count > most else { return }
        let names = ending.map(\.rawValue).sorted().joined(separator: ", ")
        blame(.guardedWithdrawals, "\(ending.count) are withdrawn at once, of which \(most) may be: \(names)")
    }
}
