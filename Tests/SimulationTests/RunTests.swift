import Documents
import Intents
import Placement
import Reconciling
import Testing

@testable import Simulation

/// Whole runs: clients, faults and time together, from one seed.
@Suite struct RunTests {
    /// What a run left behind.
    private struct Remains: Equatable {
        var trace: UInt64
        var steps: Int
        var books: Node
        var answers: [Int]
    }

    /// A client that buys one instance and insists until it has an id; how many tries it took.
    private static func insist(
        _ key: String,
        over transport: SimulatedTransport,
        clock: VirtualClock
    ) async -> Int {
        let request = TransportRequest(
            method: "POST",
            url: "http://flexai.test/v1/compute/instances",
            headers: [
                ("Authorization", "Bearer simulated-key"), ("X-Organization-ID", "simulated-organization"),
                ("Idempotency-Key", key),
            ],
            body: Array(Caller<SimulatedFlexAI>.body("nvidia-t4", count: 1, user: key).utf8),
            repeatability: .paid
        )
        for attempt in 1... {
            do throws(TransportFailure) {
                let reply = try await transport.send(request)
                let answer = Answer(reply)
                if reply.status < 300, answer.text("instance_id") != nil { return attempt }
            } catch {
                // Whatever became of it: the same key is sent again.
            }
            try? await clock.sleep(for: .seconds(1))
        }
        return 0
    }

    /// Twenty clients over a bad line.
    private static func run(_ seed: UInt64, keys: FlexAISettings.IdempotencyKeys) throws -> Remains {
        let executor = DeterministicExecutor(seed: seed)
        let clock = executor.clock
        var settings = FlexAISettings()
        settings.idempotencyKeys = keys
        settings.bootTime = .seconds(20)
        var faults = FaultPlan.everything(permille: 30)
        faults.permille[.lost] = 0
        let world = SimulatedWorld(seed: seed, flexai: settings, faults: faults, latency: .milliseconds(20))
        let transport = SimulatedTransport(to: .flexai, of: world, clock: clock, wire: .milliseconds(10))
        let answers = try executor.run(stepLimit: 1_000_000) {
            await withTaskGroup(of: Int.self) { group in
                for client in 0..<20 {
                    group.addTask { await insist("key-\(client)", over: transport, clock: clock) }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
        }
        return Remains(
            trace: executor.trace,
            steps: executor.steps,
            books: world.books(at: clock.timestamp),
            answers: answers
        )
    }

    @Test(arguments: [1, 2, 3])
    func threeRunsOfOneSeedAreOne(_ seed: UInt64) throws {
        let runs = try (0..<3).map { _ in try Self.run(seed, keys: .ignored) }
        #expect(runs[0] == runs[1])
        #expect(runs[1] == runs[2])
        #expect(runs[0].answers.contains { $0 > 1 }, "faults struck")
    }

    @Test func anotherSeedIsAnotherRun() throws {
        #expect(try Self.run(1, keys: .ignored) != Self.run(2, keys: .ignored))
    }

    @Test(arguments: 0..<25)
    func honouredKeysMakeInsistenceSafe(_ seed: UInt64) throws {
        let remains = try Self.run(seed, keys: .honoured(lifetime: .seconds(86_400)))
        #expect(remains.books["flexai"]?["ever"]?.wholeNumber == 20, "seed \(seed): one purchase for each key")
    }

    @Test func ignoredKeysMakeInsistenceDear() throws {
        let bought = try (0..<25).map { seed in
            try Self.run(seed, keys: .ignored).books["flexai"]?["ever"]?.wholeNumber ?? 0
        }
        #expect(bought.allSatisfy { $0 >= 20 }, "nobody gave up")
        #expect(bought.contains { $0 > 20 }, "somewhere something was bought twice")
    }

    @Test func calmWorldNeedsOneTryEach() throws {
        let executor = DeterministicExecutor(seed: 1)
        let clock = executor.clock
        let world = SimulatedWorld(seed: 1)
        let transport = SimulatedTransport(to: .flexai, of: world, clock: clock)
        let tries = try executor.run { await Self.insist("k", over: transport, clock: clock) }
        #expect(tries == 1)
        #expect(clock.now.offset == .zero)
    }

    @Test func killedClientLeavesItsPurchaseInTheBooks() throws {
        let executor = DeterministicExecutor(seed: 1)
        let clock = executor.clock
        let world = SimulatedWorld(seed: 1)
        let transport = SimulatedTransport(to: .flexai, of: world, clock: clock, wire: .seconds(2))
        var leaked = 0
        for limit in 1..<60 {
            let before = world.withState { $0.flexai.platform.estate.purchases.count }
            do throws(DeterministicExecutor.Halt) {
                _ = try executor.run(stepLimit: limit) { await Self.insist("k\(limit)", over: transport, clock: clock) }
            } catch {
                let after = world.withState { $0.flexai.platform.estate.purchases.count }
                #expect(after - before <= 1)
                leaked += after - before
            }
        }
        #expect(leaked > 0, "some step lies between the purchase and the answer")
    }
}
