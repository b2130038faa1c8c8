import FLARE
import Intents
import Placement
import Reconciling
import Testing

/// What a submission has left behind: the tables of failed creates and of error codes.
@Suite struct FLARECreateTests {
    private static func create(_ turn: ScriptedTransport.Turn) async -> CreateOutcome {
        await Fixtures.platform([
            Fixtures.create: [turn], Fixtures.resources: [.json(200, Fixtures.resourcesReply)],
        ]).platform.create(Fixtures.prepared)
    }

    private static func refusal(
        _ status: Int,
        _ body: String,
        _ headers: [String: String] = [:]
    ) async -> PlatformError? {
        guard case .notCreated(let problem) = await create(.json(status, body, headers)) else { return nil }
        return problem
    }

    @Test func theFlatReplyIsAPurchaseWithItsEstimate() async throws {
        var expected = Observation(id: Fixtures.id, state: .provisioning, rawState: "pending")
        expected.message = "Intent received and processing"
        expected.hourlyCost = Money(micros: 5_500_000)
        expected.estimatedStart = try Timestamp(parsing: "2024-01-15T10:30:00Z")
        #expect(await Self.create(.json(200, Fixtures.submitted)) == .created(expected))
    }

    @Test func theNestedReplyIsAPurchaseWithItsProvider() async throws {
        var expected = Observation(id: Fixtures.id, state: .provisioning, rawState: "")
        expected.message = "Intent submitted successfully"
        expected.hourlyCost = Money(micros: 8_500_000)
        expected.estimatedStart = try Timestamp(parsing: "2024-01-15T10:35:00Z")
        expected.provider = "provider-2"
        expected.gpuType = "nvidia-h100"
        expected.gpuCount = 2
        expected.location = "eu-west-1"
        #expect(await Self.create(.json(201, Fixtures.submittedNested)) == .created(expected))
    }

