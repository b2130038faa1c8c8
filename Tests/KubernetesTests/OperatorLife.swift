import FlexAI
import Intents
import Kubernetes
import Placement
import Reconciling
import Simulation
import StandInCluster
import Wire

/// A platform and what was bought there.
struct Market: Sendable {
    let world: World
    let platform: SimulatedWorld

    init(_ world: World) {
        self.world = world
        var settings = FlexAISettings()
        settings.bootTime = .seconds(5)
        settings.deleteTime = .seconds(2)
        settings.userIDs = .echoed
        platform = SimulatedWorld(seed: world.seed, flexai: settings)
    }

    /// Everything that was ever bought.
    var purchases: [SimulatedPurchase] { platform.estate(of: .flexai, at: world.time.now)?.purchases ?? [] }

    /// How much lives.
    var living: Int { purchases.count { $0.isAlive } }
}

/// Whether a process lives; what it sends when it is dead goes nowhere.
final class Life: Sendable {
    private let dead = Locked(false)

    var isDead: Bool { dead.withLock { $0 } }

    /// Kills the process, as SIGKILL does.
    func end() { dead.withLock { $0 = true } }
}

/// The wire's end in a process that may die.
struct MortalTransport<Base: Transport>: Transport {
    let base: Base
    let life: Life

    func send(_ request: TransportRequest) async throws(TransportFailure) -> TransportReply {
        guard !life.isDead else { throw .notSent("dead") }
        let reply = try await base.send(request)
        // What is on its way is not called back by a death, but its reply reaches nobody.
        guard !life.isDead else { throw .outcomeUnknown("dead") }
        return reply
    }
}

extension MortalTransport: StreamingTransport where Base: StreamingTransport {
    func open(_ request: TransportRequest, idle: Duration) async throws(TransportFailure) -> TransportStream {
        guard !life.isDead else { throw .notSent("dead") }
        return try await base.open(request, idle: idle)
    }
}

/// One life of an operator against a cluster, joined as a program joins it.
final class OperatorLife: Sendable {
    let market: Market
    let identity: String
    let shard: Shard
    let life = Life()
    let runs = Locked(false)
    /// Where loads are measured; nil where nowhere.
    let measurements: (any Measurements)?
    /// Limits of groups.
    let quotas: [Quota]

    init(
        _ market: Market,
        _ identity: String,
        shard: Shard = .whole,
        measurements: (any Measurements)? = nil,
        quotas: [Quota] = []
    ) {
        self.measurements = measurements
        self.quotas = quotas
        self.shard = shard
        self.market = market
        self.identity = identity
    }

    /// Whether it holds the lock and runs.
    var isRunning: Bool { runs.withLock { $0 } }

    /// Lives until it is killed, loses the lock, or is cancelled.
    func run() async throws {
        let time = market.world.time
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await self.work() }
            group.addTask {
                while !self.life.isDead { try await time.sleep(until: time.uptime + .milliseconds(50)) }
                throw CancellationError()
            }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    private func work() async throws {
        let (world, time) = (market.world, market.world.time)
        let transport = MortalTransport(base: world.cluster, life: life)
        let client = APIClient(server: world.client.server, transport: transport)
        let lease = ObjectName(namespace: "default", name: shard.leaseName("intent-operator"))
        let lock = KubernetesLock(lease, identity: identity, client: client, time: time)
        try await lock.acquire(.standBy)
        let catalog = IntentCatalog()
        let dice = world.dice(UInt64(identity.utf8.reduce(7) { $0 &* 31 &+ Int($1) }))
        let events = EventRecorder(catalog: catalog, lease: lease, instance: identity, time: time, dice: dice)
        var ledgerParts = KubernetesLedger.Parts(
            client: client,
            catalog: catalog,
            lock: lock,
            events: events,
            time: time
        )
        ledgerParts.shard = shard
        ledgerParts.quotas = quotas
        let ledger = KubernetesLedger(ledgerParts)
        let worker = makeOperator(
            ledger,
            lock,
            try await ledger.load(),
            seed: UInt64(bitPattern: dice.throwOne(in: .min ... .max))
        )
        let source = KubernetesSource(
            client: client,
            selection: Selection(),
            shard: shard,
            catalog: catalog,
            events: events,
            time: time,
            dice: dice
        )
        runs.withLock { $0 = true }
        defer { runs.withLock { $0 = false } }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await lock.run() }
            group.addTask { try await ledger.run() }
            group.addTask { try await worker.run(source) }
            defer {
                worker.drain()
                group.cancelAll()
            }
            try await group.next()
        }
    }

    private func makeOperator(
        _ ledger: KubernetesLedger,
        _ lock: KubernetesLock,
        _ snapshot: LedgerSnapshot,
        seed: UInt64
    ) -> Operator {
        let time = market.world.time
        let wire = SimulatedTransport(to: .flexai, of: market.platform, clock: time.clock, wire: .milliseconds(20))
        let settings = FlexAISettings()
        let platform = FlexAIPlatform(
            FlexAIConfiguration(
                baseURL: "https://flexai.example",
                apiKey: PlatformSecret(settings.key),
                organizationID: settings.organization,
                operatorID: snapshot.operatorID
            ),
            transport: LeasedTransport(MortalTransport(base: wire, life: life), leadership: lock)
        ) { time.now }
        var parts = Operator.Parts(platforms: [platform], ledger: ledger, time: time, seed: seed)
        parts.leadership = lock
        parts.measurements = measurements
        var manner = Operator.Manner()
        manner.policy.tombstoneLooks = [.seconds(60), .seconds(180)]
        manner.tick = .seconds(1)
        manner.quotas = quotas
        manner.width = 8
        return Operator(parts, manner: manner, snapshot: snapshot) { _ in }
    }
}
