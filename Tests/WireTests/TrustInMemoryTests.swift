import Testing

@testable import Wire

/// Certificates and keys that are in no file, and names that differ from the address.
@Suite(.timeLimit(.minutes(10))) struct TrustInMemoryTests {
    private static let authority = Array((LoopbackIdentity.certificate + "\n").utf8)
    private static let key = Array((LoopbackIdentity.key + "\n").utf8)

    /// Calls a TLS server on loopback; gives what it answers, or why there is no answer.
    private func call(
        host: String = "127.0.0.1",
        change: @escaping (inout HTTPClient.Configuration) -> Void
    ) async throws -> Result<String, HTTPClientError> {
        try await withServer(identity: LoopbackIdentity.identity) { request in
            .text("\(request.headers["Host"] ?? "") \(request.path) \(request.query("q") ?? "")")
        } body: { server in
            let client = HTTPClientOutcomeTests.client(change)
            defer { client.shutdown() }
            do throws(HTTPClientError) {
                let reply = try await client.send(HTTPRequest(.get, "https://\(host):\(server.port)/x?q=1"))
                let text = String(decoding: reply.body, as: UTF8.self)
                return .success(text.replacing(":\(server.port)", with: ""))
            } catch {
                return .failure(error)
            }
        }
    }

    private func failure(_ change: @escaping (inout HTTPClient.Configuration) -> Void) async throws -> HTTPClientError?
    {
        if case .failure(let error) = try await call(change: change) { error } else { nil }
    }

    @Test func anAuthorityInMemoryIsBelieved() async throws {
        #expect(try await call { $0.certificateAuthority = Self.authority } == .success("127.0.0.1 /x 1"))
    }

    @Test func anAuthorityThatIsNoPEMSendsNothing() async throws {
        let error = try #require(try await failure { $0.certificateAuthority = Array("nonsense".utf8) })
        #expect(error.isNotSent && error.failure.reason == .tlsFailed, "\(error)")
    }

    @Test func aCertificateAndItsKeyInMemoryAreTaken() async throws {
        let reply = try await call { configuration in
            configuration.certificateAuthority = Self.authority
            configuration.clientCertificate = Self.authority
            configuration.clientKey = Self.key
        }
        #expect(reply == .success("127.0.0.1 /x 1"))
    }

    @Test func aKeyThatIsNoneSendsNothingAndIsNotShown() async throws {
        let error = try #require(
            try await failure { configuration in
                configuration.certificateAuthority = Self.authority
                configuration.clientCertificate = Self.authority
                configuration.clientKey = Array("a secret that is no key".utf8)
            }
        )
        #expect(error.isNotSent && error.failure.reason == .tlsFailed, "\(error)")
        #expect(!"\(error)".contains("a secret"))
    }

    @Test func aServerMayHaveAnotherNameThanItsAddress() async throws {
        let reply = try await call(host: "localhost") { configuration in
            configuration.certificateAuthority = Self.authority
            configuration.serverName = "127.0.0.1"
        }
        #expect(reply == .success("localhost /x 1"))
    }

    @Test func theOtherNameMustBeProvenToo() async throws {
        let error = try #require(
            try await failure { configuration in
                configuration.certificateAuthority = Self.authority
                configuration.serverName = "kubernetes.default.svc"
            }
        )
        #expect(error.isNotSent && error.failure.reason == .tlsFailed, "\(error)")
    }

    @Test func oneVersionOfHTTPIsEnough() async throws {
        let reply = try await call { configuration in
            configuration.certificateAuthority = Self.authority
            configuration.versions = .onlyOne
        }
        #expect(reply == .success("127.0.0.1 /x 1"))
    }
}
