import Intents
package import Reconciling

/// The wire between the operator's machine and a platform: a request on its way is not called back by the end of the
/// process that sent it.
package final class SimulatedWire: Sendable {
    /// What is told of each call.
    package struct Witness: Sendable {
        /// A request arrives; nothing has been done yet.
        package var arrives: @Sendable (TransportRequest) -> Void
        /// A request was dealt with, and this came back.
        package var answered: @Sendable (TransportRequest, TransportReply?) -> Void

        /// A witness from what it does.
        package init(
            arrives: @escaping @Sendable (TransportRequest) -> Void,
            answered: @escaping @Sendable (TransportRequest, TransportReply?) -> Void
        ) {
            self.arrives = arrives
            self.answered = answered
        }
    }

    private struct Stray: Sendable {
        let due: VirtualClock.Instant
        let request: TransportRequest
    }

    private struct State {
        var dice: Dice
        var strays: [Stray] = []
        var longestWay = Duration.milliseconds(30)
    }

    /// How much later a request can arrive whose sender has died.
    static let longestStray = Duration.seconds(15)

    private let transport: SimulatedTransport
    private let clock: VirtualClock
    private let copies: Int
    private let witness: Witness
    private let state: Locked<State>

    /// A wire to what stands behind a transport; `copies` of every paid request arrive, where it is to be a bad one.
    package init(
        _ transport: SimulatedTransport,
        clock: VirtualClock,
        seed: UInt64,
        copies: Int = 1,
        witness: Witness
    ) {
        self.copies = copies
        self.transport = transport
        self.clock = clock
        self.witness = witness
        state = Locked(State(dice: Dice(seed: seed)))
    }

    /// Takes at most so long for a request's way there.
    package func setLongestWay(_ span: Duration) { state.withLock { $0.longestWay = span } }

    /// The wire's end in a process; `sends` is told every request when it leaves.
    package func end(
        in life: ProcessLife,
        sends: @escaping @Sendable (TransportRequest) -> Void = { _ in }
    ) -> any Transport {
        WireEnd(wire: self, life: life, sends: sends)
    }

    /// Lets nothing arrive any more of what dead processes have sent.
    func dropStrays() { state.withLock { $0.strays = [] } }

    /// Delivers what dead processes have sent, each at its time, until it is cancelled or the world stands still.
    package func deliverStrays(while goesOn: @Sendable () -> Bool) async {
        while !Task.isCancelled, goesOn() {
            let now = clock.now
            let due: [Stray] = state.withLock { state in
                let due = state.strays.filter { $0.due <= now }
                state.strays.removeAll { $0.due <= now }
                return due
            }
            for stray in due { _ = await deliver(stray.request) }
            let isWaiting = state.withLock { !$0.strays.isEmpty }
            do {
                try await clock.sleep(for: isWaiting ? .seconds(1) : .seconds(5))
            } catch {
                return
            }
        }
    }

    fileprivate func way() -> Duration {
        state.withLock { state in
            let longest = state.longestWay.milliseconds
            return .milliseconds(Int64.random(in: 0...longest, using: &state.dice))
        }
    }

    fileprivate func strand(_ request: TransportRequest) {
        let now = clock.now
        state.withLock { state in
            let late = Int64.random(in: 0...Self.longestStray.milliseconds, using: &state.dice)
            state.strays.append(Stray(due: now.advanced(by: .milliseconds(late)), request: request))
        }
    }

    fileprivate func sleep(_ span: Duration) async {
        guard span > .zero else { return }
        do {
            try await clock.sleep(for: span)
        } catch {
            await Task.yield()
        }
    }

    fileprivate func deliverCopies(of request: TransportRequest) async -> Result<TransportReply, TransportFailure> {
        if request.repeatability == .paid { for _ in 1..<max(1, copies) { _ = await deliver(request) } }
        return await deliver(request)
    }

    private func deliver(_ request: TransportRequest) async -> Result<TransportReply, TransportFailure> {
        witness.arrives(request)
        do throws(TransportFailure) {
            let reply = try await transport.send(request)
            witness.answered(request, reply)
            return .success(reply)
        } catch {
            witness.answered(request, nil)
            return .failure(error)
        }
    }
}

/// The wire's end in one process.
private struct WireEnd: Transport {
    let wire: SimulatedWire
    let life: ProcessLife
    let sends: @Sendable (TransportRequest) -> Void

    func send(_ request: TransportRequest) async throws(TransportFailure) -> TransportReply {
        let changes = request.method != "GET"
        var effect: Int?
        if changes { effect = await life.begin(.call) } else { await life.mustLive() }
        guard request.mayLeave?() ?? true else {
            if let effect { await life.end(effect) }
            throw .notSent("it may no longer leave")
        }
        sends(request)
        await wire.sleep(wire.way())
        if life.isOver {
            if changes { wire.strand(request) }
            await life.mustLive()
        }
        let result = await wire.deliverCopies(of: request)
        if let effect { await life.end(effect) } else { await life.mustLive() }
        return try result.get()
    }
}
