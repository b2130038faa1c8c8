import Intents
import Reconciling

/// The deletion guard's present list.
struct HeldTable {
    /// Where the rows live.
    let connection: Connection

    /// Writes the list down in place of the one before; nil removes it.
    func put(_ held: HeldWithdrawals?) throws(LedgerError) {
        try connection.statement("DELETE FROM held").run()
        try connection.statement("DELETE FROM held_keys").run()
        guard let held else { return }
        let list = try connection.statement("INSERT INTO held(only, token, since, total) VALUES(1,?,?,?)")
        list.bind(held.token)
        list.bind(held.since)
        list.bind(held.total)
        try list.run()
        for (place, key) in held.keys.enumerated() {
            let add = try connection.statement("INSERT INTO held_keys(place, key) VALUES(?,?)")
            add.bind(place)
            add.bind(key)
            try add.run()
        }
    }

    /// The list, nil where nothing is held.
    func present() throws(LedgerError) -> HeldWithdrawals? {
        let keys = try connection.statement("SELECT key FROM held_keys ORDER BY place").rows { row in row.key() }
        return try connection.statement("SELECT token, since, total FROM held").first { row in
            HeldWithdrawals(token: row.text(), keys: keys, since: row.moment(), total: row.count())
        }
    }
}
