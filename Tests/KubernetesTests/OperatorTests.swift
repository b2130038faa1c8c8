import Documents
import Kubernetes
import Reconciling
import Simulation
import StandInCluster
import Testing

/// The whole operator over a cluster and a platform: what is applied is there, what is deleted is gone, whatever breaks.
@Suite(.timeLimit(.minutes(10))) struct OperatorTests {
    /// Whether Intents of these names run, and nothing else lives.
    private static func run(_ names: [String], _ market: Market) -> Bool {
        names.allSatisfy { market.world.intent($0)?["status"]?["phase"]?.string == "Running" }
            && market.living == names.count
    }

    /// Plays a story beside one operator.
    private static func operating(
        seed: UInt64 = 1,
        _ story: @escaping @Sendable (World, Market, OperatorLife) async throws -> Void
    ) throws {
        try World.play(seed: seed) { world in
            let market = Market(world)
            let life = OperatorLife(market, "op-1")
            try await world.beside({ try await life.run() }) { try await story(world, market, life) }
        }
    }

    @Test func whatIsAppliedRunsAndWhatIsDeletedIsGone() throws {
        try Self.operating { world, market, _ in
            try await world.put("a")
            #expect(try await world.passes(within: .seconds(60)) { Self.run(["a"], market) })
            #expect(world.intent("a")?["status"]?["observedGeneration"]?.integer == 1)
            try await world.client.delete(.intents, World.name("a"))
            #expect(world.intent("a") != nil, "it waits for what it holds")
            #expect(try await world.passes(within: .seconds(120)) { world.intent("a") == nil })
            #expect(market.living == 0)
            #expect(market.purchases.count == 1)
            #expect(try await world.passes(within: .seconds(600)) { world.cluster.objects(.allocations).isEmpty })
        }
    }

    @Test func whatIsSettledIsNotWritten() throws {
        try Self.operating { world, market, _ in
            try await world.put("a")
            #expect(try await world.passes(within: .seconds(60)) { Self.run(["a"], market) })
            try await world.pass(.seconds(120))
            let before = world.cluster.writes
            try await world.pass(.seconds(600))
            let after = world.cluster.writes.filter { $0.key != "PATCH leases" }
            #expect(after == before.filter { $0.key != "PATCH leases" })
        }
    }

    @Test func fromNothingToRunningTakesFewWrites() throws {
        try Self.operating { world, market, _ in
            try await world.pass(.seconds(5))
            let before = world.cluster.writes.filter { $0.key != "PATCH leases" }.values.reduce(0, +)
            for number in 0..<10 { try await world.put("n\(number)") }
            #expect(try await world.passes(within: .seconds(90)) { Self.run((0..<10).map { "n\($0)" }, market) })
            let writes = world.cluster.writes.filter { !$0.key.hasSuffix("leases") && !$0.key.hasSuffix("events") }
            let count = writes.values.reduce(0, +) - before - 10
            // The finalizer, the row, its outcome, its running, and what people are shown on the way.
            #expect(count <= 10 * 6, "\(writes)")
        }
    }

    @Test func whatNeverMadeSenseSaysSoInItsStatus() throws {
        try Self.operating { world, market, _ in
            try await world.put("a")
            #expect(try await world.passes(within: .seconds(60)) { Self.run(["a"], market) })
            try await world.pass(.seconds(120))
            let objective = Node.mapping(["spec": .mapping(["objective": "Fastest"])])
            var bad = try #require(world.intent("a"))
            bad = .mapping([
                ("apiVersion", bad["apiVersion"] ?? nil), ("kind", bad["kind"] ?? nil),
                ("metadata", .mapping(["name": "b", "namespace": .string(World.name("b").namespace)])),
                ("spec", .mapping(["objective": "Fastest"])),
            ])
            _ = try await world.client.create(.intents, in: World.name("b").namespace, bad)
            #expect(try await world.passes(within: .seconds(10)) { world.intent("b")?["status"] != nil })
            let status = try #require(world.intent("b")?["status"])
            #expect(status["phase"]?.string == "Failed")
            #expect(status["observedGeneration"]?.integer == 1)
            let stalled = status["conditions"]?.sequence?.first { $0["type"]?.string == "Stalled" }
            #expect(stalled?["status"]?.string == "True")
            #expect(stalled?["message"]?.string?.contains("objective") == true, "\(status)")
            // Said once.
            let before = world.cluster.writes["PATCH intents/status"]
            try await world.pass(.seconds(30))
            #expect(world.cluster.writes["PATCH intents/status"] == before)

            // What was good once goes on, and its status is the operator's.
            _ = try await world.client.merge(.intents, World.name("a"), objective)
            try await world.pass(.seconds(30))
            #expect(world.intent("a")?["status"]?["phase"]?.string == "Running")
            let spec = try #require(world.intent("a")?["spec"])
            let good = Node.mapping(
                (spec.mapping ?? []).map { member in
                    (member.key, member.key == "objective" ? "Cost_Minimization" : member.node)
                }
            )
            _ = try await world.client.merge(.intents, World.name("b"), .mapping(["spec": good]))
            #expect(
                try await world.passes(within: .seconds(60)) {
                    world.intent("b")?["status"]?["phase"]?.string == "Running"
                }
            )
        }
    }

    @Test func aSuspensionByAnnotationReleases() throws {
        try Self.operating { world, market, _ in
            try await world.put("a")
            #expect(try await world.passes(within: .seconds(60)) { Self.run(["a"], market) })
            let suspend = Node.mapping(["intent-operator.dev/suspend": "night"])
            let patch = Node.mapping(["metadata": .mapping(["annotations": suspend])])
            _ = try await world.client.merge(.intents, World.name("a"), patch)
            #expect(try await world.passes(within: .seconds(120)) { market.living == 0 })
            #expect(world.intent("a")?["status"]?["phase"]?.string == "Suspended")
            let resume = Node.mapping(["intent-operator.dev/suspend": .null])
            let undo = Node.mapping(["metadata": .mapping(["annotations": resume])])
            _ = try await world.client.merge(.intents, World.name("a"), undo)
            #expect(try await world.passes(within: .seconds(120)) { Self.run(["a"], market) })
        }
    }

    @Test func anObjectThatMakesNoSenseIsToldAndHarmsNobody() throws {
        try Self.operating { world, market, _ in
            try await world.put("a")
            #expect(try await world.passes(within: .seconds(60)) { Self.run(["a"], market) })
            let nonsense = Node.mapping(["spec": .mapping(["workload": .mapping(["type": "nonsense"])])])
            _ = try await world.client.merge(.intents, World.name("a"), nonsense)
            try await world.put("b")
            #expect(try await world.passes(within: .seconds(60)) { Self.run(["a", "b"], market) })
            let told = world.cluster.objects(.events).filter { $0["reason"]?.string == "Invalid" }
            #expect(told.first?["regarding"]?["name"]?.string == "a")
            #expect(told.first?["note"]?.string?.contains("spec.workload.type") == true)
            #expect(market.purchases.count == 2, "what was last good stays")
        }
    }

    @Test func twoShardsShareAFleet() throws {
        try World.play { world in
            let market = Market(world)
            let lives = [0, 1].compactMap { Shard("\($0)/2").map { OperatorLife(market, "op-\($0.index)", shard: $0) } }
            try await world.beside({ try await lives[0].run() }) {
                try await world.beside({ try await lives[1].run() }) {
                    let names = (0..<8).map { "n\($0)" }
                    for name in names { try await world.put(name) }
                    #expect(try await world.passes(within: .seconds(90)) { Self.run(names, market) })
                    #expect(market.purchases.count == 8)
                    #expect(world.cluster.objects(.leases).count == 2)
                }
            }
        }
    }

    @Test func aFleetThatIsDeletedAtOnceWaitsForAPerson() throws {
        try Self.operating { world, market, _ in
            let names = (0..<12).map { "n\($0)" }
            for name in names { try await world.put(name) }
            #expect(try await world.passes(within: .seconds(90)) { Self.run(names, market) })
            for name in names { try await world.client.delete(.intents, World.name(name)) }
            try await world.pass(.seconds(120))
            #expect(market.living == 12)
            let deleting = world.intent("n0")?["status"]?["conditions"]?.sequence?.first {
                $0["type"]?.string == "Deleting"
            }
            #expect(deleting?["reason"]?.string == "WaitingForGuard")
            let lease = World.name("intent-operator")
            let annotations = world.cluster.object(.leases, lease)?["metadata"]?["annotations"]
            let held = try DocumentParser.json(
                Array((annotations?["intent-operator.dev/held-withdrawals"]?.string ?? "").utf8)
            )
            let approve = Node.mapping(["intent-operator.dev/approve": held["token"] ?? .null])
            let patch = Node.mapping(["metadata": .mapping(["annotations": approve])])
            _ = try await world.client.merge(.leases, lease, patch)
            #expect(try await world.passes(within: .seconds(180)) { names.allSatisfy { world.intent($0) == nil } })
            #expect(market.living == 0)
        }
    }

    @Test func aStandbyFollowsWithinTwentySecondsAndBuysNothingTwice() throws {
        try World.play { world in
            let market = Market(world)
            let (first, second) = (OperatorLife(market, "op-1"), OperatorLife(market, "op-2"))
            try await world.beside({ try await first.run() }) {
                try await world.put("a")
                #expect(try await world.passes(within: .seconds(60)) { Self.run(["a"], market) })
                try await world.beside({ try await second.run() }) {
                    try await world.pass(.seconds(30))
                    #expect(first.isRunning && !second.isRunning)
                    first.life.end()
                    try await world.put("b")
                    #expect(try await world.passes(within: .seconds(20)) { second.isRunning })
                    #expect(try await world.passes(within: .seconds(60)) { Self.run(["a", "b"], market) })
                    #expect(market.purchases.count == 2)
                }
            }
        }
    }

    @Test(arguments: 1...20)
    func whateverBreaksTheWorldBecomesWhatIsWritten(_ seed: Int) throws {
        try World.play(seed: UInt64(seed)) { world in
            let market = Market(world)
            let dice = world.dice(11)
            let lives = Locked<[OperatorLife]>([])
            try await world.beside({
                // A process is followed by the next one for as long as the story lasts.
                for number in 0..<1000 {
                    let life = OperatorLife(market, "op-\(number)")
                    lives.withLock { $0.append(life) }
                    do { try await life.run() } catch { try Task.checkCancellation() }
                    try await world.pass(.milliseconds(500))
                }
            }) {
                try await Self.disturb(world, dice) { lives.withLock { $0.last }?.life.end() }
                let names = world.cluster.objects(.intents).compactMap { object in
                    object["metadata"]?["deletionTimestamp"] == nil ? object["metadata"]?["name"]?.string : nil
                }
                let isDone = try await world.passes(within: .seconds(1500)) {
                    Self.run(names, market) && world.cluster.objects(.intents).count == names.count
                }
                let statuses = names.map { "\($0): \(world.intent($0)?["status"]?["phase"]?.string ?? "none")" }
                #expect(isDone, "\(market.living) live for \(statuses)")
                #expect(Self.doubles(world, market).isEmpty)
            }
        }
    }

    /// Lets a minute or two pass in which much goes wrong.
    private static func disturb(_ world: World, _ dice: SharedDice, kill: () -> Void) async throws {
        for _ in 0..<60 {
            let name = "n\(dice.throwOne(in: 0...2))"
            switch dice.throwOne(in: 0...11) {
            case 0...2: _ = try? await world.put(name)
            case 3: _ = try? await world.client.delete(.intents, World.name(name))
            case 4: world.cluster.cutWatches()
            case 5: world.cluster.compact()
            case 6: world.cluster.trap(.replyLost, times: 2) { method, _ in method != "GET" }
            case 7: world.cluster.trap(.connectionLost, times: 3) { _, _ in true }
            case 8: world.cluster.trap(.refused(.conflict("busy")), times: 2) { method, _ in method == "PATCH" }
            case 9: kill()
            default: break
            }
            try await world.pass(.milliseconds(dice.throwOne(in: 0...4000)))
        }
    }

    /// Living purchases that no row knows.
    private static func doubles(_ world: World, _ market: Market) -> [String] {
        let known = Set(world.cluster.objects(.allocations).compactMap { $0["status"]?["id"]?.string })
        return market.purchases.filter { $0.isAlive && !known.contains($0.id) }.map(\.id)
    }
}
