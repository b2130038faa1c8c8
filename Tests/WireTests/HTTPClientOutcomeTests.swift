import Testing

@testable import Wire

/// What a call that fails says about the server's side.
@Suite(.timeLimit(.minutes(10))) struct HTTPClientOutcomeTests {
    /// A client that ignores the machine's proxies.
    static func client(_ change: (inout HTTPClient.Configuration) -> Void = { _ in }) -> HTTPClient {
        var configuration = HTTPClient.Configuration()
        configuration.proxies = .none
        change(&configuration)
        return HTTPClient(configuration)
    }

    /// The error of a call that must fail.
    static func error(
        _ request: HTTPRequest,
        from client: HTTPClient = client()
    ) async throws -> HTTPClientError {
        defer { client.shutdown() }
        do throws(HTTPClientError) {
            let reply = try await client.send(request)
            throw HTTPClientError.outcomeUnknown(HTTPFailure(.other, target: "", detail: "status \(reply.status)"))
        } catch {
            return error
        }
    }

    @Test func aRefusedConnectionWasNotSent() async throws {
        let port = try ScriptedPeer.closedPort()
        let error = try await Self.error(HTTPRequest(.post, "http://127.0.0.1:\(port)/", body: [1]))
        #expect(error.isNotSent)
        #expect(error.failure.reason == .connectionFailed)
    }

    @Test func aNameThatDoesNotResolveWasNotSent() async throws {
        let error = try await Self.error(HTTPRequest(.get, "http://does-not-exist.invalid/"))
        #expect(error.isNotSent)
        #expect(error.failure.reason == .nameNotResolved)
    }

    /// One thing that a server can do to a request, and what the caller must be told.
    struct Case: Sendable, CustomTestStringConvertible {
        let why: String
        let reason: HTTPFailure.Reason
        var deadline = Duration.seconds(20)
        var status: Int?
        let script: @Sendable (ScriptedPeer.Connection) -> Void

        var testDescription: String { why }
    }

    static let cases: [Case] = [
        Case(why: "closed without an answer", reason: .emptyReply) { _ = $0.readRequest() },
        Case(why: "half a head", reason: .partialReply) {
            _ = $0.readRequest()
            $0.write("HTTP/1.1 200 OK\r\nContent-Le")
        },
        Case(why: "truncated body", reason: .partialReply, status: 200) {
            _ = $0.readRequest()
            $0.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"id\":")
        },
        Case(why: "truncated chunks", reason: .partialReply, status: 200) {
            _ = $0.readRequest()
            $0.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc")
        },
        Case(why: "no HTTP at all", reason: .malformedReply) {
            _ = $0.readRequest()
            $0.write("\u{1}\u{2}\u{3} garbage\r\n\r\n")
        },
        Case(why: "broken gzip", reason: .malformedReply, status: 200) {
            _ = $0.readRequest()
            $0.write("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 8\r\n\r\nnot gzip")
        },
        Case(why: "silence beyond the deadline", reason: .deadlineExceeded, deadline: .milliseconds(150)) {
            $0.waitForEnd()
        },
        Case(why: "dripping beyond the deadline", reason: .deadlineExceeded, deadline: .seconds(1), status: 200) {
            _ = $0.readRequest()
            $0.write("HTTP/1.1 200 OK\r\nContent-Length: 8388608\r\n\r\n")
            // Single bytes would take far longer than the deadline; the client alone ends this.
            while $0.write("x") {}
        },
    ]

    @Test(arguments: cases) func afterSendingTheOutcomeIsUnknown(_ example: Case) async throws {
        let peer = try ScriptedPeer(example.script)
        defer { peer.close() }
        var request = HTTPRequest(.post, peer.url + "/v1/things", body: Array("{}".utf8), repeatability: .paid)
        request.deadline = example.deadline
        let error = try await Self.error(request)
        #expect(!error.isNotSent, "\(error)")
        #expect(error.failure.reason == example.reason, "\(error)")
        #expect(error.failure.status == example.status, "\(error)")
        #expect(peer.connections == 1)
    }
}
