import Reconciling
import Serving
import Testing
import Wire

/// What the health endpoint answers.
struct HealthEndpointTests {
    private static let well = HealthEndpoint { HealthEndpoint.Readiness(obstacles: []) }
    private static let ill = HealthEndpoint {
        HealthEndpoint.Readiness(obstacles: ["source: intents is missing", "ledger: cannot be written"])
    }

    @Test(arguments: [("/healthz", 200), ("/readyz", 200), ("/", 404), ("/metrics", 404)])
    func aWellOperatorIsAliveAndReady(path: String, status: Int) {
        #expect(Self.well.answer(HTTPServerRequest(.get, target: path)).status == status)
    }

    @Test func anObstacleMakesItUnreadyButNotDead() {
        #expect(Self.ill.answer(HTTPServerRequest(.get, target: "/healthz")).status == 200)
        #expect(Self.ill.answer(HTTPServerRequest(.get, target: "/readyz")).status == 503)
    }

    @Test(arguments: [HTTPMethod.post, .delete, .put])
    func onlyReadingIsAllowed(method: HTTPMethod) {
        #expect(Self.well.answer(HTTPServerRequest(method, target: "/healthz")).status == 405)
    }

    @Test func overRealHTTPTheBodySaysWhy() async throws {
        let server = try HTTPServer.bind(ListenAddress("127.0.0.1:0")) { request in Self.ill.answer(request) }
        let client = HTTPClient()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await server.run() }
            let reply = try await client.send(HTTPRequest(.get, "http://127.0.0.1:\(server.port)/readyz"))
            #expect(reply.status == 503)
            #expect(
                String(decoding: reply.body, as: UTF8.self) == "source: intents is missing\nledger: cannot be written\n"
            )
            group.cancelAll()
        }
        client.shutdown()
    }
}
