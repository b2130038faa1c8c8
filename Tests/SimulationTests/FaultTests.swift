import Documents
import Intents
import Reconciling
import Testing

@testable import Simulation

/// Faults: each does exactly what its kind says, at the call that it is meant for.
@Suite struct FaultTests {
    /// A door to FlexAI with an instance that lives.
    private struct Scene {
        var door: SimulatedPlatformDoor<SimulatedFlexAI>
        var dice = Dice(seed: 1)
        let id: String
        let headers: [(name: String, value: String)]

        init(_ faults: FaultPlan, settings: FlexAISettings = FlexAISettings()) throws {
            var flexai = Caller(flexai: settings)
            id = try #require(flexai.create(count: 1).text("instance_id"))
            headers = flexai.headers
            door = SimulatedPlatformDoor(flexai.platform, faults: faults, latency: .milliseconds(5))
        }

        /// Sends a call of a sort through the door.
        mutating func call(_ call: PlatformCall, at moment: Timestamp = second(100)) -> DoorOutcome {
            let (method, path) =
                switch call {
                case .offers: ("GET", "gpu-types")
                case .create: ("POST", "instances")
                case .list: ("GET", "instances")
                case .get: ("GET", "instances/\(id)")
                case .stop: ("POST", "instances/\(id)/stop")
                case .delete: ("DELETE", "instances/\(id)")
                case .account, .other: ("GET", "other")
                }
            let request = SimulatedRequest(
                method: method,
                target: "/v1/compute/\(path)",
                headers: headers,
                body: Array(Caller<SimulatedFlexAI>.body(count: 1).utf8)
            )
            return door.handle(request, at: moment, dice: &dice)
        }

        /// Sends a call that is answered whole, and reads the answer.
        mutating func answer(_ sort: PlatformCall) throws -> Answer {
            let reply = call(sort).wholeReply
            return Answer(try #require(reply))
        }

        var estate: SimulatedEstate { door.platform.estate }
    }

    /// A plan that strikes the first call of a sort.
    private static func first(_ kind: FaultKind, _ call: PlatformCall) -> FaultPlan {
        FaultPlan(script: [FaultPlan.Scripted(kind, call, nth: 1)])
    }

    @Test(arguments: FaultKind.allCases.filter { $0.befalls(.create) })
    func createIsExecutedOrNotAsTheKindSays(_ kind: FaultKind) throws {
        var scene = try Scene(Self.first(kind, .create))
        _ = scene.call(.create)
        #expect(scene.estate.purchases.count == (kind.executes ? 2 : 1))
        #expect(scene.door.suffered == [kind: 1])
        _ = scene.call(.create)
        #expect(scene.estate.purchases.count == (kind.executes ? 3 : 2), "the second call goes well")
    }

    @Test(arguments: FaultKind.allCases.filter { $0.befalls(.delete) && $0 != .lost })
    func deleteIsExecutedOrNotAsTheKindSays(_ kind: FaultKind) throws {
        var scene = try Scene(Self.first(kind, .delete))
        _ = scene.call(.delete)
        #expect(scene.estate.aliveCount == (kind.executes ? 0 : 1))
    }

    @Test(arguments: [
        (FaultKind.tooManyRequests, 429), (.internalError, 500), (.unavailable, 503), (.foreignBefore, 502),
        (.errorAfter, 500), (.foreignAfter, 502), (.late, 201), (.stuck, 201), (.listedLate, 201), (.lost, 201),
        (.preempted, 201),
    ])
    func createIsAnsweredAsTheKindSays(_ kind: FaultKind, _ status: Int) throws {
        var scene = try Scene(Self.first(kind, .create))
        guard case .reply(let after, let reply) = scene.call(.create) else {
            Issue.record("\(kind) answers")
            return
        }
        #expect(reply.status == status)
        #expect(after == (kind == .late ? .milliseconds(45_005) : .milliseconds(5)))
        #expect((reply.header("Retry-After") == "2") == (kind == .tooManyRequests))
        let isForeign = kind == .foreignBefore || kind == .foreignAfter
        #expect(reply.header("Content-Type") == (isForeign ? "text/html" : "application/json"))
        #expect(reply.body.starts(with: "<html>".utf8) == isForeign)
    }

    @Test(arguments: [
        (FaultKind.droppedBefore, "drop"), (.droppedAfter, "drop"), (.hungBefore, "hang"), (.hungAfter, "hang"),
        (.connectionRefused, "refuse"), (.truncated, "truncate"), (.late, "reply"),
    ])
    func connectionDoesAsTheKindSays(_ kind: FaultKind, _ expected: String) throws {
        var scene = try Scene(Self.first(kind, .get))
        let word =
            switch scene.call(.get) {
            case .reply: "reply"
            case .truncated(_, let reply, let bytes): bytes < reply.body.count ? "truncate" : "whole"
            case .dropConnection: "drop"
            case .refuseConnection: "refuse"
            case .hang: "hang"
            }
        #expect(word == expected)
    }

