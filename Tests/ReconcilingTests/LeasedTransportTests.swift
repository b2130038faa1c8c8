import Testing

@testable import Reconciling

/// Requests and the lock that they need.
@Suite struct LeasedTransportTests {
    @Test func aPaidCallEndsBeforeTheLockDoes() async throws {
        /// Notes the deadline that it was given.
        final class Noting: Transport {
            let deadlines = Locked<[Duration]>([])
            func send(_ request: TransportRequest) async throws(TransportFailure) -> TransportReply {
                deadlines.withLock { $0.append(request.deadline) }
                return TransportReply(status: 200)
            }
        }
        /// A lock with so much left.
        struct Left: Leadership {
            let left: Duration?
            func timeLeft() -> Duration? { left }
        }
        let cases: [(left: Duration?, paid: Duration?, free: Duration?)] = [
            (nil, .seconds(60), .seconds(30)),
            (.seconds(100), .seconds(60), .seconds(30)),
            (.seconds(15), .seconds(13), .seconds(30)),
            (.seconds(8), .seconds(6), .seconds(30)),
            (.seconds(2), nil, nil),
            (.zero, nil, nil),
        ]
        for (left, paid, free) in cases {
            let base = Noting()
            let transport = LeasedTransport(base, leadership: Left(left: left))
            for kind in [TransportRequest.Repeatability.paid, .repeatable] {
                let request = TransportRequest(method: "POST", url: "http://a/", repeatability: kind)
                _ = try? await transport.send(request)
            }
            #expect(base.deadlines.withLock { $0 } == [paid, free].compactMap(\.self))
        }
    }
    @Test("a request that was held up is asked for once more before it leaves")
    func aRequestThatWasHeldUpDoesNotLeaveWithoutTheLock() async throws {
        /// A lock that runs out while a request is held up.
        final class Ending: Leadership {
            let left = Locked(Duration.seconds(15))
            func timeLeft() -> Duration? { left.withLock { $0 } }
        }
        /// Holds every request up for so long, and asks as the port says.
        struct Slow: Transport {
            let lock: Ending
            let span: Duration
            func send(_ request: TransportRequest) async throws(TransportFailure) -> TransportReply {
                lock.left.withLock { $0 -= span }
                guard request.mayLeave?() ?? true else { throw .notSent("may not leave") }
                return TransportReply(status: 200)
            }
        }
        for (span, leaves) in [(Duration.seconds(12), true), (.seconds(13), false), (.seconds(60), false)] {
            for kind in [TransportRequest.Repeatability.paid, .repeatable] {
                let lock = Ending()
                let transport = LeasedTransport(Slow(lock: lock, span: span), leadership: lock)
                let request = TransportRequest(method: "POST", url: "http://a/", repeatability: kind)
                let reply = try? await transport.send(request)
                #expect((reply != nil) == leaves, "\(span)")
            }
        }
    }
}
