import Simulation

/// Plays histories from seeds and prints what came of them.
struct SeedsMode {
    private let arguments: SimulateArguments
    private let clock = ContinuousClock()

    /// How many failures are shown in full.
    private static let shownFailures = 3

    /// What the arguments ask for.
    init(_ arguments: SimulateArguments) { self.arguments = arguments }

    /// Plays; returns the exit status.
    func run() -> Int32 {
        if let seed = arguments.seed, arguments.seeds == nil, arguments.minutes == nil { return playOne(seed) }
        let begin = clock.now
        let end = arguments.minutes.map { begin.advanced(by: .seconds($0 * 60)) }
        let campaign = WorldCampaign(
            first: arguments.seed ?? 0,
            count: arguments.seeds ?? (arguments.minutes == nil ? 100 : .max),
            threads: arguments.jobs,
            variant: arguments.variant
        )
        let outcome = campaign.run { [clock] in end.map { clock.now < $0 } ?? true }
        let spent = clock.now - begin
        SeedsTable(outcome.tally, spent: spent, threads: arguments.jobs).print()
        for verdict in outcome.failures.prefix(Self.shownFailures) { explain(verdict) }
        let others = outcome.failures.dropFirst(Self.shownFailures)
        for verdict in others { print("seed \(verdict.seed) (\(verdict.variant.rawValue)): \(verdict.violations[0])") }
        return outcome.failures.isEmpty ? 0 : 1
    }

    /// One seed, with everything that happened.
    private func playOne(_ seed: UInt64) -> Int32 {
        let trial = WorldTrial(seed: seed, variant: arguments.variant, kept: arguments.kept)
        let verdict = trial.retold()
        for line in trial.lines { print(line) }
        print(verdict.report)
        print("trace \(verdict.trace), \(verdict.steps) steps, \(verdict.kills) kills, \(verdict.purchases) purchases")
        guard !verdict.breaches.isEmpty else { return 0 }
        if arguments.kept == nil { explain(verdict) }
        return 1
    }

    /// Shows the shortest history that fails like this one, and how to repeat it.
    private func explain(_ verdict: WorldVerdict) {
        print("\nseed \(verdict.seed) (\(verdict.variant.rawValue)) fails:")
        for violation in verdict.violations.prefix(5) { print("  \(violation)") }
        let trial = WorldTrial(seed: verdict.seed, variant: verdict.variant).shrunk(verdict)
        print("the shortest history found:")
        for line in trial.lines { print("  \(line)") }
        print("repeat it with: hack/simulate \(trial.arguments)")
    }
}
