import Intents
import Placement
import Reconciling
import Simulation
import Wire

/// Serves a simulated platform over real HTTP, its faults included.
enum SimulationServer {
    /// How long a call hangs that is to get no answer; longer than any client's deadline.
    static let hang = Duration.seconds(120)

    /// A server for one platform of a simulated world, bound and ready to run.
    static func bind(
        _ platform: PlatformName,
        of world: SimulatedWorld,
        at address: Wire.ListenAddress,
        time: SystemTimekeeper
    ) throws(Wire.ListenAddress.Failure) -> HTTPServer {
        var limits = HTTPServer.Limits()
        limits.concurrentHandlers = 1024
        limits.connections = 2048
        limits.connectionsPerAddress = 2048
        return try HTTPServer.bind(address, limits: limits) { request in
            let simulated = SimulatedRequest(
                method: request.method.rawValue,
                target: request.path,
                headers: request.headers.fields.map { (name: $0.name, value: $0.value) },
                body: request.body
            )
            if let reply = world.answerControl(simulated, at: time.now) { return HTTPServerResponse(reply) }
            return await carryOut(world.handle(simulated, to: platform, at: time.now), time)
        }
    }

    private static func carryOut(_ outcome: DoorOutcome, _ time: SystemTimekeeper) async -> HTTPServerResponse {
        switch outcome {
        case .reply(let delay, let reply):
            guard await wait(delay, time) else { return .dropConnection }
            return HTTPServerResponse(reply)
        case .truncated(let delay, let reply, let bytes):
            guard await wait(delay, time) else { return .dropConnection }
            return .stream(status: reply.status, headers: HTTPServerResponse(reply).headers) { writer in
                try await writer.write(Array(reply.body.prefix(bytes)))
                throw CutShort()
            }
        case .dropConnection, .refuseConnection: return .dropConnection
        case .hang:
            _ = await wait(hang, time)
            return .dropConnection
        }
    }

    /// Breaks a reply off.
    private struct CutShort: Error {}

    /// Waits; returns whether it was to the end.
    private static func wait(_ delay: Duration, _ time: SystemTimekeeper) async -> Bool {
        guard delay > .zero else { return true }
        do {
            try await time.sleep(until: time.uptime + delay)
            return true
        } catch {
            return false
        }
    }
}

extension HTTPServerResponse {
    /// A simulated platform's reply as HTTP.
    init(_ reply: TransportReply) {
        self.init(
            status: reply.status,
            headers: HTTPHeaders(reply.headers.map { (name: $0.name, value: $0.value) }),
            body: reply.body
        )
    }
}
