import Documents
import Intents
import Kubernetes
import Placement
import Reconciling
import Simulation
import StandInCluster
import Testing

/// What people ask of the operator by annotations: each is heard once, answered, and ends by itself where it says so.
@Suite(.timeLimit(.minutes(10))) struct AnnotationTests {
    /// Loads of every slot, in hundredths of a percent.
    private final class Loads: Measurements {
        private let load = Locked(0)

        func set(_ value: Int) { load.withLock { $0 = value } }

        func read() async throws(MeasurementError) -> LoadReport {
            LoadReport(gpu: [.slot(World.key("a"), 0): load.withLock { $0 }], cpu: nil)
        }
    }

    /// Plays a story beside one operator, with the Intent `a` running.
    private static func operating(
        _ intent: Node = World.intent("a"),
        measurements: (any Measurements)? = nil,
        _ story: @escaping @Sendable (World, Market) async throws -> Void
    ) throws {
        try World.play(seed: 7) { world in
            let market = Market(world)
            let life = OperatorLife(market, "op-1", measurements: measurements)
            try await world.beside({ try await life.run() }) {
                _ = try await world.client.create(.intents, in: "default", intent)
                try #require(try await world.passes(within: .seconds(60)) { phase(world) == "Running" })
                try await story(world, market)
            }
        }
    }

    private static func phase(_ world: World) -> String? { world.intent("a")?["status"]?["phase"]?.string }

    private static func annotation(_ world: World, _ name: String) -> String? {
        world.intent("a")?["metadata"]?["annotations"]?["intent-operator.dev/\(name)"]?.string
    }

    private static func annotate(_ world: World, _ name: String, _ value: String) async throws {
        let own = Node.mapping(["intent-operator.dev/\(name)": .string(value)])
        _ = try await world.client.merge(
            .intents,
            World.name("a"),
            .mapping(["metadata": .mapping(["annotations": own])])
        )
    }

    private static func respecify(_ world: World, _ workload: Node) async throws {
        let spec = Node.mapping(["workload": workload])
        _ = try await world.client.merge(.intents, World.name("a"), .mapping(["spec": spec]))
    }

    /// A job of one task.
    private static let job: Node = .mapping([
        "apiVersion": "intent-operator.dev/v1alpha1",
        "kind": "Intent",
        "metadata": .mapping(["name": "a"]),
        "spec": .mapping([
            "objective": "Cost_Minimization",
            "workload": .mapping([
                "type": "job", "name": "a", "image": "app",
                "resources": .mapping(["gpu": .mapping(["count": 1])]),
                "job": .mapping(["parallel_tasks": 1, "max_retries": 0, "timeout": "6h"]),
            ]),
            "constraints": .mapping(["providers": ["flexai"], "max_hourly_cost": "50 EUR"]),
        ]),
    ])

    @Test func whatIsBeingDeletedIsNeitherSuspendedNorPausedNorResumed() throws {
        try World.play(seed: 7) { world in
            _ = try await world.client.create(.intents, in: "default", World.intent("a"))
            let held: Node = .mapping(["finalizers": ["intent-operator.dev/release"]])
            _ = try await world.client.merge(.intents, World.name("a"), .mapping(["metadata": held]))
            let desk = ClusterDesk(
                client: world.client,
                lease: World.name("intent-operator"),
                selection: Selection(),
                time: world.time
            )
            let key = World.key("a")
            let verbs: [OperatorRequest.Verb] = [.pause(key, Pause()), .suspend(key, Suspension()), .resume(key)]
            for verb in verbs {
                guard case .carriedOut = try await desk.ask(verb, patience: .zero) else {
                    Issue.record("\(verb) is refused while it is wished for")
                    continue
                }
            }
            try await world.client.delete(.intents, World.name("a"))
            for verb in verbs {
                guard case .refused(let words) = try await desk.ask(verb, patience: .zero) else {
                    Issue.record("\(verb) is carried out on what is being deleted")
                    continue
                }
                #expect(words == "default/a is being deleted, with what it holds; apply it again when it is gone")
            }
        }
    }

    @Test func aPauseHoldsUntilItsMomentAndEndsByItself() throws {
        try Self.operating { world, market in
            let until = world.time.now + .seconds(120)
            try await Self.annotate(world, "pause", #"{"reason": "looking", "until": "\#(until.text)"}"#)
            #expect(
                try await world.passes(within: .seconds(30)) {
                    let found = world.intent("a")?["status"]?["conditions"]?.sequence ?? []
                    return found.contains { $0["message"]?.string?.contains("looking") ?? false }
                },
                "it says why"
            )
            try await Self.respecify(world, .mapping(["image": "other"]))
            try await world.pass(.seconds(60))
            #expect(market.purchases.count == 1, "while it is paused nothing is replaced")
            #expect(try await world.passes(within: .seconds(180)) { market.purchases.count == 2 && market.living == 1 })
            #expect(world.time.now >= until)
            #expect(try await world.passes(within: .seconds(60)) { Self.phase(world) == "Running" })
        }
    }

    @Test func aSuspensionReleasesUntilItsMomentAndEndsByItself() throws {
        try Self.operating { world, market in
            let until = world.time.now + .seconds(240)
            try await Self.annotate(world, "suspend", #"{"reason": "night", "until": "\#(until.text)"}"#)
            #expect(try await world.passes(within: .seconds(120)) { market.living == 0 })
            #expect(try await world.passes(within: .seconds(240)) { market.living == 1 })
            #expect(world.time.now >= until && market.purchases.count == 2)
        }
    }

    @Test func everyNewTextOfReconcileAtIsAnsweredOnceAndLooksAtOnce() throws {
        try Self.operating { world, market in
            try await world.pass(.seconds(20))
            for text in ["one", "two"] {
                // Gone without a word of the platform: the next look finds out, and polls are a minute apart.
                _ = market.platform.obey(.lose(.flexai, id: market.purchases.last?.id ?? ""), at: world.time.now)
                let before = world.time.now
                try await Self.annotate(world, "reconcile-at", text)
                let answered = try await world.passes(within: .seconds(10)) {
                    world.intent("a")?["status"]?["reconciledAt"]?.string == text
                }
                #expect(answered, "\(text)")
                #expect(world.time.now - before < .seconds(10))
                #expect(Self.annotation(world, "reconcile-at") == text, "it stays, as GitOps tools expect")
                #expect(try await world.passes(within: .seconds(120)) { market.living == 1 })
                #expect(try await world.passes(within: .seconds(60)) { Self.phase(world) == "Running" })
            }
            let version = world.intent("a")?["metadata"]?["resourceVersion"]?.string
            try await Self.annotate(world, "reconcile-at", "two")
            try await world.pass(.seconds(10))
            #expect(world.intent("a")?["metadata"]?["resourceVersion"]?.string == version, "the same text asks nothing")
        }
    }

    @Test func aWakeEndsARestAndIsTakenAway() throws {
        let loads = Loads()
        let intent = World.intent("a").setting("idle", to: .mapping(["below": "5%", "for": "1m"]))
        try Self.operating(intent, measurements: loads) { world, market in
            #expect(try await world.passes(within: .seconds(240)) { market.living == 0 }, "it rests")
            #expect(try await world.passes(within: .seconds(60)) { Self.phase(world) == "Suspended" })
            try await world.pass(.seconds(120))
            #expect(market.living == 0, "and goes on resting")
            loads.set(9_000)
            try await Self.annotate(world, "wake", "now")
            #expect(try await world.passes(within: .seconds(60)) { market.living == 1 })
            #expect(try await world.passes(within: .seconds(60)) { Self.annotation(world, "wake") == nil })
            #expect(Self.annotation(world, "answer")?.contains("resumed") == true)
            try await world.pass(.seconds(180))
            #expect(market.living == 1 && Self.phase(world) == "Running", "while it is used it does not rest again")
        }
    }

    @Test func aTaskEndsByItsAnnotation() throws {
        try Self.operating(Self.job) { world, market in
            let wrong = [("0", "must read"), ("1 Completed", "slots 0 to 0"), ("0 Done", "must read")]
            for (text, words) in wrong {
                try await Self.annotate(world, "complete", text)
                let answered = try await world.passes(within: .seconds(30)) {
                    Self.annotation(world, "complete") == nil
                        && Self.annotation(world, "answer")?.contains(words) == true
                }
                #expect(answered, "\(text): \(Self.annotation(world, "answer") ?? "")")
                #expect(market.living == 1)
            }
            for words in ["ended well", "ended before"] {
                try await Self.annotate(world, "complete", "0 Completed")
                let answered = try await world.passes(within: .seconds(30)) {
                    Self.annotation(world, "complete") == nil
                        && Self.annotation(world, "answer")?.contains(words) == true
                }
                #expect(answered, "\(words): \(Self.annotation(world, "answer") ?? "")")
            }
            #expect(try await world.passes(within: .seconds(60)) { market.living == 0 })
            #expect(Self.phase(world) == "Completed")
            try await world.pass(.seconds(180))
            #expect(market.purchases.count == 1, "what has ended begins nothing")
        }
    }
}

extension Node {
    /// An Intent with one more field of its spec.
    fileprivate func setting(_ field: String, to value: Node) -> Node {
        .mapping(
            (mapping ?? []).map { entry in
                guard entry.key == "spec" else { return (entry.key, entry.node) }
                return ("spec", .mapping((entry.node.mapping ?? []).map { ($0.key, $0.node) } + [(field, value)]))
            }
        )
    }
}
