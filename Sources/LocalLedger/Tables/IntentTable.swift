import Dispatch
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
        let written = try select.rows { row in
            let key = row.key()
            return Written(
                key: key,
                file: row.text(),
                generation: row.count(),
                createdAt: row.moment(),
                text: row.text(),
                unreadable: row.unreadable("the intent \(key.rawValue) in words that are not known")
            )
        }
        return try read(written)
    }

    /// A row as it was written.
    private struct Written: Sendable {
        let key: IntentKey
        let file: String
        let generation: Int
        let createdAt: Timestamp
        let text: String
        let unreadable: LedgerError
    }

    /// The intents of rows, read on every processor at once: in a large ledger nothing takes longer.
    private func read(_ rows: [Written]) throws(LedgerError) -> [StoredIntent] {
        let codec = codec
        let intents = Locked<[Intent?]>(Array(repeating: nil, count: rows.count))
        DispatchQueue.concurrentPerform(iterations: rows.count) { place in
            let intent = codec.decode(rows[place].text)
            intents.withLock { $0[place] = intent }
        }
        var all: [StoredIntent] = []
        for (row, intent) in zip(rows, intents.withLock { $0 }) {
            guard let intent else { throw row.unreadable }
            all.append(
                StoredIntent(
                    key: row.key,
                    file: row.file,
                    generation: row.generation,
                    createdAt: row.createdAt,
                    intent: intent
                )
            )
        }
        return all
    }
}
