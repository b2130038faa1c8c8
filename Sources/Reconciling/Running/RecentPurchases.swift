import Intents
import Placement

/// What was bought so lately that the market may not know of it yet.
final class RecentPurchases: Sendable {
    private struct Entry: Sendable {
        var offer: Offer.ID
        var gpus: Int
        var openedAt: Timestamp
    }

    /// How long a purchase is remembered: longer than any market is in use.
    private static let span = Duration.seconds(300)

    private let entries = Locked<[AttemptID: Entry]>([:])

    /// Notes a row: an attempt counts from its opening, one that is gone does not.
    func note(_ record: AllocationRecord) {
        guard record.phase == .open || record.phase == .tombstone else { return }
        entries.withLock { entries in
            guard record.phase == .open else {
                entries[record.attempt] = nil
                return
            }
            let parts = max(1, record.purchase.maxReplicas ?? 1)
            entries[record.attempt] = Entry(
                offer: record.purchase.offer,
                gpus: record.purchase.gpuCount * parts,
                openedAt: record.openedAt
            )
            entries = entries.filter { record.openedAt - $0.value.openedAt < Self.span }
        }
    }

    /// Forgets a purchase that was not made.
    func forget(_ attempt: AttemptID) { entries.withLock { $0[attempt] = nil } }

    /// How many GPUs of each offer were bought since a moment.
    func gpus(since moment: Timestamp) -> [Offer.ID: Int] {
        entries.withLock { entries in
            entries.values.reduce(into: [:]) { sums, entry in
                if entry.openedAt >= moment { sums[entry.offer, default: 0] += entry.gpus }
            }
        }
    }
}
