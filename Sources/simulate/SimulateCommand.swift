import Simulation

/// Plays histories of the operator in a simulated world; run by `hack/simulate`, and not shipped.
enum SimulateCommand {
    /// Runs with what stands on the command line; returns the exit status: 0 where every promise was kept, 1 where one
    /// was broken, 2 where the arguments cannot be read.
    static func start(_ words: ArraySlice<String>) -> Int32 {
        let arguments: SimulateArguments
        do throws(SimulateArguments.Mistake) {
            arguments = try SimulateArguments(words)
        } catch {
            print("simulate: \(error.text)\n\(SimulateArguments.usage)")
            return 2
        }
        switch arguments.mode {
        case .help:
            print(SimulateArguments.usage)
            return 0
        #if MUTANTS
        case .mutants: return MutantsMode(arguments).run()
        #endif
        case .crashes: return CrashesMode(arguments).run()
        case .seeds: return SeedsMode(arguments).run()
        }
    }
}
