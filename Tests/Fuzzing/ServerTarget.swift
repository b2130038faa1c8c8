import Dispatch
import Glibc
import Synchronization
import Wire

/// The HTTP server over loopback: every byte sequence is answered or hung up on at once, and no handler sees a request
/// that two readers could read differently.
enum FuzzTarget {
    private static let handled = Mutex(0)
    private static let limits: HTTPServer.Limits = {
        var limits = HTTPServer.Limits()
        limits.bodyBytes = 512
        limits.headerBytes = 2048
        limits.headerCount = 12
        return limits
    }()
    private static let server = start()

    static func run(_ bytes: [UInt8]) {
        expectAddresses(bytes)
        let before = handled.withLock { $0 }
        let answer = exchange(bytes)
        expectRest()
        let count = handled.withLock { $0 } - before
        let text = String(decoding: answer, as: UTF8.self)
        claim(answer.isEmpty || text.hasPrefix("HTTP/1.1 "), "no HTTP: \(text)")
        claim(answer.isEmpty || text.dropFirst(9).prefix(3).allSatisfy(\.isNumber), "a status: \(text)")
        claim(count <= emptyLines(bytes), "\(count) requests out of fewer heads")
    }

    /// Waits until the server is done with the connection, its handler included.
    private static func expectRest() {
        let end = ContinuousClock.now + .seconds(5)
        while server.connectionCount > 0 || server.waitingRequests > 0 {
            claim(ContinuousClock.now < end, "a connection stays after its end")
            sched_yield()
        }
    }

    private static func start() -> HTTPServer {
        do throws(ListenAddress.Failure) {
            let server = try HTTPServer.bind(try ListenAddress("127.0.0.1:0"), limits: limits) { request in
                judge(request)
                handled.withLock { $0 += 1 }
                return .text("ok\n")
            }
            Task.detached { await server.run() }
            return server
        } catch {
            fatalError("the server cannot be started: \(error)")
        }
    }

    /// What the door promises of every request that comes in.
    private static func judge(_ request: HTTPServerRequest) {
        claim(request.path.hasPrefix("/"), "a path: \(request.path)")
        claim(request.headers.fields.count <= limits.headerCount, "too many headers")
        claim(request.headers.values("Host").count <= 1, "two hosts")
        let lengths = request.headers.values("Content-Length")
        let encodings = request.headers.values("Transfer-Encoding")
        claim(lengths.count <= 1 && (lengths.isEmpty || encodings.isEmpty), "two readings of a length")
        claim(request.body.count <= limits.bodyBytes, "a body of \(request.body.count) bytes")
        if let length = lengths.first {
            claim(Int(length) == request.body.count, "\(length) announced, \(request.body.count) came")
        }
        claim(!request.segments.contains { $0.contains("/") && !request.path.contains("%") }, "segments")
    }

    /// Sends the bytes on a connection of their own, ends the sending, and gives everything that comes back.
    private static func exchange(_ bytes: [UInt8]) -> [UInt8] {
        let descriptor = connected(server.port)
        defer { close(descriptor) }
        var sent = 0
        while sent < bytes.count {
            let count = unsafe bytes[sent...].withUnsafeBytes {
                unsafe send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            if count <= 0 { break }
            sent += count
        }
        // The end of the sending counts as the client's end: what looks whole gets a moment to be answered before it.
        if emptyLines(bytes) > 0 {
            var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            unsafe poll(&waiting, 1, 3)
        }
        shutdown(descriptor, Int32(SHUT_WR))
        var answer: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = unsafe recv(descriptor, &buffer, buffer.count, 0)
            if count < 0 {
                claim(errno != EAGAIN, "neither an answer nor an end within five seconds")
                break
            }
            if count == 0 { break }
            answer += buffer[..<count]
        }
        return answer
    }

    private static func connected(_ port: Int) -> Int32 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var patience = timeval(tv_sec: 5, tv_usec: 0)
        unsafe setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        // Closed with a reset, so that no connection lingers and the ports never run out.
        var end = linger(l_onoff: 1, l_linger: 0)
        unsafe setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &end, socklen_t(MemoryLayout<linger>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        let result = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        // The fuzzer's own timer may interrupt it; it goes on all the same, and is done when the socket can be written to.
        var isDone = result == 0
        if !isDone, errno == EINTR {
            var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
            var count: CInt
            repeat { count = unsafe poll(&waiting, 1, 5000) } while count < 0 && errno == EINTR
            isDone = count == 1
        }
        claim(isDone, "the server takes no connection: error \(errno)")
        return descriptor
    }

    /// How many lines are empty, which is at least the number of heads that can be complete.
    ///
    /// libmicrohttpd 0.9.75 takes a line that begins with a colon or a zero byte for an empty one.
    private static func emptyLines(_ bytes: [UInt8]) -> Int {
        var count = 0
        var isStart = false
        for byte in bytes where byte != 0x0D {
            if isStart, byte == 0x0A || byte == 0 || byte == UInt8(ascii: ":") { count += 1 }
            isStart = byte == 0x0A
        }
        return count
    }

    /// Addresses that people write are read or refused.
    private static func expectAddresses(_ bytes: [UInt8]) {
        let text = String(decoding: bytes.prefix(200), as: UTF8.self)
        do throws(HTTPURLError) {
            let url = try HTTPURL(text)
            claim(try HTTPURL(url.text) == url, "an address that changes: \(url.text)")
            claim((1...65_535).contains(url.port), "a port: \(url.port)")
        } catch { claim(!error.description.isEmpty, "no words") }
        do throws(ListenAddress.Failure) { _ = try ListenAddress(text) } catch {
            claim(!error.description.isEmpty, "no words")
        }
        let encoded = HTTPURL.encode(text)
        claim(encoded.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }, "encoded: \(encoded)")
    }
}
