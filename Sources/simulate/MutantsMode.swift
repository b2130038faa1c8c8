#if MUTANTS
import Reconciling
import Simulation

/// Plays known-bad variants of our own code, one after the other, and prints who saw each.
struct MutantsMode {
    private let arguments: SimulateArguments

    /// What the arguments ask for.
    init(_ arguments: SimulateArguments) { self.arguments = arguments }

    /// How many seeds are played for each.
    private static let limit = 500

    /// Plays; returns the exit status.
    func run() -> Int32 {
        let clock = ContinuousClock()
        let begin = clock.now
        let limit = arguments.seeds ?? Self.limit
        var missed: [Mutant] = []
        print("mutant".padded(22) + "caught by".padded(30) + "seeds".padded(8) + "what is wrong with it")
        let mutants = Mutant.active.map { [$0] } ?? Mutant.allCases
        for mutant in mutants {
            let trial = MutantTrial(mutant, limit: limit, threads: arguments.jobs)
            guard let found = trial.play() else {
                missed.append(mutant)
                print(mutant.name.padded(22) + "NOBODY".padded(30) + "\(limit)".padded(8) + mutant.rawValue)
                continue
            }
            let seeds = found.seeds.map(String.init) ?? "by hand"
            print(mutant.name.padded(22) + found.promise.rawValue.padded(30) + seeds.padded(8) + mutant.rawValue)
            print("".padded(22) + found.words)
            print("".padded(22) + "hack/simulate \(found.arguments)")
        }
        let count = mutants.count
        print("\(count - missed.count) of \(count) caught within \(limit) seeds each, in \(clock.now - begin)")
        return missed.isEmpty ? 0 : 1
    }
}

extension String {
    /// With blanks up to a width, one at least.
    fileprivate func padded(_ width: Int) -> String { self + String(repeating: " ", count: max(1, width - count)) }
}
#endif
