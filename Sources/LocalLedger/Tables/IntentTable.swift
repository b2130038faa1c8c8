import Intents
import Reconciling

/// Intents as they were last good.
struct IntentTable {
    /// Where the rows live.
    let connection: Connection
    /// How an intent becomes text and text an intent.
    let codec: IntentCodec

    /// Writes an intent down in place of the one before.
    func put(_ stored: StoredIntent) throws(LedgerError) {
        let statement = try connection.statement(
            "INSERT OR REPLACE INTO intents(key, file, generation, created_at, intent) VALUES(?,?,?,?,?)"
        )
        statement.bind(stored.key)
        statement.bind(stored.file)
        statement.bind(stored.generation)
        statement.bind(stored.createdAt)
        statement.bind(codec.encode(stored.intent))
        try statement.run()
    }

    /// Forgets an intent.
    func drop(_ key: IntentKey) throws(LedgerError) {
        let statement = try connection.statement("DELETE FROM intents WHERE key = ?")
        statement.bind(key)
        try statement.run()
    }

    /// Every intent.
    ///
    /// Throws `.unusable` where one cannot be read back.
    func all() throws(LedgerError) -> [StoredIntent] {
        let select = try connection.statement(
            "SELECT key, file, generation, created_at, intent FROM intents ORDER BY key"
        )
        return try select.rows { row throws(LedgerError) in
            let key = row.key()
            let file = row.text()
            let generation = row.count()
            let createdAt = row.moment()
            guard let intent = codec.decode(row.text()) else {
                throw row.unreadable("the intent \(key.rawValue) in words that are not known")
            }
            return StoredIntent(key: key, file: file, generation: generation, createdAt: createdAt, intent: intent)
        }
    }
}
