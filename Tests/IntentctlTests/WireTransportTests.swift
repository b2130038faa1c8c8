import Placement
import Reconciling
import Simulation
import Testing
import Wire

@testable import intentctl

/// The way from the platforms' adapters to real HTTP.
@Suite(.timeLimit(.minutes(5))) struct WireTransportTests {
    /// A request to a simulated platform over loopback, and how many calls the platform has seen.
    private func send(mayLeave: Bool) async throws -> (outcome: Result<Int, TransportFailure>, calls: Int) {
        let world = SimulatedWorld(seed: 1)
        let platforms = try SimulatedPlatforms(at: nil, time: SystemTimekeeper(), world: world)
        let client = HTTPClient(HTTPClient.Configuration())
        defer { client.shutdown() }
        return await withTaskGroup(of: Void.self) { group in
            group.addTask { await platforms.run() }
            defer { group.cancelAll() }
            var request = TransportRequest(
                method: "POST",
                url: "\(platforms.flexaiURL)/v1/compute/instances",
                headers: [(name: "Idempotency-Key", value: "k")],
                body: [UInt8]("{}".utf8),
                repeatability: .paid
            )
            request.mayLeave = { mayLeave }
            let outcome: Result<Int, TransportFailure>
            do throws(TransportFailure) {
                outcome = .success(try await WireTransport(client).send(request).status)
            } catch {
                outcome = .failure(error)
            }
            return (outcome, world.withState { $0.flexai.calls.values.reduce(0, +) })
        }
    }

    @Test("what may not leave any more when its connection stands is not sent, and is known not to be")
    func withheld() async throws {
        let (outcome, calls) = try await send(mayLeave: false)
        guard case .failure(.notSent) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(calls == 0)
    }

    @Test("what may leave arrives, and its answer comes back")
    func sent() async throws {
        let (outcome, calls) = try await send(mayLeave: true)
        #expect(try outcome.get() == 401, "nobody said who asks")
        #expect(calls == 1)
    }
}
