import Intents
import Metrics

/// Where loads are measured, and for how long they must ask for another number of replicas.
struct MetricsSettings: Hashable, Sendable {
    /// The Prometheus server.
    struct Prometheus: Hashable, Sendable {
        /// Its URL; nil where loads are not measured.
        var url: String?
        /// The query for GPU loads; empty for none.
        var gpuQuery = PrometheusConfiguration.usualGPUQuery
        /// The query for CPU loads; empty for none.
        var cpuQuery = PrometheusConfiguration.usualCPUQuery
        /// The label that names the host.
        var hostLabel = "instance"
        /// What the server asks for.
        var token = SecretSource.none
        /// How often it is asked.
        var interval = Duration.seconds(15)
        /// Certificates that its own is checked against; nil for the system's.
        var certificateAuthority: String?
    }

    /// The Prometheus server.
    var prometheus = Prometheus()
    /// For how long more replicas must be asked for.
    var scaleUpAfter = Duration.seconds(60)
    /// For how long fewer replicas must be asked for.
    var scaleDownAfter = Duration.seconds(600)
}

extension SettingsCatalog {
    /// Measuring and scaling.
    static let metrics: [SettingDescription] = [
        .init(
            "metrics.prometheus.url",
            \.metrics.prometheus.url,
            .url,
            "Prometheus server that knows the loads; without it nothing scales by itself or rests"
        ),
        .init(
            "metrics.prometheus.gpuQuery",
            \.metrics.prometheus.gpuQuery,
            .query,
            "Query for GPU loads in percent, one series a host; none where they are not measured"
        ),
        .init(
            "metrics.prometheus.cpuQuery",
            \.metrics.prometheus.cpuQuery,
            .query,
            "Query for CPU loads in percent, one series a host; none where they are not measured"
        ),
        .init(
            "metrics.prometheus.hostLabel",
            \.metrics.prometheus.hostLabel,
            .text("LABEL"),
            "Label of the series that holds the host's address, with or without a port"
        ),
        .init(
            "metrics.prometheus.token",
            \.metrics.prometheus.token,
            .secret,
            "Token for Prometheus",
            visibility: .secret
        ),
        .init(
            "metrics.prometheus.tokenFile",
            \.metrics.prometheus.token,
            .secretFile,
            "File that holds the token for Prometheus"
        ),
        .init(
            "metrics.prometheus.interval",
            \.metrics.prometheus.interval,
            .duration(.seconds(1)...(.seconds(60))),
            "How often Prometheus is asked, for all intents at once"
        ),
        .init(
            "metrics.prometheus.certificateAuthority",
            \.metrics.prometheus.certificateAuthority,
            .text("FILE"),
            "File with the certificates that Prometheus' own is checked against"
        ),
        .init(
            "metrics.scaleUpAfter",
            \.metrics.scaleUpAfter,
            .duration(.zero...(.seconds(86_400))),
            "For how long the load must ask for more replicas"
        ),
        .init(
            "metrics.scaleDownAfter",
            \.metrics.scaleDownAfter,
            .duration(.zero...(.seconds(86_400))),
            "For how long the load must ask for fewer replicas"
        ),
    ]
}

extension SettingType<String> {
    /// A query, or `none`.
    fileprivate static let query = Self(placeholder: "QUERY|none") { input throws(SettingFault) in
        let text = try SettingType.text("QUERY").read(input)
        return text == "none" ? "" : text
    } show: {
        $0.isEmpty ? "none" : $0
    }
}