    @Test(arguments: [
        (#"{"intent_id":12345678901,"status":"Pending"}"#, "12345678901"),
        (#"{"intent_id":18446744073709551615}"#, "18446744073709551615"),
        (#"{"data":{"intent_id":"x"},"status":"success"}"#, "x"), (#"{"id":"x"}"#, "x"),
        (#"{"intent_id":"x","status":7,"estimated_cost":[]}"#, "x"),
        (#"{"intent_id":"x","status":"error","error_code":"COST_LIMIT_EXCEEDED"}"#, "x"),
    ])
    func anIdIsAPurchaseWhateverStandsAroundIt(reply: String, id: String) async {
        guard case .created(let seen) = await Self.create(.json(202, reply)) else {
            Issue.record("not created: \(reply)")
            return
        }
        #expect(seen.id.rawValue == id)
    }

    @Test(arguments: [
        "", "null", "{}", "[]", "<html>", #"{"status":"success"}"#, #"{"intent_id":""}"#, #"{"intent_id":1.5}"#,
        #"{"intent_id":null}"#, #"{"intent_id":true}"#, #"{"status":"error","error_code":"INSUFFICIENT_RESOURCES"}"#,
        #"{"intent_id":"x"}{"#,
    ])
    func aSuccessWithoutAReadableIdIsUnknown(reply: String) async {
        guard case .unknown(let problem) = await Self.create(.json(200, reply)) else {
            Issue.record("not unknown: \(reply)")
            return
        }
        #expect(problem.consequence == .unknown)
        #expect(problem.code == "MALFORMED_REPLY")
    }

    private static let refusals: [Int: PlatformError.Consequence] = [
        400: .stalled, 401: .pausePlatform, 402: .wait(nil), 403: .pausePlatform, 404: .retry(after: nil),
        409: .nextOffer,
        422: .stalled, 429: .wait(nil),
        405: .retry(after: nil), 406: .stalled, 410: .retry(after: nil), 411: .stalled, 413: .stalled, 414: .stalled,
        415: .stalled,
        417: .stalled, 421: .stalled, 426: .stalled, 428: .stalled, 431: .stalled, 451: .stalled,
    ]

    @Test func everyStatusThatIsNoSuccessIsSorted() async {
        for status in Array(100..<200) + Array(300..<600) {
            let outcome = await Self.create(.json(status, #"{"err":"no"}"#))
            switch (outcome, Self.refusals[status]) {
            case (.notCreated(let problem), let consequence?): #expect(problem.consequence == consequence, "\(status)")
            case (.unknown(let problem), nil): #expect(problem.consequence == .unknown, "\(status)")
            default: Issue.record("\(status): \(outcome)")
            }
        }
    }

    @Test(arguments: [
        ("INVALID_FORMAT", PlatformError.Consequence.stalled), ("MISSING_REQUIRED_FIELD", .stalled),
        ("INVALID_TOKEN", .pausePlatform), ("TOKEN_EXPIRED", .pausePlatform), ("TOKEN_REVOKED", .pausePlatform),
        ("AUTHENTICATION_FAILED", .pausePlatform), ("INSUFFICIENT_PERMISSIONS", .pausePlatform),
        ("QUOTA_EXCEEDED", .wait(.seconds(9))),
        ("INSUFFICIENT_RESOURCES", .nextOffer), ("GPU_MODEL_UNAVAILABLE", .nextOffer),
        ("GPU_MEMORY_INSUFFICIENT", .nextOffer),
        ("GPU_COUNT_INSUFFICIENT", .nextOffer), ("REGION_UNAVAILABLE", .nextOffer), ("COST_LIMIT_EXCEEDED", .nextOffer),
    ])
    func everyDocumentedCodeHasItsConsequenceInEveryShape(code: String, consequence: PlatformError.Consequence) async {
        let shapes = [
            #"{"error":"text","message":"words","code":"\#(code)"}"#,
            #"{"status":"error","error_code":"\#(code)","message":"words"}"#,
            #"{"error":"\#(code)","message":"words"}"#, #"{"error":{"code":"\#(code)","message":"words"}}"#,
            #"{"code":"\#(code.lowercased())","message":"words"}"#,
            #"{"status":400,"code":"\#(code)","message":"words"}"#,
            #"{"data":{"error_code":"\#(code)","message":"words"}}"#,
            #"{"error":"words","context":{"code":"\#(code)"},"status":409}"#,
        ]
        for shape in shapes {
            for status in [400, 402, 403, 409, 422] {
                let problem = await Self.refusal(status, shape, ["Retry-After": "9"])
                #expect(problem?.consequence == consequence, "\(status) \(shape)")
                #expect(problem?.code == code)
                #expect(problem?.message == "words")
            }
        }
    }

    @Test func aCodeDoesNotTurnAServersFailureIntoARefusal() async {
        for code in ["INSUFFICIENT_RESOURCES", "INVALID_FORMAT", "QUOTA_EXCEEDED"] {
            guard case .unknown(let problem) = await Self.create(.json(503, #"{"code":"\#(code)"}"#)) else {
                Issue.record("\(code) with 503 is unknown")
                continue
            }
            #expect(problem.code == code)
            #expect(problem.consequence == .unknown)
        }
    }

    @Test(arguments: [
        (400, PlatformError.Consequence.stalled), (403, .pausePlatform), (409, .nextOffer), (422, .stalled),
        (402, .wait(nil)),
    ])
    func otherCodesGoByTheStatus(status: Int, consequence: PlatformError.Consequence) async {
        let problem = await Self.refusal(status, #"{"code":"TEAPOT_\u0007","message":"short and stout"}"#)
        #expect(problem?.consequence == consequence)
        #expect(problem?.code == "HTTP_\(status)")
    }

    @Test(arguments: [
        (#"{"err":"intent not found"}"#, "intent not found"),
        (#"{"error":"cannot parse quantity","context":"32XB"}"#, "32XB: cannot parse quantity"),
        (#"{"error":"missing intent key in body"}"#, "missing intent key in body"),
        (#"{"context":"only this"}"#, "only this"),
        (#"{"status":400,"message":"numeric status"}"#, "numeric status"),
        (#"{"message":"","error":"second"}"#, "second"),
    ])
    func everySeenShapeGivesItsMessage(body: String, message: String) async {
        #expect(await Self.refusal(400, body)?.message == message)
    }

    @Test func suggestionsAreKeptAndBounded() async {
        let body = """
            {"status":"error","error_code":"GPU_MODEL_UNAVAILABLE","message":"No nvidia-h100 GPUs available in EU region",\
            "suggestions":[{"alternative":"nvidia-a100 GPUs available","cost_difference":"+15%","performance_impact":"-10%"},\
            "wait",{},{"alternative":7}]}
            """
        let problem = await Self.refusal(422, body)
        #expect(
            problem?.suggestions == [
                NoOffer.Suggestion(
                    alternative: "nvidia-a100 GPUs available",
                    costDifference: "+15%",
                    performanceImpact: "-10%"
                ),
                NoOffer.Suggestion(alternative: "wait"),
            ]
        )
        let many = Array(repeating: #""x""#, count: 1000).joined(separator: ",")
        #expect(await Self.refusal(422, #"{"suggestions":[\#(many)]}"#)?.suggestions.count == 8)
    }

    @Test(arguments: [
        (TransportFailure.notSent("no address"), true), (.outcomeUnknown("reset"), false),
        (.replyTooLarge(limit: 9), false),
    ])
    func silenceIsSortedByWhatCanHaveBeenSeen(failure: TransportFailure, isNothing: Bool) async {
        switch await Self.create(.failure(failure)) {
        case .notCreated(let problem): #expect(isNothing && problem.consequence == .retry(after: nil))
        case .unknown(let problem): #expect(!isNothing && problem.consequence == .unknown)
        case .created: Issue.record("created out of nothing")
        }
    }
}
