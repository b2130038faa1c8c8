import Intents
import Reconciling

extension WorldRun {
    /// Since when nothing goes wrong and the process lives: the end of whatever is beside people's wishes.
    ///
    /// In a scene that is set by hand whoever wrote it knows how long things take.
    var calmSince: Duration {
        guard plan.stage == nil else { return .zero }
        let now = executor.clock.now.offset
        let (bornAt, spells) = progress.withLock { ($0.bornAt, $0.spells) }
        guard spells.isEmpty else { return now }
        let past = history.entries.lazy.filter { $0.at <= now && !$0.edit.isWish }
        return max(bornAt, past.map { $0.until ?? $0.at }.max() ?? .zero)
    }
}
