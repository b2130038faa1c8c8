import Intents
import Placement

/// What was bought so lately that the market may not know of it yet.
final class RecentPurchases: Sendable {
    private struct Entry: Sendable {
        var offer: Offer.ID
        var gpus: Int
        var openedAt: Timestamp
    }

    private struct State: Sendable {
        var entries: [AttemptID: Entry] = [:]
        /// The sums since one moment, which is asked for again and again.
        var since = Timestamp(milliseconds: 0)
        var sums: [Offer.ID: Int] = [:]

        mutating func add(_ entry: Entry, _ sign: Int) {
            if entry.openedAt >= since { sums[entry.offer, default: 0] += sign * entry.gpus }
        }
    }

    private let state = Locked(State())

    /// Notes a row: an attempt counts from its opening, one that is gone does not.
    func note(_ record: AllocationRecord) {
        guard record.phase == .open || record.phase == .tombstone else { return }
        forget(record.attempt)
        guard record.phase == .open else { return }
        let entry = Entry(
            offer: record.purchase.offer,
            gpus: record.purchase.gpuCount * max(1, record.purchase.maxReplicas ?? 1),
            openedAt: record.openedAt
        )
        state.withLock { state in
            state.entries[record.attempt] = entry
            state.add(entry, 1)
        }
    }

    /// Forgets a purchase that was not made.
    func forget(_ attempt: AttemptID) {
        state.withLock { state in
            if let entry = state.entries.removeValue(forKey: attempt) { state.add(entry, -1) }
        }
    }

    /// How many GPUs of each offer were bought since a moment; what is older is forgotten.
    func gpus(since moment: Timestamp) -> [Offer.ID: Int] {
        state.withLock { state in
            if state.since != moment {
                state.since = moment
                state.entries = state.entries.filter { $0.value.openedAt >= moment }
                state.sums = [:]
                for entry in state.entries.values { state.add(entry, 1) }
            }
            return state.sums
        }
    }
}
