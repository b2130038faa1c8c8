import Documents
import Intents
import Kubernetes
import Placement
import Reconciling
import StandInCluster
import Testing

/// A ledger over a stand-in, with everything that it works with.
struct Bench: Sendable {
    let world: World
    let lock: KubernetesLock
    let catalog = IntentCatalog()
    let ledger: KubernetesLedger
    let events: EventRecorder

    /// Takes the lock and makes a ledger; nothing is read yet.
    init(_ world: World, identity: String = "op") async throws {
        self.world = world
        let lease = ObjectName(namespace: "default", name: "intent-operator")
        lock = KubernetesLock(lease, identity: identity, client: world.client, time: world.time)
        try await lock.acquire(.standBy)
        events = EventRecorder(catalog: catalog, lease: lease, instance: "op-1", time: world.time, dice: world.dice(3))
        ledger = KubernetesLedger(
            KubernetesLedger.Parts(
                client: world.client,
                catalog: catalog,
                lock: lock,
                events: events,
                time: world.time
            )
        )
    }

    /// Notes an Intent's object as the source would.
    func see(_ name: String) async throws {
        catalog.note(try IntentObject(try await world.client.get(.intents, World.name(name))))
    }

    /// A row that is about to be bought.
    func row(_ name: String, ordinal: Int, slot: Int = 0) -> AllocationRecord {
        AllocationRecord(
            attempt: world.dice(UInt64(ordinal + 100)).attempt(),
            key: World.key(name),
            slot: slot,
            ordinal: ordinal,
            purchase: Purchase(
                offer: Offer.ID(platform: .flexai, name: "h100"),
                model: "H100",
                gpuCount: 1,
                hourly: Money(micros: 2_500_000)
            ),
            shape: "shape",
            reference: "op/\(name)/\(slot)",
            openedAt: world.time.now,
            body: "{}"
        )
    }

    /// What another process would read.
    func reloaded() async throws -> LedgerSnapshot {
        try await KubernetesLedger(
            KubernetesLedger.Parts(
                client: world.client,
                catalog: IntentCatalog(),
                lock: lock,
                events: events,
                time: world.time
            )
        ).load()
    }
}

