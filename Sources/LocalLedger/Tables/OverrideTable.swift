import Intents
import Reconciling

/// What people asked of intents beside their files.
struct OverrideTable {
    /// Where the rows live.
    let connection: Connection

    /// Writes an override down in place of the one before; one without members is the same as none.
    func put(_ wish: IntentOverride) throws(LedgerError) {
        guard wish.suspension != nil || wish.pause != nil else { return try drop(wish.key) }
        let statement = try connection.statement(
            "INSERT OR REPLACE INTO overrides(key, suspend_reason, suspend_until, suspend_mode, pause_reason, "
                + "pause_until) VALUES(?,?,?,?,?,?)"
        )
        statement.bind(wish.key)
        statement.bind(wish.suspension?.reason)
        statement.bind(wish.suspension?.until)
        statement.bind(wish.suspension?.mode.rawValue)
        statement.bind(wish.pause?.reason)
        statement.bind(wish.pause?.until)
        try statement.run()
    }

    /// Forgets an intent's override.
    func drop(_ key: IntentKey) throws(LedgerError) {
        let statement = try connection.statement("DELETE FROM overrides WHERE key = ?")
        statement.bind(key)
        try statement.run()
    }

    /// Every override.
    func all() throws(LedgerError) -> [IntentOverride] {
        let select = try connection.statement(
            "SELECT key, suspend_reason, suspend_until, suspend_mode, pause_reason, pause_until FROM overrides ORDER BY key"
        )
        return try select.rows { row throws(LedgerError) in
            let key = row.key()
            let suspension = try row.suspension()
            let pause = row.pause()
            return IntentOverride(key: key, suspension: suspension, pause: pause)
        }
    }
}

extension Row {
    /// The next three columns (reason, until, mode) as a suspension, nil where there is no mode.
    mutating func suspension() throws(LedgerError) -> Suspension? {
        var suspension = Suspension()
        suspension.reason = text()
        suspension.until = optionalMoment()
        guard let mode = try optionalWord(Suspension.Mode.self) else { return nil }
        suspension.mode = mode
        return suspension
    }

    /// The next two columns (reason, until) as a pause, nil where there is no reason.
    mutating func pause() -> Pause? {
        guard let reason = optionalText() else {
            skip(1)
            return nil
        }
        var pause = Pause()
        pause.reason = reason
        pause.until = optionalMoment()
        return pause
    }
}
