import FLARE
import Intents
import Placement
import Reconciling
import Testing

/// The token management of the command line.
@Suite struct FLARETokensTests {
    private static func tokens(_ turns: [String: [ScriptedTransport.Turn]]) -> (FLARETokens, ScriptedTransport) {
        let transport = ScriptedTransport(turns)
        return (FLARETokens(Fixtures.configuration(), transport: transport, now: { Fixtures.now }), transport)
    }

    private static let created = """
        {"token_id":"tok_abc123","token":"flr_new0987654321","name":"My API Token","created_at":"2024-01-15T10:30:00Z",\
        "expires_at":"2024-04-15T10:30:00Z","permissions":["intents:read","intents:write"]}
        """

    @Test(arguments: [created, #"{"status":"success","data":\#(created)}"#])
    func aTokenIsMadeAndItsSecretIsHandedOnHidden(reply: String) async throws {
        let (tokens, transport) = Self.tokens([Fixtures.createToken: [.json(201, reply)]])
        let token = try await tokens.create(
            name: "operator",
            lifetime: "30d",
            permissions: FLARETokens.operatorPermissions,
            userID: "demo"
        )
        #expect(token.id == "tok_abc123")
        #expect(token.token?.revealed() == "flr_new0987654321")
        #expect(!String(reflecting: token).contains("flr_new"))
        #expect(token.permissions == ["intents:read", "intents:write"])
        #expect(token.name == "My API Token")
        #expect(token.createdAt == (try Timestamp(parsing: "2024-01-15T10:30:00Z")))
        #expect(token.expiresAt == (try Timestamp(parsing: "2024-04-15T10:30:00Z")))
        #expect(
            transport.sent.first?.text == """
                {"name":"operator","expires_in":"30d","permissions":["intents:read","intents:write","intents:delete",\
                "resources:read"],"user_id":"demo"}
                """
        )
    }

    @Test func whatIsNotSaidIsLeftToThePlatform() async throws {
        let (tokens, transport) = Self.tokens([Fixtures.createToken: [.json(201, Self.created)]])
        _ = try await tokens.create(name: "n")
        #expect(transport.sent.first?.text == #"{"name":"n"}"#)
    }

    @Test func theOperatorsPermissionsPassTheOperatorsOwnCheck() async throws {
        let names = FLARETokens.operatorPermissions.map { "\"\($0)\"" }.joined(separator: ",")
        let (platform, _) = Fixtures.platform([Fixtures.verify: [.json(200, #"{"permissions":[\#(names)]}"#)]])
        #expect(try await platform.verify() == [])
    }

    @Test func theListIsReadAsDocumented() async throws {
        let reply = """
            {"tokens":[{"token_id":"tok_1","name":"a","created_at":"2024-01-15T10:30:00Z","last_used":"2024-01-20T15:45:00Z",\
            "permissions":["intents:read"],"status":"active"},{"token_id":2}]}
            """
        let (tokens, _) = Self.tokens([Fixtures.tokens: [.json(200, reply)]])
        let listed = try await tokens.list()
        #expect(listed.map(\.id) == ["tok_1", "2"])
        #expect(listed.first?.status == "active")
        #expect(listed.first?.token == nil)
        #expect(listed.first?.lastUsed == (try Timestamp(parsing: "2024-01-20T15:45:00Z")))
        #expect(listed.last?.permissions == [])
    }

    @Test(arguments: ["", "{}", #"{"tokens":[{}]}"#, #"{"tokens":[7]}"#, "<html>"])
    func aListThatCannotBeReadIsAnError(reply: String) async {
        let (tokens, _) = Self.tokens([Fixtures.tokens: [.json(200, reply)]])
        let problem = await failure { () async throws(PlatformError) in _ = try await tokens.list() }
        #expect(problem?.code == "MALFORMED_REPLY")
    }

    @Test(arguments: [
        (200, "{}", PlatformError.Consequence.unknown), (200, #"{"token_id":"t"}"#, .unknown),
        (200, #"{"token":"x"}"#, .unknown),
        (500, "{}", .unknown), (403, #"{"code":"INSUFFICIENT_PERMISSIONS"}"#, .pausePlatform), (400, "{}", .stalled),
    ])
    func aTokenThatWasNotMadeIsAnError(status: Int, body: String, consequence: PlatformError.Consequence) async {
        let (tokens, transport) = Self.tokens([Fixtures.createToken: [.json(status, body)]])
        let problem = await failure { () async throws(PlatformError) in _ = try await tokens.create(name: "n") }
        #expect(problem?.consequence == consequence)
        #expect(transport.sent.count == 1, "never sent twice")
    }

    @Test func revokingGoesToTheTokensOwnAddress() async {
        let (tokens, transport) = Self.tokens([
            "DELETE /api/v1/auth/tokens/tok%2F..": [.json(200, #"{"message":"Token revoked successfully"}"#)]
        ])
        let problem = await failure { () async throws(PlatformError) in try await tokens.revoke("tok/..") }
        #expect(problem == nil)
        #expect(transport.sent.count == 1)
    }

    @Test func aTokenThatIsNotThereIsAnErrorButNoAllocation() async {
        let (tokens, _) = Self.tokens([
            Fixtures.revoke: [.json(404, #"{"err":"token not found"}"#)], Fixtures.resources: [.json(200, "[]")],
        ])
        let problem = await failure { () async throws(PlatformError) in try await tokens.revoke("tok_1") }
        #expect(problem?.code == "HTTP_404")
        #expect(problem?.message == "token not found")
        #expect(problem?.consequence != .gone)
    }
}
