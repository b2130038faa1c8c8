import Documents
import FoundationEssentials
import Intents
import Kubernetes
import Reconciling
import StandInCluster
import Testing
import Wire

/// A place whose intents, ledger and lock lie in a stand-in for an API server, served over HTTP.
struct ClusterSite: Sendable {
    /// The machine's clocks.
    private struct Clocks: Timekeeper {
        private let start = ContinuousClock.now

        var now: Timestamp { Timestamp(milliseconds: Int64((Date().timeIntervalSince1970 * 1000).rounded())) }
        var uptime: Duration { start.duration(to: .now) }
        func sleep(until uptime: Duration) async throws {
            try await ContinuousClock().sleep(until: start + uptime)
        }
    }

    /// The folder, the platforms and the processes.
    let site: Site
    /// The stand-in itself.
    let cluster: StandInCluster
    /// A person's way to it.
    let client: APIClient
    /// What a command needs to find it.
    let environment: [String: String]

    /// Makes a place and lends it.
    static func lend(_ body: @Sendable (ClusterSite) async throws -> Void) async throws {
        try await Site.lend(simulation: ["simulation.userIDs=echoed"]) { site in
            let cluster = StandInCluster(time: Clocks(), namespaces: ["default", "intent-operator"])
            let server = try StandInServer(cluster, at: ListenAddress("127.0.0.1:0"))
            let kubeconfig = site.folder + "/kubeconfig"
            try Data(Self.kubeconfig(port: server.port).utf8).write(to: URL(filePath: kubeconfig))
            let place = ClusterSite(
                site: site,
                cluster: cluster,
                client: APIClient(server: try HTTPURL("https://stand-in:6443"), transport: cluster),
                environment: ["INTENTCTL_KUBERNETES": "true", "INTENTCTL_KUBECONFIG": kubeconfig]
            )
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { await server.run() }
                defer { group.cancelAll() }
                try await body(place)
            }
        }
    }

    private static func kubeconfig(port: Int) -> String {
        """
        apiVersion: v1
        kind: Config
        current-context: stand-in
        contexts: [{name: stand-in, context: {cluster: stand-in, user: nobody, namespace: default}}]
        clusters: [{name: stand-in, cluster: {server: "http://127.0.0.1:\(port)"}}]
        users: [{name: nobody, user: {}}]

        """
    }

    /// Starts an operator; `name` is what its pod would be called.
    func startRun(_ name: String, _ more: String...) throws -> ChildProcess {
        try site.start(
            ["run"] + Site.quick + more,
            environment: environment.merging(["POD_NAME": name]) { $1 }
        )
    }

    /// Runs a command to its end.
    func command(_ arguments: String...) async throws -> Finished {
        try await site.start(arguments, environment: environment).finish()
    }

    /// Creates an Intent: a service on FlexAI.
    func create(_ name: String, replicas: Int = 1) async throws {
        let text = Array(Site.notebook(name, replicas: replicas).utf8)
        let document = try #require(try DocumentParser.parse(text, file: name, format: .yaml).first)
        _ = try await client.create(.intents, in: "default", document.root)
    }

    /// Deletes an Intent, as kubectl does.
    func delete(_ name: String) async throws { try await client.delete(.intents, Self.object(name)) }

    /// An Intent as it is now; nil where there is none.
    func intent(_ name: String) -> Node? { cluster.object(.intents, Self.object(name)) }

    /// The Lease's holder.
    var holder: String? {
        let lease = cluster.object(.leases, ObjectName(namespace: "default", name: "intent-operator"))
        return lease?["spec"]?["holderIdentity"]?.string
    }

    /// What an Intent is called in the cluster.
    static func object(_ name: String) -> ObjectName { ObjectName(namespace: "default", name: name) }

    /// Waits until an Intent has come to a phase.
    func reaches(_ name: String, _ phase: String, _ process: ChildProcess) async throws {
        // A purchase that a crash has cut off is told from none only once its platform must know it.
        try await until(
            "\(name) is \(phase)",
            within: .seconds(120),
            seen: { "\(intent(name) ?? "gone")\n\(process.story)" }
        ) {
            intent(name)?["status"]?["phase"]?.string == phase
        }
    }
}
