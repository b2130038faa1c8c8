import Intents
import Reconciling
import Testing

@testable import LocalLedger

/// Verbs laid out in columns and read back.
@Suite struct RequestFormTests {
    private let key = IntentKey(rawValue: "a")

    @Test func everyWordNeedsItsParts() {
        for word in RequestForm.Word.allCases {
            let bare = RequestForm(word: word)
            let keyed = RequestForm(word: word, key: key)
            switch word {
            case .reconcile:
                #expect(bare.verb == .reconcile(nil))
                #expect(keyed.verb == .reconcile(key))
            case .resume:
                #expect(bare.verb == nil)
                #expect(keyed.verb == .resume(key))
            case .pause:
                #expect(bare.verb == nil)
                #expect(keyed.verb == .pause(key, Pause()))
            case .suspend, .adopt, .abandon, .approve, .permit, .complete:
                #expect(bare.verb == nil)
                #expect(keyed.verb == nil, "\(word) needs more than an intent")
            }
        }
    }

    @Test func adoptingNeedsASlotAndAName() {
        for slot in [nil, 0] as [Int?] {
            for allocation in [nil, "i-1"] as [String?] {
                let form = RequestForm(word: .adopt, key: key, slot: slot, allocation: allocation)
                let isWhole = slot != nil && allocation != nil
                #expect(form.verb == (isWhole ? .adopt(key, slot: 0, AllocationID(rawValue: "i-1")) : nil))
            }
        }
    }

    @Test func verbsComeBack() {
        var samples = Samples(seed: 71)
        for _ in 0..<100 {
            let verbs: [OperatorRequest.Verb] = [
                .suspend(samples.key(), samples.suspension()), .resume(samples.key()),
                .pause(samples.key(), samples.pause()), .reconcile(samples.coin() ? samples.key() : nil),
                .adopt(samples.key(), slot: samples.below(9), AllocationID(rawValue: samples.text())),
                .abandon(samples.key(), slot: samples.below(9)),
                .approve(token: samples.text(), samples.coin() ? samples.key() : nil),
                .permit(samples.key(), Permission(.price, generation: samples.below(9), upTo: samples.money())),
                .permit(samples.key(), Permission(.volume, generation: samples.below(9))),
                .complete(samples.key(), slot: samples.below(9), samples.one(of: TaskOutcome.allCases)),
            ]
            for verb in verbs { #expect(RequestForm(verb).verb == verb) }
        }
    }

    @Test func aRowThatLacksAPartIsRefused() async throws {
        let state = TemporaryState()
        let ledger = try await state.open()
        try await ledger.store.reach { database throws(LedgerError) in
            try database.connection.execute("INSERT INTO requests(asked_at, verb, key) VALUES(1, 'adopt', 'a')")
        }
        let error = await #expect(throws: LedgerError.self) { try await ledger.pendingRequests() }
        #expect(error?.kind == .unusable)
        #expect(error?.message.contains("the request 1, which lacks a part") == true)
    }
}

/// What stands at fixed places of a database file.
@Suite struct DatabaseHeaderTests {
    private func header(_ change: (inout [UInt8]) -> Void) -> DatabaseHeader? {
        var bytes = Array("SQLite format 3\0".utf8) + [UInt8](repeating: 0, count: 84)
        change(&bytes)
        return DatabaseHeader(bytes)
    }

    @Test func numbersAreReadFromTheirPlaces() throws {
        let found = try #require(
            header { bytes in
                bytes.replaceSubrange(60..<64, with: [0, 0, 1, 2])
                bytes.replaceSubrange(68..<72, with: [0x49, 0x6E, 0x74, 0x4F])
            }
        )
        #expect(found.userVersion == 258)
        #expect(found.applicationID == Schema.ledger.applicationID)
        #expect(header { $0.replaceSubrange(60..<64, with: [255, 255, 255, 255]) }?.userVersion == -1)
    }

    @Test func whatIsShortOrForeignHasNone() {
        #expect(header { $0.removeLast() } == nil)
        #expect(header { $0 = [] } == nil)
        for index in 0..<16 { #expect(header { $0[index] ^= 1 } == nil, "byte \(index) of the magic word") }
        #expect(header { $0.append(7) } != nil)
    }

    @Test func aRealLedgersHeaderIsOurs() async throws {
        let state = TemporaryState()
        try await state.open().close()
        let bytes = try #require(state.bytes(of: state.files.ledger))
        let header = try #require(DatabaseHeader(bytes))
        #expect(header.applicationID == Schema.ledger.applicationID)
        #expect(Int(header.userVersion) == Schema.ledger.version)
    }
}

/// Writes that wait, in the order in which they came.
@Suite struct WaitingWritesTests {
    @Test func nothingIsLostOrTakenTwice() async {
        let waiting = WaitingWrites()
        let tickets = await withTaskGroup(of: [WaitingWrites.Ticket].self) { group in
            for caller in 0..<8 {
                group.addTask {
                    (0..<100).map { _ in
                        waiting.add([.status(IntentKey(rawValue: "\(caller)"), json: "")])
                    }
                }
            }
            return await group.reduce(into: []) { $0 += $1 }
        }
        let taken = waiting.takeAll()
        #expect(Set(tickets).count == 800)
        #expect(taken.map(\.ticket) == Array(1...800))
        #expect(Set(taken.map(\.ticket)) == Set(tickets))
        #expect(waiting.takeAll().isEmpty)
        #expect(waiting.add([]) == 801)
    }
}
