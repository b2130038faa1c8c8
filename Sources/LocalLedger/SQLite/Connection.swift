import CSQLite
import Reconciling

/// A connection to a database file and the owner of its handle; used by one thread at a time.
@safe
final class Connection {
    /// What a connection may do.
    enum Access {
        /// Read a file that exists.
        case reading
        /// Read and write a file that exists.
        case writing
    }

    /// How long a statement waits for another process's transaction, in milliseconds.
    static let patienceMilliseconds: Int32 = 5000
    /// The largest text that a row takes, in bytes; a larger one fails its write alone.
    static let largestText: Int32 = 16 << 20

    private let handle: OpaquePointer
    private let file: String
    private var statements: [String: Statement] = [:]

    /// Opens a file that exists.
    init(file: String, access: Access) throws(LedgerError) {
        let mode = access == .reading ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE
        var opened: OpaquePointer?
        let code = unsafe sqlite3_open_v2(
            file,
            &opened,
            mode | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_PRIVATECACHE,
            nil
        )
        guard let handle = unsafe opened, code == SQLITE_OK else {
            let system = unsafe opened.map { unsafe sqlite3_system_errno($0) } ?? 0
            unsafe sqlite3_close_v2(opened)
            throw LedgerError(SQLiteCode(rawValue: code), systemError: system, doing: "open it", file: file)
        }
        unsafe self.handle = unsafe handle
        self.file = file
        unsafe sqlite3_busy_timeout(handle, Self.patienceMilliseconds)
        unsafe sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, Self.largestText)
        unsafe csqlite_switch(handle, SQLITE_DBCONFIG_DEFENSIVE, 1)
        unsafe csqlite_switch(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0)
    }

    deinit {
        statements.removeAll()
        unsafe sqlite3_close_v2(handle)
    }

    /// Leaves the file as it is when the connection closes, whatever waits to be copied into it.
    func leaveUntouched() {
        unsafe csqlite_switch(handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
    }

    /// The prepared statement of this text, prepared at its first use.
    func statement(_ text: String) throws(LedgerError) -> Statement {
        if let statement = statements[text] { return statement }
        var prepared: OpaquePointer?
        let flags = UInt32(SQLITE_PREPARE_PERSISTENT)
        let code = unsafe sqlite3_prepare_v3(handle, text, -1, flags, &prepared, nil)
        guard let prepared = unsafe prepared, code == SQLITE_OK else { throw failure(code, doing: "prepare") }
        let statement = unsafe Statement(owning: prepared, file: file)
        statements[text] = statement
        return statement
    }

    /// Runs statements that take no values and give no rows, such as those of a schema.
    func execute(_ text: String) throws(LedgerError) {
        let code = unsafe sqlite3_exec(handle, text, nil, nil, nil)
        guard code == SQLITE_OK else { throw failure(code, doing: "write down") }
    }

    /// Runs `body` in one transaction, which is undone where it throws.
    func transaction<Value>(
        _ kind: Transaction = .writing,
        _ body: () throws(LedgerError) -> Value
    ) throws(LedgerError) -> Value {
        try statement(kind.rawValue).run()
        do {
            let value = try body()
            try statement("COMMIT").run()
            return value
        } catch {
            rollBack()
            throw error
        }
    }

    /// How a transaction begins.
    enum Transaction: String {
        /// One moment of the file, for reading.
        case reading = "BEGIN"
        /// The only writer from the start, so that it never has to give up half-way.
        case writing = "BEGIN IMMEDIATE"
    }

    /// Undoes the open transaction; some errors have already done so.
    private func rollBack() {
        guard unsafe sqlite3_get_autocommit(handle) == 0 else { return }
        unsafe sqlite3_exec(handle, "ROLLBACK", nil, nil, nil)
    }

    private func failure(_ code: Int32, doing: String) -> LedgerError {
        let system = unsafe sqlite3_system_errno(handle)
        return LedgerError(SQLiteCode(rawValue: code), systemError: system, doing: doing, file: file)
    }
}