/// What each change means in a cluster, and what survives.
@Suite(.timeLimit(.minutes(10))) struct LedgerTests {
    private static func bench(
        _ story: @escaping @Sendable (Bench) async throws -> Void
    ) throws {
        try World.play { world in
            let bench = try await Bench(world)
            try await world.put("a")
            _ = try await bench.ledger.load()
            try await story(bench)
        }
    }

    @Test func aNewRowIsAnAllocationThatItsIntentOwns() throws {
        try Self.bench { bench in
            let row = bench.row("a", ordinal: 1)
            try await bench.ledger.write([.put(row), .account(IntentAccount(key: row.key, attempts: 1))])
            let objects = bench.world.cluster.objects(.allocations)
            let intent = try #require(bench.world.intent("a"))
            let uid = try #require(intent["metadata"]?["uid"]?.string)
            #expect(objects.count == 1)
            let metadata = objects.first?["metadata"]
            #expect(metadata?["name"]?.string == "\(uid)-0-1")
            #expect(metadata?["ownerReferences"]?.sequence?.first?["uid"]?.string == uid)
            #expect(metadata?["finalizers"]?.sequence?.compactMap(\.string) == ["intent-operator.dev/ledger"])
            #expect(
                intent["metadata"]?["finalizers"]?.sequence?.compactMap(\.string) == ["intent-operator.dev/release"]
            )
            #expect(
                bench.world.cluster.writes == [
                    "POST intents": 1, "POST leases": 1, "PATCH leases": 1,
                    "PATCH intents": 1, "POST allocations": 1,
                ]
            )
            let loaded = try await bench.reloaded()
            #expect(loaded.records == [row])
            #expect(loaded.accounts == [IntentAccount(key: row.key, attempts: 1)])
        }
    }

    @Test(arguments: 1...40)
    func everyRowComesBackAsItWas(_ seed: Int) async throws {
        try Self.bench { bench in
            var samples = Samples(seed: UInt64(seed))
            var record = samples.record(World.key("a"), ordinal: 1)
            var opened = record
            opened.phase = .open
            try await bench.ledger.write([.put(opened)])
            try await bench.ledger.write([.put(record)])
            #expect(try await bench.reloaded().records == [record])
            for _ in 0..<3 {
                samples.stand(&record)
                try await bench.ledger.write([.put(record)])
                let loaded = try await bench.reloaded().records
                #expect(loaded == [record])
                if loaded != [record] { print("LOADED \(loaded)\nRECORD \(record)") }
            }
            let before = bench.world.cluster.version
            try await bench.ledger.write([.put(record)])
            #expect(bench.world.cluster.version == before, "what is the same is not written")
            try await bench.ledger.write([.forget(record.attempt)])
            #expect(bench.world.cluster.objects(.allocations).isEmpty)
        }
    }

    @Test func twoOperatorsCannotMakeTheSameAttempt() throws {
        try Self.bench { bench in
            let other = KubernetesLedger(
                KubernetesLedger.Parts(
                    client: bench.world.client,
                    catalog: bench.catalog,
                    lock: bench.lock,
                    events: bench.events,
                    time: bench.world.time
                )
            )
            _ = try await other.load()
            try await bench.ledger.write([.put(bench.row("a", ordinal: 1))])
            var rival = bench.row("a", ordinal: 7)
            rival = AllocationRecord(
                attempt: rival.attempt,
                key: rival.key,
                slot: 0,
                ordinal: 1,
                purchase: rival.purchase,
                shape: "",
                reference: "",
                openedAt: rival.openedAt,
                body: nil
            )
            let record = rival
            let error = await #expect(throws: LedgerError.self) { try await other.write([.put(record)]) }
            #expect(error?.kind == .held)
            await #expect(throws: LedgerError.self) { try await other.run() }
            await #expect(throws: LedgerError.self) { try await other.write([]) }
            #expect(bench.world.cluster.objects(.allocations).count == 1)
        }
    }

    @Test(arguments: [StandInCluster.Fault.replyLost, .connectionLost, .unreachable])
    func aRowWhoseReplyIsLostIsThereOnce(_ fault: StandInCluster.Fault) async throws {
        try Self.bench { bench in
            bench.world.cluster.trap(fault, times: 2) { method, url in method == "POST" && url.contains("allocations") }
            let row = bench.row("a", ordinal: 1)
            try await bench.ledger.write([.put(row)])
            #expect(try await bench.reloaded().records == [row])
        }
    }

    @Test func aRowOfWhichNobodyKnowsIsTakenAwayAgain() throws {
        try Self.bench { bench in
            bench.world.cluster.trap(.replyLost) { method, url in method == "POST" && url.contains("allocations") }
            bench.world.cluster.trap(.connectionLost, times: 9) { _, url in url.contains("allocations") }
            let row = bench.row("a", ordinal: 1)
            await #expect(throws: LedgerError.self) { try await bench.ledger.write([.put(row)]) }
            #expect(bench.world.cluster.objects(.allocations).count == 1)
            for _ in 0..<12 { await bench.ledger.tidy() }
            #expect(bench.world.cluster.objects(.allocations).isEmpty)
        }
    }

    @Test(arguments: [StandInCluster.Fault.replyLost, .connectionLost])
    func anOutcomeWhoseReplyIsLostIsWritten(_ fault: StandInCluster.Fault) async throws {
        try Self.bench { bench in
            var row = bench.row("a", ordinal: 1)
            try await bench.ledger.write([.put(row)])
            bench.world.cluster.trap(fault) { _, url in url.contains("/status") }
            row.phase = .live
            row.id = AllocationID(rawValue: "i-1")
            row.body = nil
            try await bench.ledger.write([.put(row)])
            #expect(try await bench.reloaded().records == [row])
        }
    }

    /// A row that lives, as it was written down.
    private static func living(_ bench: Bench) async throws -> AllocationRecord {
        var row = bench.row("a", ordinal: 1)
        try await bench.ledger.write([.put(row)])
        row.phase = .live
        row.id = AllocationID(rawValue: "i-1")
        row.body = nil
        try await bench.ledger.write([.put(row)])
        return row
    }

    @Test(arguments: [true, false]) func whatWasKeptOfAFailedWriteIsPutRight(isAsBefore: Bool) async throws {
        try Self.bench { bench in
            var row = try await Self.living(bench)
            var ending = row
            ending.phase = .ending
            ending.ending = Ending(reason: .withdrawn, wantedAt: row.openedAt)
            bench.world.cluster.trap(.replyLost) { method, url in method == "PATCH" && url.contains("/status") }
            bench.world.cluster.trap(.connectionLost) { method, _ in method == "GET" }
            let plan = ending
            await #expect(throws: LedgerError.self) { try await bench.ledger.write([.put(plan)]) }
            #expect(try await bench.reloaded().records.map(\.phase) == [.ending], "it was kept")
            // Decided anew: as it was, or otherwise.
            if !isAsBefore { row.note = "otherwise" }
            try await bench.ledger.write([.put(row)])
            #expect(try await bench.reloaded().records == [row])
        }
    }

    @Test func whatWasGivenUpAndComesToLightIsARowAgain() async throws {
        try Self.bench { bench in
            var row = try await Self.living(bench)
            bench.world.cluster.trap(.replyLost) { method, url in method == "PATCH" && url.contains("allocations") }
            bench.world.cluster.trap(.connectionLost) { method, _ in method == "GET" }
            let attempt = row.attempt
            await #expect(throws: LedgerError.self) { try await bench.ledger.write([.forget(attempt)]) }
            #expect(try await bench.reloaded().records.isEmpty, "it was given up")
            row.note = "found"
            let found = row
            try await bench.ledger.write([.put(found)])
            #expect(try await bench.reloaded().records == [found])
            #expect(bench.world.cluster.objects(.allocations).count == 1)
        }
    }

    @Test func aTombstoneWithoutARowIsNotMadeAnew() async throws {
        try Self.bench { bench in
            var row = try await Self.living(bench)
            row.phase = .tombstone
            try await bench.ledger.write([.put(row)])
            try await bench.ledger.write([.forget(row.attempt)])
            try await bench.ledger.write([.put(row)])
            #expect(bench.world.cluster.objects(.allocations).isEmpty)
        }
    }

    @Test func aRowThatSomebodyElseHasWrittenEndsTheOperator() throws {
        try Self.bench { bench in
            var row = bench.row("a", ordinal: 1)
            try await bench.ledger.write([.put(row)])
            let object = try #require(bench.world.cluster.objects(.allocations).first)
            let name = World.name(object["metadata"]?["name"]?.string ?? "")
            let foreign = Node.mapping([
                "status": .mapping(["phase": "Live", "since": "2027-01-01T00:00:00Z", "id": "theirs"])
            ])
            _ = try await bench.world.client.merge(.allocations, name, subresource: "status", foreign)
            row.phase = .ending
            let record = row
            let error = await #expect(throws: LedgerError.self) { try await bench.ledger.write([.put(record)]) }
            #expect(error?.kind == .held)
        }
    }

    @Test func anAnnotationOnARowIsNobodysBusiness() throws {
        try Self.bench { bench in
            var row = bench.row("a", ordinal: 1)
            try await bench.ledger.write([.put(row)])
            let object = try #require(bench.world.cluster.objects(.allocations).first)
            let name = World.name(object["metadata"]?["name"]?.string ?? "")
            let note = Node.mapping(["metadata": .mapping(["annotations": .mapping(["note": "mine"])])])
            _ = try await bench.world.client.merge(.allocations, name, note)
            row.phase = .ending
            row.body = nil
            try await bench.ledger.write([.put(row)])
            #expect(try await bench.reloaded().records == [row])
        }
    }

    @Test func aRowWhoseStoryIsOverIsNotReadAgain() throws {
        try Self.bench { bench in
            let row = bench.row("a", ordinal: 1)
            try await bench.ledger.write([.put(row)])
            bench.world.cluster.trap(.unreachable) { method, _ in method == "DELETE" }
            await #expect(throws: LedgerError.self) { try await bench.ledger.write([.forget(row.attempt)]) }
            #expect(bench.world.cluster.objects(.allocations).count == 1)
            #expect(try await bench.reloaded().records.isEmpty)
            try await bench.ledger.write([.forget(row.attempt)])
            #expect(bench.world.cluster.objects(.allocations).isEmpty)
        }
    }

    @Test func nothingIsBoughtForAnIntentThatIsBeingDeletedOrGone() throws {
        try Self.bench { bench in
            let hold = Node.mapping(["metadata": .mapping(["finalizers": ["example.com/x"]])])
            _ = try await bench.world.client.merge(.intents, World.name("a"), hold)
            try await bench.world.client.delete(.intents, World.name("a"))
            await #expect(throws: LedgerError.self) { try await bench.ledger.write([.put(bench.row("a", ordinal: 1))]) }
            await #expect(throws: LedgerError.self) { try await bench.ledger.write([.put(bench.row("b", ordinal: 1))]) }
            #expect(bench.world.cluster.objects(.allocations).isEmpty)
        }
    }

    @Test func theFinalizerGoesWhenEveryRowHasItsTombstone() throws {
        try Self.bench { bench in
            var row = bench.row("a", ordinal: 1)
            try await bench.ledger.write([.put(row)])
            try await bench.world.client.delete(.intents, World.name("a"))
            try await bench.see("a")
            try await bench.ledger.write([.dropIntent(row.key)])
            #expect(bench.world.intent("a") != nil, "it still holds something")
            row.phase = .tombstone
            row.body = nil
            row.tombstone = Tombstone(at: bench.world.time.now, looks: 0, settled: Money(micros: 5))
            try await bench.ledger.write([.put(row), .account(IntentAccount(key: row.key, spent: Money(micros: 5)))])
            #expect(bench.world.intent("a") == nil)
            #expect(try await bench.reloaded().records == [row], "the tombstone is watched on")
            try await bench.ledger.write([.forget(row.attempt)])
            #expect(bench.world.cluster.objects(.allocations).isEmpty)
        }
    }

    @Test func aFinalizerThatCannotBeTakenOffNowIsTakenOffLater() throws {
        try Self.bench { bench in
            let row = bench.row("a", ordinal: 1)
            try await bench.ledger.write([.put(row)])
            try await bench.world.client.delete(.intents, World.name("a"))
            try await bench.see("a")
            bench.world.cluster.trap(.unreachable, times: 2) { method, url in
                method == "PATCH" && url.contains("intents/")
            }
            try await bench.ledger.write([.forget(row.attempt), .dropIntent(row.key)])
            #expect(bench.world.intent("a") != nil)
            for _ in 0..<3 { await bench.ledger.tidy() }
            #expect(bench.world.intent("a") == nil)
        }
    }

    @Test func aDeletionThatTakesItsTimeSaysWhy() throws {
        try Self.bench { bench in
            let row = bench.row("a", ordinal: 1)
            try await bench.ledger.write([.put(row)])
            try await bench.world.client.delete(.intents, World.name("a"))
            try await bench.see("a")
            try await bench.ledger.write([.dropIntent(row.key)])
            await bench.ledger.tidy()
            try await bench.world.pass(.seconds(3))
            await bench.ledger.tidy()
            let conditions = bench.world.intent("a")?["status"]?["conditions"]?.sequence ?? []
            #expect(conditions.first?["type"]?.string == "Deleting")
            #expect(conditions.first?["message"]?.string?.hasPrefix("1 allocations are not confirmed gone") == true)
            let version = bench.world.cluster.version
            await bench.ledger.tidy()
            #expect(bench.world.cluster.version == version, "said once")
        }
    }
}
