import Intents
import Reconciling

/// What people are shown of each intent.
struct StatusTable {
    /// Where the rows live.
    let connection: Connection

    /// Writes an intent's status down in place of the one before; nil forgets it.
    func put(_ key: IntentKey, json: String?) throws(LedgerError) {
        guard let json else { return try drop(key) }
        let statement = try connection.statement("INSERT OR REPLACE INTO statuses(key, status) VALUES(?,?)")
        statement.bind(key)
        statement.bind(json)
        try statement.run()
    }

    /// Forgets an intent's status.
    func drop(_ key: IntentKey) throws(LedgerError) {
        let statement = try connection.statement("DELETE FROM statuses WHERE key = ?")
        statement.bind(key)
        try statement.run()
    }

    /// Every status, as JSON text.
    func all() throws(LedgerError) -> [IntentKey: String] {
        let pairs = try connection.statement("SELECT key, status FROM statuses").rows { row in
            (row.key(), row.text())
        }
        return Dictionary(pairs) { _, last in last }
    }
}
