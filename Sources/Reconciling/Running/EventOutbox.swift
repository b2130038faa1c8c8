/// Events of the operator itself that still have to be written down.
package final class EventOutbox: Sendable {
    /// The most that are kept while the ledger cannot be written.
    package static let capacity = 1000

    private let events = Locked<[Event]>([])

    /// An empty outbox.
    package init() {}

    /// Keeps an event until it is taken; the oldest goes when there are too many.
    package func put(_ event: Event) {
        events.withLock { events in
            if events.count >= Self.capacity { events.removeFirst() }
            events.append(event)
        }
    }

    /// Takes everything that waits.
    package func take() -> [Event] {
        events.withLock { events in
            let all = events
            events = []
            return all
        }
    }
}
