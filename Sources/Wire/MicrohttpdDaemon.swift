import CMicrohttpd
import Glibc

/// libmicrohttpd's daemon with its thread, and everything that must outlive it.
///
/// It polls with poll(2): in its epoll mode it stalls when exactly 128 sockets are ready at once.
final class MicrohttpdDaemon: Sendable {
    private let core: ServerCore
    private let daemon: Locked<MicrohttpdPointer?>

    init(core: ServerCore, listener: Int32, identity: HTTPServer.Identity?) throws(ListenAddress.Failure) {
        self.core = core
        var settings = unsafe cmhd_settings()
        var flags = MHD_USE_POLL_INTERNAL_THREAD.rawValue | MHD_ALLOW_SUSPEND_RESUME.rawValue
        if identity != nil { flags |= MHD_USE_TLS.rawValue }
        unsafe settings.flags = flags
        // A start that fails closes the socket in some cases and in others not; by then its number may be somebody else's.
        defer { close(listener) }
        unsafe settings.listener = fcntl(listener, F_DUPFD_CLOEXEC, 0)
        // Head, parsed head and the reply's head share this memory. More than 32 KiB would be mapped and unmapped for
        // each connection, which costs more than everything else that is done for a short one.
        unsafe settings.connection_memory = 3 * core.limits.headerBytes + (8 << 10)
        unsafe settings.connections = UInt32(core.limits.connections)
        unsafe settings.connections_per_address = UInt32(core.limits.connectionsPerAddress)
        unsafe settings.idle_seconds = UInt32((core.limits.idle.wholeMilliseconds + 999) / 1000)
        unsafe settings.context = Unmanaged.passUnretained(core).toOpaque()
        unsafe settings.answer = serverAnswers
        unsafe settings.completed = serverCompletedExchange
        unsafe settings.connection = serverConnectionChanged
        unsafe settings.target = serverReceivedTarget
        guard let pointer = unsafe Self.start(&settings, identity) else {
            let hint = identity == nil ? "" : "; check that certificate and key are PEM texts that belong together"
            throw ListenAddress.Failure(description: "the HTTP server did not start\(hint)")
        }
        daemon = Locked(unsafe MicrohttpdPointer(pointer))
    }

    /// Both texts are read while the daemon starts, and not kept.
    private static func start(_ settings: inout cmhd_settings, _ identity: HTTPServer.Identity?) -> OpaquePointer? {
        guard let identity else { return unsafe cmhd_start(&settings) }
        return unsafe identity.certificate.withCString { certificate in
            unsafe identity.key.withCString { key in
                unsafe settings.certificate = certificate
                unsafe settings.key = key
                return unsafe cmhd_start(&settings)
            }
        }
    }

    /// Takes no new connections: whoever connects from now on is refused.
    func refuseConnections() {
        daemon.withLock { daemon in
            guard let daemon else { return }
            let listener = unsafe MHD_quiesce_daemon(daemon.raw)
            // The socket is closed with the daemon, whose thread may still look at it.
            if listener >= 0 { retired.withLock { $0 = listener } }
            if listener >= 0 { shutdown(listener, Int32(SHUT_RDWR)) }
        }
    }

    private let retired = Locked(Int32(-1))

    /// Closes every connection and ends the thread.
    ///
    /// No connection may be suspended. May be called again.
    func stop() {
        let daemon = daemon.withLock { daemon in
            defer { daemon = nil }
            return daemon
        }
        guard let daemon else { return }
        unsafe MHD_stop_daemon(daemon.raw)
        let listener = retired.withLock { $0 }
        if listener >= 0 { close(listener) }
    }
}
