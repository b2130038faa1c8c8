import Glibc
import Testing

@testable import Wire

/// Whom a client believes over TLS.
@Suite(.timeLimit(.minutes(10))) struct HTTPSTests {
    /// Calls a TLS server on loopback with a client set up by `change`.
    private func call(
        _ repeatability: HTTPRequest.Repeatability = .idempotent,
        host: String = "127.0.0.1",
        change: @escaping (inout HTTPClient.Configuration) -> Void
    ) async throws -> Result<String, HTTPClientError> {
        try await withServer(identity: LoopbackIdentity.identity) { request in
            .text("secure \(request.path)")
        } body: { server in
            let client = HTTPClientOutcomeTests.client(change)
            defer { client.shutdown() }
            let request = HTTPRequest(
                .post,
                "https://\(host):\(server.port)/x",
                body: [1],
                repeatability: repeatability
            )
            do throws(HTTPClientError) {
                return .success(String(decoding: try await client.send(request).body, as: UTF8.self))
            } catch {
                return .failure(error)
            }
        }
    }

    /// A file with the certificate, for as long as `body` runs.
    private func withAuthorityFile<Result>(_ body: (String) async throws -> Result) async throws -> Result {
        var name = Array("/tmp/wire-tests-XXXXXX".utf8CString)
        let descriptor = unsafe mkstemp(&name)
        defer { close(descriptor) }
        let path = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        defer { unsafe unlink(path) }
        let text = LoopbackIdentity.certificate + "\n"
        guard unsafe (write(descriptor, text, text.utf8.count) == text.utf8.count) else {
            throw SocketError(number: errno)
        }
        return try await body(path)
    }

    @Test(arguments: [HTTPRequest.Repeatability.idempotent, .paid])
    func anAuthorityThatWeWereGivenIsBelieved(_ repeatability: HTTPRequest.Repeatability) async throws {
        let reply = try await withAuthorityFile { file in
            try await call(repeatability) { $0.certificateAuthorityFile = file }
        }
        #expect(reply == .success("secure /x"))
    }

    @Test func nobodyElseIsBelievedAndNothingIsSent() async throws {
        guard case .failure(let error) = try await call(change: { _ in }) else {
            Issue.record("an unknown authority was believed")
            return
        }
        #expect(error.isNotSent && error.failure.reason == .tlsFailed, "\(error)")
        #expect(error.description.contains("certificate"))
    }

    @Test func aCertificateForAnotherNameIsNotBelieved() async throws {
        let reply = try await withAuthorityFile { file in
            try await call(host: "localhost") { $0.certificateAuthorityFile = file }
        }
        guard case .failure(let error) = reply else {
            Issue.record("a certificate for another name was believed")
            return
        }
        #expect(error.isNotSent && error.failure.reason == .tlsFailed, "\(error)")
    }

    @Test func whoAsksForItBelievesAnybody() async throws {
        #expect(try await call { $0.verification = .disabled } == .success("secure /x"))
    }

    @Test func anAuthorityFileThatIsMissingSendsNothing() async throws {
        guard case .failure(let error) = try await call(change: { $0.certificateAuthorityFile = "/does/not/exist" })
        else {
            Issue.record("a missing file was passed over")
            return
        }
        #expect(error.isNotSent && error.failure.reason == .tlsFailed, "\(error)")
    }

    @Test func aServerThatDoesNotSpeakTLSGetsNothing() async throws {
        let peer = try ScriptedPeer { connection in
            _ = connection.readByte()
            connection.write("HTTP/1.1 200 OK\r\n\r\n")
        }
        defer { peer.close() }
        let url = peer.url.replacing("http:", with: "https:")
        let error = try await HTTPClientOutcomeTests.error(HTTPRequest(.post, url, body: [1], repeatability: .paid))
        #expect(error.isNotSent && error.failure.reason == .tlsFailed, "\(error)")
    }

    @Test func aServerWithABrokenIdentityDoesNotStart() {
        let identity = HTTPServer.Identity(certificate: "no PEM", key: LoopbackIdentity.key)
        let failure = #expect(throws: ListenAddress.Failure.self) {
            try HTTPServer.bind(ListenAddress("127.0.0.1:0"), identity: identity) { _ in .text("") }
        }
        #expect(failure?.description.contains("PRIVATE") == false)
        #expect(failure?.description.contains("certificate") == true)
    }
}
