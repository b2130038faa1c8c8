package import Reconciling

/// The wire to a server that may ask for another certificate in time: a client of its own for each one.
///
/// The client of the certificate before serves what was begun with it, a watch above all, until the next one comes.
package final class CertifiedTransport: StreamingTransport {
    /// A client that shows one certificate.
    package struct Line: Sendable {
        /// Calls the server.
        package var transport: any StreamingTransport
        /// Ends every call.
        package var shutdown: @Sendable () -> Void

        /// A client, and what ends it.
        package init(_ transport: any StreamingTransport, shutdown: @escaping @Sendable () -> Void) {
            self.transport = transport
            self.shutdown = shutdown
        }
    }

    /// How many clients live at a time.
    package static let most = 2

    private struct State {
        /// The latest last.
        var lines: [(certificate: ClientCertificate?, line: Line)] = []
        var isShut = false
    }

    private let state = Locked(State())
    private let credentials: any APICredentials
    private let open: @Sendable (ClientCertificate?) -> Line

    /// A wire that `open` lays for each certificate; nil stands for the connection's own.
    package init(_ credentials: any APICredentials, open: @escaping @Sendable (ClientCertificate?) -> Line) {
        self.credentials = credentials
        self.open = open
    }

    package func send(_ request: TransportRequest) async throws(TransportFailure) -> TransportReply {
        try await transport().send(request)
    }

    package func open(_ request: TransportRequest, idle: Duration) async throws(TransportFailure) -> TransportStream {
        try await transport().open(request, idle: idle)
    }

    /// Ends every call; later ones are not sent.
    package func shutdown() {
        let lines = state.withLock { state in
            defer { state.lines = [] }
            state.isShut = true
            return state.lines
        }
        for (_, line) in lines { line.shutdown() }
    }

    private func transport() async throws(TransportFailure) -> any StreamingTransport {
        let certificate: ClientCertificate?
        do throws(APIError) {
            certificate = try await credentials.certificate()
        } catch {
            throw .notSent(error.message)
        }
        let (transport, old) = state.withLock { state -> ((any StreamingTransport)?, Line?) in
            guard !state.isShut else { return (nil, nil) }
            if let known = state.lines.last(where: { $0.certificate == certificate }) {
                return (known.line.transport, nil)
            }
            let line = open(certificate)
            state.lines.append((certificate, line))
            return (line.transport, state.lines.count > Self.most ? state.lines.removeFirst().line : nil)
        }
        old?.shutdown()
        guard let transport else { throw .notSent("the client is shut down") }
        return transport
    }
}
