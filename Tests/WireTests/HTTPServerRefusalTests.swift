import Testing

@testable import Wire

/// What raw bytes the server turns away, and that no handler sees them.
@Suite(.timeLimit(.minutes(10))) struct HTTPServerRefusalTests {
    /// A request as it goes over the wire.
    struct Case: Sendable, CustomTestStringConvertible {
        let why: String
        let status: Int
        let request: String

        var testDescription: String { why }
    }

    static let cases: [Case] = [
        Case(
            why: "two lengths",
            status: 400,
            request: "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\n{}"
        ),
        Case(
            why: "two lengths that differ",
            status: 400,
            request: "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nContent-Length: 0\r\n\r\n{}"
        ),
        Case(
            why: "length and encoding",
            status: 400,
            request: "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
        ),
        Case(
            why: "an encoding that is not chunked",
            status: 501,
            request: "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"
        ),
        Case(why: "blank before the colon", status: 400, request: "GET / HTTP/1.1\r\nHost : a\r\n\r\n"),
        Case(
            why: "blank before another colon",
            status: 400,
            request: "POST / HTTP/1.1\r\nHost: a\r\nContent-Length : 2\r\n\r\n{}"
        ),
        Case(why: "no host", status: 400, request: "GET / HTTP/1.1\r\nAccept: */*\r\n\r\n"),
        Case(why: "two hosts", status: 400, request: "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"),
        Case(why: "unknown method", status: 501, request: "BREW / HTTP/1.1\r\nHost: a\r\n\r\n"),
        Case(why: "method in small letters", status: 501, request: "get / HTTP/1.1\r\nHost: a\r\n\r\n"),
        Case(why: "TRACE", status: 405, request: "TRACE / HTTP/1.1\r\nHost: a\r\n\r\n"),
        Case(why: "CONNECT", status: 405, request: "CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n"),
        Case(why: "absolute target", status: 400, request: "GET http://a/ HTTP/1.1\r\nHost: a\r\n\r\n"),
        Case(why: "asterisk target", status: 400, request: "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n"),
        Case(why: "other version", status: 505, request: "GET / HTTP/1.2\r\nHost: a\r\n\r\n"),
        Case(
            why: "announced body far beyond the limit",
            status: 413,
            request: "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 999999999\r\n\r\n"
        ),
        Case(
            why: "announced body a little beyond the limit",
            status: 413,
            request: "POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 101\r\n\r\n"
                + String(repeating: "x", count: 101)
        ),
        Case(
            why: "chunked body beyond the limit",
            status: 413,
            request: "POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "65\r\n" + String(repeating: "x", count: 101) + "\r\n0\r\n\r\n"
        ),
        Case(
            why: "length that overflows",
            status: 413,
            request: "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999999\r\n\r\n"
        ),
        Case(
            why: "too many headers",
            status: 431,
            request: "GET / HTTP/1.1\r\nHost: a\r\n" + String(repeating: "a: b\r\n", count: 20) + "\r\n"
        ),
        Case(
            why: "headers beyond the limit",
            status: 431,
            request: "GET / HTTP/1.1\r\nHost: a\r\na: " + String(repeating: "b", count: 3000) + "\r\n\r\n"
        ),
        Case(
            why: "headers beyond the connection's memory",
            status: 431,
            request: "GET / HTTP/1.1\r\nHost: a\r\na: " + String(repeating: "b", count: 60_000) + "\r\n\r\n"
        ),
    ]

    static var limits: HTTPServer.Limits {
        var limits = HTTPServer.Limits()
        limits.bodyBytes = 100
        limits.headerCount = 20
        limits.headerBytes = 2048
        return limits
    }

    @Test(arguments: cases) func isTurnedAwayAndTheConnectionClosed(_ example: Case) async throws {
        let handled = Locked(0)
        let reply = try await withServer(limits: Self.limits) { _ in
            handled.withLock { $0 += 1 }
            return .text("handled")
        } body: { server in
            try await RawClient.exchange(server.port, example.request)
        }
        #expect(reply.status == example.status, "\(reply)")
        #expect(handled.withLock { $0 } == 0)
    }

    @Test(arguments: [
        "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
        "GET / HTTP/1.0\r\n\r\n",
        "POST /a%20b?c=d HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 100\r\n\r\n"
            + String(repeating: "x", count: 100),
        "POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nTransfer-Encoding: Chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
    ]) func whatIsInOrderComesIn(_ request: String) async throws {
        let reply = try await withServer(limits: Self.limits) { _ in
            .text("handled")
        } body: { server in
            try await RawClient.exchange(server.port, request)
        }
        #expect(reply.status == 200, "\(reply)")
        #expect(reply.hasSuffix("handled"), "\(reply)")
    }

    @Test func aDrippingClientIsCutAtTheDeadline() async throws {
        var limits = HTTPServer.Limits()
        limits.requestDeadline = .milliseconds(100)
        limits.bodyBytes = 1 << 30
        let rest = try await withServer(limits: limits) { _ in
            .text("handled")
        } body: { server in
            let client = try RawClient(port: server.port)
            defer { client.close() }
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000000\r\n\r\n")
            // Busy all the time, so no idle limit ends it; the server's cut does.
            return await withCheckedContinuation { continuation in
                OwnThread.start {
                    while client.send("x") {}
                    continuation.resume(returning: "cut")
                }
            }
        }
        #expect(rest == "cut")
    }

    @Test func aSilentClientIsCutAtTheDeadline() async throws {
        var limits = HTTPServer.Limits()
        limits.requestDeadline = .milliseconds(100)
        let rest = try await withServer(limits: limits) { _ in
            .text("handled")
        } body: { server in
            try await RawClient.exchange(server.port, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n12345")
        }
        #expect(rest == "")
    }
}
