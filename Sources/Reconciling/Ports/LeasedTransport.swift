/// Sends nothing without the lock, and lets no paid call outlive it: its deadline ends before the lock does.
///
/// A platform's door asks once a call; here every request of it is asked for, however long the one before it took, and
/// once more when its connection stands: a process that was stopped meanwhile, or a machine that slept, wakes up
/// without the lock and knows nothing of it.
package struct LeasedTransport: Transport {
    /// How long before the lock's end a paid call must be over.
    package static let margin = Duration.seconds(2)

    private let base: any Transport
    private let leadership: any Leadership

    /// A transport that keeps within a lock.
    package init(_ base: any Transport, leadership: any Leadership) {
        self.base = base
        self.leadership = leadership
    }

    package func send(_ request: TransportRequest) async throws(TransportFailure) -> TransportReply {
        #if MUTANTS
        if Mutant.lockLossIgnored.isActive { return try await base.send(request) }
        #endif
        guard let left = leadership.timeLeft() else { return try await base.send(request) }
        guard left > Self.margin else { throw .notSent("the lock is lost, or about to run out") }
        var request = request
        request.mayLeave = { [leadership] in leadership.timeLeft().map { $0 > Self.margin } ?? true }
        #if MUTANTS
        if Mutant.lockAskedOnce.isActive { request.mayLeave = nil }
        #endif
        if request.repeatability == .paid { request.deadline = min(request.deadline, left - Self.margin) }
        return try await base.send(request)
    }
}
