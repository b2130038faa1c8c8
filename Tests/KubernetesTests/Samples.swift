import Intents
import Placement
import Reconciling

/// Rows of a ledger, drawn by dice: absent parts and strange letters among them.
struct Samples {
    private var dice: Dice

    /// Samples of a seed.
    init(seed: UInt64) { dice = Dice(seed: seed) }

    private mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &dice) }

    private mutating func coin() -> Bool { Bool.random(using: &dice) }

    private mutating func text() -> String {
        ["a", "it's \"quoted\"", "Zürich 🚀", "two\nlines", "8.50", "true", "{}"][below(7)]
    }

    private mutating func maybe<Value>(_ value: (inout Samples) -> Value) -> Value? {
        coin() ? value(&self) : nil
    }

    private mutating func moment() -> Timestamp {
        Timestamp(milliseconds: Int64.random(in: 1_000_000_000_000...2_000_000_000_000, using: &dice))
    }

    private mutating func money() -> Money { Money(micros: [0, 1, 8_500_000, 123_456_789][below(4)]) }

    /// A row of an intent whose every part may be there or not.
    mutating func record(_ key: IntentKey, ordinal: Int) -> AllocationRecord {
        var purchase = Purchase(
            offer: Offer.ID(platform: coin() ? .flexai : .flare, name: text()),
            model: text(),
            gpuCount: below(9),
            hourly: money(),
            spot: coin()
        )
        purchase.provider = maybe { $0.text() }
        purchase.location = maybe { $0.text() }
        purchase.zone = maybe { $0.text() }
        purchase.maxReplicas = maybe { $0.below(9) }
        purchase.generation = below(4)
        purchase.holdsVolume = coin()
        var record = AllocationRecord(
            attempt: AttemptID(using: &dice),
            key: key,
            slot: below(5),
            ordinal: ordinal,
            purchase: purchase,
            shape: text(),
            reference: text(),
            openedAt: moment(),
            replaces: maybe { AttemptID(using: &$0.dice) },
            listedBefore: (0..<below(3)).map { AllocationID(rawValue: "id-\($0)") },
            body: maybe { $0.text() }
        )
        stand(&record)
        return record
    }

    /// Gives a row another standing.
    mutating func stand(_ record: inout AllocationRecord) {
        record.phase = AllocationRecord.Phase.allCases[below(AllocationRecord.Phase.allCases.count)]
        // Once the outcome is known the body is never asked for again.
        if record.phase != .open, record.phase != .unknown {
            record.body = nil
        } else if record.body == nil {
            record.phase = .live
        }
        record.phaseSince = moment()
        record.id = maybe { AllocationID(rawValue: $0.text()) }
        record.sighting = maybe { samples in
            Sighting(
                state: AllocationState.allCases[samples.below(AllocationState.allCases.count)],
                rawState: samples.text(),
                since: samples.moment(),
                looks: samples.below(4),
                address: samples.maybe { $0.text() },
                url: samples.maybe { $0.text() },
                hourlyCost: samples.maybe { $0.money() },
                message: samples.maybe { $0.text() }
            )
        }
        record.doubt = maybe { samples in
            var doubt = Doubt(since: samples.moment(), cause: samples.text())
            doubt.firstMissAt = samples.maybe { $0.moment() }
            doubt.sawLaterCreation = samples.coin()
            return doubt
        }
        record.missingSince = maybe { $0.moment() }
        record.parkedAt = maybe { $0.moment() }
        record.ending = maybe { samples in
            var ending = Ending(
                reason: Ending.Reason.allCases[samples.below(Ending.Reason.allCases.count)],
                wantedAt: samples.moment()
            )
            ending.stopAskedAt = samples.maybe { $0.moment() }
            ending.deletedAt = samples.maybe { $0.moment() }
            ending.deleteFailedAt = samples.maybe { $0.moment() }
            ending.goneAt = samples.maybe { $0.moment() }
            return ending
        }
        record.tombstone = maybe { samples in
            Tombstone(at: samples.moment(), looks: samples.below(3), settled: samples.money())
        }
        record.note = coin() ? text() : ""
    }
}
