import FlexAI
import Intents
import Placement
import Reconciling
import Testing

/// What a create call has left behind: the table "What a failed create call means".
@Suite struct FlexAICreateTests {
    private static func create(_ turn: ScriptedTransport.Turn) async -> CreateOutcome {
        await Fixtures.platform([Fixtures.create: [turn], Fixtures.types: [.json(200, "[]")]]).platform
            .create(Fixtures.prepared)
    }

    @Test(arguments: [200, 201, 202])
    func anIdIsAPurchase(status: Int) async throws {
        guard case .created(let seen) = await Self.create(.json(status, Fixtures.instanceReply)) else {
            Issue.record("not created")
            return
        }
        #expect(seen.id.rawValue == "inst-1")
        #expect(seen.state == .running)
        #expect(seen.gpuCount == 2)
    }

    @Test(arguments: [
        (#"{"instance_id":"x","status":"pending"}"#, AllocationState.provisioning), (#"{"id":"x"}"#, .unknown),
        (#"{"instance":{"id":"x","status":"failed"}}"#, .failed), (#"{"instance_id":7,"status":"running"}"#, .running),
        (#"{"instance_id":"x","status":{"phase":"running"}}"#, .unknown),
    ])
    func aPurchaseIsKnownByItsIdAlone(reply: String, state: AllocationState) async {
        guard case .created(let seen) = await Self.create(.json(201, reply)) else {
            Issue.record("not created: \(reply)")
            return
        }
        #expect(seen.state == state)
    }

    @Test(arguments: [
        "", "null", "{}", "[]", "<html></html>", #"{"instance_id":""}"#, #"{"instance_id":null}"#,
        #"{"instance_id":" x"}"#,
        #"{"instance_id":"a\nb"}"#, #"{"instance_id":1.5}"#, #"{"instance_id":["x"]}"#, #"{"success":true}"#,
        #"{"instance_id":"x""#, #"{"instance_id":"\#(String(repeating: "x", count: 300))"}"#,
    ])
    func aSuccessWithoutAReadableIdIsUnknown(reply: String) async {
        guard case .unknown(let problem) = await Self.create(.json(200, reply)) else {
            Issue.record("not unknown: \(reply)")
            return
        }
        #expect(problem.code == "MALFORMED_REPLY")
        #expect(problem.consequence == .unknown)
        #expect(problem.httpStatus == 200)
    }

    /// The statuses after which nothing exists, and what then: the documented ones first.
    private static let refusals: [Int: PlatformError.Consequence] = [
        400: .stalled, 401: .pausePlatform, 402: .wait(nil), 403: .pausePlatform, 404: .nextOffer, 409: .nextOffer,
        422: .stalled, 429: .wait(nil),
        405: .retry(after: nil), 406: .stalled, 410: .retry(after: nil), 411: .stalled, 413: .stalled, 414: .stalled,
        415: .stalled,
        417: .stalled, 421: .stalled, 426: .stalled, 428: .stalled, 431: .stalled, 451: .stalled,
    ]

    @Test func everyStatusThatIsNoSuccessIsSorted() async {
        for status in Array(100..<200) + Array(300..<600) {
            let outcome = await Self.create(.json(status, #"{"detail":"no"}"#))
            switch (outcome, Self.refusals[status]) {
            case (.notCreated(let problem), let consequence?):
                #expect(problem.consequence == consequence, "\(status)")
                #expect(problem.code == "HTTP_\(status)")
                #expect(problem.message == "no")
            case (.unknown(let problem), nil):
                #expect(problem.consequence == .unknown, "\(status)")
                #expect(problem.httpStatus == status)
            default: Issue.record("\(status): \(outcome)")
            }
        }
    }

    @Test(arguments: [404, 405, 410])
    func whoSaysThatNothingIsThereHasNotRefusedThisOrder(status: Int) async {
        let platform = Fixtures.platform([
            Fixtures.create: [.json(status, "{}")], Fixtures.types: [.reply(404, Array("<html>".utf8), [:])],
        ]).platform
        guard case .notCreated(let problem) = await platform.create(Fixtures.prepared) else {
            Issue.record("nothing can exist")
            return
        }
        #expect(problem.code == PlatformError.notThePlatform)
        #expect(problem.consequence == .retry(after: nil))
    }

    @Test func theUnknownOnesOfTheTableAreUnknown() async {
        for status in [408, 500, 502, 503, 504] {
            guard case .unknown = await Self.create(.json(status, #"{"instance_id":"made-up"}"#)) else {
                Issue.record("\(status) is not unknown")
                continue
            }
        }
    }

    @Test(arguments: [
        (TransportFailure.notSent("connection refused"), true, "UNREACHABLE"),
        (.outcomeUnknown("the deadline passed"), false, "TIMEOUT"),
        (.replyTooLarge(limit: 8), false, "MALFORMED_REPLY"),
    ])
    func silenceIsSortedByWhatCanHaveBeenSeen(failure: TransportFailure, isNothing: Bool, code: String) async {
        switch await Self.create(.failure(failure)) {
        case .notCreated(let problem):
            #expect(isNothing)
            #expect(problem.code == code)
            #expect(problem.consequence == .retry(after: nil))
        case .unknown(let problem):
            #expect(!isNothing)
            #expect(problem.code == code)
            #expect(problem.consequence == .unknown)
        case .created: Issue.record("created out of nothing")
        }
    }

    @Test(arguments: [
        ("7", Duration.seconds(7)), ("0", .zero), (" 30 ", .seconds(30)), ("1.2", .seconds(2)),
        ("999999999999", .seconds(86_400)),
        ("Fri, 15 Jan 2027 08:01:30 GMT", .seconds(90)), ("Fri, 15 Jan 2027 07:59:00 GMT", .zero),
        ("soon", nil), ("-5", nil), ("", nil),
    ])
    func theWaitComesFromRetryAfter(value: String, wait: Duration?) async {
        guard case .notCreated(let problem) = await Self.create(.json(429, "{}", ["retry-after": value])) else {
            Issue.record("429 is not created")
            return
        }
        #expect(problem.consequence == .wait(wait))
    }

    @Test func codesSayWhatMustHappenNext() async {
        let cases: [(code: String, status: Int, consequence: PlatformError.Consequence)] = [
            ("INVALID_FORMAT", 400, .stalled), ("MISSING_REQUIRED_FIELD", 422, .stalled),
            ("INVALID_TOKEN", 400, .pausePlatform),
            ("QUOTA_EXCEEDED", 403, .wait(nil)), ("INSUFFICIENT_RESOURCES", 400, .nextOffer),
            ("COST_LIMIT_EXCEEDED", 422, .nextOffer),
            ("SOMETHING_ELSE", 400, .stalled), ("SOMETHING_ELSE", 409, .nextOffer),
        ]
        for (code, status, consequence) in cases {
            guard case .notCreated(let problem) = await Self.create(.json(status, #"{"code":"\#(code)"}"#)) else {
                Issue.record("\(code)")
                continue
            }
            #expect(problem.consequence == consequence, "\(code) \(status)")
            #expect(problem.code == (code == "SOMETHING_ELSE" ? "HTTP_\(status)" : code), "codes are a bounded set")
        }
    }
}
