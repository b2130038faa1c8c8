import Intents
import Reconciling
import Testing

/// What every ledger promises, to be checked against any kind of ledger.
struct LedgerContract: Sendable, CustomTestStringConvertible {
    /// The promise in words.
    let promise: String
    /// Checks it on a new store.
    let check: @Sendable (any LedgerSubject) async throws -> Void

    var testDescription: String { promise }

    /// Every promise.
    static let clauses: [LedgerContract] = [
        LedgerContract(promise: "a new ledger is empty and keeps its operator's name", check: startsEmpty),
        LedgerContract(promise: "what was written is there after opening again", check: outlastsOpening),
        LedgerContract(promise: "changes apply in order", check: appliesInOrder),
        LedgerContract(promise: "writing twice equals writing once", check: isIdempotent),
        LedgerContract(promise: "an empty write changes nothing", check: takesNothing),
        LedgerContract(promise: "requests wait in order until they are answered", check: keepsRequests),
        LedgerContract(promise: "writes of many callers are all there", check: servesManyCallers),
    ]

    private static func startsEmpty(_ subject: any LedgerSubject) async throws {
        let first = try await subject.open().load()
        #expect(LedgerModel(first) == LedgerModel())
        #expect(!first.operatorID.isEmpty)
        #expect(try await subject.open().load().operatorID == first.operatorID)
    }

    private static func outlastsOpening(_ subject: any LedgerSubject) async throws {
        var samples = Samples(seed: 11)
        var model = LedgerModel()
        for _ in 0..<20 {
            let ledger = try await subject.open()
            #expect(LedgerModel(try await ledger.load()) == model)
            for _ in 0..<samples.below(4) {
                let changes = (0..<samples.below(12)).map { _ in samples.change() }
                try await ledger.write(changes)
                model.apply(changes)
                #expect(LedgerModel(try await ledger.load()) == model)
            }
        }
        #expect(model != LedgerModel(), "the dice wrote nothing that lasts")
    }

    private static func appliesInOrder(_ subject: any LedgerSubject) async throws {
        var samples = Samples(seed: 12)
        let ledger = try await subject.open()
        var (first, second) = (samples.record(), samples.record())
        first = AllocationRecord(first, attempt: AttemptID(rawValue: "x"))
        second = AllocationRecord(second, attempt: AttemptID(rawValue: "x"))
        try await ledger.write([.put(first), .forget(first.attempt), .put(second)])
        #expect(try await ledger.load().records == [second])
        try await ledger.write([.put(first), .forget(first.attempt)])
        #expect(try await ledger.load().records.isEmpty)
    }

    private static func isIdempotent(_ subject: any LedgerSubject) async throws {
        var samples = Samples(seed: 13)
        let ledger = try await subject.open()
        let changes = (0..<40).map { _ in samples.change() }
        try await ledger.write(changes)
        let once = LedgerModel(try await ledger.load())
        try await ledger.write(changes)
        #expect(LedgerModel(try await ledger.load()) == once)
    }

    private static func takesNothing(_ subject: any LedgerSubject) async throws {
        let ledger = try await subject.open()
        try await ledger.write([])
        #expect(LedgerModel(try await ledger.load()) == LedgerModel())
    }

    private static func keepsRequests(_ subject: any LedgerSubject) async throws {
        let ledger = try await subject.open()
        #expect(try await ledger.pendingRequests().isEmpty)
        let moment = Timestamp(seconds: 5)
        let key = IntentKey(rawValue: "a")
        let verbs: [OperatorRequest.Verb] = [.resume(key), .reconcile(nil), .abandon(key, slot: 2)]
        var ids: [Int64] = []
        for verb in verbs { ids.append(try await subject.ask(verb, at: moment)) }
        #expect(ids == ids.sorted() && Set(ids).count == 3)
        #expect(try await ledger.pendingRequests().map(\.verb) == verbs)
        #expect(try await ledger.pendingRequests().map(\.askedAt) == [moment, moment, moment])
        try await ledger.write([.answer(request: ids[1], text: "done", refused: false)])
        #expect(try await ledger.pendingRequests().map(\.id) == [ids[0], ids[2]])
        #expect(try await subject.open().pendingRequests().map(\.id) == [ids[0], ids[2]])
    }

    private static func servesManyCallers(_ subject: any LedgerSubject) async throws {
        let ledger = try await subject.open()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for caller in 0..<64 {
                group.addTask {
                    for count in 1...10 {
                        let key = IntentKey(rawValue: "\(caller)")
                        try await ledger.write([.account(IntentAccount(key: key, attempts: count))])
                    }
                }
            }
            try await group.waitForAll()
        }
        let accounts = try await ledger.load().accounts
        #expect(accounts.count == 64)
        #expect(accounts.allSatisfy { $0.attempts == 10 })
    }
}

extension AllocationRecord {
    /// Another record under an attempt of one's own.
    init(_ other: AllocationRecord, attempt: AttemptID) {
        self.init(
            attempt: attempt,
            key: other.key,
            slot: other.slot,
            ordinal: other.ordinal,
            purchase: other.purchase,
            shape: other.shape,
            reference: other.reference,
            openedAt: other.openedAt,
            replaces: other.replaces,
            listedBefore: other.listedBefore,
            body: other.body
        )
        id = other.id
        phase = other.phase
        phaseSince = other.phaseSince
        note = other.note
    }
}
