import CSQLite
import Reconciling

/// A prepared statement and the owner of its handle.
///
/// Values are bound one after another in the order of the statement's question marks; running it starts over.
@safe
final class Statement {
    private let handle: OpaquePointer
    private let file: String
    private var bound: Int32 = 0
    private var trouble = SQLiteCode.ok

    /// Takes over a prepared handle of a connection to `file`.
    init(owning handle: OpaquePointer, file: String) {
        unsafe self.handle = unsafe handle
        self.file = file
    }

    deinit { unsafe sqlite3_finalize(handle) }

    /// Binds the next value as text.
    func bind(_ text: String?) {
        guard var text else { return bindNull() }
        bound += 1
        let code = text.withUTF8 { bytes in
            unsafe bytes.withMemoryRebound(to: CChar.self) { characters in
                unsafe csqlite_bind_text(handle, bound, characters.baseAddress, Int32(clamping: characters.count))
            }
        }
        note(code)
    }

    /// Binds the next value as a whole number.
    func bind(_ number: Int64?) {
        guard let number else { return bindNull() }
        bound += 1
        note(unsafe sqlite3_bind_int64(handle, bound, number))
    }

    private func bindNull() {
        bound += 1
        note(unsafe sqlite3_bind_null(handle, bound))
    }

    private func note(_ code: Int32) {
        if trouble == .ok { trouble = SQLiteCode(rawValue: code) }
    }

    /// Runs it to its end, whatever rows come.
    func run() throws(LedgerError) {
        defer { reset() }
        while try step() {}
    }

    /// Runs it and reads every row.
    func rows<Value>(_ read: (inout Row) throws(LedgerError) -> Value) throws(LedgerError) -> [Value] {
        defer { reset() }
        var values: [Value] = []
        while try step() {
            var row = unsafe Row(of: handle, file: file)
            values.append(try read(&row))
        }
        return values
    }

    /// Runs it and reads its first row, nil where there is none.
    func first<Value>(_ read: (inout Row) throws(LedgerError) -> Value) throws(LedgerError) -> Value? {
        defer { reset() }
        guard try step() else { return nil }
        var row = unsafe Row(of: handle, file: file)
        return try read(&row)
    }

    private func step() throws(LedgerError) -> Bool {
        if trouble != .ok { throw failure(trouble) }
        let code = SQLiteCode(rawValue: unsafe sqlite3_step(handle))
        if code == .row { return true }
        if code == .done { return false }
        throw failure(code)
    }

    private func failure(_ code: SQLiteCode) -> LedgerError {
        let doing = unsafe sqlite3_stmt_readonly(handle) == 0 ? "write down" : "read"
        let system = unsafe sqlite3_system_errno(sqlite3_db_handle(handle))
        return LedgerError(code, systemError: system, doing: doing, file: file)
    }

    private func reset() {
        unsafe sqlite3_reset(handle)
        unsafe sqlite3_clear_bindings(handle)
        bound = 0
        trouble = .ok
    }
}
