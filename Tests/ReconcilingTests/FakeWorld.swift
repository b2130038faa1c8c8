import Intents
import Placement

@testable import Reconciling

/// What is wished for, changed by tests while a reconciler reads it.
final class Wishes: Sendable {
    private let state = Locked<[IntentKey: Wish]>([:])

    subscript(key: IntentKey) -> Wish? {
        get { state.withLock { $0[key] } }
        set { state.withLock { $0[key] = newValue } }
    }
}

/// An operator's heart over fake platforms and a fake ledger, which can crash and start again.
final class FakeWorld {
    let time = TestTime()
    let ledger = FakeLedger()
    let wishes = Wishes()
    let key = IntentKey(rawValue: "search")
    let platforms: [FakePlatform]
    private(set) var books: Books
    private(set) var reconciler: Reconciler
    private(set) var gates: [PlatformName: PlatformGate] = [:]
    private var starts: UInt64 = 1

    /// A world with one intent that wants `slots`.
    init(
        slots: Int = 1,
        _ make: (TestTime) -> [FakePlatform] = { [FakePlatform(time: $0)] },
        spec change: (inout IntentSpec) -> Void = { _ in }
    ) {
        platforms = make(time)
        // An operator has looked at the platforms before.
        let accounts = Dictionary(uniqueKeysWithValues: platforms.map { ($0.name, $0.account) })
        ledger.state.withLock { $0.snapshot.platformAccounts = accounts }
        (reconciler, books, gates) = Self.start(platforms, ledger, time, wishes, seed: 1)
        wishes[key] = Scene(slots: slots, change).situation.wish
    }

    /// The only platform, or the first.
    var platform: FakePlatform { platforms[0] }

    /// The rows that are not confirmed gone.
    var held: [AllocationRecord] { books.records(of: key).filter { $0.phase != .tombstone } }

    /// Wishes for nothing any more, and writes that down.
    func withdraw() async {
        wishes[key] = nil
        _ = await books.commitFact([.dropIntent(key)])
    }

    /// Forgets everything that is not in the ledger, and starts again.
    func crash() {
        starts += 1
        (reconciler, books, gates) = Self.start(platforms, ledger, time, wishes, seed: starts)
    }

    private static func start(
        _ platforms: [FakePlatform],
        _ ledger: FakeLedger,
        _ time: TestTime,
        _ wishes: Wishes,
        seed: UInt64
    ) -> (Reconciler, Books, [PlatformName: PlatformGate]) {
        let books = Books(ledger: ledger, snapshot: ledger.snapshot)
        var gates: [PlatformName: PlatformGate] = [:]
        var lookouts: [PlatformName: Lookout] = [:]
        for platform in platforms {
            let gate = PlatformGate(
                platform,
                limits: PlatformLimits(),
                time: time,
                leadership: ExclusiveLeadership(),
                books: books,
                tell: { _ in }
            )
            gates[platform.name] = gate
            lookouts[platform.name] = Lookout(
                gate: gate,
                books: books,
                policy: ReconcilePolicy(),
                time: time,
                tell: { _ in }
            )
        }
        let shop = Shop(gates: gates.values.sorted { $0.name < $1.name }, policy: PlacementPolicy(), time: time)
        let tools = Reconciler.Tools(
            gates: gates,
            lookouts: lookouts,
            shop: shop,
            books: books,
            quotas: Quotas([], snapshot: LedgerSnapshot(operatorID: ""), carriers: [], time: time),
            time: time,
            dice: SharedDice(seed: seed)
        )
        return (Reconciler(tools: tools, policy: ReconcilePolicy()) { wishes[$0] }, books, gates)
    }

    /// Reconciles when the key is due, until a span has passed; returns how often.
    @discardableResult
    func live(_ span: Duration, most: Int = 2000) async -> Int {
        let end = time.uptime + span
        var times = 0
        while times < most {
            times += 1
            guard let again = await reconciler.reconcile(key) else { break }
            guard time.uptime + again.after < end else { break }
            time.advance(again.after)
        }
        if time.uptime < end { time.advance(end - time.uptime) }
        return times
    }

    /// Whether the world is as wished: so many live, each with one row, and nothing under way.
    func isSettled(at slots: Int) -> Bool {
        let ids = Set(held.compactMap(\.id))
        let all = Set(platforms.flatMap(\.living))
        return held.count == slots && ids == all && reconciler.standing(of: key) == .converged
    }
}
