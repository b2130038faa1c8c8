import Reconciling

/// Writes that wait to be committed together, and the outcomes that wait to be fetched.
final class WaitingWrites: Sendable {
    /// Names a write.
    typealias Ticket = UInt64

    /// A write and its name.
    struct Write: Sendable {
        /// Its name.
        var ticket: Ticket
        /// What to write.
        var changes: [LedgerChange]
    }

    /// The writes and the last name given.
    private struct Queue {
        var last: Ticket = 0
        var writes: [Write] = []
    }

    private let queue = Locked(Queue())

    /// Adds a write.
    func add(_ changes: [LedgerChange]) -> Ticket {
        queue.withLock { queue in
            queue.last += 1
            queue.writes.append(Write(ticket: queue.last, changes: changes))
            return queue.last
        }
    }

    /// Takes all that wait, in the order in which they came.
    func takeAll() -> [Write] {
        queue.withLock { queue in
            defer { queue.writes.removeAll() }
            return queue.writes
        }
    }
}
