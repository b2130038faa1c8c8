import Documents
import Intents
import Placement
import Reconciling
import Testing

@testable import Simulation

/// Both platforms together, their commands and their audit.
@Suite struct WorldTests {
    private static let flexaiHeaders: [(name: String, value: String)] = [
        ("Authorization", "Bearer simulated-key"), ("X-Organization-ID", "simulated-organization"),
    ]

    private static func create(_ type: String = "nvidia-a100", count: Int = 1) -> SimulatedRequest {
        SimulatedRequest(
            method: "POST",
            target: "/v1/compute/instances",
            headers: flexaiHeaders,
            body: Array(Caller<SimulatedFlexAI>.body(type, count: count).utf8)
        )
    }

    private static let submit = SimulatedRequest(
        method: "POST",
        target: "/api/v1/intents",
        headers: [("Authorization", "Bearer flr_simulated"), ("Content-Type", "application/json")],
        body: Array(Caller<SimulatedFLARE>.intent().utf8)
    )

    /// A world with one instance, and its id.
    private static func inhabited() throws -> (SimulatedWorld, id: String) {
        let world = SimulatedWorld(seed: 1)
        let reply = try #require(world.handle(create(), to: .flexai, at: second(0)).wholeReply)
        return (world, try #require(Answer(reply).text("instance_id")))
    }

    /// A command as text, and what the world answers.
    private static func command(_ text: String, _ world: SimulatedWorld) -> Answer? {
        let request = SimulatedRequest(method: "POST", target: "/_simulation/command", body: Array(text.utf8))
        return world.answerControl(request, at: second(60)).map(Answer.init)
    }

    @Test func eachPlatformKeepsItsOwnBooks() throws {
        let world = SimulatedWorld(seed: 1)
        _ = world.handle(Self.create(), to: .flexai, at: second(0))
        _ = world.handle(Self.submit, to: .flare, at: second(0))
        _ = world.handle(Self.submit, to: .flare, at: second(0))
        let books = world.books(at: second(3600))
        #expect(books["flexai"]?["alive"]?.wholeNumber == 1)
        #expect(books["flexai"]?["cost"]?.string == "3.50 EUR")
        #expect(books["flare"]?["alive"]?.wholeNumber == 2)
        #expect(books["flare"]?["cost"]?.string == "17.00 EUR")
        #expect(books["flare"]?["calls"]?["create"]?.wholeNumber == 2)
        #expect(books["flare"]?["faults"]?.mapping?.isEmpty == true)
        #expect(world.estate(of: .flexai, at: second(0))?.aliveCount == 1)
    }

    @Test func unknownPlatformIsNobody() {
        let world = SimulatedWorld(seed: 1)
        guard case .refuseConnection = world.handle(Self.create(), to: PlatformName(rawValue: "x"), at: second(0))
        else {
            Issue.record("nobody listens there")
            return
        }
        #expect(world.estate(of: PlatformName(rawValue: "x"), at: second(0)) == nil)
    }

    @Test func manyThreadsLoseNothing() async {
        let world = SimulatedWorld(seed: 1, market: SimulatedMarket.standard.capacity(times: 100))
        await withTaskGroup(of: Void.self) { group in
            for task in 0..<8 {
                group.addTask { @concurrent in
                    for turn in 0..<50 {
                        _ = world.handle(Self.create(), to: .flexai, at: second(Int64(task * turn)))
                        _ = world.handle(Self.submit, to: .flare, at: second(Int64(turn)))
                    }
                }
            }
        }
        #expect(world.estate(of: .flexai, at: second(0))?.aliveCount == 400)
        #expect(world.estate(of: .flare, at: second(0))?.aliveCount == 400)
    }

    @Test func lostInstanceIsGone() throws {
        let (world, id) = try Self.inhabited()
        #expect(world.obey(.lose(.flexai, id: id), at: second(60)))
        #expect(world.estate(of: .flexai, at: second(60))?.purchase(id)?.ending == .lost)
        #expect(!world.obey(.lose(.flexai, id: id), at: second(60)), "it is gone already")
        #expect(!world.obey(.lose(.flare, id: id), at: second(60)))
    }

    @Test func preemptedAllocationHasItsPlatformsPhase() throws {
        let (world, id) = try Self.inhabited()
        let reply = try #require(world.handle(Self.submit, to: .flare, at: second(0)).wholeReply)
        let intent = try #require(Answer(reply).text("intent_id"))
        #expect(world.obey(.preempt(.flexai, id: id), at: second(60)))
        #expect(world.obey(.preempt(.flare, id: intent), at: second(60)))
        #expect(world.estate(of: .flexai, at: second(60))?.purchase(id)?.phase == .stopped)
        #expect(world.estate(of: .flare, at: second(60))?.purchase(intent)?.phase == .failed)
    }

    @Test(arguments: [
        #"{"command": "lose", "platform": "flexai", "id": "ID"}"#,
        #"{"command": "preempt", "platform": "flexai", "id": "ID"}"#,
        #"{"command": "resize", "platform": "flexai", "id": "ID", "gpu_count": 3}"#,
        #"{"command": "set-price", "platform": "flexai", "ware": "nvidia-a100", "price": "9 EUR"}"#,
        #"{"command": "set-capacity", "platform": "flexai", "ware": "nvidia-a100", "capacity": 0}"#,
        #"{"command": "set-offered", "platform": "flexai", "ware": "nvidia-a100", "offered": false}"#,
        #"{"command": "set-credit", "credit": "exhausted"}"#, #"{"command": "set-weather", "weather": "calm"}"#,
        #"{"command": "set-chance", "fault": "droppedAfter", "permille": 50}"#,
        #"{"command": "befall", "platform": "flexai", "fault": "droppedAfter", "call": "create", "times": 2}"#,
    ])
    func goodCommandIsObeyed(_ text: String) throws {
        let (world, id) = try Self.inhabited()
        let answer = try #require(Self.command(text.replacing("ID", with: id), world))
        #expect(answer.status == 200)
        #expect(answer.body["done"]?.truth == true)
    }

    @Test(arguments: [
        (#"{}"#, 400, "command"), (#"{"command": "dance"}"#, 400, "dance"), ("{", 400, ""),
        (#"{"command": "lose", "id": "x"}"#, 400, "platform"),
        (#"{"command": "lose", "platform": "flexai", "id": "x"}"#, 404, ""),
        (#"{"command": "lose", "platform": "nobody", "id": "x"}"#, 404, ""),
        (#"{"command": "set-price", "platform": "flexai", "ware": "nvidia-a100", "price": "cheap"}"#, 400, "price"),
        (#"{"command": "set-price", "platform": "flexai", "ware": "none", "price": "1 EUR"}"#, 404, ""),
        (#"{"command": "set-capacity", "platform": "flexai", "ware": "nvidia-a100", "capacity": -1}"#, 400, "capacity"),
        (#"{"command": "set-offered", "platform": "flexai", "ware": "nvidia-a100"}"#, 400, "offered"),
        (#"{"command": "set-chance", "fault": "rain", "permille": 5}"#, 400, "droppedAfter"),
        (#"{"command": "set-chance", "fault": "late", "permille": 1001}"#, 400, "permille"),
        (#"{"command": "befall", "platform": "flexai", "fault": "stuck", "call": "list", "times": 1}"#, 404, ""),
        (#"{"command": "befall", "platform": "flexai", "fault": "late", "call": "list", "times": 0}"#, 400, "times"),
        (#"{"command": "befall", "platform": "nobody", "fault": "late", "call": "list", "times": 1}"#, 404, ""),
        (#"{"command": "set-weather", "weather": "sunny"}"#, 400, "calm, rough"),
    ])
    func badCommandSaysWhatIsWrong(_ text: String, _ status: Int, _ word: String) throws {
        let (world, _) = try Self.inhabited()
        let answer = try #require(Self.command(text, world))
        #expect(answer.status == status)
        let error = try #require(answer.text("error"))
        #expect(word.isEmpty || error.contains(word))
        #expect(world.estate(of: .flexai, at: second(60))?.aliveCount == 1)
    }

    @Test func commandsTakeEffect() throws {
        let (world, _) = try Self.inhabited()
        #expect(world.obey(.setPrice(.flexai, ware: "nvidia-a100", Money(micros: 9_000_000)), at: second(1)))
        _ = world.handle(Self.create(), to: .flexai, at: second(1))
        #expect(world.estate(of: .flexai, at: second(1))?.purchases.last?.hourly == Money(micros: 9_000_000))
        #expect(world.obey(.setCapacity(.flexai, ware: "nvidia-a100", 1), at: second(1)))
        #expect(world.handle(Self.create(), to: .flexai, at: second(1)).wholeReply?.status == 409)
        #expect(world.obey(.setCredit(.exhausted), at: second(1)))
        #expect(world.handle(Self.create("nvidia-t4"), to: .flexai, at: second(1)).wholeReply?.status == 402)
        #expect(world.obey(.setCredit(.enough), at: second(1)))
        #expect(world.obey(.setChance(.unavailable, permille: 1000), at: second(1)))
        #expect(world.handle(Self.create("nvidia-t4"), to: .flexai, at: second(1)).wholeReply?.status == 503)
        #expect(world.handle(Self.submit, to: .flare, at: second(1)).wholeReply?.status == 503)
        #expect(world.obey(.setWeather(.calm), at: second(1)))
        #expect(world.handle(Self.create("nvidia-t4"), to: .flexai, at: second(1)).wholeReply?.status == 201)
        #expect(world.books(at: second(1))["flexai"]?["faults"]?["unavailable"]?.wholeNumber == 1)
    }

    @Test func auditIsServedAsJSON() throws {
        let (world, id) = try Self.inhabited()
        func get(_ path: String) -> Answer? {
            world.answerControl(SimulatedRequest(method: "GET", target: path), at: second(3600)).map(Answer.init)
        }
        #expect(get("/_simulation/books")?.body["flexai"]?["cost"]?.string == "3.50 EUR")
        #expect(get("/_simulation/history/flexai")?.body.sequence?.first?["id"]?.string == id)
        #expect(get("/_simulation/history/flare")?.body.sequence?.isEmpty == true)
        #expect(get("/_simulation/history/nobody")?.status == 404)
        #expect(get("/_simulation/other")?.status == 404)
        #expect(get("/v1/compute/instances") == nil, "that is the platform's")
    }

    @Test func sameSeedSameWorld() throws {
        func history(_ seed: UInt64) -> Node? {
            let world = SimulatedWorld(seed: seed, faults: .everything(permille: 20))
            for at in 0..<200 {
                _ = world.handle(Self.create(), to: .flexai, at: second(Int64(at)))
                _ = world.handle(Self.submit, to: .flare, at: second(Int64(at)))
            }
            return world.books(at: second(500))
        }
        #expect(history(1) == history(1))
        #expect(history(1) != history(2))
    }
}
