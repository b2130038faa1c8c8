import Glibc
import Reconciling

/// A server on loopback that answers each connection with the bytes that it was given, and closes it.
final class RawServer: Sendable {
    /// What the server is told and what it has seen.
    private struct State {
        var replies: [[UInt8]]
        var requests: [String] = []
    }

    let port: Int
    private let listener: Int32
    private let state: Locked<State>

    /// Listens on a free port; the first connection gets the first reply, later ones the next.
    init(_ replies: [[UInt8]]) throws {
        state = Locked(State(replies: replies))
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let listener = listener
        let isListening = unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                unsafe bind(listener, address, size) == 0 && listen(listener, 16) == 0
                    && getsockname(listener, address, &size) == 0
            }
        }
        guard isListening else { throw Failure() }
        port = Int(UInt16(bigEndian: address.sin_port))
        start()
    }

    /// No socket could be had.
    struct Failure: Error {}

    var url: String { "http://127.0.0.1:\(port)" }

    /// The requests so far, heads and bodies.
    var requests: [String] { state.withLock { $0.requests } }

    /// Stops listening.
    func close() { shutdown(listener, 2) }

    private func start() {
        let context = unsafe Unmanaged.passRetained(self).toOpaque()
        var thread = pthread_t()
        let result = unsafe pthread_create(&thread, nil, serveRawly, context)
        precondition(result == 0, "no thread for a test")
        pthread_detach(thread)
    }

    /// Serves until the listener is shut down.
    fileprivate func serve() {
        while true {
            let descriptor = accept(listener, nil, nil)
            guard descriptor >= 0 else { break }
            let request = read(descriptor)
            let reply = state.withLock { state in
                state.requests.append(request)
                return state.replies.isEmpty ? [] : state.replies.removeFirst()
            }
            write(reply, to: descriptor)
            // A close with unread bytes would reset the connection and take the reply with it.
            shutdown(descriptor, 1)
            Glibc.close(descriptor)
        }
        Glibc.close(listener)
    }

    private func read(_ descriptor: Int32) -> String {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = unsafe recv(descriptor, &buffer, buffer.count, 0)
            guard count > 0 else { break }
            bytes += buffer.prefix(count)
            let head = bytes[...].prefix(upToBlankLine: ())
            guard head.count < bytes.count else { continue }
            if bytes.count - head.count - 4 >= Self.length(String(decoding: head, as: UTF8.self)) { break }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func length(_ head: String) -> Int {
        let line = head.split(separator: "\r\n").first { $0.lowercased().hasPrefix("content-length:") }
        return line.flatMap { Int($0.dropFirst("content-length:".count).filter { $0 != " " }) } ?? 0
    }

    private func write(_ bytes: [UInt8], to descriptor: Int32) {
        var sent = 0
        while sent < bytes.count {
            let count = unsafe bytes.withUnsafeBytes {
                unsafe send(descriptor, $0.baseAddress?.advanced(by: sent), bytes.count - sent, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return }
            sent += count
        }
    }
}

private let serveRawly: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { context in
    if let context = unsafe context { unsafe Unmanaged<RawServer>.fromOpaque(context).takeRetainedValue().serve() }
    return nil
}
