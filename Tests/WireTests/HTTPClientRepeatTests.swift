import Testing

@testable import Wire

/// How often a request is executed when a kept connection dies under it.
@Suite(.timeLimit(.minutes(10))) struct HTTPClientRepeatTests {
    /// Counts the POSTs that arrive when the first connection is closed after reading one.
    ///
    /// The first connection answers a GET, so that it is kept; whatever comes next on it is read and left unanswered.
    private func executions(_ repeatability: HTTPRequest.Repeatability) async throws -> (posts: Int, error: String?) {
        let posts = Locked(0)
        let peer = try ScriptedPeer { connection in
            while let request = connection.readRequest() {
                if request.hasPrefix("POST") {
                    posts.withLock { $0 += 1 }
                    // Unanswered once; whoever asks again, on whatever connection, gets an answer.
                    if posts.withLock({ $0 }) == 1 { return }
                }
                connection.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")
            }
        }
        defer { peer.close() }
        let client = HTTPClientOutcomeTests.client()
        defer { client.shutdown() }
        _ = try await client.send(HTTPRequest(.get, peer.url))
        let request = HTTPRequest(.post, peer.url, body: Array("{}".utf8), repeatability: repeatability)
        do throws(HTTPClientError) {
            _ = try await client.send(request)
            return (posts.withLock { $0 }, nil)
        } catch {
            #expect(!error.isNotSent)
            return (posts.withLock { $0 }, error.failure.reason.rawValue)
        }
    }

    @Test func aPaidRequestIsExecutedOnce() async throws {
        let (posts, error) = try await executions(.paid)
        #expect(posts == 1)
        #expect(error == "emptyReply")
    }

    /// Shows what the test above would see without the fresh connection.
    @Test func anIdempotentRequestIsRepeatedByLibcurlOnADeadConnection() async throws {
        let (posts, error) = try await executions(.idempotent)
        #expect(posts == 2)
        #expect(error == nil)
    }

    @Test("a request that may no longer leave when its connection stands is never seen", arguments: [true, false])
    func aRequestMayBeWithheld(isPaid: Bool) async throws {
        let seen = Locked(0)
        let peer = try ScriptedPeer { connection in
            while connection.readRequest() != nil {
                seen.withLock { $0 += 1 }
                connection.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")
            }
        }
        defer { peer.close() }
        let client = HTTPClientOutcomeTests.client()
        defer { client.shutdown() }
        // The second one finds a kept connection, where it may use one.
        for number in 1...2 {
            _ = try await client.send(HTTPRequest(.get, peer.url))
            var request = HTTPRequest(.post, peer.url, body: [1], repeatability: isPaid ? .paid : .idempotent)
            request.mayLeave = { false }
            do throws(HTTPClientError) {
                _ = try await client.send(request)
                Issue.record("it left")
            } catch {
                #expect(error.isNotSent, "\(error)")
                #expect(error.failure.reason == .withheld, "\(error)")
            }
            #expect(seen.withLock { $0 } == number, "only the GETs were seen")
        }
        let asked = Locked(0)
        var request = HTTPRequest(.post, peer.url, body: [1], repeatability: isPaid ? .paid : .idempotent)
        request.mayLeave = {
            asked.withLock { $0 += 1 }
            return true
        }
        #expect(try await client.send(request).status == 200)
        #expect(asked.withLock { $0 } == 1)
    }

    @Test func aRedirectIsAReplyAndIsNotFollowed() async throws {
        let peer = try ScriptedPeer { connection in
            while let request = connection.readRequest() {
                #expect(!request.contains("/elsewhere"))
                connection.write("HTTP/1.1 307 Go\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n")
            }
        }
        defer { peer.close() }
        let client = HTTPClientOutcomeTests.client()
        defer { client.shutdown() }
        let reply = try await client.send(HTTPRequest(.post, peer.url, body: [1], repeatability: .paid))
        #expect(reply.status == 307)
        #expect(reply.headers["location"] == "/elsewhere")
    }

    @Test func informationalHeadsAndTrailersAreNotPartOfTheReply() async throws {
        let peer = try ScriptedPeer { connection in
            _ = connection.readRequest()
            connection.write(
                "HTTP/1.1 103 Early\r\nX-Early: 1\r\n\r\nHTTP/1.1 200 OK\r\nset-cookie: a\r\nSet-Cookie: b\r\n"
            )
            connection.write("Transfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nX-Late: 1\r\n\r\n")
        }
        defer { peer.close() }
        let client = HTTPClientOutcomeTests.client()
        defer { client.shutdown() }
        let reply = try await client.send(HTTPRequest(.get, peer.url))
        #expect(reply.headers.values("SET-COOKIE") == ["a", "b"])
        #expect(reply.headers["X-Early"] == nil && reply.headers["X-Late"] == nil)
        #expect(String(decoding: reply.body, as: UTF8.self) == "ok")
    }
}
