import Dispatch
import Reconciling

/// Plays many seeds on several threads, each history on one of them.
package struct WorldCampaign: Sendable {
    /// The first seed.
    package var first: UInt64
    /// How many seeds are played at most.
    package var count: Int
    /// How many threads play.
    package var threads: Int
    /// FlexAI's face; nil for the one that each seed draws.
    package var variant: WorldVariant?

    /// What came of it.
    package struct Outcome: Sendable {
        /// Everything added up.
        package var tally = WorldTally()
        /// The seeds that broke a promise, in order, with what they broke.
        package var failures: [WorldVerdict] = []
    }

    private struct State {
        var next = 0
        var outcome = Outcome()
    }

    /// Seeds to be played.
    package init(first: UInt64, count: Int, threads: Int, variant: WorldVariant? = nil) {
        self.first = first
        self.count = count
        self.threads = threads
        self.variant = variant
    }

    /// Plays them, as long as `goesOn` says so; the outcome does not depend on the number of threads.
    package func run(while goesOn: @escaping @Sendable () -> Bool = { true }) -> Outcome {
        let state = Locked(State())
        DispatchQueue.concurrentPerform(iterations: max(1, threads)) { _ in
            var mine = Outcome()
            while goesOn() {
                let place = state.withLock { state -> Int? in
                    guard state.next < count else { return nil }
                    state.next += 1
                    return state.next - 1
                }
                guard let place else { break }
                let verdict = WorldTrial(seed: first &+ UInt64(place), variant: variant).play()
                mine.tally.add(verdict)
                if !verdict.breaches.isEmpty { mine.failures.append(verdict) }
            }
            let done = mine
            state.withLock { state in
                state.outcome.tally.add(done.tally)
                state.outcome.failures += done.failures
            }
        }
        var outcome = state.withLock { $0.outcome }
        outcome.failures.sort { $0.seed < $1.seed }
        return outcome
    }
}
