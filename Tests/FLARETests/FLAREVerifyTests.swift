import FLARE
import Intents
import Placement
import Reconciling
import Testing

/// What our token must be allowed before anything is bought.
@Suite struct FLAREVerifyTests {
    private static func verify(_ status: Int, _ body: String) async throws(PlatformError) -> [String] {
        try await Fixtures.platform([
            Fixtures.verify: [.json(status, body)], Fixtures.resources: [.json(200, Fixtures.resourcesReply)],
        ]).platform.verify()
    }

    private static func permissions(_ names: String...) -> String {
        #"{"status":"authenticated","permissions":[\#(names.map { "\"\($0)\"" }.joined(separator: ","))]}"#
    }

    @Test(arguments: [
        Fixtures.permitted, #"{"permissions":["admin:*"]}"#, #"{"status":"success","data":\#(Fixtures.permitted)}"#,
    ])
    func enoughIsEnough(body: String) async throws {
        #expect(try await Self.verify(200, body) == [])
    }

    @Test(arguments: [
        (permissions("intents:read", "intents:write", "resources:read"), ["intents:delete"], "a fresh token"),
        (permissions("intents:read", "intents:delete", "resources:read"), ["intents:write"], "cannot buy"),
        (permissions(), ["intents:write", "intents:delete"], "nothing"),
        (
            permissions("admin", "intents:*", "*", "INTENTS:WRITE"), ["intents:write", "intents:delete"],
            "words that are not documented"
        ),
        (permissions("tokens:manage"), ["intents:write", "intents:delete"], "another power"),
    ])
    func tooLittlePausesThePlatformAndSaysWhatIsMissing(body: String, missing: [String], reason: String) async {
        let problem = await failure { () async throws(PlatformError) in _ = try await Self.verify(200, body) }
        #expect(problem?.consequence == .pausePlatform, "\(reason)")
        #expect(problem?.code == "INSUFFICIENT_PERMISSIONS")
        for name in missing { #expect(problem?.message.contains(name) == true) }
        #expect(problem?.message.contains("never release") == missing.contains("intents:delete"))
    }

    @Test func blindnessIsAWarning() async throws {
        let warnings = try await Self.verify(200, Self.permissions("intents:write", "intents:delete"))
        #expect(warnings.count == 2)
        #expect(warnings.contains { $0.contains("intents:read") })
        #expect(warnings.contains { $0.contains("resources:read") })
    }

    @Test(arguments: [
        ("2027-01-15T07:59:59Z", nil as Int?, "it is over"), ("2027-01-15T08:00:00Z", nil, "it ends now"),
        ("2027-01-15T08:00:01Z", 1, "a second left"), ("2027-01-22T08:00:00Z", 1, "seven days to the second"),
        ("2027-01-22T08:00:01Z", 0, "a second more"), ("2030-01-01T00:00:00Z", 0, "far away"),
        ("sometime", 1, "unreadable"),
    ])
    func theTokensEndIsSeenComing(end: String, warnings: Int?, reason: String) async {
        let body = #"{"permissions":["admin:*"],"expires_at":"\#(end)"}"#
        let count: Int?
        do throws(PlatformError) {
            count = try await Self.verify(200, body).count
        } catch {
            #expect(error.consequence == .pausePlatform)
            #expect(error.code == "TOKEN_EXPIRED")
            count = nil
        }
        #expect(count == warnings, "\(reason)")
    }

    @Test func aTokenWithoutAnEndNeedsNoWarning() async throws {
        #expect(try await Self.verify(200, #"{"permissions":["admin:*"],"expires_at":null}"#) == [])
    }

    @Test func aPlatformThatCannotVerifyIsAWarning() async throws {
        #expect(try await Self.verify(404, "{}").count == 1)
    }

    @Test func notFoundEverywhereIsNoWarning() async {
        let (platform, _) = Fixtures.platform([
            Fixtures.verify: [.json(404, "{}")], Fixtures.resources: [.json(404, "404 page not found")],
        ])
        let problem = await failure { () async throws(PlatformError) in _ = try await platform.verify() }
        #expect(problem?.code == PlatformError.notThePlatform)
    }

    @Test(arguments: [
        (401, PlatformError.Consequence.pausePlatform), (403, .pausePlatform), (415, .pausePlatform), (429, .wait(nil)),
        (500, .retry(after: nil)), (503, .retry(after: nil)), (302, .retry(after: nil)),
    ])
    func otherRefusalsKeepUsFromBuying(status: Int, consequence: PlatformError.Consequence) async {
        let problem = await failure { () async throws(PlatformError) in _ = try await Self.verify(status, "{}") }
        #expect(problem?.consequence == consequence)
    }

    @Test(arguments: ["", "{}", "[]", "null", #"{"permissions":"admin:*"}"#, #"{"permissions":null}"#, "<html>"])
    func whatShowsNoPermissionsLetsNothingBegin(body: String) async {
        let problem = await failure { () async throws(PlatformError) in _ = try await Self.verify(200, body) }
        #expect(problem?.code == "MALFORMED_REPLY")
    }

    @Test func aBrokenConfigurationPausesThePlatformWithoutACall() async {
        let changes: [(inout FLAREConfiguration) -> Void] = [
            { $0.baseURL = "api.test" }, { $0.token = PlatformSecret("") }, { $0.token = PlatformSecret("a b") },
            { $0.apiPath = "v1" },
            { $0.apiPath = "/a?b" },
        ]
        for change in changes {
            var configuration = Fixtures.configuration()
            change(&configuration)
            #expect(configuration.problems.count == 1)
            let (platform, transport) = Fixtures.platform([:], configuration)
            let problem = await failure { () async throws(PlatformError) in _ = try await platform.verify() }
            #expect(problem?.consequence == .pausePlatform)
            #expect(transport.sent.isEmpty)
        }
    }
}
