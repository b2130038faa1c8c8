import Intents
import Placement
import Reconciling

/// What a ledger should hold, kept in memory by the plainest means.
struct LedgerModel: Equatable {
    private var records: [AttemptID: AllocationRecord] = [:]
    private var accounts: [IntentKey: IntentAccount] = [:]
    private var intents: [IntentKey: StoredIntent] = [:]
    private var overrides: [IntentKey: IntentOverride] = [:]
    private var statuses: [IntentKey: String] = [:]
    private var held: HeldWithdrawals?
    private var platformAccounts: [PlatformName: PlatformAccount] = [:]

    /// An empty ledger.
    init() {}

    /// What a ledger gave back.
    init(_ snapshot: LedgerSnapshot) {
        records = Dictionary(uniqueKeysWithValues: snapshot.records.map { ($0.attempt, $0) })
        accounts = Dictionary(uniqueKeysWithValues: snapshot.accounts.map { ($0.key, $0) })
        intents = Dictionary(uniqueKeysWithValues: snapshot.intents.map { ($0.key, $0) })
        overrides = Dictionary(uniqueKeysWithValues: snapshot.overrides.map { ($0.key, $0) })
        statuses = snapshot.statuses
        held = snapshot.held
        platformAccounts = snapshot.platformAccounts
    }

    /// Makes changes in order.
    mutating func apply(_ changes: [LedgerChange]) {
        for change in changes { apply(change) }
    }

    private mutating func apply(_ change: LedgerChange) {
        switch change {
        case .put(let record): records[record.attempt] = record
        case .forget(let attempt): records[attempt] = nil
        case .account(let account): accounts[account.key] = account
        case .intent(let stored): intents[stored.key] = stored
        case .dropIntent(let key):
            intents[key] = nil
            accounts[key] = nil
            overrides[key] = nil
            statuses[key] = nil
        case .override(let wish):
            overrides[wish.key] = wish.suspension == nil && wish.pause == nil ? nil : wish
        case .status(let key, let json): statuses[key] = json
        case .heldWithdrawals(let list): held = list
        case .platformAccount(let platform, let account): platformAccounts[platform] = account
        case .event, .answer, .charge, .uncharge: break
        }
    }
}
