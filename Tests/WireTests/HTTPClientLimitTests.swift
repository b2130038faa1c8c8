import Testing

@testable import Wire

/// What a client lets a server send, and what it sends itself.
@Suite(.timeLimit(.minutes(10))) struct HTTPClientLimitTests {
    /// 1 MiB of zeros, compressed.
    private static let bomb: [UInt8] = {
        // A deflate stream: literals for one zero, then matches of length 258 at distance 1, with fixed Huffman codes.
        var bits: [UInt8] = []
        func put(_ value: Int, _ count: Int) { for place in 0..<count { bits.append(UInt8(value >> place & 1)) } }
        func putCode(_ value: Int, _ count: Int) {
            for place in (0..<count).reversed() { bits.append(UInt8(value >> place & 1)) }
        }
        put(1, 1)
        put(1, 2)
        putCode(0x30, 8)
        for _ in 0..<4064 {
            putCode(0b1100_0101, 8)
            putCode(0, 5)
        }
        putCode(0, 7)
        var bytes: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3]
        for start in stride(from: 0, to: bits.count, by: 8) {
            let byte = bits[start..<min(start + 8, bits.count)].enumerated().reduce(0) { $0 | $1.element << $1.offset }
            bytes.append(byte)
        }
        return bytes
    }()

    @Test(arguments: [
        ("a long body", "Content-Length: 5000", [UInt8](repeating: 0x78, count: 5000)),
        ("a body without length", "Connection: close", [UInt8](repeating: 0x78, count: 5000)),
        ("a small body that unpacks to much", "Content-Encoding: gzip", bomb),
        ("a long header", "X: " + String(repeating: "y", count: 70_000), []),
    ]) func aReplyBeyondTheLimitIsCutOff(_ why: String, _ header: String, _ body: [UInt8]) async throws {
        let peer = try ScriptedPeer { connection in
            _ = connection.readRequest()
            connection.write("HTTP/1.1 201 Created\r\n\(header)\r\n\r\n")
            connection.write(body)
        }
        defer { peer.close() }
        var request = HTTPRequest(.post, peer.url, repeatability: .paid)
        request.maximumReplyBytes = 4999
        let error = try await HTTPClientOutcomeTests.error(request)
        guard case .replyTooLarge(let failure) = error else {
            Issue.record("\(why): \(error)")
            return
        }
        #expect(failure.status == (body.isEmpty ? nil : 201))
    }

    @Test func aReplyOfExactlyTheLimitArrives() async throws {
        let reply = try await withServer { _ in
            HTTPServerResponse(status: 200, body: [UInt8](repeating: 1, count: 5000))
        } body: { server in
            let client = HTTPClientOutcomeTests.client()
            defer { client.shutdown() }
            var request = HTTPRequest(.get, "http://127.0.0.1:\(server.port)/")
            request.maximumReplyBytes = 5000
            return try await client.send(request)
        }
        #expect(reply.body.count == 5000)
    }

    @Test(arguments: HTTPMethod.allCases) func whatIsSentIsWhatTheServerSees(_ method: HTTPMethod) async throws {
        let seen = Locked(HTTPServerRequest?.none)
        let reply = try await withServer { request in
            seen.withLock { $0 = request }
            return .text("hello")
        } body: { server in
            var configuration = HTTPClient.Configuration()
            configuration.proxies = .none
            configuration.userAgent = "a-test/1"
            let client = HTTPClient(configuration)
            defer { client.shutdown() }
            let base = try HTTPURL("http://127.0.0.1:\(server.port)/base/")
            let url = base.appending(["a b", "ü/"], query: [("q", "1 & 2")])
            let body: [UInt8]? = method.announcesBody ? Array("{}".utf8) : nil
            return try await client.send(HTTPRequest(method, url, headers: ["X-One": "1", "X-None": ""], body: body))
        }
        let request = try #require(seen.withLock { $0 })
        #expect(request.method == method)
        #expect(request.segments == ["base", "a b", "ü/"])
        #expect(request.query("q") == "1 & 2")
        #expect(request.headers["user-agent"] == "a-test/1")
        #expect(request.headers.values("x-one") == ["1"] && request.headers["x-none"] == "")
        #expect(request.headers["expect"] == nil && request.headers["content-type"] == nil)
        #expect(request.body.count == (method.announcesBody ? 2 : 0))
        #expect(reply.body.count == (method == .head ? 0 : 5))
        #expect(reply.headers["Content-Length"] == "5")
    }

    @Test(
        arguments: [
            ("ftp://a/", .invalidURL, [:]),
            ("http://user:hunter2@a/", .invalidURL, [:]),
            ("http://127.0.0.1/ a", .invalidURL, [:]),
            ("http://127.0.0.1/", .invalidRequest, ["Content-Length": "3"]),
            ("http://127.0.0.1/", .invalidRequest, ["expect": "100-continue"]),
            ("http://127.0.0.1/", .invalidRequest, ["A": "b\r\nC: hunter2"]),
            ("http://127.0.0.1/", .invalidRequest, ["A:hunter2 ": "b"]),
        ] as [(String, HTTPFailure.Reason, HTTPHeaders)]
    ) func whatCannotBeSentIsNotSent(_ url: String, _ reason: HTTPFailure.Reason, _ headers: HTTPHeaders) async throws {
        let error = try await HTTPClientOutcomeTests.error(HTTPRequest(.get, url, headers: headers))
        #expect(error.isNotSent)
        #expect(error.failure.reason == reason)
        #expect(!"\(error)".contains("hunter2"))
    }
}
