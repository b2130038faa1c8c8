import Glibc
import Intents
import Kubernetes
import Reconciling

/// The way to a cluster, and everything that an operator or a command uses there.
struct Cluster: Sendable {
    /// What the operator's Lease is called.
    static let leaseName = "intent-operator"

    /// How it is named for people.
    let name: String
    /// What a person should know of the way.
    let warnings: [String]
    /// Which objects are meant.
    let selection: Selection
    /// Which of them are this operator's.
    let shard: Shard
    /// What a name without a namespace stands in.
    let namespace: String
    /// The lock.
    let lock: KubernetesLock
    /// The ledger.
    let ledger: KubernetesLedger
    /// Intents.
    let source: KubernetesSource
    /// For people's requests.
    let desk: ClusterDesk
    private let connection: ClusterConnection
    /// The lock's own way, so that nothing slow ever stands before a renewal.
    private let lockConnection: ClusterConnection

    /// Finds the way that the settings and the environment name; nothing is asked of the cluster yet.
    init(
        _ settings: ClusterSettings,
        quotas: [Quota] = [],
        environment: [String: String],
        time: SystemTimekeeper,
        dice: SharedDice
    ) throws(CommandError) {
        let access = try Self.access(settings, environment)
        name = access.description
        warnings = access.warnings
        connection = ClusterConnection(access, userAgent: "intent-operator/\(Version.text)", time: time)
        lockConnection = ClusterConnection(access, userAgent: "intent-operator/\(Version.text)", time: time)
        let client = connection.client
        let home = settings.namespace ?? access.namespace ?? "default"
        namespace = home
        shard = settings.shard
        selection = Selection(
            namespace: settings.allNamespaces ? nil : home,
            labels: settings.labelSelector ?? ""
        )
        let lease = ObjectName(
            namespace: Self.leaseNamespace(settings, environment) ?? access.namespace ?? home,
            name: shard.leaseName(Self.leaseName)
        )
        let identity = Self.identity(environment, dice)
        lock = KubernetesLock(lease, identity: identity, client: lockConnection.client, time: time)
        let catalog = IntentCatalog()
        let events = EventRecorder(catalog: catalog, lease: lease, instance: identity, time: time, dice: dice)
        var parts = KubernetesLedger.Parts(client: client, catalog: catalog, lock: lock, events: events, time: time)
        parts.selection = selection
        parts.shard = shard
        parts.quotas = quotas
        ledger = KubernetesLedger(parts)
        source = KubernetesSource(
            client: client,
            selection: selection,
            shard: shard,
            catalog: catalog,
            events: events,
            time: time,
            dice: dice
        )
        desk = ClusterDesk(client: client, lease: lease, selection: selection, time: time)
    }

    /// Where the Lease is, as far as anybody has said so.
    private static func leaseNamespace(_ settings: ClusterSettings, _ environment: [String: String]) -> String? {
        settings.operatorNamespace ?? environment["POD_NAMESPACE"].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Ends every call and the client's thread.
    func shutdown() {
        connection.shutdown()
        lockConnection.shutdown()
    }

    /// The flag's file, else `KUBECONFIG`, else the pod's own account, else the home directory.
    private static func access(
        _ settings: ClusterSettings,
        _ environment: [String: String]
    ) throws(CommandError) -> ClusterAccess {
        do throws(ConfigurationError) {
            let isNamed = settings.kubeconfig != nil || environment["KUBECONFIG"]?.isEmpty == false
            if !isNamed, let pod = try ClusterAccess.inCluster(environment: environment) { return pod }
            let kubeconfig = try Kubeconfig.read(explicit: settings.kubeconfig, environment: environment) { path in
                unsafe Glibc.access(path, R_OK) == 0
            }
            guard !kubeconfig.isEmpty else {
                throw ConfigurationError(
                    "--kubernetes",
                    "there is no way to a cluster: give --kubeconfig FILE, set KUBECONFIG, or run in a pod"
                )
            }
            return try kubeconfig.access(context: settings.context)
        } catch {
            throw CommandError(error.description)
        }
    }

    /// The pod's or machine's name and something random: two processes never share one.
    private static func identity(_ environment: [String: String], _ dice: SharedDice) -> String {
        let host = environment["POD_NAME"] ?? environment["HOSTNAME"] ?? "intentctl"
        return "\(host)_\(dice.attempt().rawValue)"
    }

    /// The key of an intent that a person names, with or without its namespace.
    func key(_ key: IntentKey) -> IntentKey {
        key.rawValue.contains("/") ? key : ObjectName(namespace: namespace, name: key.rawValue).key
    }
}

extension Cluster {
    /// Where `manifests/` and the chart put the operator.
    private static let usualNamespace = "intent-operator"

    /// Lends the cluster to a command that only looks or asks.
    ///
    /// Where nobody has said which namespace the operator is in, and the context's has no Lease, the usual one is meant:
    /// people work in the namespaces of their intents.
    static func visiting<Value: Sendable>(
        _ settings: ClusterSettings,
        quotas: [Quota] = [],
        environment: [String: String],
        time: SystemTimekeeper,
        _ body: (Cluster) async throws(CommandError) -> Value
    ) async throws(CommandError) -> Value {
        var dice = SystemRandomNumberGenerator()
        func open(_ settings: ClusterSettings) throws(CommandError) -> Cluster {
            try Cluster(
                settings,
                quotas: quotas,
                environment: environment,
                time: time,
                dice: SharedDice(seed: dice.next())
            )
        }
        let cluster = try open(settings)
        defer { cluster.shutdown() }
        guard leaseNamespace(settings, environment) == nil, await !cluster.hasLease() else {
            return try await body(cluster)
        }
        var settings = settings
        settings.operatorNamespace = usualNamespace
        let usual = try open(settings)
        defer { usual.shutdown() }
        return try await body(usual)
    }

    /// Whether the operator's Lease is where it is looked for; who may not see it finds none.
    private func hasLease() async -> Bool {
        do throws(APIError) {
            try await lock.look()
            return lock.lease != nil
        } catch {
            return false
        }
    }

    /// Everything on record, without the lock.
    func snapshot() async throws(CommandError) -> LedgerSnapshot {
        do throws(LedgerError) {
            return try await ledger.look()
        } catch {
            throw CommandError(error.message)
        }
    }

    /// Asks something of the cluster's operator, or of the cluster.
    func asking<Value>(_ body: (ClusterDesk) async throws(APIError) -> Value) async throws(CommandError) -> Value {
        do throws(APIError) {
            return try await body(desk)
        } catch {
            throw CommandError("\(name): \(error.description)")
        }
    }
}
