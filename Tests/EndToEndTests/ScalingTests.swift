import Documents
import FoundationEssentials
import Synchronization
import Testing
import Wire

/// The number of replicas follows what a real Prometheus server has scraped.
@Suite struct ScalingTests {
    /// Where Debian's package puts the server.
    private static let prometheus = "/usr/bin/prometheus"

    /// Tells the load of every host that it has been given, as NVIDIA's exporter does.
    private final class Exporter: Sendable {
        private let loads = Mutex<[String: Int]>([:])

        /// Gives every one of these hosts a load.
        func set(_ percent: Int, of hosts: [String]) {
            loads.withLock { $0 = Dictionary(uniqueKeysWithValues: hosts.map { ($0, percent) }) }
        }

        /// What is scraped.
        var text: String {
            let lines = loads.withLock { $0 }.sorted { $0.key < $1.key }.map { host, percent in
                "DCGM_FI_DEV_GPU_UTIL{gpu=\"0\",instance=\"\(host):9400\"} \(percent)"
            }
            return "# TYPE DCGM_FI_DEV_GPU_UTIL gauge\n" + lines.joined(separator: "\n") + "\n"
        }
    }

    private static let intent = """
        apiVersion: intent-operator.dev/v1alpha1
        kind: Intent
        metadata: {name: busy}
        spec:
          objective: Cost_Minimization
          workload:
            type: service
            name: busy
            image: jupyter/base-notebook:latest
            resources: {gpu: {model: nvidia-t4}}
            scaling: {min_replicas: 1, max_replicas: 3, auto_scale: true}
          constraints: {providers: [flexai]}
        """

    /// Starts a server that scrapes a port every second.
    private static func serve(scraping port: Int, in folder: String) throws -> (ChildProcess, url: String) {
        let own = try FreePort.find()
        let configuration = """
            global: {scrape_interval: 1s}
            scrape_configs:
              - job_name: dcgm
                honor_labels: true
                static_configs: [{targets: ["127.0.0.1:\(port)"]}]
            """
        let file = folder + "/prometheus.yml"
        try Data(configuration.utf8).write(to: URL(filePath: file))
        let process = try ChildProcess(
            prometheus,
            [
                "--config.file=\(file)", "--web.listen-address=127.0.0.1:\(own)",
                "--storage.tsdb.path=\(folder)/prometheus",
            ],
            environment: ["PATH": "/usr/bin:/bin"],
            files: folder + "/prometheus"
        )
        return (process, "http://127.0.0.1:\(own)")
    }

    @Test(
        "Replicas come with the load and go with it",
        .enabled(if: FileManager.default.isExecutableFile(atPath: prometheus), "hack/setup installs Prometheus")
    )
    func follows() async throws {
        try await Site.lend { site in
            let exporter = Exporter()
            let server = try HTTPServer.bind(ListenAddress("127.0.0.1:0")) { _ in
                HTTPServerResponse(
                    status: 200,
                    headers: HTTPHeaders([("Content-Type", "text/plain; version=0.0.4")]),
                    body: Array(exporter.text.utf8)
                )
            }
            let (prometheus, url) = try Self.serve(scraping: server.port, in: site.folder)
            defer { prometheus.end() }
            try site.write("busy.yaml", Self.intent)
            let run = try site.startRun(
                "--set",
                "metrics.prometheus.url=\(url)",
                "--set",
                "metrics.prometheus.cpuQuery=none",
                "--set",
                "metrics.prometheus.interval=1s",
                "--set",
                "metrics.scaleUpAfter=2s",
                "--set",
                "metrics.scaleDownAfter=3s",
                "--set",
                "policies.pollSettled=1s"
            )
            try await until("the intent is known", seen: { run.story }) {
                try await site.command("get", "busy").status == 0
            }
            for (percent, replicas) in [(95, 3), (0, 1)] {
                try await until("\(replicas) replicas live", within: .seconds(90), seen: { run.story }) {
                    let slots = try await site.status(of: "busy")["slots"]?.sequence ?? []
                    exporter.set(percent, of: slots.compactMap { $0["address"]?.string })
                    return slots.count == replicas && slots.allSatisfy { $0["state"]?.string == "Running" }
                }
            }
            let events = try await site.command("events", "busy")
            #expect(events.output.contains("1 → 2 replicas") && events.output.contains("GPU 95 %"), "\(events)")
        }
    }
}
