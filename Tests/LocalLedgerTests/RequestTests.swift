import Intents
import Reconciling
import Testing

@testable import LocalLedger

/// People's requests and the answers, across two connections.
@Suite(.timeLimit(.minutes(10))) struct RequestTests {
    private let key = IntentKey(rawValue: "team/web")

    private var verbs: [OperatorRequest.Verb] {
        var samples = Samples(seed: 31)
        var suspension = Suspension()
        suspension.reason = "night"
        suspension.mode = .stop
        return [
            .suspend(key, Suspension()), .suspend(key, suspension), .suspend(key, samples.suspension()), .resume(key),
            .pause(key, Pause()), .pause(key, samples.pause()), .reconcile(nil), .reconcile(key),
            .adopt(key, slot: 0, AllocationID(rawValue: "i-1")), .adopt(key, slot: 7, AllocationID(rawValue: "")),
            .abandon(key, slot: 3), .approve(token: "abc", nil), .approve(token: "", key),
        ]
    }

    @Test func everyVerbComesAcross() async throws {
        let state = TemporaryState()
        let ledger = try await state.open()
        let desk = RequestDesk(state: state.path)
        for (index, verb) in verbs.enumerated() {
            let moment = Timestamp(milliseconds: Int64(index))
            let id = try await desk.ask(verb, at: moment)
            #expect(try await ledger.pendingRequests() == [OperatorRequest(id: id, verb: verb, askedAt: moment)])
            #expect(try await desk.answer(to: id) == nil)
            try await ledger.write([.answer(request: id, text: "it's done", refused: index.isMultiple(of: 2))])
            #expect(try await desk.answer(to: id) == RequestAnswer(text: "it's done", refused: index.isMultiple(of: 2)))
            #expect(try await ledger.pendingRequests().isEmpty)
        }
        let all = try await LedgerReader(state: state.path).requests()
        #expect(all.map(\.request.verb) == verbs)
        #expect(all.allSatisfy { $0.answer != nil })
    }

    @Test func requestsWaitForAHolderThatIsNotThere() async throws {
        let state = TemporaryState()
        let ledger = try await state.open()
        await ledger.close()
        let desk = RequestDesk(state: state.path)
        let id = try await desk.ask(.reconcile(nil), at: Timestamp(seconds: 1))
        let again = try await state.open()
        #expect(try await again.pendingRequests().map(\.id) == [id])
    }

    @Test func thereIsNothingToAskWithoutALedger() async throws {
        let state = TemporaryState()
        let error = await #expect(throws: LedgerError.self) {
            try await RequestDesk(state: state.path).ask(.reconcile(nil), at: Timestamp(seconds: 1))
        }
        #expect(error?.kind == .unusable)
        #expect(error?.message.contains("there is no ledger in \(state.path)") == true)
        #expect(state.bytes(of: state.files.ledger) == nil)
    }

    @Test func anAnswerCountsOnceAndOnlyForWhatWasAsked() async throws {
        let state = TemporaryState()
        let ledger = try await state.open()
        let desk = RequestDesk(state: state.path)
        let id = try await desk.ask(.reconcile(nil), at: Timestamp(seconds: 1))
        try await ledger.write([.answer(request: id, text: "first", refused: false)])
        try await ledger.write([.answer(request: id, text: "second", refused: true)])
        #expect(try await desk.answer(to: id) == RequestAnswer(text: "first", refused: false))
        try await ledger.write([.answer(request: 99, text: "nobody asked", refused: false)])
        await #expect(throws: LedgerError(kind: .failed, message: "no request 99 is on record")) {
            try await desk.answer(to: 99)
        }
    }

    @Test func numbersAreNeverGivenTwice() async throws {
        let state = TemporaryState()
        let ledger = try await state.open()
        let desk = RequestDesk(state: state.path)
        let first = try await desk.ask(.reconcile(nil), at: Timestamp(seconds: 1))
        try await ledger.store.reach { database throws(LedgerError) in
            try database.connection.execute("DELETE FROM requests")
        }
        #expect(try await desk.ask(.reconcile(nil), at: Timestamp(seconds: 1)) > first)
    }

    @Test func answeredRequestsAreKeptWithinTheirBound() async throws {
        let state = TemporaryState()
        let ledger = try await state.open()
        let total = RequestTable.answered + 20
        let pending = try await ledger.store.reach { database throws(LedgerError) in
            let table = RequestTable(connection: database.connection)
            for index in 1...total {
                let id = try table.add(.reconcile(nil), at: Timestamp(seconds: Int64(index)))
                if index != 5 { try table.answer(id, text: "done", refused: false) }
            }
            return try table.waiting().map(\.id)
        }
        #expect(pending == [5], "what waits is never dropped")
        let all = try await LedgerReader(state: state.path).requests()
        #expect(all.count == RequestTable.answered + 1)
        #expect(all.last?.request.id == Int64(total))
    }

    @Test func tooManyWaitingRequestsAreRefused() async throws {
        let state = TemporaryState()
        let ledger = try await state.open()
        try await ledger.store.reach { database throws(LedgerError) in
            let table = RequestTable(connection: database.connection)
            for _ in 0..<RequestTable.pending { _ = try table.add(.reconcile(nil), at: Timestamp(seconds: 1)) }
        }
        let error = await #expect(throws: LedgerError.self) {
            try await RequestDesk(state: state.path).ask(.reconcile(nil), at: Timestamp(seconds: 1))
        }
        #expect(error?.message.contains("1000 requests wait") == true)
    }

    @Test func lookingForRequestsReadsTheTableOnlyAfterAWrite() async throws {
        let state = TemporaryState()
        let ledger = try await state.open()
        let desk = RequestDesk(state: state.path)
        let id = try await desk.ask(.reconcile(nil), at: Timestamp(seconds: 1))
        #expect(try await ledger.pendingRequests().map(\.id) == [id])
        try await ledger.store.reach { database throws(LedgerError) in
            try database.connection.execute("ALTER TABLE requests RENAME TO hidden")
        }
        #expect(try await ledger.pendingRequests().map(\.id) == [id], "nothing was read")
        try await ledger.store.reach { database throws(LedgerError) in
            try database.connection.execute("ALTER TABLE hidden RENAME TO requests")
        }
        let second = try await desk.ask(.resume(key), at: Timestamp(seconds: 2))
        #expect(try await ledger.pendingRequests().map(\.id) == [id, second])
    }
}
