import Intents

/// What came of a run.
package struct WorldVerdict: Sendable {
    /// What determines it.
    package let seed: UInt64
    /// Every promise that was broken, in words.
    package let violations: [String]
    /// The effects, oldest first.
    package let effects: [WorldEffect]
    /// A number that two runs share when they did the same things in the same order.
    package let trace: UInt64
    /// How many jobs ran.
    package let steps: Int
    /// How many processes were killed.
    package let kills: Int
    /// How many purchases of ours are in the books.
    package let purchases: Int
    /// How many paid calls were made.
    package let paidCalls: Int
    /// How many writes became durable.
    package let writes: Int
    /// What lives at the end.
    package let outcome: [String]
    /// What the processes have begun that outlasts them.
    package let lifeEffects: [LifeEffect]
    private let subjects: Set<Substring>

    /// A verdict on a run that has ended.
    init(_ run: WorldRun) {
        let findings = run.judge.findings
        seed = run.seed
        violations = findings.violations
        effects = findings.effects
        trace = run.executor.trace
        steps = run.executor.steps
        kills = run.progress.withLock { $0.kills }
        purchases = run.purchases
        paidCalls = findings.paidCalls
        writes = run.disk.durable.writes
        outcome = run.outcome
        lifeEffects = run.progress.withLock { $0.effects }
        subjects = violations.isEmpty ? [] : Self.subjects(violations, effects)
    }

    /// The seed, what is broken, and the last effects that have to do with it, for people.
    package var report: String {
        let lines = effects.filter(concerns).suffix(Self.reportedEffects).map(\.description)
        return (["seed \(seed)"] + violations + lines).joined(separator: "\n")
    }

    /// How many effects a report shows.
    private static let reportedEffects = 150

    /// Whether an effect has to do with what is broken: with the whole process, or with an intent that is blamed.
    private func concerns(_ effect: WorldEffect) -> Bool {
        switch effect.what {
        case "start", "killed", "ended", "drain", "faults", "edit", "BROKEN": true
        default: subjects.isEmpty || Self.words(effect.about).contains(where: subjects.contains)
        }
    }

    private static func words(_ text: String) -> [Substring] {
        text.split { !($0.isLetter || $0.isNumber || $0 == "-") }
    }

    /// The intents that are blamed, with the attempts and allocations of theirs.
    private static func subjects(_ violations: [String], _ effects: [WorldEffect]) -> Set<Substring> {
        var names = Set(violations.flatMap(words).filter { $0.hasPrefix("intent-") || $0.hasPrefix("inst-") })
        let rows = effects.filter { $0.what == "row" }.map { words($0.about) }
        for row in rows where row.contains(where: { $0.hasPrefix("inst-") && names.contains($0) }) {
            if let intent = row.first { names.insert(intent) }
        }
        for row in rows where row.count > 2 && row.first.map(names.contains) == true {
            names.insert(row[2])
            if let id = row.last, id.hasPrefix("inst-") { names.insert(id) }
        }
        return names
    }
}
