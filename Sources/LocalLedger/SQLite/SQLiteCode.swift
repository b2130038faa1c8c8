import CSQLite

/// A result code of SQLite, with its extension.
struct SQLiteCode: RawRepresentable, Hashable, Sendable {
    /// The extended code as SQLite returns it.
    let rawValue: Int32

    /// Nothing went wrong.
    static let ok = SQLiteCode(rawValue: SQLITE_OK)
    /// A row can be read.
    static let row = SQLiteCode(rawValue: SQLITE_ROW)
    /// There are no more rows.
    static let done = SQLiteCode(rawValue: SQLITE_DONE)
    /// No room on the disk.
    static let full = SQLiteCode(rawValue: SQLITE_FULL)
    /// The file is damaged.
    static let corrupt = SQLiteCode(rawValue: SQLITE_CORRUPT)
    /// The file is no database.
    static let notADatabase = SQLiteCode(rawValue: SQLITE_NOTADB)
    /// Reading or writing failed.
    static let inputOutput = SQLiteCode(rawValue: SQLITE_IOERR)
    /// Another connection is in the way.
    static let busy = SQLiteCode(rawValue: SQLITE_BUSY)

    /// The code without its extension.
    var primary: SQLiteCode { SQLiteCode(rawValue: rawValue & 0xFF) }

    /// SQLite's own words for the code, which hold nothing of the data.
    var words: String {
        guard let text = unsafe sqlite3_errstr(rawValue) else { return "unknown error" }
        return unsafe String(cString: text)
    }
}
