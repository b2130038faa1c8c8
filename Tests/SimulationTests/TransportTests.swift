import Documents
import Intents
import Placement
import Reconciling
import Testing

@testable import Simulation

/// The way from an adapter into the simulated world, in virtual time.
@Suite struct TransportTests {
    /// What came of a call, and when.
    private struct Result: Equatable {
        var status: Int?
        var failure: TransportFailure?
        var after: Duration
        var purchases: Int
    }

    private static func request(deadline: Duration = .seconds(30), limit: Int = 1 << 20) -> TransportRequest {
        TransportRequest(
            method: "POST",
            url: "http://flexai.test/v1/compute/instances",
            headers: [("Authorization", "Bearer simulated-key"), ("X-Organization-ID", "simulated-organization")],
            body: Array(Caller<SimulatedFlexAI>.body(count: 1).utf8),
            repeatability: .paid,
            deadline: deadline,
            maximumReplyBytes: limit
        )
    }

    /// Creates an instance through a transport with one fault, and tells what came of it.
    private static func create(
        _ fault: FaultKind? = nil,
        latency: Duration = .zero,
        wire: Duration = .zero,
        deadline: Duration = .seconds(30),
        limit: Int = 1 << 20
    ) throws -> Result {
        let executor = DeterministicExecutor(seed: 1)
        let script = fault.map { [FaultPlan.Scripted($0, .create, nth: 1)] } ?? []
        let world = SimulatedWorld(seed: 1, faults: FaultPlan(script: script), latency: latency)
        let transport = SimulatedTransport(to: .flexai, of: world, clock: executor.clock, wire: wire)
        var result = try executor.run { () async -> Result in
            do throws(TransportFailure) {
                let reply = try await transport.send(request(deadline: deadline, limit: limit))
                return Result(status: reply.status, after: .zero, purchases: 0)
            } catch {
                return Result(failure: error, after: .zero, purchases: 0)
            }
        }
        result.after = executor.clock.now.offset
        result.purchases = world.withState { $0.flexai.platform.estate.purchases.count }
        return result
    }

    @Test func replyTakesTheWayAndTheLatency() throws {
        let result = try Self.create(latency: .milliseconds(30), wire: .milliseconds(10))
        #expect(result == Result(status: 201, after: .milliseconds(40), purchases: 1))
    }

    @Test(arguments: [
        (FaultKind.connectionRefused, TransportFailure.notSent("connection refused"), 0, 0),
        (.droppedBefore, .outcomeUnknown("connection lost after sending"), 0, 0),
        (.droppedAfter, .outcomeUnknown("connection lost after sending"), 0, 1),
        (.hungBefore, .outcomeUnknown("no answer within the deadline"), 30, 0),
        (.hungAfter, .outcomeUnknown("no answer within the deadline"), 30, 1),
        (.late, .outcomeUnknown("no answer within the deadline"), 30, 1),
        (.truncated, .outcomeUnknown("the reply was cut short"), 0, 1),
    ])
    func failureSaysWhatCanBeKnown(_ fault: FaultKind, _ failure: TransportFailure, _ after: Int, _ bought: Int) throws
    {
        let result = try Self.create(fault)
        #expect(result == Result(failure: failure, after: .seconds(after), purchases: bought))
    }

    @Test func lateAnswerWithinTheDeadlineIsAnAnswer() throws {
        let result = try Self.create(.late, deadline: .seconds(45))
        #expect(result == Result(status: 201, after: .seconds(45), purchases: 1))
    }

    @Test func requestThatCannotArriveInTimeIsNotSent() throws {
        let result = try Self.create(wire: .seconds(100), deadline: .seconds(5))
        #expect(result.failure == .notSent("no connection within the deadline"))
        #expect(result.after == .seconds(5))
        #expect(result.purchases == 0)
    }

    @Test func largeReplyIsRefusedAfterItWasExecuted() throws {
        let result = try Self.create(limit: 10)
        #expect(result.failure == .replyTooLarge(limit: 10))
        #expect(result.purchases == 1)
    }

    @Test(arguments: [
        (5, TransportFailure.notSent("cancelled before it was sent"), 0),
        (15, .outcomeUnknown("cancelled after it was sent"), 1),
    ])
    func cancelledCallSaysWhetherItWasSent(_ moment: Int, _ failure: TransportFailure, _ bought: Int) throws {
        let executor = DeterministicExecutor(seed: 1)
        let clock = executor.clock
        let world = SimulatedWorld(seed: 1)
        let transport = SimulatedTransport(to: .flexai, of: world, clock: clock, wire: .seconds(20))
        let caught = try executor.run {
            await withTaskGroup(of: TransportFailure?.self) { group in
                group.addTask {
                    do throws(TransportFailure) {
                        _ = try await transport.send(Self.request())
                        return nil
                    } catch {
                        return error
                    }
                }
                try? await clock.sleep(for: .seconds(moment))
                group.cancelAll()
                return await group.next() ?? nil
            }
        }
        #expect(caught == failure)
        #expect(clock.now.offset == .seconds(moment))
        #expect(world.withState { $0.flexai.platform.estate.purchases.count } == bought)
    }

    @Test(arguments: [
        ("http://a.test/v1/compute/gpu-types", 200), ("http://a.test:80/v1/compute/gpu-types?x=1", 200),
        ("http://a.test", 404), ("/v1/compute/gpu-types", 200),
    ])
    func pathIsTakenFromTheAddress(_ url: String, _ status: Int) throws {
        let executor = DeterministicExecutor(seed: 1)
        let transport = SimulatedTransport(to: .flexai, of: SimulatedWorld(seed: 1), clock: executor.clock)
        var request = Self.request()
        request.method = "GET"
        request.url = url
        let sent = request
        let reply = try executor.run { try? await transport.send(sent) }
        #expect(reply?.status == status)
    }
}
