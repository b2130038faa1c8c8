import Dispatch
import Simulation
import Synchronization

/// Plays histories from seeds on several threads and prints what came of them.
struct SeedsMode {
    private let arguments: SimulateArguments

    /// What the arguments ask for.
    init(_ arguments: SimulateArguments) { self.arguments = arguments }

    /// Plays; returns the exit status.
    func run() -> Int32 {
        let first = arguments.seed ?? 0
        let count = arguments.seeds ?? (arguments.minutes == nil ? (arguments.seed == nil ? 100 : 1) : .max)
        let clock = ContinuousClock()
        let begin = clock.now
        let end = arguments.minutes.map { begin.advanced(by: .seconds($0 * 60)) }
        let state = Mutex((next: 0, verdicts: [WorldVerdict]()))
        DispatchQueue.concurrentPerform(iterations: arguments.jobs) { _ in
            while end.map({ clock.now < $0 }) ?? true {
                let place: Int? = state.withLock { state in
                    guard state.next < count else { return nil }
                    state.next += 1
                    return state.next - 1
                }
                guard let place else { return }
                let seed = first &+ UInt64(place)
                let variants = WorldVariant.allCases
                let variant = arguments.variant ?? variants[Int(seed % UInt64(variants.count))]
                let verdict = WorldRun(seed: seed, plan: WorldRun.Plan(variant)).play()
                state.withLock { $0.verdicts.append(verdict) }
            }
        }
        let (_, verdicts) = state.withLock { $0 }
        let failures = verdicts.filter { !$0.violations.isEmpty }
        for failure in failures.prefix(5) { print(failure.report) }
        let spent = clock.now - begin
        print("\(verdicts.count) seeds in \(spent), \(failures.count) failures")
        return failures.isEmpty ? 0 : 1
    }
}
