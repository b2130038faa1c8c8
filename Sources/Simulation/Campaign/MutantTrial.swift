#if MUTANTS
package import Reconciling

/// Plays the world with one known-bad variant of our own code until some judge sees it.
package struct MutantTrial: Sendable {
    /// What has seen it.
    package struct Catch: Sendable {
        /// Which promise was seen to be broken.
        package let promise: WorldPromise
        /// In words.
        package let words: String
        /// How many seeds were played, that one included; nil where a history that is written by hand was needed.
        package let seeds: Int?
        /// The arguments that repeat it.
        package let arguments: String
    }

    /// The variant.
    package let mutant: Mutant
    /// How many seeds are played at most.
    package let limit: Int
    /// How many threads play.
    package let threads: Int

    /// A trial of a variant.
    package init(_ mutant: Mutant, limit: Int, threads: Int) {
        self.mutant = mutant
        self.limit = limit
        self.threads = threads
    }

    /// Plays; nil where nobody sees it.
    ///
    /// Nothing else may play in this process meanwhile: the variant is at work everywhere.
    package func play() -> Catch? {
        Mutant.choose(mutant)
        defer { Mutant.choose(nil) }
        return caughtBySeeds() ?? caughtByHand()
    }

    private func caughtBySeeds() -> Catch? {
        for first in stride(from: 0, to: limit, by: threads) {
            let campaign = WorldCampaign(first: UInt64(first), count: min(threads, limit - first), threads: threads)
            let failures = campaign.run().failures
            guard let verdict = failures.first(where: passesWithout), let breach = verdict.breaches.first else {
                continue
            }
            return Catch(
                promise: breach.promise,
                words: breach.words,
                seeds: Int(verdict.seed) + 1,
                arguments: "--mutant \(mutant.name) --seed \(verdict.seed) --variant \(verdict.variant.rawValue)"
            )
        }
        return nil
    }

    /// Whether the breach is of a kind that the variant can cause, and the code as it is keeps every promise in the same
    /// history.
    private func passesWithout(_ verdict: WorldVerdict) -> Bool {
        let isOfSources = mutant == .silenceWithdraws || mutant == .brokenFileWithdraws
        if verdict.breaches.first?.promise == .silenceWithdrawsNothing, !isOfSources { return false }
        Mutant.choose(nil)
        defer { Mutant.choose(mutant) }
        return WorldTrial(seed: verdict.seed, variant: verdict.variant).play().breaches.isEmpty
    }

    private func caughtByHand() -> Catch? {
        let scenes = CrashHistory.all.flatMap { history in
            history.faces.map { CrashRehearsal(history, on: $0) }
        }
        for scene in scenes { if let found = caught(scene, scene.whole) { return found } }
        for scene in scenes where scene.history.size == .small {
            for point in scene.points where point.side == .held || point.side == .late {
                if let found = caught(scene, scene.play([point])) { return found }
            }
        }
        return nil
    }

    private func caught(_ scene: CrashRehearsal, _ run: CrashRehearsal.Performance) -> Catch? {
        guard let breach = run.breaches.first else { return nil }
        return Catch(
            promise: breach.promise,
            words: breach.words,
            seeds: nil,
            arguments: "--mutant \(mutant.name) --crashes --history \(scene.history.name) "
                + "--on \(scene.face.rawValue) --at \(run.crashes.first?.description ?? "none")"
        )
    }
}
#endif
