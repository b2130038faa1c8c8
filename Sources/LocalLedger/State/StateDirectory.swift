import Glibc
import Reconciling

/// The directory that an operator keeps its state in.
///
/// It holds `ledger.db` (with `ledger.db-wal` and `ledger.db-shm` beside it) and `lock`.
struct StateDirectory: Sendable {
    /// The directory's path, as a person gave it.
    let path: String

    /// The database's path.
    var ledger: String { path + "/ledger.db" }
    /// Where a new database is made before it takes its name.
    var unfinished: String { path + "/ledger.db.new" }
    /// The lock file's path.
    var lock: String { path + "/lock" }

    /// Makes the directory for its owner alone, where there is none; directories above it must be there.
    func make() throws(LedgerError) {
        if unsafe mkdir(path, 0o700) == 0 || errno == EEXIST { return }
        let error = SystemError()
        throw LedgerError(kind: .failed, message: "cannot make the state directory \(path): \(error.words)")
    }

    /// Makes sure that names given or taken in the directory outlast a loss of power.
    func settle() throws(LedgerError) {
        let directory = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard directory >= 0 else { throw trouble() }
        defer { close(directory) }
        guard fsync(directory) == 0 else { throw trouble() }
    }

    private func trouble() -> LedgerError {
        let error = SystemError()
        return LedgerError(kind: .failed, message: "cannot write to the state directory \(path): \(error.words)")
    }
}
