import Documents
import Intents
import Reconciling

extension AllocationRecord {
    /// The part that changes, as it stands in a merge patch: what is absent is removed.
    var standingNode: Node {
        .mapping([
            "phase": .string(phase.rawValue),
            "since": .string(phaseSince.text),
            "id": .text(id?.rawValue),
            "sighting": sighting.map(Self.node) ?? .null,
            "doubt": doubt.map(Self.node) ?? .null,
            "missingSince": .moment(missingSince),
            "parkedAt": .moment(parkedAt),
            "ending": ending.map(Self.node) ?? .null,
            "tombstone": tombstone.map(Self.node) ?? .null,
            "note": .text(note.isEmpty ? nil : note),
        ])
    }

    /// Reads the part that changes.
    mutating func takeStanding(_ status: ObjectFields) throws(MalformedObject) {
        phase = try status.word("phase")
        phaseSince = try status.moment("since")
        id = try status.optionalText("id").map(AllocationID.init(rawValue:))
        sighting = try status.optionalPart("sighting").map(Self.sighting)
        doubt = try status.optionalPart("doubt").map(Self.doubt)
        missingSince = try status.optionalMoment("missingSince")
        parkedAt = try status.optionalMoment("parkedAt")
        ending = try status.optionalPart("ending").map(Self.ending)
        tombstone = try status.optionalPart("tombstone").map(Self.tombstone)
        note = try status.optionalText("note") ?? ""
    }

    private static func node(_ sighting: Sighting) -> Node {
        .mapping([
            "state": .string(sighting.state.rawValue),
            "rawState": .string(sighting.rawState),
            "since": .string(sighting.since.text),
            "looks": .integer(sighting.looks),
            "address": .text(sighting.address),
            "url": .text(sighting.url),
            "hourlyCost": .text(sighting.hourlyCost?.rateText),
            "message": .text(sighting.message),
        ])
    }

    private static func sighting(_ fields: ObjectFields) throws(MalformedObject) -> Sighting {
        Sighting(
            state: try fields.word("state"),
            rawState: try fields.text("rawState"),
            since: try fields.moment("since"),
            looks: try fields.integer("looks"),
            address: try fields.optionalText("address"),
            url: try fields.optionalText("url"),
            hourlyCost: try fields.optionalRate("hourlyCost"),
            message: try fields.optionalText("message")
        )
    }

    private static func node(_ doubt: Doubt) -> Node {
        .mapping([
            "since": .string(doubt.since.text),
            "firstMissAt": .moment(doubt.firstMissAt),
            "sawLaterCreation": .bool(doubt.sawLaterCreation),
            "cause": .string(doubt.cause),
        ])
    }

    private static func doubt(_ fields: ObjectFields) throws(MalformedObject) -> Doubt {
        Doubt(
            since: try fields.moment("since"),
            firstMissAt: try fields.optionalMoment("firstMissAt"),
            sawLaterCreation: try fields.flag("sawLaterCreation"),
            cause: try fields.optionalText("cause") ?? ""
        )
    }

    private static func node(_ ending: Ending) -> Node {
        .mapping([
            "reason": .string(ending.reason.rawValue),
            "wantedAt": .string(ending.wantedAt.text),
            "stopAskedAt": .moment(ending.stopAskedAt),
            "deletedAt": .moment(ending.deletedAt),
            "deleteFailedAt": .moment(ending.deleteFailedAt),
            "goneAt": .moment(ending.goneAt),
        ])
    }

    private static func ending(_ fields: ObjectFields) throws(MalformedObject) -> Ending {
        Ending(
            reason: try fields.word("reason"),
            wantedAt: try fields.moment("wantedAt"),
            stopAskedAt: try fields.optionalMoment("stopAskedAt"),
            deletedAt: try fields.optionalMoment("deletedAt"),
            deleteFailedAt: try fields.optionalMoment("deleteFailedAt"),
            goneAt: try fields.optionalMoment("goneAt")
        )
    }

    private static func node(_ tombstone: Tombstone) -> Node {
        .mapping([
            "at": .string(tombstone.at.text),
            "looks": .integer(tombstone.looks),
            "settled": .string(tombstone.settled.text),
        ])
    }

    private static func tombstone(_ fields: ObjectFields) throws(MalformedObject) -> Tombstone {
        Tombstone(
            at: try fields.moment("at"),
            looks: try fields.integer("looks"),
            settled: try fields.amount("settled")
        )
    }
}

extension Node {
    /// Text, or `null` where there is none.
    fileprivate static func text(_ text: String?) -> Node { text.map { .string($0) } ?? .null }

    /// A moment, or `null` where there is none.
    fileprivate static func moment(_ moment: Timestamp?) -> Node { text(moment?.text) }
}
