import Placement

/// What a write may have changed that failed: no ledger can always tell, and one of several objects keeps a part.
///
/// Bounded by the rows and accounts that there are.
struct WriteDoubts: Sendable {
    private var attempts: Set<AttemptID> = []
    private var accounts: Set<IntentKey> = []

    /// Nothing is in doubt.
    var isEmpty: Bool { attempts.isEmpty && accounts.isEmpty }

    /// Takes in changes that may have been kept.
    ///
    /// What an intent says, and what is told of it, is written again whenever it is not as it was read.
    mutating func add(_ changes: [LedgerChange]) {
        for change in changes {
            switch change {
            case .put(let record): attempts.insert(record.attempt)
            case .forget(let attempt): attempts.insert(attempt)
            case .account(let account): accounts.insert(account.key)
            default: break
            }
        }
    }

    /// Lets go what was written again.
    mutating func subtract(_ others: WriteDoubts) {
        attempts.subtract(others.attempts)
        accounts.subtract(others.accounts)
    }

    /// What makes the ledger as the pages have it; what is not in them was never sent, or is over.
    func changes(as pages: Books.Pages) -> [LedgerChange] {
        attempts.sorted().map { attempt in
            let rows = pages.keys[attempt].flatMap { pages.records[$0] } ?? []
            return rows.first { $0.attempt == attempt }.map { .put($0) } ?? .forget(attempt)
        } + accounts.sorted().compactMap { pages.accounts[$0] }.map { .account($0) }
    }
}
