import Placement

/// What a write may have changed that failed: no ledger can always tell, and one of several objects keeps a part.
///
/// Bounded by the rows and accounts that there are.
struct WriteDoubts: Sendable {
    private var attempts: Set<AttemptID> = []
    private var accounts: Set<IntentKey> = []
    private var charges: [AttemptID: Charge] = [:]

    /// Nothing is in doubt.
    var isEmpty: Bool { attempts.isEmpty && accounts.isEmpty && charges.isEmpty }

    /// Takes in changes that may have been kept.
    ///
    /// A row that was to be forgotten is over: it is forgotten again, or written when something is found out about it. What an
    /// intent says, and what is told of it, is written again whenever it is not as it was read.
    mutating func add(_ changes: [LedgerChange]) {
        for change in changes {
            switch change {
            case .put(let record): attempts.insert(record.attempt)
            case .account(let account): accounts.insert(account.key)
            case .charge(let charge), .uncharge(let charge): charges[charge.attempt] = charge
            default: break
            }
        }
    }

    /// Lets go what was written again.
    mutating func subtract(_ others: WriteDoubts) {
        attempts.subtract(others.attempts)
        accounts.subtract(others.accounts)
        for attempt in others.charges.keys { charges[attempt] = nil }
    }

    /// What makes the ledger as the pages have it; what is not in them was never sent, or is over.
    func changes(as pages: Books.Pages) -> [LedgerChange] {
        func row(_ attempt: AttemptID) -> AllocationRecord? {
            pages.keys[attempt].flatMap { pages.records[$0] }?.first { $0.attempt == attempt }
        }
        let rows: [LedgerChange] = attempts.sorted().map { row($0).map { .put($0) } ?? .forget($0) }
        // What is not over has not come to its cost yet.
        let costs: [LedgerChange] = charges.sorted { $0.key < $1.key }.map { attempt, charge in
            row(attempt).map { $0.phase == .tombstone } ?? true ? .charge(charge) : .uncharge(charge)
        }
        return rows + costs + accounts.sorted().compactMap { pages.accounts[$0] }.map { .account($0) }
    }
}
