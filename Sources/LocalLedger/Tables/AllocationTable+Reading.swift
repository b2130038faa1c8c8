import Intents
import Placement
import Reconciling

extension AllocationTable {
    /// The record of a row whose columns come in the table's order.
    static func record(
        _ row: inout Row,
        listed: [AttemptID: [AllocationID]]
    ) throws(LedgerError) -> AllocationRecord {
        let attempt = AttemptID(rawValue: row.text())
        var record = AllocationRecord(
            attempt: attempt,
            key: row.key(),
            slot: row.count(),
            ordinal: row.count(),
            purchase: purchase(&row),
            shape: row.text(),
            reference: row.text(),
            openedAt: row.moment(),
            replaces: row.optionalText().map(AttemptID.init(rawValue:)),
            listedBefore: listed[attempt] ?? [],
            body: row.optionalText()
        )
        record.id = row.optionalText().map(AllocationID.init(rawValue:))
        record.phase = try row.word(AllocationRecord.Phase.self)
        record.phaseSince = row.moment()
        record.sighting = try sighting(&row)
        record.doubt = doubt(&row)
        record.missingSince = row.optionalMoment()
        record.parkedAt = row.optionalMoment()
        record.ending = try ending(&row)
        record.tombstone = tombstone(&row)
        record.note = row.text()
        return record
    }

    private static func purchase(_ row: inout Row) -> Purchase {
        Purchase(
            offer: Offer.ID(platform: PlatformName(rawValue: row.text()), name: row.text()),
            provider: row.optionalText(),
            location: row.optionalText(),
            zone: row.optionalText(),
            model: row.text(),
            gpuCount: row.count(),
            hourly: row.money(),
            spot: row.flag(),
            maxReplicas: row.optionalCount(),
            generation: row.count(),
            holdsVolume: row.flag()
        )
    }

    private static func sighting(_ row: inout Row) throws(LedgerError) -> Sighting? {
        guard let state = try row.optionalWord(AllocationState.self) else {
            row.skip(7)
            return nil
        }
        return Sighting(
            state: state,
            rawState: row.text(),
            since: row.moment(),
            looks: row.count(),
            address: row.optionalText(),
            url: row.optionalText(),
            hourlyCost: row.optionalMoney(),
            message: row.optionalText()
        )
    }

    private static func doubt(_ row: inout Row) -> Doubt? {
        guard let since = row.optionalMoment() else {
            row.skip(3)
            return nil
        }
        return Doubt(
            since: since,
            firstMissAt: row.optionalMoment(),
            sawLaterCreation: row.flag(),
            cause: row.text()
        )
    }

    private static func ending(_ row: inout Row) throws(LedgerError) -> Ending? {
        guard let reason = try row.optionalWord(Ending.Reason.self) else {
            row.skip(5)
            return nil
        }
        return Ending(
            reason: reason,
            wantedAt: row.moment(),
            stopAskedAt: row.optionalMoment(),
            deletedAt: row.optionalMoment(),
            deleteFailedAt: row.optionalMoment(),
            goneAt: row.optionalMoment()
        )
    }

    private static func tombstone(_ row: inout Row) -> Tombstone? {
        guard let moment = row.optionalMoment() else {
            row.skip(2)
            return nil
        }
        return Tombstone(at: moment, looks: row.count(), settled: row.money())
    }
}
