import Reconciling

/// Plays one history on one platform, whole and cut off.
package struct CrashRehearsal: Sendable {
    /// What came of a run.
    package struct Performance: Sendable {
        /// Where it was cut off.
        package let crashes: [CrashPoint]
        /// What was broken, in words.
        package let violations: [String]
        /// The effects of all its lives.
        package let effects: [LifeEffect]
        /// Everything that happened, oldest first.
        let lines: [WorldEffect]
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
        var violations = verdict.violations
        if verdict.lifeEffects.count > CrashHistory.mostEffects {
            violations.append("\(verdict.lifeEffects.count) effects are too many for a small history")
        }
        whole = Performance(
            crashes: [],
            violations: violations,
            effects: verdict.lifeEffects,
            lines: verdict.effects
        )
    }

    /// Plays it with these crashes, and compares its end with that of the whole.
    package func play(_ crashes: [CrashPoint]) -> Performance {
        let verdict = Self.verdict(stage, crashes)
        var violations = verdict.violations
        if violations.isEmpty, stage.isDetermined, verdict.outcome != outcome {
            violations.append("\(verdict.outcome) lives in the end, without the crash it was \(outcome)")
        }
        if violations.isEmpty, verdict.purchases > purchases {
            violations.append("\(verdict.purchases) purchases, without the crash there were \(purchases)")
        }
        return Performance(
            crashes: crashes,
            violations: violations,
            effects: verdict.lifeEffects,
            lines: verdict.effects
        )
    }

    /// Where it can be cut off once.
    package var points: [CrashPoint] { CrashPoint.all(of: whole.effects) }

    private static func verdict(_ stage: WorldStage, _ crashes: [CrashPoint]) -> WorldVerdict {
        WorldRun(seed: seed, plan: WorldRun.Plan(stage, crashes: crashes)).play()
    }
}

extension CrashRehearsal.Performance {
    /// Everything that happened, in lines.
    package var trace: String { lines.map(\.description).joined(separator: "\n") }

    /// Where it can be cut off once more.
    package var laterPoints: [CrashPoint] {
        CrashPoint.all(of: effects, after: crashes.last?.effect ?? 0)
    }
}
