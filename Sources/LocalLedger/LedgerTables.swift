import Intents
import Reconciling

/// Every table of a ledger, and what each change does to them.
struct LedgerTables {
    /// The connection that all of them share.
    let connection: Connection
    private let allocations: AllocationTable
    private let accounts: AccountTable
    private let intents: IntentTable
    private let overrides: OverrideTable
    private let statuses: StatusTable
    private let held: HeldTable
    private let costs: CostTable
    private let platformAccounts: PlatformAccountTable
    /// Events.
    let events: EventTable
    /// What people asked for.
    let requests: RequestTable

    /// The tables of an open file.
    init(_ connection: Connection, codec: IntentCodec) {
        self.connection = connection
        allocations = AllocationTable(connection: connection)
        accounts = AccountTable(connection: connection)
        intents = IntentTable(connection: connection, codec: codec)
        overrides = OverrideTable(connection: connection)
        statuses = StatusTable(connection: connection)
        held = HeldTable(connection: connection)
        costs = CostTable(connection: connection)
        platformAccounts = PlatformAccountTable(connection: connection)
        events = EventTable(connection: connection)
        requests = RequestTable(connection: connection)
    }

    /// Makes one change.
    func apply(_ change: LedgerChange, shelf: inout EventShelf) throws(LedgerError) {
        switch change {
        case .put(let record): try allocations.put(record)
        case .forget(let attempt): try allocations.forget(attempt)
        case .account(let account): try accounts.put(account)
        case .intent(let stored):
            try intents.put(stored)
            try costs.label(stored.key, stored.intent.labels)
        case .dropIntent(let key): try drop(key)
        case .override(let wish): try overrides.put(wish)
        case .status(let key, let json): try statuses.put(key, json: json)
        case .event(let event): try shelf.add(event)
        case .heldWithdrawals(let list): try held.put(list)
        case .charge(let charge): try costs.put(charge)
        case .uncharge(let charge): try costs.takeBack(charge)
        case .platformAccount(let platform, let account): try platformAccounts.put(account, on: platform)
        case .answer(let request, let text, let refused):
            try requests.answer(request, text: text, refused: refused)
        }
    }

    private func drop(_ key: IntentKey) throws(LedgerError) {
        try intents.drop(key)
        try accounts.drop(key)
        try statuses.drop(key)
        try overrides.drop(key)
        try costs.drop(key)
    }

    /// Everything on record, as of one moment.
    func snapshot() throws(LedgerError) -> LedgerSnapshot {
        try connection.transaction(.reading) { () throws(LedgerError) in
            var snapshot = LedgerSnapshot(operatorID: try operatorID())
            snapshot.records = try allocations.all()
            snapshot.accounts = try accounts.all()
            snapshot.intents = try intents.all()
            snapshot.overrides = try overrides.all()
            snapshot.statuses = try statuses.all()
            snapshot.held = try held.present()
            snapshot.platformAccounts = try platformAccounts.all()
            return snapshot
        }
    }

    /// Everything that was paid for and is over.
    func allCosts() throws(LedgerError) -> CostRecords { try costs.all() }

    /// What people are shown of each intent, as JSON text.
    func allStatuses() throws(LedgerError) -> [IntentKey: String] { try statuses.all() }

    private func operatorID() throws(LedgerError) -> String {
        let id = try connection.statement("SELECT operator_id FROM meta").first { row throws(LedgerError) in
            let id = row.text()
            if id.isEmpty { throw row.unreadable("no operator's name") }
            return id
        }
        guard let id else {
            throw LedgerError(kind: .unusable, message: "the ledger names no operator; restore it from a backup")
        }
        return id
    }
}
