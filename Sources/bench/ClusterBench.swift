import Documents
import FoundationEssentials
import Intents
import Kubernetes
import Reconciling

/// What is measured against a real API server: its own pace of writes, and how soon an operator calls after a change.
///
/// Part of `hack/cluster-check`, and not shipped.
struct ClusterBench: Sendable {
    /// The machine's clocks.
    private struct Clocks: Timekeeper {
        private let start = ContinuousClock.now

        var now: Timestamp { Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) }
        var uptime: Duration { start.duration(to: .now) }
        func sleep(until uptime: Duration) async throws { try await ContinuousClock().sleep(until: start + uptime) }
    }

    /// How many calls are under way at a time.
    static let calls = 16

    /// A person's way to the server.
    let client: APIClient
    /// Where the intents are.
    let namespace: String
    private let connection: ClusterConnection

    /// The server of a kubeconfig file.
    init(kubeconfig: String, namespace: String) throws {
        let access = try Kubeconfig.read(explicit: kubeconfig, environment: [:]) { _ in true }.access(context: nil)
        connection = ClusterConnection(access, userAgent: "bench", time: Clocks())
        client = connection.client
        self.namespace = namespace
    }

    /// Ends the connection.
    func shutdown() { connection.shutdown() }

    /// Creates intents, all alike, and returns how many were created in a second.
    func create(_ count: Int) async throws -> Double {
        try await pace(count) { number in
            _ = try await client.create(.intents, in: namespace, Self.intent(Self.name(number), in: namespace))
        }
    }

    /// Writes a status of usual size to each of them as the operator does, and returns how many in a second.
    func writeStatuses(_ count: Int) async throws -> Double {
        var uids: [String] = []
        for number in 1...count {
            let object = try await client.get(.intents, name(number))
            uids.append(object["metadata"]?["uid"]?.string ?? "")
        }
        let known = uids
        return try await pace(count) { number in
            _ = try await client.apply(
                .intents,
                name(number),
                uid: known[number - 1],
                subresource: "status",
                ["status": Self.status]
            )
        }
    }

    /// Asks for one slot more or less.
    func scale(_ number: Int, to replicas: Int64) async throws {
        let scaling = Node.mapping(["scaling": .mapping(["min_replicas": .integer(replicas)])])
        let patch = Node.mapping(["spec": .mapping(["workload": scaling])])
        _ = try await client.merge(.intents, name(number), patch)
    }

    /// Watches the intents until so many of them are Running.
    ///
    /// One more watch costs the server little: it writes each change out once for all watchers.
    func awaitRunning(_ count: Int) async {
        let reflector = Reflector<(head: ObjectMetadata, isRunning: Bool)>(
            .intents,
            Selection(namespace: namespace),
            client: client,
            time: Clocks(),
            dice: SharedDice(seed: 1),
            read: { node throws(MalformedObject) in
                (try ObjectMetadata(ObjectFields(node, path: "")), node["status"]?["phase"]?.string == "Running")
            },
            metadata: \.head
        )
        let (progress, teller) = AsyncStream<(ObjectName, Bool)>.makeStream()
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                do {
                    try await reflector.run { reflected in
                        switch reflected {
                        case .snapshot(let items, _):
                            for item in items { teller.yield((item.head.name, item.isRunning)) }
                        case .upserted(let item): teller.yield((item.head.name, item.isRunning))
                        case .deleted, .unavailable, .available: break
                        }
                    }
                } catch {
                    teller.finish()
                }
            }
            var running: Set<ObjectName> = []
            for await (name, isRunning) in progress {
                if isRunning { running.insert(name) } else { running.remove(name) }
                if running.count >= count { break }
            }
            group.cancelAll()
        }
    }

    private func pace(_ count: Int, _ write: @escaping @Sendable (Int) async throws -> Void) async throws -> Double {
        let began = ContinuousClock.now
        try await withThrowingTaskGroup(of: Void.self) { group in
            for lane in 0..<Self.calls {
                group.addTask {
                    for number in stride(from: lane + 1, through: count, by: Self.calls) { try await write(number) }
                }
            }
            try await group.waitForAll()
        }
        return Double(count) / ((ContinuousClock.now - began) / .seconds(1))
    }

    private func name(_ number: Int) -> ObjectName { ObjectName(namespace: namespace, name: Self.name(number)) }

    private static func name(_ number: Int) -> String { "bench-\(number)" }

    private static func intent(_ name: String, in namespace: String) throws -> Node {
        let text = """
            apiVersion: intent-operator.dev/v1alpha1
            kind: Intent
            metadata: {name: \(name), namespace: \(namespace)}
            spec:
              objective: Cost_Minimization
              workload:
                type: service
                name: \(name)
                image: jupyter/pytorch-notebook:latest
                resources: {cpu: "4", memory: 16Gi, gpu: {count: 1, memory: 16Gi}}
                scaling: {min_replicas: 1, max_replicas: 4}
              constraints: {max_hourly_cost: 50 EUR, providers: [flexai]}
            """
        return try DocumentParser.parse(Array(text.utf8), file: name, format: .yaml).first?.root ?? .mapping([])
    }

    /// A status of one running slot.
    private static var status: Node {
        var status = IntentStatus(observedGeneration: 1, wantedSlots: 1)
        status.phase = .running
        status.slots = [SlotStatus(number: 0, state: .running, note: "")]
        status.conditions = ["Ready", "Reconciling", "Stalled"].map { type in
            Condition(
                type: type,
                status: type == "Ready" ? .yes : .no,
                reason: "Running",
                message: "1 of 1 slots run",
                lastTransition: Timestamp(seconds: 1_790_000_000)
            )
        }
        return status.node
    }
}
