import Documents
import Intents
import Reconciling

/// The accounts of intents.
struct AccountTable {
    /// Where the rows live.
    let connection: Connection

    /// The columns in the order in which they are written and read.
    private static let columns =
        "key, spent, attempts, work_began_at, finish_outcome, finish_generation, finish_at, "
        + "finish_message, memory"

    /// Writes an account down in place of the one before.
    func put(_ account: IntentAccount) throws(LedgerError) {
        let statement = try connection.statement(
            "INSERT OR REPLACE INTO accounts(\(Self.columns)) VALUES(?,?,?,?,?,?,?,?,?)"
        )
        statement.bind(account.key)
        statement.bind(account.spent)
        statement.bind(account.attempts)
        statement.bind(account.workBeganAt)
        statement.bind(account.finish?.outcome.rawValue)
        statement.bind(account.finish?.generation)
        statement.bind(account.finish?.at)
        statement.bind(account.finish?.message)
        let memory = account.memory
        statement.bind(memory.isEmpty ? nil : DocumentPrinter.json(memory.node, style: .compact))
        try statement.run()
    }

    /// Forgets an intent's account.
    func drop(_ key: IntentKey) throws(LedgerError) {
        let statement = try connection.statement("DELETE FROM accounts WHERE key = ?")
        statement.bind(key)
        try statement.run()
    }

    private static func memory(_ text: String, _ row: borrowing Row) throws(LedgerError) -> AccountMemory {
        do throws(Diagnostic) {
            return try AccountMemory(node: DocumentParser.json(Array(text.utf8)))
        } catch {
            throw row.unreadable("an account's memory: \(error.message)")
        }
    }

    /// Every account.
    func all() throws(LedgerError) -> [IntentAccount] {
        try connection.statement("SELECT \(Self.columns) FROM accounts ORDER BY key").rows { row throws(LedgerError) in
            var account = IntentAccount(key: row.key(), spent: row.money(), attempts: row.count())
            account.workBeganAt = row.optionalMoment()
            if let outcome = try row.optionalWord(Finish.Outcome.self) {
                account.finish = Finish(
                    outcome: outcome,
                    generation: row.count(),
                    at: row.moment(),
                    message: row.text()
                )
            } else {
                row.skip(3)
            }
            if let memory = row.optionalText() { account.memory = try Self.memory(memory, row) }
            return account
        }
    }
}
