import FlexAI
import Intents
import Placement
import Reconciling
import Testing

/// What goes over the wire, call by call.
@Suite struct FlexAIRequestTests {
    private static func everyCall(_ platform: FlexAIPlatform) async throws {
        _ = try await platform.offers()
        _ = try await platform.list()
        _ = try await platform.observe(Fixtures.id)
        _ = await platform.create(Fixtures.prepared)
        try await platform.stop(Fixtures.id)
        try await platform.delete(Fixtures.id)
    }

    private static let script: [String: [ScriptedTransport.Turn]] = [
        Fixtures.types: [.json(200, Fixtures.typesReply)],
        Fixtures.list: [.json(200, #"{"instances":[],"count":0}"#)],
        Fixtures.get: [.json(200, Fixtures.instanceReply)],
        Fixtures.create: [.json(201, Fixtures.instanceReply)],
        Fixtures.stop: [.json(200, #"{"success":true,"message":"Instance stopped"}"#)],
        Fixtures.delete: [.json(200, #"{"success":true,"message":"Instance deleted"}"#)],
    ]

    @Test func everyCallGoesToItsDocumentedPath() async throws {
        let (platform, transport) = Fixtures.platform(Self.script)
        try await Self.everyCall(platform)
        #expect(
            transport.calls == [
                Fixtures.types, Fixtures.list, Fixtures.get, Fixtures.create, Fixtures.stop, Fixtures.delete,
            ]
        )
    }

    @Test func everyRequestCarriesKeyAndOrganization() async throws {
        let (platform, transport) = Fixtures.platform(Self.script)
        try await Self.everyCall(platform)
        for request in transport.sent {
            #expect(request.header("Authorization") == "Bearer \(Fixtures.key)", "\(request.url)")
            #expect(request.header("X-Organization-ID") == "org-7", "\(request.url)")
            #expect(!request.url.contains(Fixtures.key))
        }
    }

    @Test func onlyTheCreateIsPaidAndHasABodyAndAnIdempotencyKey() async throws {
        let (platform, transport) = Fixtures.platform(Self.script)
        try await Self.everyCall(platform)
        for request in transport.sent {
            let isCreate = request.url.hasSuffix("/instances") && request.method == "POST"
            #expect((request.repeatability == .paid) == isCreate)
            #expect((request.body != nil) == isCreate)
            #expect(request.header("Content-Type") == (isCreate ? "application/json" : nil))
            #expect(request.header("Idempotency-Key") == (isCreate ? Fixtures.attempt.rawValue : nil))
            #expect(request.deadline == .seconds(isCreate ? 60 : 30))
        }
    }

    @Test func theCreateSendsThePreparedBodyWordForWordEachTime() async throws {
        let (platform, transport) = Fixtures.platform(Self.script)
        _ = await platform.create(Fixtures.prepared)
        _ = await platform.create(Fixtures.prepared)
        #expect(transport.sent.map(\.text) == [Fixtures.prepared.body, Fixtures.prepared.body])
        #expect(Set(transport.sent.map { $0.header("Idempotency-Key") }).count == 1)
    }

    @Test func aFailedCreateIsNotRepeated() async {
        for turn: ScriptedTransport.Turn in [
            .failure(.notSent("refused")), .failure(.outcomeUnknown("timeout")), .json(503, "{}"), .json(429, "{}"),
        ] {
            let (platform, transport) = Fixtures.platform([Fixtures.create: [turn]])
            _ = await platform.create(Fixtures.prepared)
            #expect(transport.sent.count == 1)
        }
    }

    @Test func pathsAreSettings() async throws {
        var configuration = Fixtures.configuration()
        configuration.baseURL = "https://api.test/gateway/"
        configuration.paths.gpuTypes = "/v2/types"
        configuration.paths.create = "/v2/buy"
        configuration.paths.list = "/v2/all"
        configuration.paths.status = "/v2/one/{id}/show"
        configuration.paths.stop = "/v2/one/{id}/halt"
        configuration.paths.delete = "/v2/one/{id}"
        let (platform, transport) = Fixtures.platform(
            [
                "GET /gateway/v2/types": [.json(200, "[]")],
                "GET /gateway/v2/all": [.json(200, "[]")],
                "GET /gateway/v2/one/inst-1/show": [.json(200, Fixtures.instanceReply)],
                "POST /gateway/v2/buy": [.json(200, Fixtures.instanceReply)],
                "POST /gateway/v2/one/inst-1/halt": [.reply(204, [], [:])],
                "DELETE /gateway/v2/one/inst-1": [.reply(204, [], [:])],
            ],
            configuration
        )
        try await Self.everyCall(platform)
        #expect(transport.sent.count == 6)
    }

    @Test(arguments: [
        ("a/b", "a%2Fb"), ("..", "%2E%2E"), (".", "%2E"), ("a b?x=1#y", "a%20b%3Fx%3D1%23y"), ("ä", "%C3%A4"),
        ("inst-1_2.3~4", "inst-1_2.3~4"), ("%2e", "%252e"), ("", ""),
    ])
    func anIdCannotLeaveItsPlaceInThePath(id: String, segment: String) async {
        let (platform, transport) = Fixtures.platform([
            "DELETE /v1/compute/instances/\(segment)": [.reply(200, [], [:])]
        ])
        let problem = await failure { () async throws(PlatformError) in
            try await platform.delete(AllocationID(rawValue: id))
        }
        #expect(problem == nil)
        #expect(transport.calls == ["DELETE /v1/compute/instances/\(segment)"])
    }
}
