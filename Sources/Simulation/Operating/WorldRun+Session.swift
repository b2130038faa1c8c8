import FLARE
import FlexAI
import Intents
import Placement
import Reconciling

extension WorldRun {
    /// The world while a process lives, and those that take over from it: the history happens, and is judged.
    ///
    /// Returns when the leading process has ended well. Where it is killed, its tasks hang for ever, and so does this.
    func session(_ first: WorldProcess, until end: Duration, leads: @Sendable (WorldProcess) -> Void) async {
        var leader = first
        var lingering: [(process: WorldProcess, until: Duration)] = []
        var succession: (at: Duration, lingers: Duration)?
        let over = RunOutcome<Void>()
        var thaw: Duration?
        lease.give(to: leader.number)
        await withTaskGroup(of: Void.self) { group in
            begin(leader, in: &group)
            for platform in WorldJudge.platforms {
                guard let wire = wires[platform] else { continue }
                group.addTask { await wire.deliverStrays { over.value == nil } }
            }
            while executor.clock.now.offset < end, !leader.hasEnded, !leader.life.isOver, !judge.hasBreach,
                !isSettled
            {
                let now = executor.clock.now.offset
                while let moment = takeDue(now) {
                    if case .loseLock(let lingers) = moment.entry.edit, succession == nil {
                        judge.note("lease", "process \(leader.number) is cut off")
                        judge.count("other locks lost")
                        succession = (lease.cutOff().offset, lingers)
                    }
                    happen(moment, to: leader)
                }
                if thaw == nil, leader.life.isHeld {
                    let end = lease.cutOff().offset
                    succession = (end, Self.oversleeping * 2)
                    thaw = end + Self.oversleeping
                    progress.withLock { $0.frozen.append(leader.life) }
                }
                if let moment = thaw, now >= moment { freeze(nil) }
                if let due = succession, now >= due.at {
                    lingering.append((leader, now + due.lingers))
                    leader.life.spare()
                    leader = nextProcess()
                    lease.give(to: leader.number)
                    leads(leader)
                    succession = nil
                    begin(leader, in: &group)
                }
                for old in lingering where now >= old.until { old.process.drain() }
                // No process dies in the tail.
                if now >= quietFrom { leader.life.spare() }
                lookOn(at: now)
                let next = [nextMoment, succession?.at, end].compactMap(\.self).min() ?? end
                await pause(until: min(max(next, now + .milliseconds(1)), now + .seconds(lingering.isEmpty ? 10 : 2)))
            }
            over.set(())
            // Nobody is left who would wake them.
            freeze(nil)
            leader.life.thaw()
            leader.drain()
            for old in lingering { old.process.drain() }
        }
    }

    /// What people and judges do now and then, whoever leads.
    private func lookOn(at now: Duration) {
        if now >= quietFrom {
            beHelpful()
            judgeIsolation(at: now)
        }
        judge.judgeHours(folder.intents, grace: plan.policy.windowGrace, disk.durable.records, calm: calmSince)
        judge.judgeTotals(disk.durable.records, calm: calmSince)
    }

    /// For how long after the end of its term a process sleeps on that is held up.
    private static let oversleeping = Duration.seconds(20)

    private func nextProcess() -> WorldProcess {
        progress.withLock { progress in
            progress.lives += 1
            return WorldProcess(number: progress.lives, seed: progress.dice.next())
        }
    }

    private func begin(_ process: WorldProcess, in group: inout TaskGroup<Void>) {
        group.addTask { await self.operate(process) }
    }

    private func pause(until moment: Duration) async {
        do {
            try await executor.clock.sleep(until: VirtualClock.Instant(offset: moment), tolerance: nil)
        } catch {
            await Task.yield()
        }
    }

    /// One process, until it ends well.
    private func operate(_ process: WorldProcess) async {
        let clock = executor.clock
        // The number alone: a process that its own operator holds would never be freed.
        let (lease, judge, number) = (lease, judge, process.number)
        let time = VirtualTimekeeper(clock, wall: wall, life: process.life)
        let store = SimulatedStore(disk, clock: clock, life: process.life, operatorID: Self.operatorID) {
            lease.timeLeft(of: number) > .zero
        }
        do {
            let snapshot = try await store.load()
            judge.note("start", "process \(process.number) with \(snapshot.records.count) rows")
            let heart = makeOperator(store, time, process, snapshot: snapshot)
            guard process.begin(heart) else { return process.end() }
            progress.withLock { $0.bornAt = clock.now.offset }
            let source = SimulatedSource(
                folder,
                time: time,
                life: process.life,
                seed: process.seed &+ 1,
                lag: plan.stage?.lag ?? .seconds(5)
            ) { judge.shows($0) }
            try await heart.run(source)
        } catch {
            judge.blame(.alive, "the operator failed: \(error)")
        }
        process.end()
    }

    private func makeOperator(
        _ store: SimulatedStore,
        _ time: VirtualTimekeeper,
        _ process: WorldProcess,
        snapshot: LedgerSnapshot
    ) -> Operator {
        let (lease, judge, disk, number) = (lease, judge, disk, process.number)
        let settings = settings
        func wire(_ platform: PlatformName) -> any Transport {
            let ways = settings.contains(.elsewhere(platform)) ? otherWires : wires
            guard let wire = ways[platform] else { preconditionFailure("no wire to \(platform.rawValue)") }
            let end = wire.end(in: process.life) { request in
                judge.leaves(request, to: platform, right: lease.timeLeft(of: number), disk: disk)
            }
            return LeasedTransport(end, leadership: lease.right(of: number))
        }
        let flexai = FlexAIPlatform(
            faces.flexaiConfiguration(operatorID: Self.operatorID, settings),
            transport: wire(.flexai)
        ) { time.now }
        let alwaysSays = !history.entries.contains { $0.edit == .release(.flareVerification) }
        let flare = FLAREPlatform(
            faces.flareConfiguration(settings, alwaysSays: alwaysSays),
            transport: wire(.flare)
        ) { time.now }
        let all: [any Platform] = [flexai, flare]
        let platforms = all.filter { !settings.contains(.without($0.name)) }
        var parts = Operator.Parts(platforms: platforms, ledger: store, time: time, seed: process.seed)
        parts.absent = all.map { AbsentPlatform($0.name, traits: $0.traits) }
        parts.leadership = lease.right(of: number)
        var manner = manner(settings)
        if history.entries.contains(where: { if case .load = $0.edit { true } else { false } }) {
            parts.measurements = loads
            manner.measuring = .seconds(5)
        }
        return Operator(parts, manner: manner, snapshot: snapshot) { _ in }
    }

    /// How an operator works whose settings are other than usual in this way.
    private func manner(_ settings: [WorldSetting]) -> Operator.Manner {
        var manner = Operator.Manner()
        manner.policy = plan.policy
        manner.policy.approvalAbove = settings.approvalBar
        manner.tick = plan.stage?.tick ?? .seconds(2)
        manner.width = 8
        manner.quotas = WorldWish.Team.allCases.compactMap { settings.quota(of: $0) }
        guard settings.contains(.everyWithdrawalHeld) else { return manner }
        (manner.deletionGuard.percent, manner.deletionGuard.minimum) = (0, 0)
        return manner
    }
}
