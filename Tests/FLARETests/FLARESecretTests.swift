import FLARE
import Intents
import Placement
import Reconciling
import Testing

/// The token never leaves its header, whatever a server says, and cut replies make nothing up.
@Suite struct FLARESecretTests {
    private static let token = Fixtures.token
    private static let echoes = [
        #"{"error":"unauthorized \#(token)","message":"\#(token)","code":"\#(token)"}"#, #"{"err":"\#(token)"}"#,
        #"{"error":"\#(token)","context":"\#(token)"}"#,
        #"{"status":"error","error_code":"\#(token)","message":"Bearer \#(token)"}"#,
        #"{"suggestions":[{"alternative":"\#(token)","cost_difference":"\#(token)","performance_impact":"\#(token)"}]}"#,
        #"{"message":"flr_\u0007123456\u200d7890abcdef"}"#, #"{"message":"cut off: flr_1234567890ab"}"#, token,
        "\"\(token)\"",
        #"{"intent_id":"intent-1","status":"cancelled","message":"\#(token)"}"#,
        #"{"permissions":["\#(token)"],"expires_at":"\#(token)"}"#,
        #"{"intents":"\#(token)"}"#, #"{"tokens":[{"name":"\#(token)"}]}"#,
    ]

    private static func errors(_ turn: ScriptedTransport.Turn) async -> [PlatformError] {
        let keys = [
            Fixtures.verify, Fixtures.resources, Fixtures.list, Fixtures.create, Fixtures.get, Fixtures.delete,
            Fixtures.tokens,
            Fixtures.createToken, Fixtures.revoke,
        ]
        let transport = ScriptedTransport(Dictionary(uniqueKeysWithValues: keys.map { ($0, [turn]) }))
        let platform = FLAREPlatform(Fixtures.configuration(), transport: transport, now: { Fixtures.now })
        let tokens = FLARETokens(Fixtures.configuration(), transport: transport, now: { Fixtures.now })
        var errors: [PlatformError?] = [
            await failure { () async throws(PlatformError) in _ = try await platform.verify() },
            await failure { () async throws(PlatformError) in _ = try await platform.offers() },
            await failure { () async throws(PlatformError) in _ = try await platform.list() },
            await failure { () async throws(PlatformError) in _ = try await platform.observe(Fixtures.id) },
            await failure { () async throws(PlatformError) in try await platform.delete(Fixtures.id) },
            await failure { () async throws(PlatformError) in try await platform.stop(Fixtures.id) },
            await failure { () async throws(PlatformError) in _ = try await tokens.create(name: "n") },
            await failure { () async throws(PlatformError) in _ = try await tokens.list() },
            await failure { () async throws(PlatformError) in try await tokens.revoke("tok_1") },
        ]
        switch await platform.create(Fixtures.prepared) {
        case .created: break
        case .notCreated(let problem), .unknown(let problem): errors.append(problem)
        }
        return errors.compactMap { $0 }
    }

    @Test func noErrorEverHoldsTheToken() async {
        var count = 0
        for body in Self.echoes {
            for status in [200, 301, 400, 401, 403, 404, 409, 415, 429, 500] {
                for type in ["application/json", "text/plain"] {
                    for problem in await Self.errors(.reply(status, Array(body.utf8), ["Content-Type": type])) {
                        count += 1
                        let words = String(reflecting: problem)
                        #expect(!words.contains(Self.token), "\(status) \(body)")
                        #expect(!words.contains("flr_1234567890"), "\(status) \(body)")
                        #expect(problem.message.count <= 512)
                    }
                }
            }
        }
        #expect(count > 1500, "the property was put to the test")
    }

    @Test func noFailureOfTheTransportHoldsTheToken() async {
        for problem in await Self.errors(.failure(.outcomeUnknown("sent Bearer \(Self.token)"))) {
            #expect(!problem.message.contains(Self.token))
        }
    }

    @Test func noObservationOrOfferHoldsTheToken() async throws {
        let intent = Fixtures.nested.replacing("running", with: Self.token).replacing("https://", with: Self.token)
            .replacing("provider-2", with: Self.token).replacing("85%", with: Self.token)
        let (platform, _) = Fixtures.platform([
            Fixtures.get: [.json(200, intent)], Fixtures.list: [.json(200, "[\(intent)]")],
            Fixtures.resources: [.json(200, Fixtures.resourcesReply.replacing("provider-1", with: Self.token))],
        ])
        var dumped = ""
        dump(try await platform.observe(Fixtures.id), to: &dumped)
        dump(try await platform.list(), to: &dumped)
        dump(try await platform.offers(), to: &dumped)
        #expect(!dumped.contains(Self.token))
    }

    @Test func theConfigurationDoesNotPrintItsToken() {
        let configuration = Fixtures.configuration()
        var dumped = "\(configuration) \(String(reflecting: configuration))"
        dump(configuration, to: &dumped)
        #expect(!dumped.contains(Self.token))
    }
}

/// Replies that were cut short at any byte.
@Suite struct FLARETruncationTests {
    private static func cuts(_ reply: String) -> [[UInt8]] {
        let bytes = Array(reply.utf8)
        return bytes.indices.map { Array(bytes[..<$0]) }
    }

    @Test func aCutSubmissionIsUnknownAndMakesNoIdUp() async {
        for reply in [Fixtures.submitted, Fixtures.submittedNested, #"{"intent_id":12345}"#] {
            for cut in Self.cuts(reply) {
                let (platform, _) = Fixtures.platform([Fixtures.create: [.reply(200, cut, [:])]])
                guard case .unknown = await platform.create(Fixtures.prepared) else {
                    Issue.record("\(cut.count) bytes were believed")
                    continue
                }
            }
        }
    }

    @Test func cutReadsAreTriedAgainAndNeverEmptyOrGone() async {
        let calls: [(key: String, reply: String)] = [
            (Fixtures.list, #"{"intents":[\#(Fixtures.flat),{"intent_id":"2","status":"pending"}],"count":2}"#),
            (Fixtures.list, "[{\"intent_id\":\"1\"},{\"intent_id\":\"2\"}]"), (Fixtures.get, Fixtures.flat),
            (Fixtures.get, Fixtures.nested),
            (Fixtures.resources, Fixtures.resourcesReply), (Fixtures.verify, Fixtures.permitted),
        ]
        for (key, reply) in calls {
            for cut in Self.cuts(reply) {
                let (platform, _) = Fixtures.platform([key: [.reply(200, cut, [:])]])
                let problem = await failure { () async throws(PlatformError) in
                    switch key {
                    case Fixtures.list: _ = try await platform.list()
                    case Fixtures.get: _ = try await platform.observe(Fixtures.id)
                    case Fixtures.verify: _ = try await platform.verify()
                    default: _ = try await platform.offers()
                    }
                }
                #expect(problem?.code == "MALFORMED_REPLY", "\(key): \(cut.count) bytes were believed")
                #expect(problem?.consequence == .retry(after: nil))
            }
        }
    }
}
