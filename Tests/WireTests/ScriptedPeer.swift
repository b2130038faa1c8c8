import Glibc

@testable import Wire

/// A TCP server on loopback that does to each connection exactly what a test's script says.
final class ScriptedPeer: Sendable {
    /// The scripted side of one connection.
    struct Connection: Sendable {
        let descriptor: Int32
        /// 0 for the first connection that arrived.
        let number: Int

        /// Reads one request: its head and as much body as Content-Length says; nil when the client has gone.
        func readRequest() -> String? {
            var bytes: [UInt8] = []
            while true {
                let text = String(decoding: bytes, as: UTF8.self)
                if let end = text.range(ofBlankLine: ()), text.utf8.count - end >= text.contentLength { return text }
                guard let byte = readByte() else { return nil }
                bytes.append(byte)
            }
        }

        /// Reads one byte; nil at the end.
        func readByte() -> UInt8? {
            var byte: UInt8 = 0
            return unsafe recv(descriptor, &byte, 1, 0) == 1 ? byte : nil
        }

        /// Waits until the client has closed its side.
        func waitForEnd() { while readByte() != nil {} }

        /// Sends all bytes; false when the client has gone.
        @discardableResult
        func write(_ bytes: [UInt8]) -> Bool {
            var sent = 0
            while sent < bytes.count {
                let count = unsafe bytes.withUnsafeBytes {
                    let rest = unsafe UnsafeRawBufferPointer(rebasing: $0[sent...])
                    return unsafe send(descriptor, rest.baseAddress, rest.count, Int32(MSG_NOSIGNAL))
                }
                guard count > 0 else { return false }
                sent += count
            }
            return true
        }

        /// Sends a text; false when the client has gone.
        @discardableResult
        func write(_ text: String) -> Bool { write(Array(text.utf8)) }
    }

    let port: Int
    private let listener: Int32
    private let open = Locked<Set<Int32>>([])
    private let accepted = Locked(0)

    /// Listens on a free port; the connection is closed when the script returns.
    init(_ script: @escaping @Sendable (Connection) -> Void) throws {
        (listener, port) = try Self.listen()
        OwnThread.start { [self] in
            while true {
                let descriptor = accept(listener, nil, nil)
                guard descriptor >= 0 else { break }
                let number = accepted.withLock { number in
                    defer { number += 1 }
                    return number
                }
                _ = open.withLock { $0.insert(descriptor) }
                OwnThread.start { [self] in
                    script(Connection(descriptor: descriptor, number: number))
                    open.withLock { open in
                        open.remove(descriptor)
                        Glibc.close(descriptor)
                    }
                }
            }
            Glibc.close(listener)
        }
    }

    var url: String { "http://127.0.0.1:\(port)" }

    /// How many connections have arrived.
    var connections: Int { accepted.withLock { $0 } }

    /// Stops listening and ends every connection.
    func close() {
        shutdown(listener, Int32(SHUT_RDWR))
        open.withLock { open in
            for descriptor in open { shutdown(descriptor, Int32(SHUT_RDWR)) }
        }
    }

    /// Opens a port and closes it again: whoever connects is refused.
    static func closedPort() throws -> Int {
        let (descriptor, port) = try listen()
        Glibc.close(descriptor)
        return port
    }

    private static func listen() throws -> (Int32, Int) {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                unsafe bind(descriptor, address, size) == 0 && Glibc.listen(descriptor, 128) == 0
                    && getsockname(descriptor, address, &size) == 0
            }
        }
        guard result else { throw SocketError(number: errno) }
        return (descriptor, Int(UInt16(bigEndian: address.sin_port)))
    }
}

/// A socket call that failed.
struct SocketError: Error {
    let number: Int32
}

extension String {
    /// Where the body begins, in bytes, or nil while the head is incomplete.
    func range(ofBlankLine: Void) -> Int? {
        let bytes = Array(utf8)
        guard bytes.count >= 4 else { return nil }
        return (0...bytes.count - 4).first { bytes[$0..<$0 + 4].elementsEqual([13, 10, 13, 10]) }.map { $0 + 4 }
    }

    /// What Content-Length says, 0 when it is silent.
    var contentLength: Int {
        for line in split(separator: "\r\n") where line.lowercased().hasPrefix("content-length:") {
            return Int(line.dropFirst("content-length:".count).filter { $0 != " " }) ?? 0
        }
        return 0
    }
}
