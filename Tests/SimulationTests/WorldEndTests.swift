import Intents
import Placement
import Reconciling
import Testing

@testable import Simulation

/// What is judged at the end of a run, each on a world that no operator has made good.
@Suite struct WorldEndTests {
    /// A run in which nothing has happened.
    private static func run(_ entries: [WorldEntry] = []) -> WorldRun {
        WorldRun(seed: 2, plan: WorldRun.Plan(.listing), history: WorldHistory(entries))
    }

    /// A wish for one slot on a platform.
    private static func wish(_ place: WorldWish.Place) -> WorldWish {
        var wish = WorldWish(name: "intent-1", slots: 1, chip: WorldWish.Chip.all[0], gpus: 1)
        wish.place = place
        return wish
    }

    private static func pass(_ run: WorldRun, _ span: Duration) {
        let clock = run.executor.clock
        do {
            try run.executor.run { do { try await clock.sleep(for: span) } catch {} }
        } catch {
            preconditionFailure("nobody else sleeps")
        }
    }

    @Test func anEmptyWorldIsGood() {
        let run = Self.run()
        Self.pass(run, .seconds(1000))
        run.judgeEnd()
        #expect(run.judge.findings.breaches.isEmpty)
    }

    @Test func emptySlotsAreSeen() {
        let run = Self.run()
        Self.pass(run, .seconds(1000))
        run.folder.write("a.yaml", [Self.wish(.flexai).intent])
        run.judgeEnd()
        #expect(run.judge.findings.breaches.map(\.promise) == [.convergence])
    }

    @Test(arguments: ["paused", "suspended"]) func whatIsHeldBackNeedsNoSlots(_ how: String) {
        let run = Self.run()
        Self.pass(run, .seconds(1000))
        var wish = Self.wish(.flare)
        if how == "paused" { wish.isPaused = true } else { wish.suspension = .release }
        run.folder.write("a.yaml", [wish.intent])
        run.judgeEnd()
        #expect(run.judge.findings.breaches.isEmpty)
    }

    @Test func restlessnessIsSeen() {
        for (which, count) in [("write", 1), ("mutation", 1), ("both", 2), ("none", 0)] {
            let run = Self.run()
            Self.pass(run, .seconds(1000))
            let late = run.judge.now - run.plan.stillness + .seconds(1)
            run.judge.with { state in
                if which == "write" || which == "both" { state.lastWrite = late }
                if which == "mutation" || which == "both" { state.lastMutation = late }
            }
            run.judgeEnd()
            #expect(run.judge.findings.breaches.map(\.promise) == Array(repeating: .quiet, count: count), "\(which)")
        }
    }

    @Test func leftoversOfTheLedgerAreSeen() {
        let run = Self.run()
        Self.pass(run, .seconds(1000))
        let key = IntentKey(rawValue: "intent-9")
        let stored = StoredIntent(
            key: key,
            file: "x",
            generation: 1,
            createdAt: run.executor.clock.timestamp,
            intent: Self.wish(.flexai).intent
        )
        run.disk.apply([
            .intent(stored),
            .heldWithdrawals(HeldWithdrawals(token: "t", keys: [key], since: stored.createdAt, total: 1)),
        ])
        Self.pass(run, .seconds(1000))
        run.judgeEnd()
        #expect(run.judge.findings.breaches.map(\.promise) == [.convergence, .convergence])
    }

    @Test(arguments: [true, false]) func aPauseKeepsADoubtAlive(_ isPaused: Bool) async throws {
        let entry = WorldEntry(at: WorldRun.prelude, until: nil, edit: .write(file: "a.yaml", [Self.wish(.flexai)]))
        let run = Self.run([entry])
        _ = await WorldThread.play(run)
        var row = try #require(run.disk.durable.records.values.first)
        row.phase = .unknown
        row.id = nil
        var wish = Self.wish(.flexai)
        wish.isPaused = isPaused
        run.folder.write("a.yaml", [wish.intent])
        run.disk.apply([.put(row)])
        Self.pass(run, .seconds(1000))
        run.judgeEnd()
        let broken = Set(run.judge.findings.breaches.map(\.promise))
        #expect(broken == (isPaused ? [] : [.durableAttempt, .convergence]))
    }

    @Test func aHealthyPlatformThatIsHeldUpIsSeen() {
        let out = WorldEdit.fault(.flexai, .unavailable, permille: 1000)
        let span = WorldEntry(at: .seconds(200), until: .seconds(2000), edit: out)
        for (place, count) in [(WorldWish.Place.flare, 1), (.flexai, 0), (.either, 0)] {
            let run = Self.run([span])
            Self.pass(run, .seconds(1500))
            run.folder.write("a.yaml", [Self.wish(place).intent])
            run.judgeIsolation(at: run.judge.now)
            run.judgeIsolation(at: run.judge.now)
            #expect(run.judge.findings.breaches.map(\.promise) == Array(repeating: .isolation, count: count))
        }
    }

    @Test func unexplainedPurchasesAreSeen() async {
        // The wish is written and fulfilled, and nobody has counted that it was asked for.
        let entry = WorldEntry(at: WorldRun.prelude, until: nil, edit: .write(file: "a.yaml", [Self.wish(.flexai)]))
        let run = Self.run([entry])
        let verdict = await WorldThread.play(run)
        #expect(verdict.breaches.isEmpty, "\(verdict.report)")
        #expect(verdict.purchases == 1)
        run.judge.with { $0.asked = [:] }
        run.judgeEnd()
        #expect(run.judge.findings.breaches.map(\.promise) == [.explainedPurchases])
    }

    @Test func anotherEndThanWithoutFaultsIsSeen() async {
        let entry = WorldEntry(at: WorldRun.prelude, until: nil, edit: .write(file: "a.yaml", [Self.wish(.flexai)]))
        let other = WorldEntry(at: WorldRun.prelude, until: nil, edit: .write(file: "a.yaml", [Self.wish(.flare)]))
        let verdict = await WorldThread.play(Self.run([entry]))
        let same = await WorldThread.play(Self.run([entry]))
        let different = await WorldThread.play(Self.run([other]))
        #expect(verdict.end.count == 1)
        #expect(verdict.judged(by: same).breaches.isEmpty)
        #expect(verdict.judged(by: different).breaches.map(\.promise) == [.sameEnd])
    }
}
