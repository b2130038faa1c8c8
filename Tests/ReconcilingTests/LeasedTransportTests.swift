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
}
