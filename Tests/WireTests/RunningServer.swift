import Glibc
import Testing

@testable import Wire

/// Runs a server on a free loopback port while `body` works with it, and ends it in order.
func withServer<Result: Sendable>(
    limits: HTTPServer.Limits = HTTPServer.Limits(),
    identity: HTTPServer.Identity? = nil,
    handler: @escaping HTTPServer.Handler,
    body: (HTTPServer) async throws -> Result
) async throws -> Result {
    let server = try HTTPServer.bind(
        ListenAddress("127.0.0.1:0"),
        limits: limits,
        identity: identity,
        handler: handler
    )
    return try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { await server.run() }
        let result = try await body(server)
        group.cancelAll()
        try await group.waitForAll()
        return result
    }
}

/// A client that sends exactly the bytes that a test says.
struct RawClient: Sendable {
    let descriptor: Int32

    init(port: Int) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        let result = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { throw SocketError(number: errno) }
    }

    private var connection: ScriptedPeer.Connection { ScriptedPeer.Connection(descriptor: descriptor, number: 0) }

    /// Sends a text; false when the server has closed.
    @discardableResult
    func send(_ text: String) -> Bool { connection.write(text) }

    /// One reply, read on a thread of its own; nil when the server has closed.
    func reply() async -> String? {
        let connection = connection
        return await withCheckedContinuation { continuation in
            OwnThread.start { continuation.resume(returning: connection.readRequest()) }
        }
    }

    /// Everything until the server closes.
    func rest() async -> String {
        let connection = connection
        return await withCheckedContinuation { continuation in
            OwnThread.start {
                var bytes: [UInt8] = []
                while let byte = connection.readByte() { bytes.append(byte) }
                continuation.resume(returning: String(decoding: bytes, as: UTF8.self))
            }
        }
    }

    func close() { Glibc.close(descriptor) }

    /// Sends a text on a connection of its own, and gives everything that comes until the server closes.
    static func exchange(_ port: Int, _ text: String) async throws -> String {
        let client = try RawClient(port: port)
        defer { client.close() }
        client.send(text)
        return await client.rest()
    }
}

extension String {
    /// The code of a reply's first line.
    var status: Int? { split(separator: " ").dropFirst().first.flatMap { Int($0) } }
}

/// Gives way until something holds that another thread brings about.
///
/// What has not come about after a minute fails the test, instead of holding it up for ever.
func giveWay(until condition: () -> Bool) async {
    let end = ContinuousClock.now + .seconds(60)
    while !condition() {
        guard ContinuousClock.now < end else {
            Issue.record("it has not come about within a minute")
            return
        }
        await Task.yield()
    }
}
