import Intents
import Placement
import Reconciling

/// What must be written into a cluster, in an order that leaves no harm wherever it breaks off.
///
/// Several objects cannot be written at once. So a row's new standing comes before the account that counts it, the
/// account and the group's sum before the row's end, and a new row last: nothing after it can fail, and its call is made
/// only when all is written. What its intent has come to wish is written beside it; where that fails the row goes again.
struct WritePlan {
    /// Rows whose standing has changed.
    var standings: [AllocationRecord] = []
    /// Intents as they are wished for.
    var intents: [StoredIntent] = []
    /// Accounts.
    var accounts: [IntentAccount] = []
    /// What people are shown.
    var statuses: [(key: IntentKey, json: String?)] = []
    /// The deletion guard's list, where it has changed.
    var held: HeldWithdrawals??
    /// For which account is bought on each platform, where that has changed.
    var platformAccounts: [PlatformName: PlatformAccount] = [:]
    /// Answers to people.
    var answers: [(request: Int64, text: String, refused: Bool)] = []
    /// Rows whose story is over.
    var erasures: [AttemptID] = []
    /// What attempts have cost, as far as these changes say so; nil where a charge is taken back.
    var charges: [AttemptID: Charge?] = [:]
    /// New rows.
    var creations: [AllocationRecord] = []
    /// Intents that are withdrawn.
    var withdrawals: [IntentKey] = []
    /// What happened.
    var events: [Event] = []

    /// The intents of which something is written that follows from what they wish.
    var touched: Set<IntentKey> {
        Set((standings + creations).map(\.key) + accounts.map(\.key) + statuses.map(\.key))
    }

    /// Sorts changes; `isKnown` says of which attempts a row is there.
    init(_ changes: [LedgerChange], isKnown: (AttemptID) -> Bool) {
        for change in changes {
            switch change {
            case .put(let record): put(record, isKnown)
            case .forget(let attempt):
                // What was to be written of it need not be written any more.
                creations.removeAll { $0.attempt == attempt }
                standings.removeAll { $0.attempt == attempt }
                erasures.append(attempt)
            case .account(let account):
                accounts.removeAll { $0.key == account.key }
                accounts.append(account)
            case .intent(let intent): intents.append(intent)
            case .dropIntent(let key): withdrawals.append(key)
            case .status(let key, let json):
                statuses.removeAll { $0.key == key }
                statuses.append((key, json))
            case .heldWithdrawals(let list): held = .some(list)
            case .platformAccount(let platform, let account): platformAccounts[platform] = account
            case .answer(let request, let text, let refused): answers.append((request, text, refused))
            case .event(let event): events.append(event)
            // In a cluster an annotation of the Intent is what a person asked.
            case .override: break
            case .charge(let charge): charges[charge.attempt] = .some(charge)
            case .uncharge(let charge): charges[charge.attempt] = .some(nil)
            }
        }
    }

    private mutating func put(_ record: AllocationRecord, _ isKnown: (AttemptID) -> Bool) {
        if let index = creations.firstIndex(where: { $0.attempt == record.attempt }) {
            creations[index] = record
        } else if isKnown(record.attempt) {
            standings.removeAll { $0.attempt == record.attempt }
            standings.append(record)
        } else if record.phase != .tombstone {
            // A tombstone without a row was taken away before, and tells of nothing that may live.
            creations.append(record)
        }
    }
}
