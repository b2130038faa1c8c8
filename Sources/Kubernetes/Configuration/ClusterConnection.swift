package import Reconciling
import Wire

/// An HTTP client and an API client on the way to one cluster; shut down by whoever made it.
package struct ClusterConnection: Sendable {
    /// Calls the API server.
    package let client: APIClient
    private let wire: CertifiedTransport

    /// Goes the way that `access` describes.
    package init(
        _ access: ClusterAccess,
        userAgent: String,
        files: FileReading = .system,
        programs: any ProgramRunner = SystemPrograms(),
        time: any Timekeeper
    ) {
        let credentials = access.credentials(files: files, programs: programs, time: time)
        wire = CertifiedTransport(credentials) { certificate in
            var configuration = access.showing(certificate).httpConfiguration
            configuration.userAgent = userAgent
            let http = HTTPClient(configuration)
            return CertifiedTransport.Line(WireStreamingTransport(http)) { http.shutdown() }
        }
        client = APIClient(server: access.server, transport: wire, credentials: credentials)
    }

    /// Ends every call and the client's thread.
    package func shutdown() { wire.shutdown() }
}
