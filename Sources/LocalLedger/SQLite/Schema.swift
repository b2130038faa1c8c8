import Reconciling

/// What makes a database file a ledger, and how older ledgers become present ones.
struct Schema: Sendable {
    /// The number at a fixed place of the file that says whose it is.
    let applicationID: Int32
    /// The statements that lead from version n to n + 1, from version 0 on.
    let migrations: [String]

    /// The version that this program writes.
    var version: Int { migrations.count }

    /// The version of an open file.
    static func version(of connection: Connection) throws(LedgerError) -> Int {
        try connection.statement("PRAGMA user_version").first { row in row.count() } ?? 0
    }

    /// Leads an open file to the present version, one transaction for each step; a step that fails leaves its version.
    ///
    /// Throws `.unusable` for a file of a newer version, which is left as it is.
    func migrate(_ connection: Connection, file: String) throws(LedgerError) {
        var reached = try Self.version(of: connection)
        try refuseNewer(reached, file: file)
        while reached < version {
            let next = reached + 1
            try connection.transaction { () throws(LedgerError) in
                try connection.execute(migrations[reached])
                try connection.execute("PRAGMA user_version = \(next)")
            }
            reached = next
        }
    }

    /// Throws `.unusable` where a file's version is newer than this program's, or below zero, which no program writes.
    func refuseNewer(_ found: Int, file: String) throws(LedgerError) {
        guard found >= 0 else {
            throw LedgerError(
                kind: .unusable,
                message: "the ledger \(file) is damaged (version \(found)); it was left as it is: restore it from a "
                    + "backup, or use another state directory"
            )
        }
        guard found > version else { return }
        throw LedgerError(
            kind: .unusable,
            message: "the ledger \(file) has version \(found), and this program writes version \(version): "
                + "it was left as it is; use a newer program"
        )
    }
}
