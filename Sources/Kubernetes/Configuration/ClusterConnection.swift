package import Reconciling
import Wire

/// An HTTP client and an API client on the way to one cluster; shut down by whoever made it.
package struct ClusterConnection: Sendable {
    /// Calls the API server.
    package let client: APIClient
    private let http: HTTPClient

    /// Goes the way that `access` describes.
    package init(
        _ access: ClusterAccess,
        userAgent: String,
        files: FileReading = .system,
        programs: any ProgramRunner = SystemPrograms(),
        time: any Timekeeper
    ) {
        var configuration = access.httpConfiguration
        configuration.userAgent = userAgent
        http = HTTPClient(configuration)
        client = APIClient(
            server: access.server,
            transport: WireStreamingTransport(http),
            credentials: access.credentials(files: files, programs: programs, time: time)
        )
    }

    /// Ends every call and the client's thread.
    package func shutdown() { http.shutdown() }
}
