import FlexAI
import Intents
import Placement
package import Reconciling

/// A whole history from a seed: the real operator against a simulated platform, with faults, crashes and restarts.
package final class WorldRun: Sendable {
    /// What makes a run, beside its seed.
    package struct Plan: Sendable {
        /// Which face the platform has.
        package var variant: WorldVariant
        /// How long things happen.
        package var history = Duration.seconds(300)
        /// How long nothing happens afterwards; longer than every wait of the policy and every job's timeout.
        package var tail = Duration.seconds(1200)
        /// How much of the tail's end must pass without a change.
        package var stillness = Duration.seconds(150)
        /// The operator's times.
        package var policy: ReconcilePolicy
        /// Whether processes are killed.
        package var mortality = Mortality.mortal
        /// What is broken on purpose, to see that the judge sees it.
        package var sabotage = Sabotage.none
        /// A scene that is set by hand; nil where the seed draws the history.
        package var stage: WorldStage?
        /// Where processes are cut off, one after the other, whether they are mortal or not.
        package var crashes: [CrashPoint] = []

        /// Whether processes are killed.
        package enum Mortality: Sendable {
            /// They are.
            case mortal
            /// They are not.
            case immortal
        }

        /// What is broken on purpose.
        package enum Sabotage: Sendable, CaseIterable {
            /// Nothing is.
            case none
            /// The disk takes rows of new attempts and does not keep them.
            case disk
            /// The wire sends every paid call twice.
            case wire
            /// The disk forgets every allocation that is to end.
            case oblivion
        }

        /// A history of five minutes with shortened waits.
        package init(_ variant: WorldVariant) {
            self.variant = variant
            policy = ReconcilePolicy()
            policy.tombstoneLooks = [.seconds(60), .seconds(180)]
            policy.provisioningTimeout = .seconds(120)
        }
    }

    /// How the operator calls itself.
    static let operatorID = "operator-1"

    let seed: UInt64
    let plan: Plan
    let executor: DeterministicExecutor
    let world: SimulatedWorld
    let disk: SimulatedDisk
    let folder = SimulatedFolder()
    let wall: WallClock
    let wire: SimulatedWire
    let judge: WorldJudge
    let script: WorldScript
    let settings: FlexAISettings
    let progress = Locked(Progress())

    /// How far a run has come; outlives every process.
    struct Progress: Sendable {
        var dice: Dice
        /// The next line of the script.
        var next = 0
        var lives = 0
        var kills = 0
        var strangers = 0
        /// When the present life began.
        var bornAt = Duration.zero
        /// What all lives have begun.
        var effects: [LifeEffect] = []
        init() { dice = Dice(seed: 0) }
    }

    /// A run that a seed determines.
    package init(seed: UInt64, plan: Plan) {
        self.seed = seed
        self.plan = plan
        executor = DeterministicExecutor(seed: seed)
        var dice = Dice(seed: seed &+ 77)
        let clock = executor.clock
        func span(_ most: Int64) -> Duration {
            Bool.random(using: &dice) ? .zero : .milliseconds(Int64.random(in: 0...most, using: &dice))
        }
        let isLoose = Bool.random(using: &dice)
        settings = plan.variant.platform(
            boot: plan.stage?.boot ?? span(60_000),
            stop: plan.stage?.stop ?? span(20_000),
            delete: plan.stage?.delete ?? span(40_000),
            loose: isLoose
        )
        let world = SimulatedWorld(
            seed: dice.next(),
            flexai: settings,
            market: SimulatedMarket.standard.capacity(times: 10),
            latency: .milliseconds(20)
        )
        let judge = WorldJudge(
            world,
            platform: .flexai,
            clock: clock,
            operatorID: Self.operatorID,
            identity: plan.variant == .exclusive ? .interchangeable : .named
        )
        let disk = SimulatedDisk(keep: plan.sabotage.keep) { judge.writes($0, $1) }
        wire = SimulatedWire(
            SimulatedTransport(to: .flexai, of: world, clock: clock),
            clock: clock,
            seed: dice.next(),
            copies: plan.sabotage == .wire ? 2 : 1,
            witness: SimulatedWire.Witness(
                arrives: { judge.arrives($0, disk: disk) },
                answered: { judge.answered($0, $1, disk: disk) }
            )
        )
        self.world = world
        self.judge = judge
        self.disk = disk
        wall = WallClock(clock)
        script =
            plan.stage.map { WorldScript($0, from: Self.prelude) }
            ?? WorldScript(
                seed: seed,
                variant: plan.variant,
                from: Self.prelude,
                quietFrom: Self.prelude + plan.history
            )
        let own = dice
        progress.withLock { $0.dice = own }
    }

    /// How long the world stands before the operator's first start.
    static let prelude = Duration.seconds(120)

    /// When the last disturbance is over.
    var quietFrom: Duration { Self.prelude + plan.history }

    /// Plays the history to its end and judges it.
    package func play() -> WorldVerdict {
        let end = quietFrom + plan.tail
        while let entry = takeDue(.zero) { apply(entry.edit, heart: nil) }
        while executor.clock.now.offset < end, !isSettled, judge.findings.violations.isEmpty {
            guard live(until: end) else { break }
        }
        if judge.findings.violations.isEmpty { judgeEnd() }
        return WorldVerdict(self)
    }

    /// Lives one life; returns whether there may be another.
    private func live(until end: Duration) -> Bool {
        let (points, seed, rest) = progress.withLock { progress -> (Int?, UInt64, Int64) in
            progress.lives += 1
            let points = Int.random(in: 1...120, using: &progress.dice)
            return (points, progress.dice.next(), Int64.random(in: 0...20_000, using: &progress.dice))
        }
        let isMortal = plan.mortality == .mortal && executor.clock.now.offset < quietFrom
        let life = plan.stage == nil ? ProcessLife(endingAtPoint: isMortal ? points : nil) : nextLife()
        defer { progress.withLock { $0.effects = life.effects } }
        do throws(DeterministicExecutor.Halt) {
            try executor.run(stepLimit: 5_000_000) {
                await self.rest(self.plan.stage?.rest ?? .milliseconds(rest))
                await self.serve(life, seed: seed, until: end)
            }
            judge.note("ended", "well")
            return true
        } catch {
            guard life.isOver else {
                judge.blame("the operator stands still: \(error)")
                return false
            }
            judge.note("killed", "")
            progress.withLock { progress in
                progress.kills += 1
                progress.bornAt = executor.clock.now.offset
            }
            return true
        }
    }

    /// The time between two processes.
    private func rest(_ span: Duration) async {
        let first = executor.clock.now.offset < Self.prelude
        do {
            try await executor.clock.sleep(for: first ? Self.prelude : span)
        } catch {
            await Task.yield()
        }
    }

    /// One process, with the world around it, until it ends well.
    private func serve(_ life: ProcessLife, seed: UInt64, until end: Duration) async {
        let clock = executor.clock
        let time = VirtualTimekeeper(clock, wall: wall, life: life)
        let store = SimulatedStore(disk, clock: clock, life: life, operatorID: Self.operatorID)
        do {
            let snapshot = try await store.load()
            progress.withLock { $0.bornAt = clock.now.offset }
            judge.note("start", "with \(snapshot.records.count) rows")
            let heart = makeOperator(store, time, life: life, seed: seed, snapshot: snapshot)
            let lag = plan.stage?.lag ?? .seconds(5)
            let source = SimulatedSource(folder, time: time, life: life, seed: seed &+ 1, lag: lag)
            try await withThrowingTaskGroup(of: Bool.self) { group in
                group.addTask {
                    try await heart.run(source)
                    return true
                }
                group.addTask {
                    await self.playScript(life: life, heart: heart, until: end)
                    return false
                }
                group.addTask {
                    await self.wire.deliverStrays(during: life)
                    return false
                }
                while let isOver = try await group.next() {
                    if isOver { group.cancelAll() }
                }
            }
        } catch {
            judge.blame("the operator failed: \(error)")
        }
    }

    private func makeOperator(
        _ store: SimulatedStore,
        _ time: VirtualTimekeeper,
        life: ProcessLife,
        seed: UInt64,
        snapshot: LedgerSnapshot
    ) -> Operator {
        let platform = FlexAIPlatform(
            plan.variant.configuration(settings, operatorID: Self.operatorID),
            transport: wire.end(in: life)
        ) { time.now }
        let parts = Operator.Parts(platforms: [platform], ledger: store, time: time, seed: seed)
        var manner = Operator.Manner()
        manner.policy = plan.policy
        manner.tick = plan.stage?.tick ?? .seconds(1)
        manner.width = 8
        return Operator(parts, manner: manner, snapshot: snapshot) { _ in }
    }

    /// Lets the script happen, line by line; ends the operator at the end of the run.
    private func playScript(life: ProcessLife, heart: Operator, until end: Duration) async {
        let clock = executor.clock
        while clock.now.offset < end, !Task.isCancelled {
            let now = clock.now.offset
            while let entry = takeDue(now) { apply(entry.edit, heart: heart) }
            if now >= quietFrom { beHelpful() }
            // No process dies in the tail.
            if now >= quietFrom { life.spare() }
            let next = progress.withLock { progress in
                progress.next < script.entries.count ? script.entries[progress.next].at : nil
            }
            let pause = min(max(next ?? end, now + .milliseconds(1)), now + .seconds(10), end)
            do {
                try await clock.sleep(until: VirtualClock.Instant(offset: pause), tolerance: nil)
            } catch {
                return
            }
            if life.isOver { return }
            if isSettled { break }
        }
        heart.drain()
    }

    func takeDue(_ now: Duration) -> (at: Duration, edit: WorldEdit)? {
        progress.withLock { progress in
            guard progress.next < script.entries.count, script.entries[progress.next].at <= now else { return nil }
            progress.next += 1
            return script.entries[progress.next - 1]
        }
    }
}

extension WorldRun.Plan.Sabotage {
    /// What the disk really keeps of a change.
    fileprivate var keep: @Sendable (LedgerChange) -> LedgerChange? {
        switch self {
        case .none, .wire: { $0 }
        case .disk: { if case .put(let row) = $0, row.phase == .open { nil } else { $0 } }
        case .oblivion: { if case .put(let row) = $0, row.phase == .ending { .forget(row.attempt) } else { $0 } }
        }
    }
}
