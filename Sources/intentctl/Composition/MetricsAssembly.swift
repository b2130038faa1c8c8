import Metrics
import Reconciling
import Wire

/// Builds what measures loads as the settings describe it, over real HTTP.
struct MetricsAssembly {
    /// Where loads are measured; nil where no server is configured.
    let measurements: (any Measurements)?
    private let client: HTTPClient?

    /// Builds a Prometheus client where its URL is set.
    init(_ settings: Settings) {
        let prometheus = settings.metrics.prometheus
        guard let url = prometheus.url else {
            (measurements, client) = (nil, nil)
            return
        }
        var configuration = PrometheusConfiguration(url: url)
        configuration.gpuQuery = prometheus.gpuQuery
        configuration.cpuQuery = prometheus.cpuQuery
        configuration.hostLabel = prometheus.hostLabel
        configuration.token = prometheus.token.secret.map { PlatformSecret($0.reveal()) }
        var wire = HTTPClient.Configuration()
        wire.userAgent = "intent-operator/\(Version.text)"
        wire.certificateAuthorityFile = prometheus.certificateAuthority
        let client = HTTPClient(wire)
        measurements = PrometheusMeasurements(configuration, over: WireTransport(client))
        self.client = client
    }

    /// Ends the client.
    func shutdown() { client?.shutdown() }
}
