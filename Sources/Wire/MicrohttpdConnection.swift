import CMicrohttpd

/// libmicrohttpd's daemon or one of its connections.
///
/// Guard for `@unchecked Sendable`: off the server's thread a connection is only resumed, which libmicrohttpd allows
/// for a suspended one, and a suspended one is never freed; the daemon is stopped once, by its owner.
@safe
struct MicrohttpdPointer: @unchecked Sendable {
    let raw: OpaquePointer

    init(_ raw: OpaquePointer) { unsafe self.raw = raw }
}

/// A connection as the Swift side may treat it.
struct MicrohttpdConnection: Sendable {
    private let pointer: MicrohttpdPointer

    init(_ pointer: MicrohttpdPointer) { self.pointer = pointer }

    /// Takes the connection out of the server's loop; on the server's thread only, inside a callback.
    func suspend() { unsafe MHD_suspend_connection(pointer.raw) }

    /// Puts a suspended connection back; from any thread.
    func resume() { unsafe MHD_resume_connection(pointer.raw) }
}
