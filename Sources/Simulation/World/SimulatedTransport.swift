import Intents
package import Placement
package import Reconciling

/// Carries a platform adapter's calls into the simulated world, in virtual time.
///
/// Half of `wire` passes on the way there, half on the way back. A call whose answer would come after its deadline is
/// executed all the same, and its outcome is unknown to the caller.
package struct SimulatedTransport: Transport {
    private let world: SimulatedWorld
    private let platform: PlatformName
    private let clock: VirtualClock
    private let wire: Duration

    /// A way to a platform.
    package init(to platform: PlatformName, of world: SimulatedWorld, clock: VirtualClock, wire: Duration = .zero) {
        self.world = world
        self.platform = platform
        self.clock = clock
        self.wire = wire
    }

    package func send(_ request: TransportRequest) async throws(TransportFailure) -> TransportReply {
        let deadline = clock.now.advanced(by: request.deadline)
        let way = min(wire / 2, request.deadline)
        guard await sleep(for: way) else { throw .notSent("cancelled before it was sent") }
        guard wire / 2 <= request.deadline else { throw .notSent("no connection within the deadline") }
        let simulated = SimulatedRequest(
            method: request.method,
            target: Self.target(request.url),
            headers: request.headers,
            body: request.body ?? []
        )
        switch world.handle(simulated, to: platform, at: clock.timestamp) {
        case .refuseConnection: throw .notSent("connection refused")
        case .dropConnection: throw .outcomeUnknown("connection lost after sending")
        case .hang:
            _ = await sleep(until: deadline)
            throw .outcomeUnknown("no answer within the deadline")
        case .truncated(let after, _, _):
            try await wait(after, deadline: deadline)
            throw .outcomeUnknown("the reply was cut short")
        case .reply(let after, let reply):
            try await wait(after, deadline: deadline)
            guard reply.body.count <= request.maximumReplyBytes else {
                throw .replyTooLarge(limit: request.maximumReplyBytes)
            }
            return reply
        }
    }

    /// Waits for an answer that takes so long, the way back included; fails at the deadline.
    private func wait(
        _ after: Duration,
        deadline: VirtualClock.Instant
    ) async throws(TransportFailure) {
        let arrival = clock.now.advanced(by: after + wire / 2)
        guard arrival <= deadline else {
            _ = await sleep(until: deadline)
            throw .outcomeUnknown("no answer within the deadline")
        }
        guard await sleep(until: arrival) else { throw .outcomeUnknown("cancelled after it was sent") }
    }

    /// Whether the sleep was slept to its end; a sleep of nothing always is.
    private func sleep(for duration: Duration) async -> Bool {
        duration <= .zero ? !Task.isCancelled : await sleep(until: clock.now.advanced(by: duration))
    }

    private func sleep(until instant: VirtualClock.Instant) async -> Bool {
        guard instant > clock.now else { return true }
        do {
            try await clock.sleep(until: instant, tolerance: nil)
            return true
        } catch {
            return false
        }
    }

    /// The path and query of an absolute URL.
    private static func target(_ url: String) -> String {
        guard let scheme = url.firstRange(of: "://") else { return url }
        guard let slash = url[scheme.upperBound...].firstIndex(of: "/") else { return "/" }
        return String(url[slash...])
    }
}
