import Intents
import Placement
import Reconciling
import Testing

@testable import LocalLedger

/// Every kind of change comes back through closing and opening, part by part.
@Suite(.timeLimit(.minutes(10))) struct RoundTripTests {
    private func reopened(after changes: [[LedgerChange]]) async throws -> LedgerSnapshot {
        let state = TemporaryState()
        let ledger = try await state.open()
        for write in changes { try await ledger.write(write) }
        await ledger.close()
        return try await state.open().load()
    }

    private var plain: AllocationRecord {
        AllocationRecord(
            attempt: AttemptID(rawValue: "7d0c1a52-0000-4000-8000-000000000001"),
            key: IntentKey(rawValue: "web"),
            slot: 0,
            ordinal: 1,
            purchase: Purchase(
                offer: Offer.ID(platform: .flexai, name: "h100"),
                model: "nvidia-h100",
                gpuCount: 1,
                hourly: Money(micros: 2_500_000)
            ),
            shape: "f00d",
            reference: "op/web/0/7d0c1a52",
            openedAt: Timestamp(milliseconds: 1_800_000_000_123),
            body: nil
        )
    }

    /// One part of a record that is set while all others are as plain as can be.
    struct Part: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var set: @Sendable (inout AllocationRecord) -> Void

        init(_ name: String, _ set: @escaping @Sendable (inout AllocationRecord) -> Void) {
            testDescription = name
            self.set = set
        }
    }

    private static let moment = Timestamp(milliseconds: 1_800_000_000_456)
    private static let bare = Sighting(
        state: .running,
        rawState: "RUNNING",
        since: moment,
        looks: 2,
        address: nil,
        url: nil,
        hourlyCost: nil,
        message: nil
    )

    static let parts: [Part] = [
        Part("nothing") { _ in },
        Part("body") { $0.body = "{\"a\": 1}" },
        Part("an empty body, which is not none") { $0.body = "" },
        Part("id") { $0.id = AllocationID(rawValue: "i-1") },
        Part("phase") { $0.phase = .unverified },
        Part("phaseSince") { $0.phaseSince = moment },
        Part("a bare sighting") { $0.sighting = bare },
        Part("a sighting's address") {
            $0.sighting = bare
            $0.sighting?.address = "10.0.0.1"
        },
        Part("a sighting's url") {
            $0.sighting = bare
            $0.sighting?.url = "https://example.com"
        },
        Part("a sighting's cost") {
            $0.sighting = bare
            $0.sighting?.hourlyCost = .zero
        },
        Part("a sighting's message") {
            $0.sighting = bare
            $0.sighting?.message = ""
        },
        Part("doubt") { $0.doubt = Doubt(since: moment, cause: "timed out") },
        Part("doubt with evidence") {
            $0.doubt = Doubt(since: moment, firstMissAt: moment, sawLaterCreation: true, cause: "")
        },
        Part("missingSince") { $0.missingSince = moment },
        Part("parkedAt") { $0.parkedAt = moment },
        Part("a decided end") { $0.ending = Ending(reason: .budget, wantedAt: moment) },
        Part("stopAskedAt") { $0.ending = Ending(reason: .lost, wantedAt: moment, stopAskedAt: moment) },
        Part("deletedAt") { $0.ending = Ending(reason: .failed, wantedAt: moment, deletedAt: moment) },
        Part("deleteFailedAt") { $0.ending = Ending(reason: .surplus, wantedAt: moment, deleteFailedAt: moment) },
        Part("goneAt") { $0.ending = Ending(reason: .withdrawn, wantedAt: moment, goneAt: moment) },
        Part("tombstone") { $0.tombstone = Tombstone(at: moment, looks: 1, settled: Money(micros: 7)) },
        Part("note") { $0.note = "waits for a person" },
        Part("moments before 1970") { $0.missingSince = Timestamp(milliseconds: -1) },
        Part("the last moment") { $0.parkedAt = Timestamp(milliseconds: .max) },
    ]

    @Test(arguments: parts)
    func aRecordKeeps(_ part: Part) async throws {
        var record = plain
        part.set(&record)
        #expect(try await reopened(after: [[.put(record)]]).records == [record])
        #expect(try await reopened(after: [[.put(record)], [.put(plain)]]).records == [plain], "and forgets it again")
        #expect(try await reopened(after: [[.put(plain)], [.put(record)]]).records == [record], "and takes it later")
    }

    @Test func everyWordOfEveryListComesBack() async throws {
        var records: [AllocationRecord] = []
        func add(_ set: (inout AllocationRecord) -> Void) {
            var record = AllocationRecord(plain, attempt: AttemptID(rawValue: "attempt-\(100 + records.count)"))
            set(&record)
            records.append(record)
        }
        for phase in AllocationRecord.Phase.allCases { add { $0.phase = phase } }
        for reason in Ending.Reason.allCases { add { $0.ending = Ending(reason: reason, wantedAt: Self.moment) } }
        for state in AllocationState.allCases {
            add {
                $0.sighting = Self.bare
                $0.sighting?.state = state
            }
        }
        #expect(try await reopened(after: [records.map { .put($0) }]).records == records)
    }

    @Test func whatWasListedBeforeKeepsItsOrderAndRepeats() async throws {
        let ids = ["b", "a", "", "a", "c"].map(AllocationID.init(rawValue:))
        let record = AllocationRecord(
            attempt: AttemptID(rawValue: "x"),
            key: IntentKey(rawValue: "web"),
            slot: 1,
            ordinal: 2,
            purchase: plain.purchase,
            shape: "",
            reference: "",
            openedAt: Self.moment,
            replaces: AttemptID(rawValue: "y"),
            listedBefore: ids,
            body: nil
        )
        #expect(try await reopened(after: [[.put(record)], [.put(record)]]).records.map(\.listedBefore) == [ids])
        let state = TemporaryState()
        let ledger = try await state.open()
        try await ledger.write([.put(record)])
        try await ledger.write([.forget(record.attempt)])
        let left = try await ledger.store.reach { database throws(LedgerError) in
            try database.connection.statement("SELECT count(*) FROM listed_before").first { row in row.number() }
        }
        #expect(left == 0, "nothing is left of a forgotten attempt")
    }

    @Test func recordsComeInTheOrderOfTheirIntentsAndAttempts() async throws {
        var samples = Samples(seed: 51)
        let records = (0..<30).map { AllocationRecord(samples.record(), attempt: AttemptID(rawValue: "\($0)")) }
        let found = try await reopened(after: [records.map { .put($0) }]).records
        let expected = records.sorted {
            ($0.key.rawValue, $0.ordinal, $0.attempt.rawValue) < ($1.key.rawValue, $1.ordinal, $1.attempt.rawValue)
        }
        #expect(found.map(\.attempt) == expected.map(\.attempt))
    }
}

