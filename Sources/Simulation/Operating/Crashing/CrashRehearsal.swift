/// Plays one history on one platform, whole and cut off.
package struct CrashRehearsal: Sendable {
    /// What came of a run.
    package struct Performance: Sendable {
        /// Where it was cut off.
        package let crashes: [CrashPoint]
        /// What was broken.
        package internal(set) var breaches: [WorldBreach]
        /// The effects of all its lives.
        package let effects: [LifeEffect]
        /// Everything that happened, oldest first, where it was kept.
        let lines: [WorldEffect]

        /// What came of a run.
        init(_ verdict: WorldVerdict, crashes: [CrashPoint]) {
            self.crashes = crashes
            breaches = verdict.breaches
            effects = verdict.lifeEffects
            lines = verdict.effects
        }

        /// Notes what only a comparison tells.
        mutating func blame(_ promise: WorldPromise, _ words: String) {
            breaches.append(WorldBreach(promise: promise, at: .zero, words: words))
        }
    }

    /// Every purchase of an unknown outcome is settled by a person in runs of an even seed.
    private static let seed: UInt64 = 2

    /// What is played.
    package let history: CrashHistory
    /// Where.
    package let face: CrashFace
    /// What it comes to when nobody cuts it off.
    package let whole: Performance
    private let stage: WorldStage
    private let purchases: Int
    private let outcome: [String]

    /// Plays a history once to its end, as a measure for the others.
    package init(_ history: CrashHistory, on face: CrashFace) {
        self.history = history
        self.face = face
        stage = history.stage(on: face)
        let verdict = Self.verdict(stage, [])
        outcome = verdict.outcome
        purchases = verdict.purchases
        var whole = Performance(verdict, crashes: [])
        if let most = history.purchases, verdict.purchases > most {
            whole.blame(.explainedPurchases, "\(verdict.purchases) purchases, \(most) are explained")
        }
        let count = whole.effects.count
        if history.size == .small, count > CrashHistory.mostEffects {
            whole.blame(.quiet, "\(count) effects are too many for a small history")
        }
        self.whole = whole
    }

    /// Plays it with these crashes, and compares its end with that of the whole.
    package func play(_ crashes: [CrashPoint], telling: Telling = .nothing) -> Performance {
        let verdict = Self.verdict(stage, crashes, telling)
        var crashed = Performance(verdict, crashes: crashes)
        guard crashed.breaches.isEmpty else { return crashed }
        if stage.isDetermined, verdict.outcome != outcome {
            crashed.blame(.sameEnd, "\(verdict.outcome) lives in the end, without the crash it was \(outcome)")
        }
        // What is withdrawn and comes back is bought again or not, as the crash has it.
        if history.size == .small || history.purchases != nil, verdict.purchases > purchases {
            crashed.blame(
                .explainedPurchases,
                "\(verdict.purchases) purchases, without the crash there were \(purchases)"
            )
        }
        return crashed
    }

    /// How much is kept of what happens.
    package enum Telling: Sendable {
        /// What the judges say.
        case nothing
        /// Everything.
        case everything
    }

    /// Where it can be cut off once.
    package var points: [CrashPoint] { CrashPoint.all(of: whole.effects) }

    private static func verdict(
        _ stage: WorldStage,
        _ crashes: [CrashPoint],
        _ telling: Telling = .nothing
    ) -> WorldVerdict {
        var plan = WorldRun.Plan(stage, crashes: crashes)
        plan.isTraced = telling == .everything
        return WorldRun(seed: seed, plan: plan).play()
    }
}

extension CrashRehearsal.Performance {
    /// What was broken, in words.
    package var violations: [String] { breaches.map(\.description) }

    /// Everything that happened, in lines.
    package var trace: String { lines.map(\.description).joined(separator: "\n") }

    /// Where it can be cut off once more; nowhere where its process was only held up, and another one has taken over.
    package var laterPoints: [CrashPoint] {
        guard crashes.last?.side != .held else { return [] }
        return CrashPoint.all(of: effects, after: crashes.last?.effect ?? 0).filter { $0.side != .held }
    }
}
