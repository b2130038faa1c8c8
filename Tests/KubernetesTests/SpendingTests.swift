import Documents
import Intents
import Kubernetes
import Placement
import Reconciling
import StandInCluster
import Testing

/// What groups have spent outlives the operator and the rows that told it.
@Suite(.timeLimit(.minutes(10))) struct SpendingTests {
    private static let search = ["team": "search", "env": "live", "colour": "red"]

    /// A story away from the ends of days and months.
    private static func play(
        seed: UInt64 = 1,
        _ story: @escaping @Sendable (World) async throws -> Void
    ) throws {
        try World.play(seed: seed) { world in
            try await world.pass(.seconds(9 * 86_400 + 43_200))
            try await story(world)
        }
    }

    /// An intent with a row that lived two hours for 4 EUR.
    private static func bury(
        _ name: String,
        _ labels: [String: String],
        _ keeper: Keeper
    ) async throws -> AllocationRecord {
        let world = keeper.world
        try await world.put(name, labels: labels)
        keeper.catalog.note(try IntentObject(world.intent(name) ?? .null))
        let stored = StoredIntent(
            key: World.key(name),
            file: "",
            generation: 1,
            createdAt: world.time.now,
            intent: try #require(try IntentObject(world.intent(name) ?? .null).intent)
        )
        let row = world.living(name, 1)
        try await keeper.ledger.write([.intent(stored), .put(row)])
        let over = row.buried(at: row.openedAt + .seconds(7200))
        try await keeper.ledger.write([
            .put(over), .account(IntentAccount(key: row.key, spent: .euros(4))), .charge(over.charge),
        ])
        return over
    }

    @Test("a tombstone counts after a restart, and what it cost when it is gone, in its day and its month alone")
    func restarted() throws {
        try Self.play { world in
            let keeper = try await Keeper(world)
            let row = try await Self.bury("a", Self.search, keeper)
            let spent: [Money] = [.euros(4), .euros(4), .euros(4), .zero]
            let second = try await Keeper(world)
            #expect(second.snapshot.costs.charges == [row.charge])
            #expect(second.snapshot.costs.labels[row.key]?["team"] == "search")
            #expect(Keeper.spent(second.snapshot, world) == spent)
            #expect(second.note == nil, "the row tells it")
            try await second.ledger.write([.forget(row.attempt)])
            #expect(world.cluster.objects(.allocations).isEmpty)
            let third = try await Keeper(world)
            #expect(third.snapshot.costs.charges.isEmpty)
            #expect(Keeper.spent(third.snapshot, world) == spent)
            let keys = Set(third.snapshot.costs.days.map(\.key.rawValue))
            #expect(keys == [#"{"env":"live","team":"search"}"#], "labels that no total asks for tell nothing apart")
            #expect(third.snapshot.intents.map(\.key) == [row.key], "a group is no intent")
            #expect(third.snapshot.records.isEmpty)
            let dayLater = Timestamp(day: world.time.now.dayNumber + 1)
            try await world.pass(dayLater - world.time.now)
            let fourth = try await Keeper(world)
            #expect(Keeper.spent(fourth.snapshot, world) == [.euros(4), .zero, .euros(4), .zero])
            let next = Timestamp(day: Quota.Period.month.days(around: world.time.now).upperBound)
            try await world.pass(next - world.time.now)
            let fifth = try await Keeper(world)
            #expect(Keeper.spent(fifth.snapshot, world) == [.zero, .zero, .zero, .zero])
        }
    }

    @Test(
        "where no quota has a total nothing more is written",
        arguments: [[], [Quota(selector: [:], maxHourlyCost: .euros(5), maxGPUs: 4)]]
    )
    func noTotal(quotas: [Quota]) throws {
        try Self.play { world in
            let keeper = try await Keeper(world, quotas: quotas)
            let row = try await Self.bury("a", Self.search, keeper)
            try await keeper.ledger.write([.forget(row.attempt)])
            #expect(keeper.note == nil)
            #expect(world.cluster.writes["PATCH leases"] == 1, "the operator's name alone")
            let loaded = try await Keeper(world, quotas: quotas).snapshot
            #expect(loaded.costs == CostRecords())
            // What nobody counts is not written either where others have totals.
            let other = try await Keeper(world, "op", quotas: [Keeper.quotas[1]])
            let before = world.cluster.writes["PATCH leases"]
            let foreign = try await Self.bury("b", ["team": "video"], other)
            try await other.ledger.write([.forget(foreign.attempt)])
            #expect(world.cluster.writes["PATCH leases"] == before)
        }
    }

    @Test("nothing is erased before its sum stands", arguments: [StandInCluster.Fault.unreachable, .connectionLost])
    func refused(fault: StandInCluster.Fault) throws {
        try Self.play { world in
            let keeper = try await Keeper(world)
            let row = try await Self.bury("a", Self.search, keeper)
            world.cluster.trap(fault, times: 4) { method, url in method == "PATCH" && url.contains("leases") }
            for _ in 0..<2 {
                let error = await #expect(throws: LedgerError.self) {
                    try await keeper.ledger.write([.forget(row.attempt)])
                }
                #expect(error?.message.hasPrefix("what groups have spent is not written into the Lease") == true)
                let object = world.cluster.objects(.allocations).first
                #expect(object != nil && object?["metadata"]?["annotations"]?["intent-operator.dev/forgotten"] == nil)
                if world.cluster.writes["PATCH leases"] == 2 { break }
                world.cluster.trap(fault, times: 4) { method, url in method == "PATCH" && url.contains("leases") }
            }
            while true {
                do { try await keeper.ledger.write([.forget(row.attempt)]) } catch { continue }
                break
            }
            #expect(world.cluster.objects(.allocations).isEmpty)
            #expect(Keeper.spent(try await Keeper(world).snapshot, world)[0] == .euros(4))
        }
    }

    @Test("who has lost the Lease erases nothing and overwrites nothing")
    func lost() throws {
        try Self.play { world in
            let old = try await Keeper(world, "old")
            let first = try await Self.bury("a", Self.search, old)
            let second = try await Self.bury("b", Self.search, old)
            let new = try await Keeper(world, "new")
            try await new.ledger.write([.forget(first.attempt)])
            let note = new.note
            await #expect(throws: LedgerError.self) { try await old.ledger.write([.forget(second.attempt)]) }
            #expect(new.note == note)
            #expect(world.cluster.objects(.allocations).count == 1)
            try await new.ledger.write([.forget(second.attempt)])
            #expect(Keeper.spent(try await Keeper(world, "new").snapshot, world)[0] == .euros(8))
        }
    }

    @Test("an intent that is deleted meanwhile counts in the groups that it was in")
    func deleted() throws {
        try Self.play { world in
            let keeper = try await Keeper(world)
            let row = try await Self.bury("a", Self.search, keeper)
            try await world.client.delete(.intents, World.name("a"))
            keeper.catalog.note(try IntentObject(world.intent("a") ?? .null))
            try await keeper.ledger.write([.dropIntent(row.key)])
            #expect(world.intent("a") == nil)
            let second = try await Keeper(world)
            #expect(second.snapshot.intents.isEmpty)
            #expect(Keeper.spent(second.snapshot, world) == [.euros(4), .euros(4), .euros(4), .zero])
            try await second.ledger.write([.forget(row.attempt)])
            #expect(Keeper.spent(try await Keeper(world).snapshot, world) == [.euros(4), .euros(4), .euros(4), .zero])
        }
    }

    @Test("a row whose Intent was taken away by force still counts in its groups")
    func orphaned() throws {
        try Self.play { world in
            let keeper = try await Keeper(world)
            let row = try await Self.bury("a", Self.search, keeper)
            var again = world.living("a", 2)
            again.phase = .live
            try await keeper.ledger.write([.put(again)])
            let none = Node.mapping(["metadata": .mapping(["finalizers": .null])])
            _ = try await world.client.merge(.intents, World.name("a"), none)
            try await world.client.delete(.intents, World.name("a"))
            let snapshot = try await Keeper(world).snapshot
            #expect(snapshot.intents.first?.intent.labels == Self.search)
            #expect(snapshot.costs.labels[row.key] == Self.search)
            #expect(Keeper.spent(snapshot, world)[1] == .euros(4))
        }
    }

    @Test("other labels put it into other groups, after a restart too")
    func moved() throws {
        try Self.play { world in
            let keeper = try await Keeper(world)
            let row = try await Self.bury("a", ["team": "video"], keeper)
            var intent = try #require(try IntentObject(world.intent("a") ?? .null).intent)
            intent.labels = Self.search
            let stored = StoredIntent(
                key: row.key,
                file: "",
                generation: 1,
                createdAt: world.time.now,
                intent: intent
            )
            try await keeper.ledger.write([.intent(stored)])
            #expect(Keeper.spent(try await Keeper(world).snapshot, world)[1] == .euros(4))
            let version = world.cluster.version
            intent.labels["colour"] = "blue"
            try await keeper.ledger.write([
                .intent(
                    StoredIntent(key: row.key, file: "", generation: 1, createdAt: world.time.now, intent: intent)
                )
            ])
            #expect(world.cluster.version == version, "no total asks for that label")
        }
    }

    @Test("sums that make no sense are not passed over")
    func malformed() throws {
        try Self.play { world in
            let keeper = try await Keeper(world)
            try await keeper.lock.annotate([(name: "intent-operator.dev/spent", value: #"{"version": 7}"#)])
            let error = await #expect(throws: LedgerError.self) { try await Keeper(world) }
            #expect(
                error?.message == "the ledger cannot be read: the annotation intent-operator.dev/spent of the Lease "
                    + "default/intent-operator, what groups have spent: version must be 1; mend it, or remove it, "
                    + "which forgets what was spent"
            )
            _ = try await Keeper(world, quotas: [])
        }
    }

    @Test("many that end at once are counted in few writes, and the Lease is kept", arguments: 1...6)
    func many(seed: Int) throws {
        try Self.play(seed: UInt64(seed)) { world in
            let keeper = try await Keeper(world)
            try await world.beside({ try await keeper.lock.run() }) {
                var rows: [AllocationRecord] = []
                for number in 0..<40 { rows.append(try await Self.bury("n\(number)", Self.search, keeper)) }
                let before = world.cluster.writes["PATCH leases"] ?? 0
                let dice = world.dice(9)
                await withTaskGroup(of: Void.self) { group in
                    for row in rows {
                        let wait = dice.throwOne(in: 0...900)
                        group.addTask {
                            try? await world.pass(.milliseconds(wait))
                            // As the operator does: what was not written is written later.
                            while (try? await keeper.ledger.write([.forget(row.attempt)])) == nil {}
                        }
                    }
                    group.addTask {
                        for _ in 0..<4 {
                            try? await world.pass(.milliseconds(dice.throwOne(in: 0...300)))
                            let faults: [StandInCluster.Fault] = [.unreachable, .replyLost, .connectionLost]
                            let fault = faults[Int(dice.throwOne(in: 0...2))]
                            world.cluster.trap(fault, times: 2) { method, _ in method != "GET" }
                        }
                    }
                }
                #expect((world.cluster.writes["PATCH leases"] ?? 0) - before <= 20)
                try await world.pass(.seconds(20))
                #expect((keeper.lock.timeLeft() ?? .zero) > .seconds(5))
            }
            #expect(world.cluster.objects(.allocations).isEmpty)
            #expect(Keeper.spent(try await Keeper(world).snapshot, world)[1] == .euros(160))
        }
    }

    @Test("whatever ends, is erased and is restarted over two months, a plain sum says the same", arguments: 1...12)
    func months(seed: Int) throws {
        try World.play(seed: UInt64(seed)) { world in
            let names = ["a": Self.search, "b": ["team": "search"], "c": ["env": "live"]]
            var keeper = try await Keeper(world)
            for (name, labels) in names.sorted(by: { $0.key < $1.key }) { try await world.put(name, labels: labels) }
            let dice = world.dice(4)
            var over: [(labels: [String: String], charge: Charge)] = []
            var tombstones: [AllocationRecord] = []
            for step in 1...40 {
                try await world.pass(.seconds(dice.throwOne(in: 0...160_000)))
                switch dice.throwOne(in: 0...3) {
                case 0...1:
                    let name = ["a", "b", "c"][Int(dice.throwOne(in: 0...2))]
                    keeper.catalog.note(try IntentObject(world.intent(name) ?? .null))
                    let hours = Int(dice.throwOne(in: 1...90))
                    let row = world.living(name, step, since: hours, on: step.isMultiple(of: 2) ? .flare : .flexai)
                    let end = row.buried(at: row.openedAt + .seconds(dice.throwOne(in: 0...(Int64(hours) * 3600))))
                    try await keeper.ledger.write([.put(row)])
                    try await keeper.ledger.write([.put(end), .charge(end.charge)])
                    tombstones.append(end)
                    over.append((names[name] ?? [:], end.charge))
                case 2:
                    let gone = tombstones.filter { _ in dice.throwOne(in: 0...1) == 0 }.map(\.attempt)
                    try await keeper.ledger.write(gone.map { .forget($0) })
                    tombstones.removeAll { gone.contains($0.attempt) }
                default: keeper = try await Keeper(world, "life-\(step)")
                }
                let read = try await Keeper(world, keeper.lock.lease?.holder ?? "")
                try #require(Keeper.spent(read.snapshot, world) == Keeper.sum(over, world), "step \(step)")
            }
        }
    }

    @Test("a shard keeps the sums of its own intents in its own Lease")
    func sharded() throws {
        try Self.play { world in
            let shards = ["0/2", "1/2"].compactMap { Shard($0) }
            var totals: [Money] = []
            for shard in shards {
                let keeper = try await Keeper(world, shard: shard)
                for name in (0..<6).map({ "n\($0)" }) where shard.holds(World.key(name)) {
                    let row = try await Self.bury(name, Self.search, keeper)
                    try await keeper.ledger.write([.forget(row.attempt)])
                }
                let again = try await Keeper(world, shard: shard)
                totals.append(Keeper.spent(again.snapshot, world)[0])
            }
            #expect(totals.reduce(.zero, +) == .euros(24))
            #expect(totals.allSatisfy { $0 > .zero })
            #expect(world.cluster.objects(.leases).count == 2)
        }
    }
}
