import Intents
import Placement
import Reconciling

/// The rows of attempts and allocations.
struct AllocationTable {
    /// Where the rows live.
    let connection: Connection
    private let listed = ListedBefore()

    /// What is known of the table of listed allocations; a ledger has one writer.
    private final class ListedBefore {
        /// Whether it may hold a row: few platforms need it.
        var mayHoldRows = true
    }

    /// A table over a connection.
    init(connection: Connection) { self.connection = connection }

    /// Every column, in the order in which rows are bound and read.
    private static let columns = [
        "attempt", "key", "slot", "ordinal", "platform", "offer", "provider", "location", "zone", "model",
        "gpu_count", "hourly", "spot", "max_replicas", "generation", "holds_volume", "shape", "reference", "opened_at",
        "replaces",
        "body", "id", "phase", "phase_since",
        "sighting_state", "sighting_raw", "sighting_since", "sighting_looks",
        "sighting_address", "sighting_url", "sighting_hourly", "sighting_message",
        "doubt_since", "doubt_first_miss_at", "doubt_saw_later", "doubt_cause", "missing_since", "parked_at",
        "ending_reason", "ending_wanted_at", "ending_stop_asked_at", "ending_deleted_at",
        "ending_delete_failed_at", "ending_gone_at", "tombstone_at", "tombstone_looks", "tombstone_settled", "note",
    ]

    /// Adds a row or replaces the one of the same attempt.
    private static let upsert = {
        let marks = columns.map { _ in "?" }.joined(separator: ",")
        let changes = columns.dropFirst().map { "\($0)=excluded.\($0)" }.joined(separator: ",")
        return "INSERT INTO allocations(\(columns.joined(separator: ","))) VALUES(\(marks)) "
            + "ON CONFLICT(attempt) DO UPDATE SET \(changes)"
    }()

    /// Reads every row, an intent's attempts in their order.
    private static let select =
        "SELECT \(columns.joined(separator: ",")) FROM allocations ORDER BY key, ordinal, attempt"

    /// Writes an attempt's standing down.
    func put(_ record: AllocationRecord) throws(LedgerError) {
        let statement = try connection.statement(Self.upsert)
        bindOrder(of: record, to: statement)
        bindStanding(of: record, to: statement)
        bindEnd(of: record, to: statement)
        try statement.run()
        try putListedBefore(record)
    }

    /// Forgets an attempt; what was listed before it goes with it.
    func forget(_ attempt: AttemptID) throws(LedgerError) {
        let statement = try connection.statement("DELETE FROM allocations WHERE attempt = ?")
        statement.bind(attempt.rawValue)
        try statement.run()
    }

    /// Every row.
    func all() throws(LedgerError) -> [AllocationRecord] {
        let listed = try listedBefore()
        return try connection.statement(Self.select).rows { row throws(LedgerError) in
            try Self.record(&row, listed: listed)
        }
    }

    private func putListedBefore(_ record: AllocationRecord) throws(LedgerError) {
        if listed.mayHoldRows {
            let clear = try connection.statement("DELETE FROM listed_before WHERE attempt = ?")
            clear.bind(record.attempt.rawValue)
            try clear.run()
            let any = try connection.statement("SELECT 1 FROM listed_before LIMIT 1")
            listed.mayHoldRows = try any.first { _ in true } ?? false
        }
        if !record.listedBefore.isEmpty { listed.mayHoldRows = true }
        for (place, id) in record.listedBefore.enumerated() {
            let add = try connection.statement("INSERT INTO listed_before(attempt, place, id) VALUES(?,?,?)")
            add.bind(record.attempt.rawValue)
            add.bind(place)
            add.bind(id.rawValue)
            try add.run()
        }
    }

    private func listedBefore() throws(LedgerError) -> [AttemptID: [AllocationID]] {
        let select = try connection.statement("SELECT attempt, id FROM listed_before ORDER BY attempt, place")
        let pairs = try select.rows { row in
            (AttemptID(rawValue: row.text()), AllocationID(rawValue: row.text()))
        }
        return Dictionary(grouping: pairs, by: \.0).mapValues { $0.map(\.1) }
    }
}

extension AllocationTable {
    private func bindOrder(of record: AllocationRecord, to statement: Statement) {
        let purchase = record.purchase
        statement.bind(record.attempt.rawValue)
        statement.bind(record.key)
        statement.bind(record.slot)
        statement.bind(record.ordinal)
        statement.bind(purchase.offer.platform.rawValue)
        statement.bind(purchase.offer.name)
        statement.bind(purchase.provider)
        statement.bind(purchase.location)
        statement.bind(purchase.zone)
        statement.bind(purchase.model)
        statement.bind(purchase.gpuCount)
        statement.bind(purchase.hourly)
        statement.bind(purchase.spot)
        statement.bind(purchase.maxReplicas)
        statement.bind(purchase.generation)
        statement.bind(purchase.holdsVolume)
        statement.bind(record.shape)
        statement.bind(record.reference)
        statement.bind(record.openedAt)
        statement.bind(record.replaces?.rawValue)
    }

    private func bindStanding(of record: AllocationRecord, to statement: Statement) {
        statement.bind(record.body)
        statement.bind(record.id?.rawValue)
        statement.bind(record.phase.rawValue)
        statement.bind(record.phaseSince)
        statement.bind(record.sighting?.state.rawValue)
        statement.bind(record.sighting?.rawState)
        statement.bind(record.sighting?.since)
        statement.bind(record.sighting?.looks)
        statement.bind(record.sighting?.address)
        statement.bind(record.sighting?.url)
        statement.bind(record.sighting?.hourlyCost)
        statement.bind(record.sighting?.message)
        statement.bind(record.doubt?.since)
        statement.bind(record.doubt?.firstMissAt)
        statement.bind(record.doubt?.sawLaterCreation)
        statement.bind(record.doubt?.cause)
        statement.bind(record.missingSince)
        statement.bind(record.parkedAt)
    }

    private func bindEnd(of record: AllocationRecord, to statement: Statement) {
        statement.bind(record.ending?.reason.rawValue)
        statement.bind(record.ending?.wantedAt)
        statement.bind(record.ending?.stopAskedAt)
        statement.bind(record.ending?.deletedAt)
        statement.bind(record.ending?.deleteFailedAt)
        statement.bind(record.ending?.goneAt)
        statement.bind(record.tombstone?.at)
        statement.bind(record.tombstone?.looks)
        statement.bind(record.tombstone?.settled)
        statement.bind(record.note)
    }
}
