import Intents
import Reconciling

/// Keeps the events within their bounds by counting them, so that adding one never searches.
struct EventShelf {
    /// How many events are kept in all.
    static let overall = 10_000
    /// How many events are kept of one intent, and of the operator itself.
    static let perKey = 200

    private let table: EventTable
    private var counts: [IntentKey?: Int]
    private var total: Int
    /// What has been counted since the last ``keep()``, for undoing it.
    private var recent: [(key: IntentKey?, change: Int)] = []

    /// A shelf over the events that a file holds.
    init(_ table: EventTable) throws(LedgerError) {
        self.table = table
        counts = try table.counts()
        total = counts.values.reduce(0, +)
    }

    /// Adds an event and removes what is then too much.
    mutating func add(_ event: Event) throws(LedgerError) {
        try table.add(event)
        count(event.key, 1)
        if counts[event.key, default: 0] > Self.perKey {
            try table.dropOldest(of: event.key)
            count(event.key, -1)
        }
        if total > Self.overall {
            count(try table.dropOldest(), -1)
        }
    }

    /// What was added is durable.
    mutating func keep() { recent.removeAll(keepingCapacity: true) }

    /// What was added since the last ``keep()`` was not written.
    mutating func undo() {
        for (key, change) in recent { apply(key, -change) }
        keep()
    }

    private mutating func count(_ key: IntentKey?, _ change: Int) {
        recent.append((key, change))
        apply(key, change)
    }

    private mutating func apply(_ key: IntentKey?, _ change: Int) {
        total += change
        let left = counts[key, default: 0] + change
        if left > 0 { counts[key] = left } else { counts.removeValue(forKey: key) }
    }
}
