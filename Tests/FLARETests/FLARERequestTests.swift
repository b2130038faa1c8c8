import FLARE
import Intents
import Placement
import Reconciling
import Testing

/// What goes over the wire, call by call.
@Suite struct FLARERequestTests {
    private static let script: [String: [ScriptedTransport.Turn]] = [
        Fixtures.verify: [.json(200, Fixtures.permitted)], Fixtures.resources: [.json(200, Fixtures.resourcesReply)],
        Fixtures.list: [.json(200, #"{"intents":[]}"#)], Fixtures.get: [.json(200, Fixtures.flat)],
        Fixtures.create: [.json(200, Fixtures.submitted)], Fixtures.delete: [.json(202, "null")],
        Fixtures.tokens: [.json(200, #"{"tokens":[]}"#)],
        Fixtures.createToken: [.json(201, #"{"token_id":"tok_1","token":"flr_new"}"#)],
        Fixtures.revoke: [.json(200, "{}")],
    ]

    private static func everyCall(_ configuration: FLAREConfiguration, _ transport: ScriptedTransport) async throws {
        let platform = FLAREPlatform(configuration, transport: transport, now: { Fixtures.now })
        _ = try await platform.verify()
        _ = try await platform.offers()
        _ = try await platform.list()
        _ = await platform.create(Fixtures.prepared)
        _ = try await platform.observe(Fixtures.id)
        try await platform.delete(Fixtures.id)
        let tokens = FLARETokens(configuration, transport: transport, now: { Fixtures.now })
        _ = try await tokens.create(name: "operator")
        _ = try await tokens.list()
        try await tokens.revoke("tok_1")
    }

    @Test func everyCallGoesToItsDocumentedPath() async throws {
        let transport = ScriptedTransport(Self.script)
        try await Self.everyCall(Fixtures.configuration(), transport)
        #expect(
            transport.calls == [
                Fixtures.verify, Fixtures.resources, Fixtures.list, Fixtures.create, Fixtures.get, Fixtures.delete,
                Fixtures.createToken, Fixtures.tokens, Fixtures.revoke,
            ]
        )
    }

    @Test func everyRequestCarriesTokenAndContentTypeGetAndDeleteToo() async throws {
        let transport = ScriptedTransport(Self.script)
        try await Self.everyCall(Fixtures.configuration(), transport)
        #expect(transport.sent.count == 9)
        for request in transport.sent {
            #expect(request.header("Authorization") == "Bearer \(Fixtures.token)", "\(request.url)")
            let types = request.headers.filter { $0.name.lowercased() == "content-type" }.map(\.value)
            #expect(types == ["application/json"], "\(request.method) \(request.url)")
            #expect(!request.url.contains(Fixtures.token))
        }
    }

    @Test func whatCannotBeRepeatedIsPaidAndTheOrderCarriesItsKey() async throws {
        let transport = ScriptedTransport(Self.script)
        try await Self.everyCall(Fixtures.configuration(), transport)
        for request in transport.sent {
            let isOrder = request.method == "POST" && request.url.hasSuffix("/intents")
            #expect((request.repeatability == .paid) == (request.method == "POST"))
            #expect(request.header("Idempotency-Key") == (isOrder ? Fixtures.attempt.rawValue : nil))
            #expect((request.body != nil) == (request.method == "POST"))
        }
    }

    @Test(arguments: [
        ("https://api.test", nil as String?, "/api/v1"), ("https://api.test/", nil, "/api/v1"),
        ("https://api.test/api/v1", nil, "/api/v1"), ("https://api.test/api/v1/", nil, "/api/v1"),
        ("https://api.test/flare", nil, "/flare"), ("https://api.test", "", ""), ("https://api.test/", "/", ""),
        ("https://api.test", "/v2", "/v2"), ("https://api.test/flare", "/api/v1", "/flare/api/v1"),
    ])
    func theBaseAddressIsTakenWithAndWithoutItsPath(base: String, path: String?, root: String) async throws {
        var configuration = FLAREConfiguration(baseURL: base, token: PlatformSecret(Fixtures.token))
        configuration.apiPath = path
        #expect(configuration.problems.isEmpty)
        let script = Self.script.map { ($0.key.replacing("/api/v1", with: root), $0.value) }
        let transport = ScriptedTransport(Dictionary(uniqueKeysWithValues: script))
        try await Self.everyCall(configuration, transport)
        #expect(transport.sent.count == 9)
    }

    @Test func aFailedOrderIsNotRepeated() async {
        for turn: ScriptedTransport.Turn in [
            .failure(.notSent("refused")), .failure(.outcomeUnknown("lost")), .json(503, "{}"), .json(415, "{}"),
        ] {
            let (platform, transport) = Fixtures.platform([Fixtures.create: [turn]])
            _ = await platform.create(Fixtures.prepared)
            #expect(transport.sent.count == 1)
        }
    }

    @Test func theOrderIsSentWordForWord() async {
        let (platform, transport) = Fixtures.platform([Fixtures.create: [.json(200, Fixtures.submitted)]])
        _ = await platform.create(Fixtures.prepared)
        #expect(transport.sent.first?.text == Fixtures.prepared.body)
    }

    @Test func anIdCannotLeaveItsPlaceInThePath() async {
        let (platform, transport) = Fixtures.platform([
            "DELETE /api/v1/intents/%2E%2E": [.json(202, "")], "DELETE /api/v1/intents/a%2F..%3Fb": [.json(202, "")],
        ])
        for id in ["..", "a/..?b"] {
            let problem = await failure { () async throws(PlatformError) in
                try await platform.delete(AllocationID(rawValue: id))
            }
            #expect(problem == nil)
        }
        #expect(transport.sent.count == 2)
    }

    @Test func stopIsRefusedWithoutACall() async {
        let (platform, transport) = Fixtures.platform([:])
        let problem = await failure { () async throws(PlatformError) in try await platform.stop(Fixtures.id) }
        #expect(problem?.consequence == .stalled)
        #expect(transport.sent.isEmpty)
    }

    @Test func theAccountIsTheAddressAndWhoeverTheTokenIsOf() async throws {
        let replies: [(ScriptedTransport.Turn, String?)] = [
            (.json(200, #"{"status":"authenticated","user":"demo-user","permissions":[]}"#), "demo-user"),
            (.json(200, #"{"data":{"user":"demo-user"}}"#), "demo-user"),
            (.json(200, Fixtures.permitted), nil), (.json(200, "[]"), nil),
        ]
        for (reply, holder) in replies {
            let (platform, _) = Fixtures.platform([Fixtures.verify: [reply]])
            #expect(platform.account == PlatformAccount(address: "https://api.test/api/v1"))
            #expect(try await platform.holder() == holder)
        }
        for status in [401, 404] {
            let (platform, _) = Fixtures.platform([
                Fixtures.verify: [.json(status, "{}")], Fixtures.resources: [.json(200, Fixtures.resourcesReply)],
            ])
            let problem = await failure { () async throws(PlatformError) in _ = try await platform.holder() }
            #expect(problem?.httpStatus == status)
            #expect(problem?.consequence == .pausePlatform)
        }
    }

    @Test func theTraitsFollowTheConfiguration() {
        let seed = Fixtures.platform([:]).platform.traits
        #expect(seed.carries == .intent)
        #expect(seed.visibilityGrace == .seconds(60))
        #expect(!seed.stopsBeforeDelete)
        #expect(seed.failedDeleteHidesAllocation)
        #expect(seed.looksUntilRunning == 1)
        var configuration = Fixtures.configuration()
        configuration.dialect = .head
        configuration.idempotencyKeys = .honoured(lifetime: .seconds(60))
        configuration.onUnknownCreate = .retryAfter(.seconds(600))
        configuration.exclusiveAccount = true
        configuration.listingDelayBound = .seconds(20)
        let head = Fixtures.platform([:], configuration).platform.traits
        #expect(head.looksUntilRunning == 3)
        #expect(head.idempotencyKeys == .honoured(lifetime: .seconds(60)))
        #expect(head.onUnknownCreate == .retryAfter(.seconds(600)))
        #expect(head.exclusiveAccount)
        #expect(head.listingDelayBound == .seconds(20))
        #expect(Fixtures.platform([:]).platform.name == .flare)
    }
}