extension RoundTripTests {
    private var key: IntentKey { IntentKey(rawValue: "team/web") }

    @Test func accountsSaturateNothing() async throws {
        for spent in [Int64.min, -1, 0, 1, Int64.max] {
            let account = IntentAccount(key: key, spent: Money(micros: spent), attempts: 3)
            #expect(try await reopened(after: [[.account(account)]]).accounts == [account])
        }
    }

    @Test func overridesKeepTheirMembersApart() async throws {
        var suspension = Suspension()
        suspension.until = Self.moment
        let wishes = [
            IntentOverride(key: key, suspension: Suspension()), IntentOverride(key: key, suspension: suspension),
            IntentOverride(key: key, pause: Pause()), IntentOverride(key: key, suspension: suspension, pause: Pause()),
        ]
        for wish in wishes {
            #expect(try await reopened(after: [[.override(wish)]]).overrides == [wish])
            let undone = LedgerChange.override(IntentOverride(key: key))
            #expect(try await reopened(after: [[.override(wish)], [undone]]).overrides.isEmpty)
        }
    }

    @Test func heldWithdrawalsAreReplacedWhole() async throws {
        let first = HeldWithdrawals(
            token: "1",
            keys: ["b", "a"].map(IntentKey.init(rawValue:)),
            since: Self.moment,
            total: 9
        )
        let second = HeldWithdrawals(token: "2", keys: [], since: Self.moment, total: 0)
        #expect(try await reopened(after: [[.heldWithdrawals(first)]]).held == first)
        #expect(try await reopened(after: [[.heldWithdrawals(first)], [.heldWithdrawals(second)]]).held == second)
        #expect(try await reopened(after: [[.heldWithdrawals(first)], [.heldWithdrawals(nil)]]).held == nil)
    }

    @Test func droppingAnIntentTakesWhatIsItsAndNothingElse() async throws {
        var samples = Samples(seed: 52)
        let other = IntentKey(rawValue: "other")
        func everything(of key: IntentKey) -> [LedgerChange] {
            [
                .intent(samples.stored(key)), .account(IntentAccount(key: key, attempts: 1)),
                .override(IntentOverride(key: key, pause: Pause())), .status(key, json: "{}"),
            ]
        }
        let record = plain
        let write = everything(of: record.key) + everything(of: other) + [.put(record)]
        let found = try await reopened(after: [write, [.dropIntent(record.key)]])
        #expect(found.intents.map(\.key) == [other])
        #expect(found.accounts.map(\.key) == [other])
        #expect(found.overrides.map(\.key) == [other])
        #expect(Set(found.statuses.keys) == [other])
        #expect(found.records == [record], "an allocation is forgotten by its own change alone")
    }

    @Test func theOperatorsNameIsMadeOnceFromTheDice() async throws {
        let state = TemporaryState()
        var dice = Dice(seed: 1)
        let expected = AttemptID(using: &dice).rawValue
        let ledger = try await state.open(seed: 1)
        #expect(try await ledger.load().operatorID == expected)
        await ledger.close()
        #expect(try await state.open(seed: 2).load().operatorID == expected)
        #expect(try await TemporaryState().open(seed: 2).load().operatorID != expected)
    }
}
