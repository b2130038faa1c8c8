import Testing

@testable import Wire

/// Every call ends exactly once: by its reply, by cancellation or by shutdown.
@Suite(.timeLimit(.minutes(10))) struct HTTPClientCancellationTests {
    @Test func aCancelledTaskSendsNothing() async throws {
        let peer = try ScriptedPeer { $0.waitForEnd() }
        defer { peer.close() }
        let client = HTTPClientOutcomeTests.client()
        defer { client.shutdown() }
        let url = peer.url
        for _ in 0..<50 {
            let error = await withTaskGroup(of: HTTPClientError?.self) { group in
                group.cancelAll()
                group.addTask { await Self.error(client, HTTPRequest(.post, url, repeatability: .paid)) }
                return await group.next() ?? nil
            }
            #expect(error?.failure.reason == .cancelled)
            #expect(error?.isNotSent == true)
        }
    }

    @Test func cancellationWhileWaitingLeavesTheOutcomeUnknown() async throws {
        let arrived = Promise<Void, Never>()
        let ended = Promise<Void, Never>()
        let peer = try ScriptedPeer { connection in
            _ = connection.readRequest()
            arrived.settle(.success(()))
            connection.waitForEnd()
            ended.settle(.success(()))
        }
        defer { peer.close() }
        let client = HTTPClientOutcomeTests.client()
        defer { client.shutdown() }
        let url = peer.url
        let error = await withTaskGroup(of: HTTPClientError?.self) { group in
            group.addTask { await Self.error(client, HTTPRequest(.post, url, repeatability: .paid)) }
            _ = await arrived.result()
            group.cancelAll()
            return await group.next() ?? nil
        }
        #expect(error?.failure.reason == .cancelled)
        #expect(error?.isNotSent == false)
        // The connection is closed too: nothing of the call lives on.
        _ = await ended.result()
    }

    @Test func shutdownSettlesCallsInFlightAndLaterOnes() async throws {
        let arrived = Locked(0)
        let all = Promise<Void, Never>()
        let peer = try ScriptedPeer { connection in
            _ = connection.readRequest()
            if arrived.withLock({
                $0 += 1; return $0
            }) == 20 {
                all.settle(.success(()))
            }
            connection.waitForEnd()
        }
        defer { peer.close() }
        let client = HTTPClientOutcomeTests.client()
        let url = peer.url
        let errors = await withTaskGroup(of: HTTPClientError?.self) { group in
            for _ in 0..<20 { group.addTask { await Self.error(client, HTTPRequest(.get, url)) } }
            _ = await all.result()
            client.shutdown()
            client.shutdown()
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(errors.count == 20)
        #expect(errors.allSatisfy { $0?.failure.reason == .clientShutDown && $0?.isNotSent == false })
        let late = await Self.error(client, HTTPRequest(.get, url))
        #expect(late?.isNotSent == true && late?.failure.reason == .clientShutDown)
    }

    @Test func callsBeyondTheConnectionsOfAHostWaitWithinTheirDeadline() async throws {
        let arrived = Promise<Void, Never>()
        let peer = try ScriptedPeer { connection in
            _ = connection.readRequest()
            arrived.settle(.success(()))
            connection.waitForEnd()
        }
        defer { peer.close() }
        let client = HTTPClientOutcomeTests.client { $0.maximumConnectionsPerHost = 1 }
        defer { client.shutdown() }
        var held = HTTPRequest(.get, peer.url)
        held.deadline = .seconds(20)
        var waiting = HTTPRequest(.post, peer.url, repeatability: .paid)
        waiting.deadline = .milliseconds(200)
        let requests = (held, waiting)
        let error = await withTaskGroup(of: Void.self) { group in
            group.addTask { _ = await Self.error(client, requests.0) }
            _ = await arrived.result()
            let error = await Self.error(client, requests.1)
            group.cancelAll()
            return error
        }
        #expect(error?.isNotSent == true, "\(String(describing: error))")
        #expect(peer.connections == 1)
    }

    @Test func fiveHundredCallsAtOnceAllGetTheirOwnReply() async throws {
        try await withServer { request in
            .text(request.path)
        } body: { server in
            let client = HTTPClientOutcomeTests.client()
            defer { client.shutdown() }
            let base = try HTTPURL("http://127.0.0.1:\(server.port)")
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<512 {
                    group.addTask {
                        let reply = try await client.send(HTTPRequest(.get, base.appending(["\(number)"])))
                        #expect(String(decoding: reply.body, as: UTF8.self) == "/\(number)")
                    }
                }
                try await group.waitForAll()
            }
            #expect(server.connectionCount <= 64)
        }
    }

    /// The error of a call, or nil for a reply.
    static func error(_ client: HTTPClient, _ request: HTTPRequest) async -> HTTPClientError? {
        do throws(HTTPClientError) {
            _ = try await client.send(request)
            return nil
        } catch {
            return error
        }
    }
}
