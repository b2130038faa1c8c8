import Placement
import Reconciling

/// For which account was bought on each platform.
struct PlatformAccountTable {
    /// Where the rows live.
    let connection: Connection

    /// Writes an account down in place of the one before.
    func put(_ account: PlatformAccount, on platform: PlatformName) throws(LedgerError) {
        let put = try connection.statement(
            "INSERT OR REPLACE INTO platform_accounts(platform, address, holder) VALUES(?,?,?)"
        )
        put.bind(platform.rawValue)
        put.bind(account.address)
        put.bind(account.holder)
        try put.run()
    }

    /// Every account, by platform.
    func all() throws(LedgerError) -> [PlatformName: PlatformAccount] {
        let rows = try connection.statement("SELECT platform, address, holder FROM platform_accounts").rows { row in
            (PlatformName(rawValue: row.text()), PlatformAccount(address: row.text(), holder: row.optionalText()))
        }
        return Dictionary(rows) { first, _ in first }
    }
}
