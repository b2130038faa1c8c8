import CSQLite
import Glibc
import Reconciling

extension LedgerError {
    /// What a failed call of SQLite means for a ledger.
    ///
    /// The message names the file, the code and SQLite's fixed words for it, never a statement or a value.
    init(_ code: SQLiteCode, systemError: Int32, doing: String, file: String) {
        let name = "the ledger \(file)"
        let noRoom = code.primary == .full || systemError == ENOSPC || systemError == EDQUOT
        switch code.primary {
        case _ where noRoom:
            self.init(kind: .full, message: "cannot \(doing): no room for \(name); make room on its disk")
        case .corrupt, .notADatabase:
            self.init(
                kind: .unusable,
                message: "cannot \(doing): \(name) is damaged (\(code.words)); restore it from a backup"
            )
        case .busy:
            self.init(
                kind: .failed,
                message: "cannot \(doing): another process has kept \(name) busy for too long; try again"
            )
        default:
            let system = systemError == 0 ? "" : ", \(SystemError(systemError).words)"
            self.init(kind: .failed, message: "cannot \(doing): \(name): \(code.words) (\(code.rawValue)\(system))")
        }
    }
}
