import Testing

@testable import Wire

/// Replies in pieces, from the server's writer to the client's reader, at the reader's pace.
@Suite(.timeLimit(.minutes(10))) struct HTTPStreamTests {
    private static func client(buffer: Int = 64 << 10) -> HTTPClient {
        HTTPClientOutcomeTests.client { $0.streamBufferBytes = buffer }
    }

    @Test func piecesArriveOneByOneAsTheyAreWritten() async throws {
        // The writer's next piece is only made when the reader has the one before: a round trip each.
        let (asks, ask) = AsyncStream<Int>.makeStream()
        try await withServer { _ in
            .stream { writer in
                for await number in asks { try await writer.write(Array("\(number)".utf8)) }
            }
        } body: { server in
            let client = Self.client()
            defer { client.shutdown() }
            let reply = try await client.stream(HTTPRequest(.get, "http://127.0.0.1:\(server.port)/"))
            #expect(reply.status == 200)
            var reader = reply.body.makeAsyncIterator()
            for number in 0..<20 {
                ask.yield(number)
                let piece = try await reader.next()
                #expect(piece == Array("\(number)".utf8))
            }
            ask.finish()
            #expect(try await reader.next() == nil)
            #expect(try await reader.next() == nil)
        }
    }

    @Test func aReaderThatDoesNotReadHoldsTheWriterBack() async throws {
        let written = Locked(0)
        let piece = [UInt8](repeating: 7, count: 64 << 10)
        let total = 1024
        try await withServer { _ in
            .stream { writer in
                for _ in 0..<total {
                    try await writer.write(piece)
                    written.withLock { $0 += 1 }
                }
            }
        } body: { server in
            let client = Self.client()
            defer { client.shutdown() }
            var request = HTTPRequest(.get, "http://127.0.0.1:\(server.port)/")
            request.maximumReplyBytes = .max
            let reply = try await client.stream(request)
            var reader = reply.body.makeAsyncIterator()
            var received = try await reader.next()?.count ?? 0
            // The client's buffer, the sockets' buffers and the server's buffer together hold a part of 64 MiB at most.
            await giveWay { written.withLock { $0 } >= 3 }
            #expect(reply.body.bufferedBytes <= (64 << 10) + (16 << 10))
            var most = 0
            while let bytes = try await reader.next() {
                received += bytes.count
                most = max(most, written.withLock { $0 } * piece.count - received)
            }
            #expect(received == total * piece.count)
            #expect(most < 16 << 20, "\(most) bytes were under way at once")
        }
    }

    @Test func aWriterThatFailsBreaksTheReplyOff() async throws {
        try await withServer { _ in
            .stream { writer in
                try await writer.write([1, 2, 3])
                throw HTTPReplyWriter.ClientGone()
            }
        } body: { server in
            let client = Self.client()
            defer { client.shutdown() }
            let error = await HTTPClientCancellationTests.error(
                client,
                HTTPRequest(.get, "http://127.0.0.1:\(server.port)/")
            )
            #expect(error?.isNotSent == false && error?.failure.reason == .partialReply)
        }
    }

    @Test func aReaderThatLetsGoEndsTheWriter() async throws {
        let gone = Promise<String, Never>()
        try await withServer { _ in
            .stream { writer in
                do {
                    while true { try await writer.write([UInt8](repeating: 1, count: 64 << 10)) }
                } catch {
                    gone.settle(.success("\(error)"))
                    throw error
                }
            }
        } body: { server in
            let client = Self.client()
            defer { client.shutdown() }
            var request = HTTPRequest(.get, "http://127.0.0.1:\(server.port)/")
            request.maximumReplyBytes = .max
            var reply: HTTPStreamedResponse? = try await client.stream(request)
            #expect(reply?.status == 200)
            reply = nil
            #expect(await gone.result() == .success("ClientGone()"))
        }
    }

    @Test func aCancelledReaderGetsItsError() async throws {
        let peer = try ScriptedPeer { connection in
            _ = connection.readRequest()
            connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
            connection.waitForEnd()
        }
        defer { peer.close() }
        let client = Self.client()
        defer { client.shutdown() }
        var request = HTTPRequest(.get, peer.url)
        request.deadline = nil
        let reply = try await client.stream(request)
        let error = await withTaskGroup(of: HTTPClientError?.self) { group in
            group.addTask {
                do throws(HTTPClientError) {
                    _ = try await reply.body.collect()
                    return nil
                } catch {
                    return error
                }
            }
            group.cancelAll()
            return await group.next() ?? nil
        }
        #expect(error?.failure.reason == .cancelled && error?.failure.status == 200)
    }

    @Test func aStreamThatStandsStillEndsByItsIdleTimeout() async throws {
        let peer = try ScriptedPeer { connection in
            _ = connection.readRequest()
            connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n")
            connection.waitForEnd()
        }
        defer { peer.close() }
        let client = Self.client()
        defer { client.shutdown() }
        var request = HTTPRequest(.get, peer.url)
        request.deadline = nil
        request.idleTimeout = .milliseconds(1500)
        let reply = try await client.stream(request)
        let error = await #expect(throws: HTTPClientError.self) { try await reply.body.collect() }
        #expect(error?.failure.reason == .idleTimeout, "\(String(describing: error))")
    }

    @Test func aFailureBeforeTheHeadIsThrownByTheCall() async throws {
        let peer = try ScriptedPeer { _ = $0.readRequest() }
        defer { peer.close() }
        let client = Self.client()
        defer { client.shutdown() }
        let error = await #expect(throws: HTTPClientError.self) {
            _ = try await client.stream(HTTPRequest(.get, peer.url))
        }
        #expect(error?.failure.reason == .emptyReply)
    }
}
