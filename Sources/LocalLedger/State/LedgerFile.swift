import Glibc
import Reconciling

/// The database file of a state directory: made, checked and opened.
///
/// A file that is torn, foreign or of a newer version is refused before anything is written to it.
struct LedgerFile {
    /// Where it lies.
    let state: StateDirectory
    /// What makes it a ledger.
    let schema: Schema

    /// Opens it for writing and brings it to the present version; makes it where there is none.
    ///
    /// The caller holds the directory's lock. `operatorID` names the operator if the file has to be made.
    func openForWriting(operatorID: @autoclosure () -> String) throws(LedgerError) -> Connection {
        if try !exists() { try create(operatorID: operatorID()) }
        try refuseForeign()
        let connection = try Connection(file: state.ledger, access: .writing)
        try leavingRefused(connection) { () throws(LedgerError) in
            try schema.refuseNewer(try Schema.version(of: connection), file: state.ledger)
            try refuseDamage(connection)
        }
        try connection.execute("PRAGMA foreign_keys = ON")
        try connection.execute("PRAGMA synchronous = FULL")
        // Pages that change often are copied into the file once for 16 MiB of writes, not once for 4.
        try connection.execute("PRAGMA wal_autocheckpoint = 4000")
        try connection.execute("PRAGMA temp_store = MEMORY")
        try connection.execute("PRAGMA journal_size_limit = 16777216")
        try schema.migrate(connection, file: state.ledger)
        return connection
    }

    /// Opens it for reading, whether or not another process holds the directory.
    func openForReading() throws(LedgerError) -> Connection { try openBeside(.reading) }

    /// Opens it for a request, whether or not another process holds the directory.
    ///
    /// It is looked at by a connection that cannot write first, so that a file that is refused is not touched.
    func openForAsking() throws(LedgerError) -> Connection {
        _ = try openBeside(.reading)
        let connection = try openBeside(.writing)
        try connection.execute("PRAGMA synchronous = FULL")
        return connection
    }

    private func openBeside(_ access: Connection.Access) throws(LedgerError) -> Connection {
        guard try exists() else {
            throw LedgerError(
                kind: .unusable,
                message: "there is no ledger in \(state.path); start the operator on that directory first"
            )
        }
        let connection = try Connection(file: state.ledger, access: access)
        let owner = try connection.statement("PRAGMA application_id").first { row in row.number() }
        guard owner == Int64(schema.applicationID) else { throw unusable("belongs to another program") }
        let version = try Schema.version(of: connection)
        try schema.refuseNewer(version, file: state.ledger)
        guard version == schema.version else {
            throw LedgerError(
                kind: .unusable,
                message: "the ledger \(state.ledger) is of an older version; start the operator on it first"
            )
        }
        return connection
    }

    private func leavingRefused(
        _ connection: Connection,
        _ check: () throws(LedgerError) -> Void
    ) throws(LedgerError) {
        do {
            try check()
        } catch {
            connection.leaveUntouched()
            throw error
        }
    }
}

extension LedgerFile {
    /// Whether there is a file; throws `.unusable` where only its journal is left.
    private func exists() throws(LedgerError) -> Bool {
        if unsafe access(state.ledger, F_OK) == 0 { return true }
        guard errno == ENOENT else {
            let error = SystemError()
            throw LedgerError(kind: .failed, message: "cannot open the ledger \(state.ledger): \(error.words)")
        }
        if let journal = FileHandle(state.ledger + "-wal", O_RDONLY | O_CLOEXEC), journal.size() ?? 0 > 0 {
            throw unusable("is missing, but its journal \(state.ledger)-wal is there")
        }
        return false
    }

    /// Reads the file's header without SQLite, so that nothing that is not ours is ever touched.
    ///
    /// No connection of this process may be open meanwhile: closing a file ends the process's locks on it.
    private func refuseForeign() throws(LedgerError) {
        guard let file = FileHandle(state.ledger, O_RDONLY | O_CLOEXEC), let size = file.size() else {
            let error = SystemError()
            throw LedgerError(kind: .failed, message: "cannot open the ledger \(state.ledger): \(error.words)")
        }
        guard let header = DatabaseHeader(file.bytes(limit: DatabaseHeader.length)) else {
            throw unusable(size < DatabaseHeader.length ? "is cut short" : "is no SQLite database")
        }
        guard header.applicationID == schema.applicationID else { throw unusable("belongs to another program") }
        try schema.refuseNewer(Int(header.userVersion), file: state.ledger)
    }

    /// Has SQLite look at every page, so that a torn file is refused at the start and not found out in the middle.
    private func refuseDamage(_ connection: Connection) throws(LedgerError) {
        let findings = try connection.statement("PRAGMA integrity_check(1)").rows { row in row.text() }
        guard findings == ["ok"] else { throw unusable("is damaged") }
    }

    private func unusable(_ what: String) -> LedgerError {
        LedgerError(
            kind: .unusable,
            message: "the ledger \(state.ledger) \(what); it was left as it is: restore it from a backup, or use "
                + "another state directory"
        )
    }

    /// Makes the file under another name first, so that a crash never leaves half a ledger under its own.
    private func create(operatorID: String) throws(LedgerError) {
        for leftover in [state.unfinished, state.unfinished + "-journal", state.unfinished + "-wal"] {
            unsafe unlink(leftover)
        }
        guard FileHandle(state.unfinished, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, mode: 0o600) != nil else {
            let error = SystemError()
            throw LedgerError(kind: .failed, message: "cannot make the ledger \(state.unfinished): \(error.words)")
        }
        try fill(operatorID: operatorID)
        guard unsafe rename(state.unfinished, state.ledger) == 0 else {
            let error = SystemError()
            throw LedgerError(kind: .failed, message: "cannot name the ledger \(state.ledger): \(error.words)")
        }
        try state.settle()
    }

    private func fill(operatorID: String) throws(LedgerError) {
        let connection = try Connection(file: state.unfinished, access: .writing)
        try connection.execute("PRAGMA synchronous = FULL")
        try connection.execute("PRAGMA application_id = \(schema.applicationID)")
        try schema.migrate(connection, file: state.unfinished)
        let statement = try connection.statement("INSERT INTO meta(only, operator_id) VALUES(1, ?)")
        statement.bind(operatorID)
        try statement.run()
        try connection.execute("PRAGMA journal_mode = WAL")
    }
}
