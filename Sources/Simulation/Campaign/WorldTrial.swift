/// A history from a seed, played as it is and once more without faults, and judged by both.
package struct WorldTrial: Sendable {
    /// What determines the history.
    package let seed: UInt64
    /// What else makes the run.
    package let plan: WorldRun.Plan

    /// Of so many seeds in a row one is compared with the same history without faults.
    private static let comparedEvery: UInt64 = 4

    /// A trial of a seed; FlexAI's face is drawn from it where none is given.
    package init(seed: UInt64, variant: WorldVariant? = nil, kept: [Int]? = nil) {
        let all = WorldVariant.drawn
        let drawn = variant ?? all[Int(seed % UInt64(all.count))]
        var plan = WorldRun.Plan(drawn)
        plan.kept = kept
        plan.isTraced = false
        // The second run costs as much as the first; some seeds are enough to see an end that differs.
        plan.comparison = seed.isMultiple(of: Self.comparedEvery) ? .withoutFaults : .nothing
        self.init(seed: seed, plan: plan)
    }

    /// A trial of a seed with a plan.
    package init(seed: UInt64, plan: WorldRun.Plan) {
        self.seed = seed
        self.plan = plan
    }

    /// The lines of its whole history, in words.
    package var lines: [String] {
        WorldRun(seed: seed, plan: plan).history.entries.enumerated().map { "\($0.offset)  \($0.element.words)" }
    }

    /// Plays it.
    package func play() -> WorldVerdict { compared(WorldRun(seed: seed, plan: plan).play(), plan) }

    /// Plays it again, and keeps every effect.
    package func retold() -> WorldVerdict {
        var told = plan
        told.isTraced = true
        return compared(WorldRun(seed: seed, plan: told).play(), told)
    }

    /// Adds what the same history without faults tells.
    private func compared(_ verdict: WorldVerdict, _ plan: WorldRun.Plan) -> WorldVerdict {
        guard verdict.breaches.isEmpty, plan.comparison == .withoutFaults else { return verdict }
        var calm = plan
        calm.faults = .none
        calm.mortality = .immortal
        calm.isTraced = false
        let reference = WorldRun(seed: seed, plan: calm).play()
        return verdict.judged(by: reference)
    }
}

extension WorldVerdict {
    /// The verdict together with what differs from the same history without faults.
    func judged(by reference: WorldVerdict) -> WorldVerdict {
        var verdict = self
        func blame(_ promise: WorldPromise, _ words: String) {
            verdict.breaches.append(WorldBreach(promise: promise, at: .zero, words: words))
        }
        for breach in reference.breaches {
            verdict.breaches.append(
                WorldBreach(promise: breach.promise, at: breach.at, words: "without faults: \(breach.words)")
            )
        }
        for name in end.keys.sorted() {
            guard let other = reference.end[name], let mine = end[name], other != mine else { continue }
            blame(.sameEnd, "\(name) ends with \(mine), and without faults with \(other)")
        }
        return verdict
    }
}
