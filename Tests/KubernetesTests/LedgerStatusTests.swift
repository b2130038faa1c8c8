import Documents
import Intents
import Kubernetes
import Placement
import Reconciling
import StandInCluster
import Testing

/// Statuses, accounts, requests and what is the operator's own.
@Suite(.timeLimit(.minutes(10))) struct LedgerStatusTests {
    private static func bench(
        _ story: @escaping @Sendable (Bench) async throws -> Void
    ) throws {
        try World.play { world in
            let bench = try await Bench(world)
            try await world.put("a")
            _ = try await bench.ledger.load()
            let intent = try #require(try IntentObject(world.intent("a") ?? .null).intent)
            let stored = StoredIntent(
                key: World.key("a"),
                file: "default/a",
                generation: 1,
                createdAt: world.time.now,
                intent: intent
            )
            try await bench.ledger.write([.intent(stored)])
            try await story(bench)
        }
    }

    /// The second generation of the intent's work, as the source has seen it.
    private static func respecified(_ bench: Bench) async throws -> StoredIntent {
        let patch = Node.mapping(["spec": .mapping(["workload": .mapping(["image": "new"])])])
        _ = try await bench.world.client.merge(.intents, World.name("a"), patch)
        try await bench.see("a")
        return StoredIntent(
            key: World.key("a"),
            file: "default/a",
            generation: 2,
            createdAt: bench.world.time.now,
            intent: try #require(try IntentObject(bench.world.intent("a") ?? .null).intent)
        )
    }

    private static func status(_ work: Int, _ phase: IntentStatus.Phase) -> LedgerChange {
        var status = IntentStatus(observedGeneration: work, wantedSlots: 1)
        status.phase = phase
        return .status(World.key("a"), json: DocumentPrinter.json(status.node))
    }

    @Test func aStatusSpeaksOfTheServersGeneration() throws {
        try Self.bench { bench in
            for image in ["b", "c"] {
                _ = try await bench.world.client.merge(
                    .intents,
                    World.name("a"),
                    .mapping(["spec": .mapping(["workload": .mapping(["image": .string(image)])])])
                )
            }
            try await bench.see("a")
            try await bench.ledger.write([Self.status(1, .running)])
            let status = bench.world.intent("a")?["status"]
            #expect(status?["observedGeneration"]?.integer == 3)
            #expect(status?["phase"]?.string == "Running")
        }
    }

    @Test func aStatusOfOlderWorkDoesNotClaimTheNewGeneration() throws {
        try Self.bench { bench in
            try await bench.ledger.write([.intent(try await Self.respecified(bench))])
            try await bench.ledger.write([Self.status(1, .running)])
            #expect(bench.world.intent("a")?["status"]?["observedGeneration"]?.integer == 1)
            try await bench.ledger.write([Self.status(2, .provisioning)])
            #expect(bench.world.intent("a")?["status"]?["observedGeneration"]?.integer == 2)
        }
    }

    @Test func aGenerationThatChangesNoWorkIsObservedAllTheSame() throws {
        try Self.bench { bench in
            try await bench.ledger.write([Self.status(1, .running)])
            _ = try await bench.world.client.merge(
                .intents,
                World.name("a"),
                .mapping(["spec": .mapping(["sla": .mapping([])])])
            )
            try await bench.see("a")
            await bench.ledger.tidy()
            let status = bench.world.intent("a")?["status"]
            #expect(status?["observedGeneration"]?.integer == 2)
            let version = bench.world.cluster.version
            await bench.ledger.tidy()
            #expect(bench.world.cluster.version == version)
        }
    }

    @Test func aStatusIsReadAsTheOperatorCounts() throws {
        try Self.bench { bench in
            try await bench.ledger.write([Self.status(1, .running)])
            let text = try #require(try await bench.reloaded().statuses[World.key("a")])
            let status = try IntentStatus(node: try DocumentParser.json(Array(text.utf8)))
            #expect(status.observedGeneration == 1 && status.phase == .running)
        }
    }

    @Test func aFieldThatAStatusNoLongerHasGoes() throws {
        try Self.bench { bench in
            var status = IntentStatus(observedGeneration: 1, wantedSlots: 1)
            status.url = "http://here"
            try await bench.ledger.write([.status(World.key("a"), json: DocumentPrinter.json(status.node))])
            #expect(bench.world.intent("a")?["status"]?["url"]?.string == "http://here")
            try await bench.ledger.write([Self.status(1, .running)])
            #expect(bench.world.intent("a")?["status"]?["url"] == nil)
        }
    }

    @Test func aStatusOfWhatIsGoneIsNobodysLoss() throws {
        try Self.bench { bench in
            try await bench.world.client.delete(.intents, World.name("a"))
            try await bench.ledger.write([Self.status(1, .running)])
            try await bench.world.put("a")
            try await bench.ledger.write([Self.status(1, .running)])
            #expect(bench.world.intent("a")?["status"] == nil, "it is another object of the same name")
        }
    }

    @Test("what an intent has come to wish may wait, but for whatever is written that follows from it")
    func lastGoodState() throws {
        for isFollowed in [true, false] {
            try Self.bench { bench in
                let world = bench.world
                var row = bench.row("a", ordinal: 1)
                try await bench.ledger.write([.put(row)])
                let stored = try await Self.respecified(bench)
                func saved() -> String? {
                    world.intent("a")?["metadata"]?["annotations"]?[OwnAnnotation.lastGood]?.string
                }
                let before = try #require(saved())
                try await bench.ledger.write([.intent(stored)])
                #expect(saved() == before, "nothing has been done about it")
                world.cluster.trap(.unreachable, times: 99) { _, url in url.contains("/intents/a") }
                row.phase = .ending
                row.ending = Ending(reason: .replaced, wantedAt: world.time.now)
                _ = try? await bench.ledger.write([.put(row)])
                world.cluster.untrap()
                #expect(try await bench.reloaded().records.map(\.phase) == [.open], "not before it is written")
                if isFollowed { try await bench.ledger.write([.put(row)]) } else { await bench.ledger.tidy() }
                #expect(saved() != before)
                #expect(try await bench.reloaded().intents.map(\.generation) == [2])
                #expect(try await bench.reloaded().records.map(\.phase) == [isFollowed ? .ending : .open])
            }
        }
    }

    @Test("what is written together with an intent that it is for is not written before it")
    func intentFirst() throws {
        try Self.bench { bench in
            let world = bench.world
            var row = bench.row("a", ordinal: 1)
            try await bench.ledger.write([.put(row)])
            let stored = try await Self.respecified(bench)
            row.phase = .ending
            row.ending = Ending(reason: .replaced, wantedAt: world.time.now)
            var account = IntentAccount(key: row.key, attempts: 1)
            account.finish = Finish(outcome: .completed, generation: 2, at: world.time.now, message: "done")
            for following in [LedgerChange.put(row), .account(account)] {
                world.cluster.trap(.unreachable, times: 99) { _, url in
                    url.contains("/intents/a") && !url.contains("status")
                }
                _ = try? await bench.ledger.write([.intent(stored), following])
                world.cluster.untrap()
                #expect(try await bench.reloaded().records.map(\.phase) == [.open])
                #expect(try await bench.reloaded().accounts.compactMap(\.finish).isEmpty)
            }
        }
    }

    @Test("a new row whose intent cannot be written down meanwhile goes again")
    func newRowsBesideTheLastGoodState() throws {
        try Self.bench { bench in
            let world = bench.world
            try await bench.ledger.write([.put(bench.row("a", ordinal: 1))])
            try await bench.ledger.write([.intent(try await Self.respecified(bench))])
            let row = bench.row("a", ordinal: 2)
            world.cluster.trap(.unreachable, times: 99) { _, url in url.contains("/intents/a") }
            await #expect(throws: LedgerError.self) { try await bench.ledger.write([.put(row)]) }
            world.cluster.untrap()
            await bench.ledger.tidy()
            #expect(try await bench.reloaded().records.map(\.ordinal) == [1], "no call was made for it")
            try await bench.ledger.write([.put(row)])
            #expect(try await bench.reloaded().records.map(\.ordinal) == [1, 2])
            #expect(try await bench.reloaded().intents.map(\.generation) == [2])
        }
    }

    @Test func moneyIsCountedOnceWhereverAWriteBreaksOff() throws {
        for breaks in 0..<3 {
            try Self.bench { bench in
                var row = bench.row("a", ordinal: 1)
                try await bench.ledger.write([.put(row), .account(IntentAccount(key: row.key, attempts: 1))])
                row.phase = .tombstone
                row.tombstone = Tombstone(at: bench.world.time.now, looks: 0, settled: Money(micros: 70))
                let account = IntentAccount(key: row.key, spent: Money(micros: 70), attempts: 1)
                if breaks == 1 {
                    bench.world.cluster.trap(.unreachable, times: 9) { _, url in
                        url.contains("intents/") && url.contains("status")
                    }
                }
                _ = try? await bench.ledger.write([.put(row), .account(account)])
                #expect(try await bench.reloaded().accounts == [account])
                if breaks == 2 {
                    try await bench.ledger.write([.forget(row.attempt)])
                    #expect(try await bench.reloaded().accounts == [account])
                }
            }
        }
    }

    @Test func moneyThatNoTombstoneTellsOfIsWrittenDownAtOnce() throws {
        try Self.bench { bench in
            var row = bench.row("a", ordinal: 1)
            var account = IntentAccount(key: row.key, spent: .zero, attempts: 1)
            account.memory.replicas = 2
            try await bench.ledger.write([.put(row), .account(account)])
            row.phase = .unverified
            try await bench.ledger.write([.put(row)])
            // A person says that it is gone: it was paid for until now.
            account.spent = Money(micros: 70)
            try await bench.ledger.write([.forget(row.attempt), .account(account)])
            #expect(try await bench.reloaded().accounts == [account])
        }
    }

    @Test func moneyOfWhatTurnsOutToLiveIsTakenBackAtOnce() throws {
        try Self.bench { bench in
            var row = bench.row("a", ordinal: 1)
            try await bench.ledger.write([.put(row), .account(IntentAccount(key: row.key, attempts: 1))])
            row.phase = .tombstone
            row.tombstone = Tombstone(at: bench.world.time.now, looks: 0, settled: Money(micros: 70))
            var account = IntentAccount(key: row.key, spent: Money(micros: 70), attempts: 1)
            account.memory.replicas = 2
            try await bench.ledger.write([.put(row), .account(account)])
            let note = bench.world.intent("a")?["status"]?["account"]
            #expect(note?["spent"]?.string == Money(micros: 70).text, "the note counts the tombstone")
            (row.phase, row.tombstone, account.spent) = (.live, nil, .zero)
            try await bench.ledger.write([.put(row), .account(account)])
            #expect(try await bench.reloaded().accounts == [account])
        }
    }

    @Test func theEndOfAJobIsWrittenDown() throws {
        try Self.bench { bench in
            var account = IntentAccount(key: World.key("a"), spent: Money(micros: 1), attempts: 3)
            account.workBeganAt = Timestamp(seconds: 1_800_000_000)
            account.finish = Finish(
                outcome: .completed,
                generation: 1,
                at: Timestamp(seconds: 1_800_000_100),
                message: "done"
            )
            try await bench.ledger.write([.account(account)])
            #expect(try await bench.reloaded().accounts == [account])
        }
    }

    @Test func requestsAreAnnotationsAndAreAnsweredOnce() throws {
        try Self.bench { bench in
            let wishes = Node.mapping([
                "intent-operator.dev/resolve": "0 adopt i-7",
                "intent-operator.dev/approve": "token",
                "intent-operator.dev/reconcile-at": "now",
            ])
            let patch = Node.mapping(["metadata": .mapping(["annotations": wishes])])
            _ = try await bench.world.client.merge(.intents, World.name("a"), patch)
            try await bench.see("a")
            let requests = try await bench.ledger.pendingRequests()
            let key = World.key("a")
            #expect(
                Set(requests.map(\.verb)) == [
                    .adopt(key, slot: 0, AllocationID(rawValue: "i-7")), .approve(token: "token", key), .reconcile(key),
                ]
            )
            #expect(try await bench.ledger.pendingRequests() == requests)
            for request in requests {
                try await bench.ledger.write([.answer(request: request.id, text: "done", refused: false)])
            }
            #expect(try await bench.ledger.pendingRequests().isEmpty)
            let annotations = bench.world.intent("a")?["metadata"]?["annotations"]
            #expect(annotations?["intent-operator.dev/resolve"] == nil)
            #expect(annotations?["intent-operator.dev/answer"]?.string?.contains("done") == true)
            #expect(bench.world.intent("a")?["status"]?["reconciledAt"]?.string == "now")
        }
    }

    @Test func aRequestThatCannotBeReadIsRefused() throws {
        try Self.bench { bench in
            let wishes = Node.mapping(["intent-operator.dev/resolve": "zero adopt"])
            let patch = Node.mapping(["metadata": .mapping(["annotations": wishes])])
            _ = try await bench.world.client.merge(.intents, World.name("a"), patch)
            try await bench.see("a")
            #expect(try await bench.ledger.pendingRequests().isEmpty)
            await bench.ledger.tidy()
            let annotations = bench.world.intent("a")?["metadata"]?["annotations"]
            #expect(annotations?["intent-operator.dev/resolve"] == nil)
            #expect(annotations?["intent-operator.dev/answer"]?.string?.contains("SLOT adopt ID") == true)
        }
    }

    @Test func whatTheGuardHoldsLiesInTheLease() throws {
        try Self.bench { bench in
            let held = HeldWithdrawals(
                token: "t1",
                keys: [World.key("a"), World.key("b")],
                since: Timestamp(seconds: 1_800_000_000),
                total: 9
            )
            try await bench.ledger.write([.heldWithdrawals(held)])
            #expect(try await bench.reloaded().held == held)
            try await bench.lock.annotate([(name: "intent-operator.dev/approve", value: "t1")])
            let requests = try await bench.ledger.pendingRequests()
            #expect(requests.map(\.verb) == [.approve(token: "t1", nil)])
            for request in requests {
                try await bench.ledger.write([.answer(request: request.id, text: "ok", refused: false)])
            }
            #expect(try await bench.ledger.pendingRequests().isEmpty)
            try await bench.ledger.write([.heldWithdrawals(nil)])
            #expect(try await bench.reloaded().held == nil)
        }
    }

    @Test func theAccountsLieInTheLease() throws {
        try Self.bench { bench in
            let first = PlatformAccount(address: "https://flexai.example", holder: "ours")
            let second = PlatformAccount(address: "https://flare.example/api/v1")
            try await bench.ledger.write([.platformAccount(.flexai, first), .platformAccount(.flare, second)])
            #expect(try await bench.reloaded().platformAccounts == [.flexai: first, .flare: second])
            let later = PlatformAccount(address: "https://flexai.example", holder: "theirs")
            try await bench.ledger.write([.platformAccount(.flexai, later)])
            #expect(try await bench.reloaded().platformAccounts == [.flexai: later, .flare: second])
            // What somebody has spoilt by hand says nothing.
            try await bench.lock.annotate([(name: "intent-operator.dev/account-flare", value: "{")])
            #expect(try await bench.reloaded().platformAccounts == [.flexai: later])
        }
    }

    @Test func theOperatorKeepsItsName() throws {
        try Self.bench { bench in
            let first = try await bench.reloaded().operatorID
            #expect(!first.isEmpty)
            #expect(try await bench.reloaded().operatorID == first)
        }
    }

    @Test func theLastGoodStateSurvivesAnObjectThatTurnsBad() throws {
        try Self.bench { bench in
            try await bench.ledger.write([.put(bench.row("a", ordinal: 1))])
            _ = try await bench.world.client.merge(
                .intents,
                World.name("a"),
                .mapping(["spec": .mapping(["workload": .mapping(["type": "nonsense"])])])
            )
            let loaded = try await bench.reloaded().intents
            #expect(loaded.map(\.intent.spec.workload.image) == ["app"])
        }
    }

    @Test func rowsWhoseIntentIsGoneAreOnlyLookedAtUntilTheGuardHasJudged() throws {
        try Self.bench { bench in
            try await bench.ledger.write([.put(bench.row("a", ordinal: 1))])
            let bare = Node.mapping(["metadata": .mapping(["finalizers": .null])])
            _ = try await bench.world.client.merge(.intents, World.name("a"), bare)
            try await bench.world.client.delete(.intents, World.name("a"))
            let loaded = try await bench.reloaded()
            #expect(loaded.records.count == 1)
            #expect(loaded.intents.map(\.key) == [World.key("a")])
            #expect(loaded.intents.first?.intent.spec.paused != nil)
        }
    }

    @Test func eventsAreToldAndRepeatedOnesAreASeries() throws {
        try Self.bench { bench in
            let event = Event(
                at: bench.world.time.now,
                key: World.key("a"),
                severity: .warning,
                reason: "NotCreated",
                message: String(repeating: "é", count: 900)
            )
            for _ in 0..<5 { try await bench.ledger.write([.event(event)]) }
            await bench.ledger.tidy()
            let told = bench.world.cluster.objects(.events)
            #expect(told.count == 1)
            #expect(told.first?["series"]?["count"]?.integer == 2)
            #expect(told.first?["regarding"]?["name"]?.string == "a")
            let own = Event(at: bench.world.time.now, key: nil, reason: "SourceAvailable", message: "read again")
            try await bench.ledger.write([.event(own)])
            await bench.ledger.tidy()
            #expect(bench.world.cluster.objects(.events).contains { $0["regarding"]?["kind"]?.string == "Lease" })
        }
    }
}
