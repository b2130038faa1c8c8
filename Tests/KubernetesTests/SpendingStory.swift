import Documents
import Intents
import Kubernetes
import Placement
import Reconciling
import StandInCluster
import Wire

/// The wire of a process that dies at one of its writes.
final class CutTransport: StreamingTransport {
    /// What becomes of the write at which it dies.
    enum Way: CaseIterable, Sendable {
        /// It never arrives.
        case before
        /// It is carried out, and nobody hears of it.
        case after
    }

    private let base: StandInCluster
    private let way: Way
    private let left = Locked<Int?>(nil)
    private let counted = Locked(0)

    init(_ base: StandInCluster, _ way: Way = .before) {
        self.base = base
        self.way = way
    }

    /// How many writes were made since the beginning.
    var writes: Int { counted.withLock { $0 } }

    /// From now on so many writes are let through.
    func allow(_ count: Int) { left.withLock { $0 = count } }

    func send(_ request: TransportRequest) async throws(TransportFailure) -> TransportReply {
        let isWrite = request.method != "GET"
        let (isDead, isLast) = left.withLock { left -> (Bool, Bool) in
            guard let now = left else { return (false, false) }
            if now < 0 { return (true, false) }
            guard isWrite else { return (false, false) }
            left = now - 1
            return (false, now == 0)
        }
        if isDead { throw .notSent("dead") }
        if isWrite { counted.withLock { $0 += 1 } }
        guard isLast else { return try await base.send(request) }
        if way == .after { _ = try await base.send(request) }
        throw .outcomeUnknown("dead")
    }

    func open(_ request: TransportRequest, idle: Duration) async throws(TransportFailure) -> TransportStream {
        try await base.open(request, idle: idle)
    }
}

/// A ledger that counts for quotas, in a process that holds the lock and has read everything.
struct Keeper: Sendable {
    /// Totals that overlap, for different times, and limits that are none of their business.
    static let quotas = [
        Quota(selector: [:], maxTotalCost: Quota.Total(.euros(500), per: .month)),
        Quota(selector: ["team": "search"], maxTotalCost: Quota.Total(.euros(100), per: .day)),
        Quota(selector: ["team": "search", "env": "live"], maxTotalCost: Quota.Total(.euros(100), per: .month)),
        Quota(selector: ["owner": "x"], maxGPUs: 3),
    ]

    let world: World
    let lock: KubernetesLock
    let ledger: KubernetesLedger
    let catalog = IntentCatalog()
    let snapshot: LedgerSnapshot

    init(
        _ world: World,
        _ identity: String = "op",
        quotas: [Quota] = quotas,
        shard: Shard = .whole,
        transport: (any StreamingTransport)? = nil
    ) async throws {
        self.world = world
        let client = APIClient(server: world.client.server, transport: transport ?? world.cluster)
        let lease = ObjectName(namespace: "default", name: shard.leaseName("intent-operator"))
        lock = KubernetesLock(lease, identity: identity, client: client, time: world.time)
        try await lock.acquire(.standBy)
        let events = EventRecorder(
            catalog: catalog,
            lease: lease,
            instance: identity,
            time: world.time,
            dice: world.dice(3)
        )
        var parts = KubernetesLedger.Parts(
            client: client,
            catalog: catalog,
            lock: lock,
            events: events,
            time: world.time
        )
        parts.quotas = quotas
        parts.shard = shard
        ledger = KubernetesLedger(parts)
        snapshot = try await ledger.load()
    }

    /// What the Lease says was spent; nil where it says nothing.
    var note: String? {
        world.cluster.object(.leases, lock.name)?["metadata"]?["annotations"]?["intent-operator.dev/spent"]?.string
    }

    /// What every quota says was spent on what is over.
    static func spent(_ snapshot: LedgerSnapshot, quotas: [Quota] = quotas, _ world: World) -> [Money] {
        var past = LedgerSnapshot(operatorID: "")
        past.costs = snapshot.costs
        past.intents = snapshot.intents
        for (index, quota) in quotas.enumerated() {
            let intent = Intent(name: "probe", labels: quota.selector, spec: IntentSpec())
            past.intents.append(
                StoredIntent(
                    key: IntentKey(rawValue: "probe/\(index)"),
                    file: "",
                    generation: 1,
                    createdAt: world.time.now,
                    intent: intent
                )
            )
        }
        let tallies = Quotas(quotas, snapshot: past, carriers: [], time: world.time)
        return quotas.indices.map { index in
            let standings = tallies.standings(of: IntentKey(rawValue: "probe/\(index)"))
            return standings.first { $0.quota == quotas[index] }?.spent ?? .zero
        }
    }

    /// The same by a plain sum.
    static func sum(_ charges: [(labels: [String: String], charge: Charge)], _ world: World) -> [Money] {
        quotas.map { quota in
            guard let total = quota.maxTotalCost else { return .zero }
            let period = total.period.days(around: world.time.now)
            return charges.filter { quota.selects($0.labels) }.flatMap(\.charge.days)
                .filter { period.contains($0.day) }.reduce(.zero) { $0 + $1.amount }
        }
    }
}

extension Money {
    /// Whole euros.
    static func euros(_ count: Int) -> Money { Money(micros: Int64(count) * 1_000_000) }
}

extension World {
    /// Applies a person's intent with labels, as it is then.
    @discardableResult
    func put(_ name: String, labels: [String: String]) async throws -> Node {
        let names = labels.sorted { $0.key < $1.key }.map { ($0.key, Node.string($0.value)) }
        let head = Node.mapping(["name": .string(name), "labels": .mapping(names)])
        return try await client.create(.intents, in: "default", Self.intent(name).replacing("metadata", head))
    }

    /// A row that lives since some hours ago.
    func living(
        _ name: String,
        _ ordinal: Int,
        since hours: Int = 2,
        on platform: PlatformName = .flexai
    ) -> AllocationRecord {
        var row = AllocationRecord(
            attempt: AttemptID(rawValue: "attempt-\(name)-\(ordinal)"),
            key: Self.key(name),
            slot: 0,
            ordinal: ordinal,
            purchase: Purchase(
                offer: Offer.ID(platform: platform, name: "h100"),
                model: "H100",
                gpuCount: 1,
                hourly: .euros(2)
            ),
            shape: "",
            reference: "",
            openedAt: Timestamp(milliseconds: time.now.milliseconds / 1000 * 1000 - Int64(hours) * 3_600_000),
            body: nil
        )
        row.phase = .live
        row.id = AllocationID(rawValue: "id-\(name)-\(ordinal)")
        return row
    }
}

extension AllocationRecord {
    /// The same row, confirmed gone.
    func buried(at moment: Timestamp, _ amount: Money? = nil) -> AllocationRecord {
        var row = self
        row.phase = .tombstone
        row.tombstone = Tombstone(at: moment, looks: 0, settled: amount ?? hourly.over(moment - openedAt))
        return row
    }

    /// What it has cost, as whoever buries it says.
    var charge: Charge { Charge(self, until: tombstone?.at ?? openedAt, amount: tombstone?.settled) }
}
