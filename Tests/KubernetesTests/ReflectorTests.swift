import Documents
import Kubernetes
import Reconciling
import StandInCluster
import Testing

/// A reflector beside a server that forgets, dies, refuses and goes deaf: in the end it knows what is there.
@Suite(.timeLimit(.minutes(10))) struct ReflectorTests {
    /// What a reflector has told.
    final class Copy: Sendable {
        private let state = Locked((names: Set<String>(), snapshots: 0, isAvailable: true, told: [String]()))

        var names: Set<String> { state.withLock { $0.names } }
        var snapshots: Int { state.withLock { $0.snapshots } }
        var isAvailable: Bool { state.withLock { $0.isAvailable } }
        var told: [String] { state.withLock { $0.told } }

        func take(_ reflected: Reflected<ObjectMetadata>) {
            state.withLock { state in
                switch reflected {
                case .snapshot(let items, let gone):
                    for object in gone { state.names.remove(object.name.name) }
                    for item in items { state.names.insert(item.name.name) }
                    state.snapshots += 1
                    state.isAvailable = true
                case .upserted(let item):
                    state.names.insert(item.name.name)
                    state.told.append("+\(item.name.name)")
                case .deleted(let object):
                    state.names.remove(object.name.name)
                    state.told.append("-\(object.name.name)")
                case .unavailable: state.isAvailable = false
                case .available: state.isAvailable = true
                }
            }
        }
    }

    /// Plays a story beside a reflector of all Intents.
    private func reflecting(
        seed: UInt64 = 1,
        _ story: @escaping @Sendable (World, Copy) async throws -> Void
    ) throws {
        try World.play(seed: seed) { world in
            let copy = Copy()
            let reflector = Reflector(
                .intents,
                Selection(),
                client: world.client.limited { $0.pageSize = 3 },
                time: world.time,
                dice: world.dice(),
                read: { node throws(MalformedObject) in try ObjectMetadata(ObjectFields(node, path: "")) },
                metadata: { $0 }
            )
            try await world.beside({ try await reflector.run { copy.take($0) } }) { try await story(world, copy) }
        }
    }

    private static func remove(_ world: World, _ name: String) async throws {
        try await world.client.delete(.intents, World.name(name))
    }

    @Test func whatIsThereAndWhatHappensIsTold() throws {
        try reflecting { world, copy in
            for name in ["a", "b", "c", "d", "e", "f", "g"] { try await world.put(name) }
            #expect(try await world.passes(within: .seconds(5)) { copy.names.count == 7 })
            try await world.put("h")
            try await Self.remove(world, "a")
            #expect(try await world.passes(within: .seconds(1)) { copy.names.count == 7 && copy.names.contains("h") })
            #expect(copy.told.suffix(2) == ["+h", "-a"])
        }
    }

    @Test func aCutWatchGoesOnWhereItWas() throws {
        try reflecting { world, copy in
            try await world.put("a")
            #expect(try await world.passes(within: .seconds(5)) { copy.names == ["a"] })
            world.cluster.cutWatches()
            try await world.put("b")
            #expect(try await world.passes(within: .seconds(5)) { copy.names == ["a", "b"] })
            #expect(copy.snapshots == 1)
        }
    }

    @Test func whatIsMissedAndForgottenIsListed() throws {
        try reflecting { world, copy in
            try await world.put("a")
            try await world.put("b")
            #expect(try await world.passes(within: .seconds(5)) { copy.names == ["a", "b"] })
            world.cluster.setDeaf(true)
            try await Self.remove(world, "a")
            try await world.put("c")
            world.cluster.compact()
            try await world.put("d")
            world.cluster.cutWatches()
            world.cluster.setDeaf(false)
            #expect(try await world.passes(within: .seconds(10)) { copy.names == ["b", "c", "d"] })
            #expect(copy.snapshots == 2)
        }
    }

    @Test func aServerThatStartsIsWaitedFor() throws {
        try reflecting { world, copy in
            let starting = StandInRefusal.tooManyRequests("storage is (re)initializing", asText: false)
            world.cluster.trap(.refused(starting), times: 2) { method, _ in method == "GET" }
            try await world.put("late")
            #expect(try await world.passes(within: .seconds(20)) { copy.names == ["late"] })
        }
    }

    @Test func aKindThatGoesAndComesBackIsNoted() throws {
        try reflecting { world, copy in
            try await world.put("a")
            #expect(try await world.passes(within: .seconds(5)) { copy.names == ["a"] })
            world.cluster.setServed(StandInKind.own[0], false)
            #expect(try await world.passes(within: .seconds(20)) { !copy.isAvailable })
            #expect(copy.names == ["a"], "unreachable is not gone")
            world.cluster.setServed(StandInKind.own[0], true)
            #expect(try await world.passes(within: .seconds(90)) { copy.isAvailable && copy.names.isEmpty })
        }
    }

    @Test func aWatchEndsAndBeginsAgainWithoutAList() throws {
        try reflecting { world, copy in
            try await world.put("a")
            try await world.pass(.seconds(1000))
            try await world.put("b")
            #expect(try await world.passes(within: .seconds(1)) { copy.names == ["a", "b"] })
            #expect(copy.snapshots == 1)
        }
    }

    @Test(arguments: 1...20)
    func whateverGoesWrongItKnowsInTheEnd(_ seed: Int) async throws {
        try reflecting(seed: UInt64(seed)) { world, copy in
            let dice = world.dice(9)
            for number in 0..<40 {
                switch dice.throwOne(in: 0...9) {
                case 0...3: _ = try? await world.put("n\(dice.throwOne(in: 0...9))")
                case 4, 5: _ = try? await Self.remove(world, "n\(dice.throwOne(in: 0...9))")
                case 6: world.cluster.cutWatches()
                case 7: world.cluster.compact()
                case 8: world.cluster.setDeaf(dice.throwOne(in: 0...1) == 0)
                default:
                    world.cluster.trap(number % 2 == 0 ? .unreachable : .connectionLost) { _, url in url.contains("?") }
                }
                try await world.pass(.milliseconds(dice.throwOne(in: 0...3000)))
            }
            world.cluster.setDeaf(false)
            let there = Set(world.cluster.objects(.intents).compactMap { $0["metadata"]?["name"]?.string })
            #expect(try await world.passes(within: .seconds(400)) { copy.names == there })
        }
    }
}
