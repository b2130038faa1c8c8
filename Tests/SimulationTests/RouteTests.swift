import Intents
import Testing

@testable import Simulation

/// Which call a request is: every method on every path.
@Suite struct RouteTests {
    private static let methods = ["GET", "POST", "DELETE", "PUT", "PATCH", "HEAD", "get", ""]

    /// The sort of each method and path that is known; everything else is `other`.
    private static let flexai: [String: PlatformCall] = [
        "GET /v1/compute/gpu-types": .offers, "POST /v1/compute/instances": .create,
        "GET /v1/compute/instances": .list, "GET /v1/compute/instances/i": .get,
        "DELETE /v1/compute/instances/i": .delete, "POST /v1/compute/instances/i/stop": .stop,
    ]
    private static let flare: [String: PlatformCall] = [
        "POST /intents": .create, "GET /intents": .list, "GET /intents/i": .get, "DELETE /intents/i": .delete,
        "GET /resources": .offers, "POST /auth/tokens": .account, "GET /auth/tokens": .account,
        "DELETE /auth/tokens/t": .account, "GET /auth/verify": .account,
    ]

    @Test(arguments: [
        "/", "/v1", "/v1/compute", "/v2/compute/instances", "/v1/compute/gpu-types", "/v1/compute/gpu-types/x",
        "/v1/compute/instances", "/v1/compute/instances/i", "/v1/compute/instances/i/stop",
        "/v1/compute/instances/i/start", "/v1/compute/instances/i/stop/now",
    ])
    func flexAIsCallsAreTold(_ path: String) {
        for method in Self.methods {
            let request = SimulatedRequest(method: method, target: path)
            let expected = Self.flexai["\(method) \(path)"] ?? .other
            #expect(SimulatedFlexAI.call(of: request) == expected, "\(method) \(path)")
        }
    }

    @Test(arguments: [
        "", "/intents", "/intents/i", "/intents/i/x", "/resources", "/resources/x", "/auth", "/auth/tokens",
        "/auth/tokens/t", "/auth/tokens/t/x", "/auth/verify", "/auth/verify/x", "/auth/other", "/other",
    ])
    func flaresCallsAreToldUnderBothBases(_ path: String) {
        for method in Self.methods {
            for base in ["", "/api/v1"] {
                let request = SimulatedRequest(method: method, target: base + path + "?q=1")
                let expected = Self.flare["\(method) \(path)"] ?? .other
                #expect(SimulatedFLARE.call(of: request) == expected, "\(method) \(base)\(path)")
            }
        }
    }

    @Test func slashesMoreOrLessDoNotMatter() {
        for target in ["/v1/compute/instances/", "//v1/compute//instances", "v1/compute/instances"] {
            #expect(SimulatedFlexAI.call(of: SimulatedRequest(method: "GET", target: target)) == .list, "\(target)")
        }
    }
}
