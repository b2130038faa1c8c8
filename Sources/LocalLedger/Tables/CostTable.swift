import Documents
import Intents
import Placement
import Reconciling

/// What allocations have cost that are gone, and what their intents were labelled.
///
/// Bounded: single charges are kept for a week, then one row for each intent, platform and day with a cost.
struct CostTable {
    /// How many old charges are added to their days with each new one.
    private static let foldedAtOnce = 16

    /// Where the rows live.
    let connection: Connection

    /// Writes a charge down in place of an earlier one of its attempt, and adds old ones to their days.
    func put(_ charge: Charge) throws(LedgerError) {
        let statement = try connection.statement(
            "INSERT OR REPLACE INTO charges(attempt, key, slot, platform, began, ended, amount) VALUES(?,?,?,?,?,?,?)"
        )
        statement.bind(charge.attempt.rawValue)
        statement.bind(charge.key)
        statement.bind(charge.slot)
        statement.bind(charge.platform.rawValue)
        statement.bind(charge.from)
        statement.bind(charge.until)
        statement.bind(charge.amount)
        try statement.run()
        try fold(before: charge.until - CostRecords.keptWhole)
    }

    /// Takes a charge back, because its allocation turned out to live.
    func takeBack(_ charge: Charge) throws(LedgerError) {
        let statement = try connection.statement("DELETE FROM charges WHERE attempt = ?")
        statement.bind(charge.attempt.rawValue)
        try statement.run()
    }

    private func fold(before moment: Timestamp) throws(LedgerError) {
        let select = try connection.statement(
            "SELECT \(Self.columns) FROM charges WHERE ended < ? ORDER BY ended LIMIT \(Self.foldedAtOnce)"
        )
        select.bind(moment)
        for charge in try select.rows({ row in Self.charge(&row) }) {
            for day in charge.days { try add(day) }
            try takeBack(charge)
        }
    }

    private func add(_ day: DailyCost) throws(LedgerError) {
        let statement = try connection.statement(
            "INSERT INTO daily_costs(key, platform, day, amount) VALUES(?,?,?,?) "
                + "ON CONFLICT(key, platform, day) DO UPDATE SET amount = amount + excluded.amount"
        )
        statement.bind(day.key)
        statement.bind(day.platform.rawValue)
        statement.bind(day.day)
        statement.bind(day.amount)
        try statement.run()
    }

    /// Keeps an intent's labels for as long as something of it costs or has cost.
    func label(_ key: IntentKey, _ labels: [String: String]) throws(LedgerError) {
        guard !labels.isEmpty else {
            let statement = try connection.statement("DELETE FROM cost_labels WHERE key = ?")
            statement.bind(key)
            return try statement.run()
        }
        let statement = try connection.statement("INSERT OR REPLACE INTO cost_labels(key, labels) VALUES(?,?)")
        statement.bind(key)
        let members = labels.sorted { $0.key < $1.key }.map { Node.Member($0.key, .string($0.value)) }
        statement.bind(DocumentPrinter.json(Node(.mapping(members)), style: .compact))
        try statement.run()
    }

    /// Forgets the labels of a withdrawn intent that never cost anything.
    func drop(_ key: IntentKey) throws(LedgerError) {
        let statement = try connection.statement(
            "DELETE FROM cost_labels WHERE key = ? AND key NOT IN (SELECT key FROM allocations) "
                + "AND key NOT IN (SELECT key FROM charges) AND key NOT IN (SELECT key FROM daily_costs)"
        )
        statement.bind(key)
        try statement.run()
    }

    /// Everything that was paid for and is over.
    func all() throws(LedgerError) -> CostRecords {
        var records = CostRecords()
        records.charges = try connection.statement("SELECT \(Self.columns) FROM charges ORDER BY ended, attempt")
            .rows { row in Self.charge(&row) }
        records.days = try connection.statement(
            "SELECT key, platform, day, amount FROM daily_costs ORDER BY day, key, platform"
        ).rows { row in
            DailyCost(
                key: row.key(),
                platform: PlatformName(rawValue: row.text()),
                day: row.count(),
                amount: row.money()
            )
        }
        let labels = try connection.statement("SELECT key, labels FROM cost_labels ORDER BY key")
            .rows { row throws(LedgerError) in (row.key(), try Self.labels(row.text(), row)) }
        for (key, own) in labels { records.labels[key] = own }
        return records
    }

    private static let columns = "attempt, key, slot, platform, began, ended, amount"

    private static func charge(_ row: inout Row) -> Charge {
        Charge(
            attempt: AttemptID(rawValue: row.text()),
            key: row.key(),
            slot: row.count(),
            platform: PlatformName(rawValue: row.text()),
            from: row.moment(),
            until: row.moment(),
            amount: row.money()
        )
    }

    private static func labels(_ text: String, _ row: Row) throws(LedgerError) -> [String: String] {
        do throws(Diagnostic) {
            var labels: [String: String] = [:]
            for member in try DocumentParser.json(Array(text.utf8)).mapping ?? [] {
                labels[member.key] = member.node.string
            }
            return labels
        } catch {
            throw row.unreadable("labels that are no JSON")
        }
    }
}
