import Testing

@testable import Wire

/// What a server does for requests that have come in.
@Suite(.timeLimit(.minutes(10))) struct HTTPServerTests {
    static let get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"

    @Test func pipelinedRequestsAreAnsweredInOrder() async throws {
        let reply = try await withServer { request in
            .text("<\(request.path)>")
        } body: { server in
            let requests = (0..<5).map { "GET /\($0) HTTP/1.1\r\nHost: a\r\n\r\n" }.joined()
            return try await RawClient.exchange(
                server.port,
                requests + "GET /last HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
            )
        }
        let marks = reply.split(separator: "\r\n").compactMap { line in
            line.split(separator: "<").last.flatMap { $0.split(separator: ">").first }
        }
        .filter { $0.hasPrefix("/") }
        #expect(marks == ["/0", "/1", "/2", "/3", "/4", "/last"], "\(reply)")
    }

    @Test func handlersBeyondTheCapWait() async throws {
        var limits = HTTPServer.Limits()
        limits.concurrentHandlers = 3
        let state = Locked((running: 0, most: 0))
        try await withServer(limits: limits) { _ in
            state.withLock {
                $0.running += 1
                $0.most = max($0.most, $0.running)
            }
            // The first ones stay until as many run as may; the bound is for a server that lets fewer run.
            for _ in 0..<1_000_000 where state.withLock({ $0.most < 3 }) { await Task.yield() }
            for _ in 0..<20 { await Task.yield() }
            state.withLock { $0.running -= 1 }
            return .text("ok")
        } body: { server in
            let client = HTTPClientOutcomeTests.client()
            defer { client.shutdown() }
            let url = "http://127.0.0.1:\(server.port)/"
            try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<60 { group.addTask { try await client.send(HTTPRequest(.get, url)).status } }
                for try await status in group { #expect(status == 200) }
            }
        }
        #expect(state.withLock { $0.most } == 3)
    }

    @Test func aDroppedConnectionGivesNoByte() async throws {
        let error = try await withServer { _ in
            .dropConnection
        } body: { server in
            try await HTTPClientOutcomeTests.error(
                HTTPRequest(.post, "http://127.0.0.1:\(server.port)/", body: [1], repeatability: .paid)
            )
        }
        #expect(error.failure.reason == .emptyReply && !error.isNotSent)
    }

    @Test func headOfAStreamHasNoBodyAndAsksForNone() async throws {
        let asked = Locked(false)
        let reply = try await withServer { _ in
            .stream(headers: ["X-One": "1"]) { _ in asked.withLock { $0 = true } }
        } body: { server in
            try await RawClient.exchange(server.port, "HEAD / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        }
        #expect(reply.status == 200 && reply.contains("X-One: 1") && reply.hasSuffix("\r\n\r\n"))
        #expect(!asked.withLock { $0 })
    }

    @Test(arguments: [
        HTTPServerResponse(status: 42), HTTPServerResponse(status: 700),
        HTTPServerResponse(status: 200, headers: ["A": "b\r\nC: d"]),
        HTTPServerResponse(status: 200, headers: ["A b": "c"]),
    ]) func aMalformedReplyIsAServerError(_ response: HTTPServerResponse) async throws {
        let reply = try await withServer { _ in
            response
        } body: { server in
            try await RawClient.exchange(server.port, "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        }
        #expect(reply.status == 500)
    }

    @Test func cancellationReachesHandlersAndTheirAnswersStillLeave() async throws {
        let began = Promise<Void, Never>()
        let server = try HTTPServer.bind(ListenAddress("127.0.0.1:0")) { _ in
            let (never, _) = AsyncStream<Int>.makeStream()
            began.settle(.success(()))
            // Hangs until it is cancelled.
            for await _ in never {}
            return .text("last words")
        }
        let client = try RawClient(port: server.port)
        defer { client.close() }
        client.send(Self.get)
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await server.run() }
            _ = await began.result()
            group.cancelAll()
        }
        let rest = await client.rest()
        #expect(rest.hasSuffix("last words") && rest.lowercased().contains("connection: close"), "\(rest)")
        #expect(throws: SocketError.self) { try RawClient(port: server.port) }
    }

    @Test func requestsThatNoHandlerHasBegunAreTurnedAwayAtTheEnd() async throws {
        var limits = HTTPServer.Limits()
        limits.concurrentHandlers = 1
        let began = Promise<Void, Never>()
        let server = try HTTPServer.bind(ListenAddress("127.0.0.1:0"), limits: limits) { _ in
            let (never, _) = AsyncStream<Int>.makeStream()
            began.settle(.success(()))
            for await _ in never {}
            return .dropConnection
        }
        let clients = try (0..<3).map { _ in try RawClient(port: server.port) }
        defer { for client in clients { client.close() } }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await server.run() }
            clients[0].send(Self.get)
            _ = await began.result()
            for client in clients.dropFirst() { client.send(Self.get) }
            await giveWay { server.waitingRequests == 2 }
            group.cancelAll()
        }
        #expect(await clients[0].rest() == "")
        for client in clients.dropFirst() { #expect(await client.rest().status == 503) }
    }

    @Test func aServerThatNeverRanEndsWithWaitingRequests() async throws {
        var server: HTTPServer? = try HTTPServer.bind(ListenAddress("127.0.0.1:0")) { _ in .text("never") }
        let client = try RawClient(port: try #require(server).port)
        defer { client.close() }
        client.send(Self.get)
        await giveWay { server?.waitingRequests != 0 }
        server = nil
        let rest = await client.rest()
        #expect(!rest.contains("never"))
    }

    @Test func connectionsBeyondTheLimitAreClosed() async throws {
        var limits = HTTPServer.Limits()
        limits.connectionsPerAddress = 2
        try await withServer(limits: limits) { _ in
            .text("ok")
        } body: { server in
            let clients = try (0..<3).map { _ in try RawClient(port: server.port) }
            defer { for client in clients { client.close() } }
            for client in clients.prefix(2) {
                client.send(Self.get)
                #expect(await client.reply()?.status == 200)
            }
            #expect(await clients[2].rest() == "")
        }
    }

    @Test(arguments: ["127.0.0.1:0", ":0", "[::1]:0", "localhost:0"])
    func aFreePortIsReadable(_ address: String) async throws {
        let server = try HTTPServer.bind(ListenAddress(address)) { _ in .text("ok") }
        #expect(1...65_535 ~= server.port)
        let again = #expect(throws: ListenAddress.Failure.self) {
            let taken = address.dropLast() + "\(server.port)"
            _ = try HTTPServer.bind(ListenAddress(String(taken))) { _ in .text("ok") }
        }
        #expect(again?.description.contains("\(server.port)") == true)
    }

    @Test(arguments: [
        "", "8080", "host:80", "127.0.0.1", "127.0.0.1:", "[::1]", "[127.0.0.1]:1", "::1:80", ":65536", ":-1",
    ])
    func whatIsNoAddressIsRefusedByName(_ text: String) {
        let failure = #expect(throws: ListenAddress.Failure.self) { try ListenAddress(text) }
        #expect(failure?.description.contains("\"\(text)\"") == true)
    }
}
