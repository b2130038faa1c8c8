import Intents
import Placement
import Reconciling

/// Values for ledgers, drawn by dice: absent parts, empty texts and strange letters among them.
struct Samples {
    private var dice: Dice

    /// Samples of a seed.
    init(seed: UInt64) { dice = Dice(seed: seed) }

    /// A number below a bound.
    mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &dice) }

    /// Yes as often as no.
    mutating func coin() -> Bool { Bool.random(using: &dice) }

    /// A text that a careless store would damage.
    mutating func text() -> String {
        let texts = [
            "", "a", "it's \"quoted\"; DROP TABLE allocations", "Zürich 🚀", "two\nlines", "nul\u{0}inside", "8.50",
        ]
        return texts[below(texts.count)]
    }

    /// A text or none.
    mutating func optionalText() -> String? { coin() ? text() : nil }

    /// A moment.
    mutating func moment() -> Timestamp {
        Timestamp(milliseconds: Int64.random(in: -1...4_000_000_000_000, using: &dice))
    }

    /// A moment or none.
    mutating func optionalMoment() -> Timestamp? { coin() ? moment() : nil }

    /// An amount, extremes among them.
    mutating func money() -> Money {
        let extremes: [Int64] = [0, -1, .min, .max, 8_500_000]
        return Money(micros: extremes[below(extremes.count)])
    }

    /// One of a few intents.
    mutating func key() -> IntentKey { IntentKey(rawValue: ["a", "b", "team/c", "Ä"][below(4)]) }

    /// One of a few attempts.
    mutating func attempt() -> AttemptID { AttemptID(rawValue: "attempt-\(below(6))") }

    /// One of a list.
    mutating func one<Value>(of values: [Value]) -> Value { values[below(values.count)] }

    /// A record whose every part may be there or not.
    mutating func record() -> AllocationRecord {
        var record = AllocationRecord(
            attempt: attempt(),
            key: key(),
            slot: below(5),
            ordinal: below(100),
            purchase: purchase(),
            shape: text(),
            reference: text(),
            openedAt: moment(),
            replaces: coin() ? attempt() : nil,
            listedBefore: (0..<below(4)).map { _ in AllocationID(rawValue: text()) },
            body: optionalText()
        )
        record.id = optionalText().map(AllocationID.init(rawValue:))
        record.phase = one(of: AllocationRecord.Phase.allCases)
        record.phaseSince = moment()
        record.sighting = coin() ? sighting() : nil
        record.doubt =
            coin()
            ? Doubt(since: moment(), firstMissAt: optionalMoment(), sawLaterCreation: coin(), cause: text()) : nil
        record.missingSince = optionalMoment()
        record.parkedAt = optionalMoment()
        record.ending = coin() ? ending() : nil
        record.tombstone = coin() ? Tombstone(at: moment(), looks: below(3), settled: money()) : nil
        record.note = text()
        return record
    }

    private mutating func purchase() -> Purchase {
        Purchase(
            offer: Offer.ID(platform: coin() ? .flexai : .flare, name: text()),
            provider: optionalText(),
            location: optionalText(),
            zone: optionalText(),
            model: text(),
            gpuCount: below(9),
            hourly: money(),
            spot: coin(),
            maxReplicas: coin() ? below(10) : nil,
            generation: below(5),
            holdsVolume: coin()
        )
    }

    private mutating func sighting() -> Sighting {
        Sighting(
            state: one(of: AllocationState.allCases),
            rawState: text(),
            since: moment(),
            looks: below(4),
            address: optionalText(),
            url: optionalText(),
            hourlyCost: coin() ? money() : nil,
            message: optionalText()
        )
    }

    private mutating func ending() -> Ending {
        Ending(
            reason: one(of: Ending.Reason.allCases),
            wantedAt: moment(),
            stopAskedAt: optionalMoment(),
            deletedAt: optionalMoment(),
            deleteFailedAt: optionalMoment(),
            goneAt: optionalMoment()
        )
    }
}

extension Samples {
    /// An intent that its reader takes without an error.
    mutating func stored(_ key: IntentKey? = nil) -> StoredIntent {
        let key = key ?? self.key()
        var spec = IntentSpec()
        spec.workload.name = "workload-\(below(100))"
        spec.workload.image = "example.com/image:\(below(9))"
        spec.objective = one(of: Objective.allCases)
        spec.constraints.maxHourlyCost = coin() ? Money(micros: Int64(below(90_000)) * 1000) : nil
        let intent = Intent(name: "intent-\(below(100))", labels: coin() ? ["team": "search"] : [:], spec: spec)
        return StoredIntent(
            key: key,
            file: "intents/\(below(9)).yaml",
            generation: 1 + below(9),
            createdAt: moment(),
            intent: intent
        )
    }

    /// A suspension.
    mutating func suspension() -> Suspension {
        var suspension = Suspension()
        suspension.reason = text()
        suspension.until = optionalMoment()
        suspension.mode = one(of: Suspension.Mode.allCases)
        return suspension
    }

    /// A pause.
    mutating func pause() -> Pause {
        var pause = Pause()
        pause.reason = text()
        pause.until = coin() ? moment() : nil
        return pause
    }

    /// A list of held withdrawals.
    mutating func held() -> HeldWithdrawals {
        HeldWithdrawals(token: text(), keys: (0..<below(5)).map { _ in key() }, since: moment(), total: below(50))
    }

    /// An event.
    mutating func event(of key: IntentKey?) -> Event {
        Event(at: moment(), key: key, severity: one(of: Event.Severity.allCases), reason: text(), message: text())
    }

    /// Any change.
    mutating func change() -> LedgerChange {
        switch below(12) {
        case 0, 1, 2: .put(record())
        case 3: .forget(attempt())
        case 4: .account(IntentAccount(key: key(), spent: money(), attempts: below(100)))
        case 5: .intent(stored())
        case 6: .dropIntent(key())
        case 7:
            .override(
                IntentOverride(key: key(), suspension: coin() ? suspension() : nil, pause: coin() ? pause() : nil)
            )
        case 8: .status(key(), json: text())
        case 9: .event(event(of: coin() ? key() : nil))
        case 10:
            .platformAccount(
                coin() ? .flexai : .flare,
                PlatformAccount(address: text(), holder: coin() ? text() : nil)
            )
        default: .heldWithdrawals(coin() ? held() : nil)
        }
    }
}