    @Test func wrongNotFoundIsALie() throws {
        var scene = try Scene(Self.first(.wrongNotFound, .get))
        #expect(scene.call(.get).wholeReply?.status == 404)
        #expect(scene.estate.aliveCount == 1)
        #expect(scene.call(.get).wholeReply?.status == 200)
    }

    @Test func lostInstanceIsGoneAndBilledNoMore() throws {
        var scene = try Scene(Self.first(.lost, .get))
        #expect(scene.call(.get).wholeReply?.status == 404)
        #expect(scene.estate.purchases[0].ending == .lost)
        #expect(scene.estate.purchases[0].endedAt == second(100))
    }

    @Test func preemptedInstanceIsStoppedAndBilledOn() throws {
        var scene = try Scene(Self.first(.preempted, .get))
        let reply = try #require(scene.call(.get).wholeReply)
        #expect(Answer(reply).text("status") == "stopped")
        #expect(scene.estate.aliveCount == 1)
    }

    @Test func stuckPurchaseNeverRuns() throws {
        for boot in [0, 30] {
            var settings = FlexAISettings()
            settings.bootTime = .seconds(boot)
            var scene = try Scene(Self.first(.stuck, .create), settings: settings)
            let created = try scene.answer(.create)
            #expect(created.text("status") == "pending")
            scene.door.platform.advance(to: second(1_000_000))
            #expect(scene.estate.purchases[1].phase == .booting)
            #expect(scene.estate.purchases[0].phase == .running)
            _ = scene.call(.create, at: second(1_000_000))
            scene.door.platform.advance(to: second(1_000_100))
            #expect(scene.estate.purchases[2].phase == .running, "only that one is stuck")
        }
    }

    @Test func lateListedPurchaseIsFoundByItsIdAtOnce() throws {
        var scene = try Scene(Self.first(.listedLate, .create))
        let id = try #require(try scene.answer(.create).text("instance_id"))
        func listed(_ at: Int64) throws -> [String] {
            let reply = try #require(scene.call(.list, at: second(at)).wholeReply)
            return Answer(reply).entries("instances").compactMap { $0["instance_id"]?.string }
        }
        #expect(try !listed(144).contains(id))
        #expect(scene.estate.visible(id) != nil)
        #expect(try listed(145).contains(id))
    }

    @Test(arguments: [(FaultKind.staleListing, 1), (.partialListing, 1), (.emptyListing, 0)])
    func listingLiesOnce(_ kind: FaultKind, _ count: Int) throws {
        var scene = try Scene(Self.first(kind, .list))
        for _ in 0..<2 { _ = scene.call(.create, at: second(90)) }
        let lie = try #require(scene.call(.list).wholeReply)
        #expect(lie.status == 200)
        #expect(Answer(lie).number("count") == count)
        let truth = try #require(scene.call(.list).wholeReply)
        #expect(Answer(truth).number("count") == 3)
    }

    @Test func brokenDeletionOfFLAREIsDeniedForEverAndBilled() throws {
        var flare = Caller(flare: FLARESettings())
        let id = try #require(flare.submit().text("intent_id"))
        var door = SimulatedPlatformDoor(flare.platform, faults: Self.first(.deleteBroken, .delete))
        func call(_ method: String, at moment: Int64) -> Int? {
            let request = SimulatedRequest(method: method, target: "/api/v1/intents/\(id)", headers: flare.headers)
            return door.handle(request, at: second(moment), dice: &flare.dice).wholeReply?.status
        }
        #expect(call("DELETE", at: 10) == 500)
        #expect(call("GET", at: 10) == 404)
        #expect(call("DELETE", at: 20) == 404)
        #expect(call("GET", at: 86_400) == 404)
        let books = door.platform.estate
        #expect(books.aliveCount == 1)
        #expect(books.purchases[0].isDenied)
        #expect(books.cost(at: second(3600)) == Money(micros: 8_500_000))
    }

    @Test func brokenDeletionOfFlexAICanBeRepeated() throws {
        var scene = try Scene(Self.first(.deleteBroken, .delete))
        #expect(scene.call(.delete).wholeReply?.status == 500)
        #expect(scene.call(.get).wholeReply?.status == 200)
        #expect(scene.call(.delete).wholeReply?.status == 200)
        #expect(scene.estate.aliveCount == 0)
    }

    @Test func truncatedReplyOfACreateHasBought() throws {
        for seed in 0..<50 {
            var scene = try Scene(Self.first(.truncated, .create))
            scene.dice = Dice(seed: UInt64(seed))
            guard case .truncated(_, let reply, let bytes) = scene.call(.create) else {
                Issue.record("seed \(seed): the reply is cut")
                return
            }
            #expect((0..<reply.body.count).contains(bytes))
            #expect(scene.estate.aliveCount == 2)
        }
    }
}
