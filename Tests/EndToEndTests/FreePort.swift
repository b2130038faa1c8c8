import Wire

/// A port of loopback on which nobody listens.
enum FreePort {
    /// Binds one and lets go of it; a moment later another process may have it.
    static func find() throws -> Int {
        let server = try HTTPServer.bind(ListenAddress("127.0.0.1:0")) { _ in HTTPServerResponse(status: 404) }
        return server.port
    }
}
