import Intents
import Reconciling

/// The accounts of intents.
struct AccountTable {
    /// Where the rows live.
    let connection: Connection

    /// Writes an account down in place of the one before.
    func put(_ account: IntentAccount) throws(LedgerError) {
        let statement = try connection.statement("INSERT OR REPLACE INTO accounts(key, spent, attempts) VALUES(?,?,?)")
        statement.bind(account.key)
        statement.bind(account.spent)
        statement.bind(account.attempts)
        try statement.run()
    }

    /// Forgets an intent's account.
    func drop(_ key: IntentKey) throws(LedgerError) {
        let statement = try connection.statement("DELETE FROM accounts WHERE key = ?")
        statement.bind(key)
        try statement.run()
    }

    /// Every account.
    func all() throws(LedgerError) -> [IntentAccount] {
        try connection.statement("SELECT key, spent, attempts FROM accounts ORDER BY key").rows { row in
            IntentAccount(key: row.key(), spent: row.money(), attempts: row.count())
        }
    }
}
