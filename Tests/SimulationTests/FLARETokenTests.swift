import Documents
import Intents
import Testing

@testable import Simulation

/// FLARE's tokens and what they allow.
@Suite struct FLARETokenTests {
    private typealias FLARE = Caller<SimulatedFLARE>

    /// FLARE called with a fresh token of these permissions, and the token's id.
    private static func caller(_ permissions: String?, expires: String = "90d") throws -> (FLARE, id: String) {
        var flare = FLARE(flare: FLARESettings())
        let list = permissions.map { ", \"permissions\": [\($0)]" } ?? ""
        let body = "{\"name\": \"mine\", \"user_id\": \"somebody\", \"expires_in\": \"\(expires)\"\(list)}"
        let token = flare("POST", "/api/v1/auth/tokens", body)
        #expect(token.status == 201)
        flare.headers[0] = ("Authorization", "Bearer \(try #require(token.text("token")))")
        return (flare, try #require(token.text("token_id")))
    }

    @Test func freshTokenCanBuyAndNotRelease() throws {
        var (flare, _) = try Self.caller(nil)
        let id = try #require(flare.submit().text("intent_id"))
        #expect(flare("GET", "/api/v1/intents/\(id)").status == 200)
        let refused = flare("DELETE", "/api/v1/intents/\(id)")
        #expect(refused.status == 403)
        #expect(refused.text("error") == "forbidden")
        #expect(refused.text("code") == "INSUFFICIENT_PERMISSIONS")
        #expect(flare.platform.estate.aliveCount == 1)
    }

    @Test(arguments: [
        ("POST", "intents", "intents:write"), ("GET", "intents", "intents:read"),
        ("GET", "intents/intent-1", "intents:read"), ("DELETE", "intents/intent-1", "intents:delete"),
        ("GET", "resources", "resources:read"), ("POST", "auth/tokens", "tokens:manage"),
    ])
    func eachCallNeedsItsPermission(_ method: String, _ path: String, _ permission: String) throws {
        let others = FLAREPermission.all.filter { $0 != permission && $0 != FLAREPermission.everything }
        var (without, _) = try Self.caller(others.map { "\"\($0)\"" }.joined(separator: ", "))
        #expect(without(method, "/api/v1/\(path)", "{}").status == 403)
        var (with, _) = try Self.caller("\"\(permission)\"")
        #expect(with(method, "/api/v1/\(path)", "{}").status != 403)
        var (administrator, _) = try Self.caller("\"admin:*\"")
        #expect(administrator(method, "/api/v1/\(path)", "{}").status != 403)
    }

    @Test(arguments: [
        ("", "INVALID_TOKEN"), ("Bearer flr_unknown", "INVALID_TOKEN"), ("Bearer ", "INVALID_TOKEN"),
        ("Basic flr_simulated", "AUTHENTICATION_FAILED"),
    ])
    func strangersAreRefused(_ header: String, _ code: String) {
        var flare = FLARE(flare: FLARESettings())
        let answer = flare("GET", "/api/v1/intents", headers: [("Authorization", header)])
        #expect(answer.status == 401)
        #expect(answer.text("error") == "unauthorized")
        #expect(answer.text("code") == code)
    }

    @Test(arguments: ["", "text/plain", "application/json; charset=utf-8", "Application/JSON"])
    func contentTypeMustBeExact(_ type: String) {
        var flare = FLARE(flare: FLARESettings())
        for (method, target) in [("GET", "intents"), ("POST", "intents"), ("DELETE", "intents/intent-1")] {
            let answer = flare(method, "/api/v1/\(target)", headers: [("Content-Type", type)])
            #expect(answer.status == 415, "\(method) with \(type)")
        }
    }

    @Test func verifyTellsWhatATokenMay() throws {
        var (flare, _) = try Self.caller(#""intents:read", "intents:delete""#, expires: "30d")
        let answer = flare("GET", "/api/v1/auth/verify")
        #expect(answer.text("status") == "authenticated")
        #expect(answer.text("user") == "somebody")
        #expect(answer.body["permissions"]?.strings == ["intents:read", "intents:delete"])
        #expect(answer.text("expires_at") == "2027-02-14T08:00:00Z")
        flare.platform.settings.verification = .absent
        #expect(flare("GET", "/api/v1/auth/verify").status == 404)
    }

    @Test func tokenExpires() throws {
        var (flare, _) = try Self.caller(nil, expires: "1h")
        flare.now = second(3599)
        #expect(flare("GET", "/api/v1/intents").status == 200)
        flare.now = second(3600)
        let answer = flare("GET", "/api/v1/intents")
        #expect(answer.status == 401)
        #expect(answer.text("code") == "TOKEN_EXPIRED")
    }

    @Test func revokedTokenIsRefused() throws {
        var (flare, id) = try Self.caller(nil)
        let revoked = flare("DELETE", "/api/v1/auth/tokens/\(id)")
        #expect(revoked.status == 200)
        #expect(revoked.text("message") == "Token revoked successfully")
        #expect(revoked.text("token_id") == id)
        #expect(revoked.text("revoked_at") == "2027-01-15T08:00:00Z")
        #expect(flare("GET", "/api/v1/intents").text("code") == "TOKEN_REVOKED")
    }

    @Test func tokensOfOthersAreOutOfSight() throws {
        var (flare, id) = try Self.caller(nil)
        let own = flare("GET", "/api/v1/auth/tokens").entries("tokens")
        #expect(own.map { $0["token_id"]?.string } == [id])
        #expect(own.first?["status"]?.string == "active")
        #expect(own.first?["token"] == nil, "the secret is shown once")
        #expect(flare("DELETE", "/api/v1/auth/tokens/tok_0").status == 404)
        flare.headers[0] = ("Authorization", "Bearer flr_simulated")
        #expect(flare("GET", "/api/v1/auth/tokens").entries("tokens").count == 2)
    }

    @Test func intentsOfOthersAreOutOfSight() throws {
        var (flare, _) = try Self.caller(#""intents:read", "intents:write", "intents:delete""#)
        let stranger = flare.headers[0]
        flare.headers[0] = ("Authorization", "Bearer flr_simulated")
        let id = try #require(flare.submit().text("intent_id"))
        flare.headers[0] = stranger
        #expect(flare("GET", "/api/v1/intents/\(id)").status == 404)
        #expect(flare("DELETE", "/api/v1/intents/\(id)").status == 404)
        #expect(flare("GET", "/api/v1/intents").entries("intents").isEmpty)
    }

    @Test(arguments: [
        ("{}", "MISSING_REQUIRED_FIELD"), (#"{"name": "a", "expires_in": "never"}"#, "INVALID_FORMAT"),
        (#"{"name": "a", "permissions": ["root"]}"#, "INVALID_FORMAT"),
        (#"{"name": "a", "permissions": "admin:*"}"#, "INVALID_FORMAT"), ("{", "INVALID_FORMAT"),
    ])
    func brokenTokenRequestIsRefused(_ body: String, _ code: String) {
        var flare = FLARE(flare: FLARESettings())
        let answer = flare("POST", "/api/v1/auth/tokens", body)
        #expect(answer.status == 400)
        #expect(answer.text("error_code") == code)
        #expect(flare.platform.tokens.count == 1)
    }
}
