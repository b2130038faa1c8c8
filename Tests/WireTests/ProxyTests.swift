import Testing

@testable import Wire

/// What a failure at a proxy says.
@Suite(.timeLimit(.minutes(10))) struct ProxyTests {
    @Test func aRefusedTunnelWasNotSent() async throws {
        let seen = Locked("")
        let peer = try ScriptedPeer { connection in
            let request = connection.readRequest() ?? ""
            seen.withLock { $0 += request }
            connection.write("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")
        }
        defer { peer.close() }
        let client = HTTPClientOutcomeTests.client { $0.proxies = .fixed(peer.url) }
        var request = HTTPRequest(.post, "https://api.invalid/x?token=hunter2", body: [1], repeatability: .paid)
        request.headers = ["Authorization": "Bearer hunter2"]
        let error = try await HTTPClientOutcomeTests.error(request, from: client)
        #expect(error.isNotSent && error.failure.reason == .proxyFailed, "\(error)")
        #expect(!"\(error)".contains("hunter2"))
        #expect(!seen.withLock { $0 }.contains("hunter2"), "credentials must not reach the proxy of a tunnel")
    }

    @Test func aProxyThatIsNotThereWasNotSent() async throws {
        let port = try ScriptedPeer.closedPort()
        let client = HTTPClientOutcomeTests.client { $0.proxies = .fixed("http://127.0.0.1:\(port)") }
        let error = try await HTTPClientOutcomeTests.error(HTTPRequest(.get, "https://api.invalid/"), from: client)
        #expect(error.isNotSent, "\(error)")
    }

    @Test func aProxyThatDiesAfterAPlainRequestLeavesTheOutcomeUnknown() async throws {
        let peer = try ScriptedPeer { _ = $0.readRequest() }
        defer { peer.close() }
        let client = HTTPClientOutcomeTests.client { $0.proxies = .fixed(peer.url) }
        let request = HTTPRequest(.post, "http://api.invalid/", body: [1], repeatability: .paid)
        let error = try await HTTPClientOutcomeTests.error(request, from: client)
        #expect(!error.isNotSent, "\(error)")
    }
}
