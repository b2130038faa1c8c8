package import Reconciling

/// How a Prometheus server is asked for loads.
package struct PrometheusConfiguration: Sendable {
    /// GPU load in percent, one series a host: what NVIDIA's DCGM exporter tells.
    package static let usualGPUQuery = "avg by (instance) (DCGM_FI_DEV_GPU_UTIL)"
    /// CPU load in percent, one series a host: what the node exporter tells.
    package static let usualCPUQuery =
        #"100 * (1 - avg by (instance) (rate(node_cpu_seconds_total{mode="idle"}[1m])))"#

    /// The server's URL, without `/api/v1`.
    package var url: String
    /// The query that gives GPU loads in percent; empty where they are not measured.
    package var gpuQuery = usualGPUQuery
    /// The query that gives CPU loads in percent; empty where they are not measured.
    package var cpuQuery = usualCPUQuery
    /// The label that names the host; a port behind it is passed over.
    package var hostLabel = "instance"
    /// What the server asks for in `Authorization: Bearer`; nil where it asks for nothing.
    package var token: PlatformSecret?

    /// A server at a URL, asked as is usual.
    package init(url: String) { self.url = url }
}
