import Glibc

/// Whether a state directory holds a ledger at all.
enum LedgerPresence {
    /// Whether there is a ledger file, whatever is in it.
    static func exists(_ state: String) -> Bool {
        unsafe access(state + "/ledger.db", F_OK) == 0
    }
}
