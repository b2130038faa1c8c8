import Documents
import Intents
import Kubernetes
import Reconciling
import Simulation
import StandInCluster
import Wire

/// Virtual time as the operator's clock.
struct WorldTime: Timekeeper {
    let clock: VirtualClock

    var now: Timestamp { clock.timestamp }
    /// Begins late, so that nothing works by starting at nought.
    var uptime: Duration { .seconds(1000) + clock.now.offset }

    func sleep(until uptime: Duration) async throws {
        try await clock.sleep(until: VirtualClock.Instant(offset: uptime - .seconds(1000)), tolerance: nil)
    }
}

/// A stand-in cluster in virtual time, in which nothing happens by chance.
struct World: Sendable {
    let time: WorldTime
    let cluster: StandInCluster
    let client: APIClient
    let seed: UInt64

    /// Plays a story in a world of its own, to its end; it takes no real time but the computing.
    static func play<Value: Sendable>(
        seed: UInt64 = 1,
        kinds: [StandInKind] = StandInKind.own,
        namespaces: Set<String> = ["default"],
        _ story: @escaping @Sendable (World) async throws -> Value
    ) throws -> Value {
        let executor = DeterministicExecutor(seed: seed)
        let time = WorldTime(clock: executor.clock)
        let cluster = StandInCluster(time: time, kinds: kinds, namespaces: namespaces)
        let client = APIClient(server: try HTTPURL("https://stand-in:6443"), transport: cluster)
        let world = World(time: time, cluster: cluster, client: client, seed: seed)
        return try executor.run(stepLimit: 3_000_000) { () async -> Result<Value, any Error> in
            do { return .success(try await story(world)) } catch { return .failure(error) }
        }.get()
    }

    /// Dice that follow from the seed and a number.
    func dice(_ number: UInt64 = 0) -> SharedDice { SharedDice(seed: seed &* 1000 &+ number) }

    /// Lets time pass.
    func pass(_ span: Duration) async throws { try await time.sleep(until: time.uptime + span) }

    /// Lets time pass until something holds; whether it came to hold.
    func passes(within span: Duration, _ holds: @Sendable () -> Bool) async throws -> Bool {
        let end = time.uptime + span
        while !holds() {
            guard time.uptime < end else { return false }
            try await pass(.milliseconds(50))
        }
        return true
    }

    /// Runs something beside a story, and ends it with the story.
    @discardableResult
    func beside<Value: Sendable>(
        _ lives: @escaping @Sendable () async throws -> Void,
        _ story: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask {
                do { try await lives() } catch is CancellationError {}
                return nil
            }
            group.addTask { try await story() }
            defer { group.cancelAll() }
            while let value = try await group.next() {
                if let value { return value }
            }
            throw CancellationError()
        }
    }

    /// A person's intent.
    static func intent(_ name: String, image: String = "app", annotations: KeyValuePairs<String, Node> = [:]) -> Node {
        .mapping([
            "apiVersion": "intent-operator.dev/v1alpha1",
            "kind": "Intent",
            "metadata": .mapping(["name": .string(name), "annotations": .mapping(annotations)]),
            "spec": .mapping([
                "objective": "Cost_Minimization",
                "workload": .mapping([
                    "type": "service", "name": .string(name), "image": .string(image),
                    "resources": .mapping(["gpu": .mapping(["count": 1])]),
                ]),
                "constraints": .mapping(["providers": ["flexai"], "max_hourly_cost": "50 EUR"]),
            ]),
        ])
    }

    /// Applies a person's intent.
    @discardableResult
    func put(_ name: String, image: String = "app") async throws -> Node {
        try await client.create(.intents, in: "default", Self.intent(name, image: image))
    }

    /// An Intent's object; nil where it is gone.
    func intent(_ name: String) -> Node? { cluster.object(.intents, Self.name(name)) }

    /// The name of an object in the default namespace.
    static func name(_ name: String) -> ObjectName { ObjectName(namespace: "default", name: name) }

    /// The key of an intent in the default namespace.
    static func key(_ name: String) -> IntentKey { IntentKey(rawValue: "default/\(name)") }
}
