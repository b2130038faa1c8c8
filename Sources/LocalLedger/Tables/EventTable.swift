import Intents
import Reconciling

/// Events, of which the newest are kept.
struct EventTable {
    /// Where the rows live.
    let connection: Connection

    /// Adds an event.
    func add(_ event: Event) throws(LedgerError) {
        let statement = try connection.statement(
            "INSERT INTO events(at, key, severity, reason, message) VALUES(?,?,?,?,?)"
        )
        statement.bind(event.at)
        statement.bind(event.key)
        statement.bind(event.severity.rawValue)
        statement.bind(event.reason)
        statement.bind(event.message)
        try statement.run()
    }

    /// Removes the oldest event of an intent, or of the operator itself for nil.
    func dropOldest(of key: IntentKey?) throws(LedgerError) {
        let statement = try connection.statement(
            "DELETE FROM events WHERE id = (SELECT id FROM events WHERE key IS ? ORDER BY id LIMIT 1)"
        )
        statement.bind(key)
        try statement.run()
    }

    /// Removes the oldest event of all and says whose it was.
    func dropOldest() throws(LedgerError) -> IntentKey? {
        let oldest = try connection.statement("SELECT id, key FROM events ORDER BY id LIMIT 1").first { row in
            (id: row.number(), key: row.optionalText())
        }
        guard let oldest else { return nil }
        let statement = try connection.statement("DELETE FROM events WHERE id = ?")
        statement.bind(oldest.id)
        try statement.run()
        return oldest.key.map(IntentKey.init(rawValue:))
    }

    /// How many events are kept of each intent, and of the operator itself under nil.
    func counts() throws(LedgerError) -> [IntentKey?: Int] {
        let pairs = try connection.statement("SELECT key, count(*) FROM events GROUP BY key").rows { row in
            (row.optionalText().map(IntentKey.init(rawValue:)), row.count())
        }
        return Dictionary(pairs) { _, last in last }
    }

    /// The newest events, oldest first: all of them, or those of one intent.
    func newest(of key: IntentKey?, limit: Int) throws(LedgerError) -> [Event] {
        let condition = key == nil ? "" : "WHERE key = ? "
        let select = try connection.statement(
            "SELECT at, key, severity, reason, message FROM events \(condition)ORDER BY id DESC LIMIT ?"
        )
        if let key { select.bind(key) }
        select.bind(limit)
        return try select.rows { row throws(LedgerError) in
            Event(
                at: row.moment(),
                key: row.optionalText().map(IntentKey.init(rawValue:)),
                severity: try row.word(Event.Severity.self),
                reason: row.text(),
                message: row.text()
            )
        }.reversed()
    }
}
