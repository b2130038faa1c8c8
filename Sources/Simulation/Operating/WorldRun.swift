import FLARE
import FlexAI
import Intents
import Placement
import Reconciling

/// A whole history from a seed: the real operator against both simulated platforms, with faults, crashes and restarts.
package final class WorldRun: Sendable {
    /// How the operator calls itself.
    static let operatorID = "operator-1"
    /// How long the world stands before the operator's first start.
    static let prelude = Duration.seconds(120)

    let seed: UInt64
    let plan: Plan
    let executor: DeterministicExecutor
    let world: SimulatedWorld
    let disk: SimulatedDisk
    let folder = SimulatedFolder()
    let loads = SimulatedLoads()
    let wall: WallClock
    let wires: [PlatformName: SimulatedWire]
    /// Ways to another account of each platform.
    let otherWires: [PlatformName: SimulatedWire]
    let judge: WorldJudge
    let history: WorldHistory
    let moments: [WorldHistory.Moment]
    let faces: WorldFaces
    let lease: SimulatedLease
    let progress: Locked<Progress>

    /// How far a run has come; outlives every process.
    struct Progress: Sendable {
        var dice: Dice
        /// The next moment of the history.
        var next = 0
        var lives = 0
        var kills = 0
        var strangers = 0
        /// What lasts at the moment.
        var spells: [WorldEntry] = []
        /// How long after a death the next process begins.
        var rest = Duration.zero
        /// Whether the healthy platform was judged while the other one was out.
        var isIsolationJudged = false
        /// Lives that were cut off.
        var dead: [ProcessLife] = []
        /// Lives that stand still at the moment.
        var frozen: [ProcessLife] = []
        /// Whether the disk is put back before the next life.
        var putsBack = false
        /// When the present life began.
        var bornAt = Duration.zero
        /// What all lives have begun that outlasts them.
        var effects: [LifeEffect] = []
    }

    /// A run that a seed and a plan determine.
    package convenience init(seed: UInt64, plan: Plan) {
        if let stage = plan.stage {
            self.init(seed: seed, plan: plan, history: stage.history(from: Self.prelude))
            return
        }
        let script = WorldScript(
            seed: seed,
            variant: plan.variant,
            from: Self.prelude,
            quietFrom: Self.prelude + plan.history
        )
        var history = WorldHistory(script.entries)
        if let kept = plan.kept { history = history.keeping(kept) }
        if plan.faults == .none { history = history.withoutFaults }
        self.init(seed: seed, plan: plan, history: history)
    }

    /// A run of a given history.
    init(seed: UInt64, plan: Plan, history: WorldHistory) {
        self.seed = seed
        self.plan = plan
        self.history = history
        moments = history.moments
        executor = DeterministicExecutor(seed: seed)
        var dice = Dice(seed: seed &+ 77)
        let clock = executor.clock
        faces = plan.stage?.faces ?? WorldFaces(plan.variant, dice: &dice)
        let world = SimulatedWorld(
            seed: dice.next(),
            flexai: faces.flexai,
            flare: faces.flare,
            market: WorldWish.market,
            latency: .milliseconds(20)
        )
        let judge = WorldJudge(
            world,
            clock: clock,
            identity: plan.variant == .exclusive ? .interchangeable : .named,
            isTraced: plan.isTraced
        )
        let disk = SimulatedDisk(keep: plan.sabotage.keep) { change, rows in
            judge.guards(change, rows)
            judge.watchPauses(change, rows)
            judge.writes(change, rows)
        }
        wires = Self.wires(judge, disk: disk, copies: plan.sabotage == .wire ? 2 : 1, &dice)
        otherWires = Self.otherWires(faces, judge, disk: disk)
        self.world = world
        self.judge = judge
        self.disk = disk
        wall = WallClock(clock)
        lease = SimulatedLease(clock)
        progress = Locked(Progress(dice: dice))
    }

    /// Ways to both platforms, on which a judge looks at everything.
    private static func wires(
        _ judge: WorldJudge,
        disk: SimulatedDisk,
        copies: Int,
        _ dice: inout Dice
    ) -> [PlatformName: SimulatedWire] {
        var wires: [PlatformName: SimulatedWire] = [:]
        for platform in WorldJudge.platforms {
            wires[platform] = SimulatedWire(
                SimulatedTransport(to: platform, of: judge.world, clock: judge.clock),
                clock: judge.clock,
                seed: dice.next(),
                // Only FlexAI can be told to take a repeat for the same purchase.
                copies: platform == .flexai ? copies : 1,
                witness: SimulatedWire.Witness(
                    arrives: { request in
                        judge.arrives(request, disk: disk)
                        judge.judgePause(request, disk: disk)
                    },
                    answered: { judge.answered($0, $1, disk: disk) }
                )
            )
        }
        return wires
    }

    /// Ways to another account, in which nothing is sold and nothing goes wrong.
    private static func otherWires(
        _ faces: WorldFaces,
        _ judge: WorldJudge,
        disk: SimulatedDisk
    ) -> [PlatformName: SimulatedWire] {
        let elsewhere = faces.elsewhere
        let world = SimulatedWorld(
            seed: 0,
            flexai: elsewhere.flexai,
            flare: elsewhere.flare,
            market: SimulatedMarket(flexai: [], flare: []),
            latency: .milliseconds(20)
        )
        let witness = SimulatedWire.Witness(
            arrives: { judge.strays($0) },
            answered: { judge.answered($0, $1, disk: disk) }
        )
        return Dictionary(
            uniqueKeysWithValues: WorldJudge.platforms.map { platform in
                let transport = SimulatedTransport(to: platform, of: world, clock: judge.clock)
                return (platform, SimulatedWire(transport, clock: judge.clock, seed: 0, witness: witness))
            }
        )
    }

    /// When the last disturbance is over, but for a platform that is out for longer.
    var quietFrom: Duration { Self.prelude + plan.history }

    /// Plays the history to its end and judges it.
    package func play() -> WorldVerdict {
        let end = max(quietFrom, history.lastEnd) + plan.tail
        while let moment = takeDue(.zero) { happen(moment, to: nil) }
        while executor.clock.now.offset < end, !isSettled, !judge.hasBreach {
            guard live(until: end) else { break }
        }
        if !judge.hasBreach { judgeEnd() }
        if judge.hasBreach { showStatuses() }
        let verdict = WorldVerdict(self)
        let dead = progress.withLock { $0.dead }
        executor.bury { for life in dead { life.release() } }
        return verdict
    }

    /// Adds to the trace what people are shown of every intent.
    private func showStatuses() {
        for (key, status) in disk.durable.statuses.sorted(by: { $0.key < $1.key }) {
            judge.note("shown", "\(key.rawValue) \(status)")
        }
    }

    /// Lives one life; returns whether there may be another.
    private func live(until end: Duration) -> Bool {
        let (process, rest) = progress.withLock { progress -> (WorldProcess, Duration) in
            progress.lives += 1
            let rest = progress.lives == 1 ? Self.prelude : plan.stage?.rest ?? progress.rest
            progress.rest = .seconds(1)
            let life = plan.stage == nil ? ProcessLife() : progress.nextLife(plan.crashes)
            return (WorldProcess(number: progress.lives, seed: progress.dice.next(), life: life), rest)
        }
        putLedgerBack()
        defer { progress.withLock { $0.effects = process.life.effects } }
        let leader = Locked(process)
        do throws(DeterministicExecutor.Halt) {
            try executor.run(stepLimit: Self.stepLimit) {
                await self.rest(rest)
                await self.session(process, until: end) { now in leader.withLock { $0 = now } }
            }
            judge.note("ended", "well")
            return true
        } catch {
            guard leader.withLock({ $0 }).life.isOver else {
                judge.blame(.alive, "the operator stands still: \(error)")
                return false
            }
            judge.note("killed", "")
            progress.withLock { progress in
                progress.kills += 1
                progress.dead.append(leader.withLock { $0 }.life)
                progress.bornAt = executor.clock.now.offset
            }
            return true
        }
    }

    /// Puts the disk back from its copy, where that is due.
    private func putLedgerBack() {
        let isDue = progress.withLock { progress in
            defer { progress.putsBack = false }
            return progress.putsBack
        }
        guard isDue else { return }
        disk.putBack()
        // It takes so long that nothing is on its way any more.
        for wire in wires.values { wire.dropStrays() }
        judge.putBack(disk.durable)
    }

    /// More jobs than any life has.
    private static let stepLimit = 5_000_000

    /// The time between two processes.
    private func rest(_ span: Duration) async {
        do {
            try await executor.clock.sleep(for: span)
        } catch {
            await Task.yield()
        }
    }

    /// The next moment of the history that is due.
    func takeDue(_ now: Duration) -> WorldHistory.Moment? {
        progress.withLock { progress in
            guard progress.next < moments.count, moments[progress.next].at <= now else { return nil }
            progress.next += 1
            return moments[progress.next - 1]
        }
    }

    /// When the next moment of the history comes; nil where none does.
    var nextMoment: Duration? {
        progress.withLock { $0.next < moments.count ? moments[$0.next].at : nil }
    }
}
