package import Intents
import Reconciling

/// A simulated platform behind everything that can go wrong on the way to it.
package struct SimulatedPlatformDoor<Platform: SimulatedPlatform>: Sendable {
    /// What stands behind the door.
    package var platform: Platform
    /// What goes wrong.
    package var faults: FaultPlan
    /// How long an ordinary answer takes.
    package var latency: Duration
    /// How many calls each kind of fault has befallen.
    package private(set) var suffered: [FaultKind: Int] = [:]
    /// How many calls of each sort have come.
    package private(set) var calls: [PlatformCall: Int] = [:]

    /// A door to a platform.
    package init(_ platform: Platform, faults: FaultPlan = FaultPlan(), latency: Duration = .zero) {
        self.platform = platform
        self.faults = faults
        self.latency = latency
    }

    /// Deals with a request.
    package mutating func handle(
        _ request: SimulatedRequest,
        at now: Timestamp,
        dice: inout some RandomNumberGenerator
    ) -> DoorOutcome {
        let call = Platform.call(of: request)
        calls[call, default: 0] += 1
        platform.advance(to: now)
        guard let fault = faults.next(for: call, at: now, dice: &dice) else {
            return .reply(after: latency, platform.handle(request, at: now, dice: &dice))
        }
        suffered[fault, default: 0] += 1
        guard fault.executes else { return unexecuted(fault, request) }
        return executed(fault, request, at: now, dice: &dice)
    }

    /// The outcome of a call that never reaches the platform.
    private mutating func unexecuted(_ fault: FaultKind, _ request: SimulatedRequest) -> DoorOutcome {
        switch fault {
        case .connectionRefused: return .refuseConnection
        case .droppedBefore: return .dropConnection
        case .hungBefore: return .hang
        case .tooManyRequests:
            var reply = Self.error(429)
            reply.headers.append(("Retry-After", String(faults.retryAfter.components.seconds)))
            return .reply(after: latency, reply)
        case .unavailable: return .reply(after: latency, Self.error(503))
        case .unauthorized: return .reply(after: latency, Self.error(401))
        case .forbidden: return .reply(after: latency, Self.error(403))
        case .foreignBefore: return .reply(after: latency, Self.foreign(502, "Bad Gateway"))
        case .misrouted: return .reply(after: latency, Self.foreign(404, "Not Found"))
        case .wrongNotFound: return .reply(after: latency, Self.error(404))
        case .deleteBroken:
            let id = request.segments.last ?? ""
            if Platform.deniesAfterBrokenDelete, let serial = platform.estate.visible(id) {
                platform.estate.deny(serial)
            }
            return .reply(after: latency, Self.error(500))
        default: return .reply(after: latency, Self.error(500))
        }
    }

    /// The outcome of a call that the platform executes.
    private mutating func executed(
        _ fault: FaultKind,
        _ request: SimulatedRequest,
        at now: Timestamp,
        dice: inout some RandomNumberGenerator
    ) -> DoorOutcome {
        prepare(fault, dice: &dice)
        let bought = platform.estate.purchases.count
        let reply = platform.handle(request, at: now, dice: &dice)
        platform.listing = .whole
        platform.estate.sellsStuck = false
        if platform.estate.purchases.count > bought { finish(fault, bought) }
        switch fault {
        case .droppedAfter: return .dropConnection
        case .hungAfter: return .hang
        case .errorAfter: return .reply(after: latency, Self.error(500))
        case .foreignAfter: return .reply(after: latency, Self.foreign(502, "Bad Gateway"))
        case .late: return .reply(after: latency + (faults.answerLateness ?? faults.lateness), reply)
        case .truncated:
            // A body of nothing cannot be cut: then the connection ends before the reply.
            guard !reply.body.isEmpty else { return .dropConnection }
            let bytes = Int.random(in: 0..<reply.body.count, using: &dice)
            return .truncated(after: latency, reply, bytes: bytes)
        default: return .reply(after: latency, reply)
        }
    }

    /// What happens in the platform before the call.
    private mutating func prepare(_ fault: FaultKind, dice: inout some RandomNumberGenerator) {
        switch fault {
        case .staleListing: platform.listing = .stale(faults.lateness)
        case .partialListing: platform.listing = .firstPart(of: 2)
        case .emptyListing: platform.listing = .empty
        case .stuck: platform.estate.sellsStuck = true
        case .lost:
            if let serial = platform.estate.anyAlive(dice: &dice) { platform.estate.lose(serial) }
        case .preempted:
            if let serial = platform.estate.anyAlive(dice: &dice) {
                platform.estate.preempt(serial, to: Platform.preemptedPhase)
            }
        default: break
        }
    }

    /// What happens to a purchase that was just made.
    private mutating func finish(_ fault: FaultKind, _ serial: Int) {
        if fault == .listedLate {
            platform.estate.keepFromListings(serial, until: platform.estate.now + faults.lateness)
        }
    }

    private static func error(_ status: Int) -> TransportReply {
        .json(status) { $0.member("detail", "Simulated error \(status)") }
    }

    private static func foreign(_ status: Int, _ words: String) -> TransportReply {
        TransportReply(
            status: status,
            headers: [("Content-Type", "text/html")],
            body: Array("<html><body><h1>\(status) \(words)</h1></body></html>".utf8)
        )
    }
}
