package import Documents
package import Intents
package import Placement
import Reconciling

/// Both simulated platforms with their doors and their dice, for any number of threads.
///
/// Time comes in with each call and never goes back: of two threads that read a clock and come in the other order, the
/// later one finds the world where the earlier one left it.
package final class SimulatedWorld: Sendable {
    /// Everything behind the lock.
    package struct State: Sendable {
        /// FlexAI behind its door.
        package var flexai: SimulatedPlatformDoor<SimulatedFlexAI>
        /// FLARE behind its door.
        package var flare: SimulatedPlatformDoor<SimulatedFLARE>
        /// What decides everything that chance decides.
        package var dice: Dice
    }

    private let state: Locked<State>
    private let writeDown: (@Sendable (Happening) -> Void)?

    /// A world from its platforms, its faults and its seed.
    ///
    /// `writeDown` is given everything that changes the world, in its order and before anybody hears of it, so that
    /// `replay` can make the same world of it again.
    package init(
        seed: UInt64,
        flexai: FlexAISettings = FlexAISettings(),
        flare: FLARESettings = FLARESettings(),
        market: SimulatedMarket = .standard,
        faults: FaultPlan = FaultPlan(),
        latency: Duration = .zero,
        writeDown: (@Sendable (Happening) -> Void)? = nil
    ) {
        self.writeDown = writeDown
        let flexai = SimulatedFlexAI(settings: flexai, shelf: market.flexai)
        let flare = SimulatedFLARE(settings: flare, shelf: market.flare)
        state = Locked(
            State(
                flexai: SimulatedPlatformDoor(flexai, faults: faults, latency: latency),
                flare: SimulatedPlatformDoor(flare, faults: faults, latency: latency),
                dice: Dice(seed: seed)
            )
        )
    }

    /// Deals with a request to a platform; any other name is nobody, and refuses the connection.
    package func handle(_ request: SimulatedRequest, to platform: PlatformName, at now: Timestamp) -> DoorOutcome {
        state.withLock { state in
            let dice = state.dice.state
            let outcome = state.handle(request, to: platform, at: now)
            if let writeDown, request.method != "GET" || outcome.wholeReply == nil {
                writeDown(Happening(at: now, dice: dice, platform: platform, request: request))
            }
            return outcome
        }
    }

    /// Notes a command that was obeyed.
    func note(_ request: SimulatedRequest, at now: Timestamp) {
        guard let writeDown else { return }
        withState { state in writeDown(Happening(at: now, dice: state.dice.state, platform: nil, request: request)) }
    }

    /// Lets happen again what was written down, and writes nothing down.
    ///
    /// Reads that nothing befell are not written down, and not counted after a replay.
    package func replay(_ entry: Happening) {
        withState { state in
            state.dice = Dice(seed: entry.dice)
            if let platform = entry.platform { _ = state.handle(entry.request, to: platform, at: entry.at) }
        }
        if entry.platform == nil { _ = obey(entry.request, at: entry.at) }
    }

    /// Looks at everything, or changes anything, alone; for tests and audits.
    package func withState<Result: Sendable>(_ body: (inout State) -> Result) -> Result {
        state.withLock { state in body(&state) }
    }

    /// The books of a platform as they are at a moment; nil for a name that nobody has.
    ///
    /// A copy: the next change copies every purchase once. Whoever looks after each step uses `withState`.
    package func estate(of platform: PlatformName, at now: Timestamp) -> SimulatedEstate? {
        withState { state in state.withEstate(of: platform, at: now) { $0 } }
    }

    /// Both platforms' books at a moment, as a tree.
    package func books(at now: Timestamp) -> Node {
        withState { state in
            state.flexai.platform.advance(to: now)
            state.flare.platform.advance(to: now)
            return .object([
                PlatformName.flexai.rawValue: state.flexai.books().value,
                PlatformName.flare.rawValue: state.flare.books().value,
            ])
        }
    }
}

extension SimulatedWorld.State {
    /// Deals with a request to a platform; any other name is nobody, and refuses the connection.
    fileprivate mutating func handle(
        _ request: SimulatedRequest,
        to platform: PlatformName,
        at now: Timestamp
    ) -> DoorOutcome {
        switch platform {
        case .flexai: flexai.handle(request, at: now, dice: &dice)
        case .flare: flare.handle(request, at: now, dice: &dice)
        default: .refuseConnection
        }
    }

    /// Works on the books of a platform as they are at a moment; nil for a name that nobody has.
    mutating func withEstate<Result>(
        of platform: PlatformName,
        at now: Timestamp,
        _ body: (inout SimulatedEstate) -> Result
    ) -> Result? {
        switch platform {
        case .flexai:
            flexai.platform.advance(to: now)
            return body(&flexai.platform.estate)
        case .flare:
            flare.platform.advance(to: now)
            return body(&flare.platform.estate)
        default: return nil
        }
    }
}

extension SimulatedPlatformDoor {
    /// The platform's books, with what calls came and what befell them.
    package func books() -> Node {
        var books = platform.estate.books()
        let calls = PlatformCall.allCases.map { ($0.rawValue, self.calls[$0] ?? 0) }
        let faults = FaultKind.allCases.compactMap { kind in suffered[kind].map { (kind.rawValue, $0) } }
        func counts(_ pairs: [(String, Int)]) -> Node {
            Node(.mapping(pairs.map { Node.Member($0.0, Node(.integer(Int64($0.1)))) }))
        }
        if case .mapping(let members) = books.value {
            let more = [Node.Member("calls", counts(calls)), Node.Member("faults", counts(faults))]
            books.value = .mapping(members + more)
        }
        return books
    }
}
