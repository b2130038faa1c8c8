import Documents
import Intents
import Kubernetes
import Placement
import Reconciling
import StandInCluster
import Testing

/// Wherever a process dies, every cost is counted once: by its row, or by the sums.
@Suite(.timeLimit(.minutes(10))) struct SpendingCrashTests {
    /// How a row comes to its end.
    private enum Way: Sendable {
        /// Confirmed gone.
        case buried
        /// Confirmed gone, seen again, and confirmed gone anew: it has cost more by then.
        case reopened
        /// A person says that it is gone.
        case abandoned
    }

    /// What becomes of a row.
    private struct Fate: Sendable {
        var row: AllocationRecord
        var labels: [String: String]
        var way: Way
        /// What it has cost when it is gone for good.
        var end: AllocationRecord
        /// What it was first thought to have cost.
        var first: AllocationRecord { row.buried(at: row.openedAt + .seconds(60)) }

        init(_ world: World, _ name: String, _ ordinal: Int, _ way: Way, on platform: PlatformName = .flexai) {
            labels = SpendingCrashTests.labels[name] ?? [:]
            self.way = way
            // Some end in the day before, and some live over midnight.
            row = world.living(name, ordinal, since: 5 + 9 * ordinal, on: platform)
            end = row.buried(at: row.openedAt + .seconds(4 * 3600 + ordinal))
        }
    }

    private static let labels = [
        "a": ["team": "search"], "b": ["team": "video", "env": "live"], "gone": ["team": "search", "env": "live"],
    ]

    private static func fates(_ world: World) -> [Fate] {
        [
            Fate(world, "a", 1, .buried), Fate(world, "a", 2, .reopened, on: .flare), Fate(world, "a", 3, .abandoned),
            Fate(world, "b", 1, .buried, on: .flare), Fate(world, "gone", 1, .buried),
            Fate(world, "gone", 2, .buried, on: .flare),
        ]
    }

    /// Three intents whose rows live, one of them to be deleted.
    private static func begin(_ world: World, _ fates: [Fate]) async throws {
        let keeper = try await Keeper(world, "first")
        for name in labels.keys.sorted() {
            try await world.put(name, labels: labels[name] ?? [:])
            keeper.catalog.note(try IntentObject(world.intent(name) ?? .null))
            let stored = StoredIntent(
                key: World.key(name),
                file: "",
                generation: 1,
                createdAt: world.time.now,
                intent: try #require(try IntentObject(world.intent(name) ?? .null).intent)
            )
            try await keeper.ledger.write([.intent(stored)])
        }
        for fate in fates { try await keeper.ledger.write([.put(fate.row)]) }
        try await world.client.delete(.intents, World.name("gone"))
    }

    /// Does all that is left to do, as an operator does that goes by its ledger.
    private static func finish(_ keeper: Keeper, _ fates: [Fate]) async throws {
        var rows = Dictionary(uniqueKeysWithValues: keeper.snapshot.records.map { ($0.attempt, $0) })
        func write(_ row: AllocationRecord, _ more: LedgerChange...) async throws {
            let account = IntentAccount(key: row.key, attempts: row.ordinal)
            try await keeper.ledger.write([.put(row), .account(account)] + more)
            rows[row.attempt] = row
        }
        if keeper.world.intent("gone") != nil {
            keeper.catalog.note(try IntentObject(keeper.world.intent("gone") ?? .null))
        }
        try await keeper.ledger.write([.dropIntent(World.key("gone"))])
        for fate in fates {
            guard var row = rows[fate.row.attempt] else { continue }
            if row.phase == .live, fate.way == .reopened { try await write(fate.first, .charge(fate.first.charge)) }
            row = rows[row.attempt] ?? row
            if row.phase == .tombstone, row.tombstone != fate.end.tombstone {
                let taken = row.charge
                row = fate.row
                row.phase = .ending
                try await write(row, .uncharge(taken))
            }
            if fate.way == .abandoned {
                row.phase = .unverified
                try await write(row)
                let account = IntentAccount(key: row.key, attempts: 3)
                try await keeper.ledger.write([.forget(row.attempt), .account(account), .charge(fate.end.charge)])
                rows[row.attempt] = nil
            } else if row.phase != .tombstone {
                try await write(fate.end, .charge(fate.end.charge))
            }
        }
        let left = fates.map(\.row.attempt).filter { rows[$0] != nil }
        for attempt in left.prefix(1) { try await keeper.ledger.write([.forget(attempt)]) }
        try await keeper.ledger.write(left.dropFirst().map { .forget($0) })
    }

    /// What is over and what is not make the same whole at every moment.
    private static func check(_ keeper: Keeper, _ fates: [Fate], _ comment: Comment) {
        let rows = Dictionary(uniqueKeysWithValues: keeper.snapshot.records.map { ($0.attempt, $0) })
        let over = fates.compactMap { fate -> (labels: [String: String], charge: Charge)? in
            guard let row = rows[fate.row.attempt] else { return (fate.labels, fate.end.charge) }
            return row.phase == .tombstone ? (fate.labels, row.charge) : nil
        }
        #expect(Keeper.spent(keeper.snapshot, keeper.world) == Keeper.sum(over, keeper.world), comment)
        let attempts = keeper.snapshot.costs.charges.map(\.attempt)
        #expect(Set(attempts).count == attempts.count, comment)
    }

    /// Plays processes that die at these writes, one after the other, and one that comes to the end; returns its writes.
    @discardableResult
    private static func play(_ cuts: [(after: Int, way: CutTransport.Way)], seed: UInt64 = 1) throws -> Int {
        try World.play(seed: seed) { world in
            // In the middle of a month: every row counts in it, and some in the day too.
            try await world.pass(.seconds(9 * 86_400 + 43_200))
            let fates = fates(world)
            try await begin(world, fates)
            for (index, cut) in cuts.enumerated() {
                let wire = CutTransport(world.cluster, cut.way)
                let keeper = try await Keeper(world, "life-\(index)", transport: wire)
                check(keeper, fates, "life \(index) of \(cuts)")
                wire.allow(cut.after)
                do { try await finish(keeper, fates) } catch is LedgerError {}
            }
            let wire = CutTransport(world.cluster)
            let keeper = try await Keeper(world, "last", transport: wire)
            check(keeper, fates, "\(cuts)")
            let before = wire.writes
            try await finish(keeper, fates)
            let writes = wire.writes - before
            await keeper.ledger.tidy()
            let end = try await Keeper(world, "reader")
            check(end, fates, "the end of \(cuts)")
            #expect(end.snapshot.records.isEmpty && world.cluster.objects(.allocations).isEmpty, "\(cuts)")
            #expect(world.intent("gone") == nil)
            let spent = Keeper.spent(end.snapshot, world)
            #expect(Set(spent).count == 4 && spent[1] > .zero && spent[2] > .zero, "the groups differ: \(spent)")
            return writes
        }
    }

    @Test("it may die at any of its writes", arguments: CutTransport.Way.allCases)
    func once(way: CutTransport.Way) throws {
        let writes = try Self.play([])
        #expect(writes > 20)
        for cut in 0..<writes { try Self.play([(after: cut, way: way)]) }
    }

    @Test("its successor may die too, and the one after it", arguments: 1...40)
    func again(seed: Int) throws {
        var dice = Dice(seed: UInt64(seed))
        let cuts = (0..<3).map { _ in
            (after: Int.random(in: 0...16, using: &dice), way: Bool.random(using: &dice) ? .before : .after)
                as (after: Int, way: CutTransport.Way)
        }
        try Self.play(cuts, seed: UInt64(seed))
    }
}
