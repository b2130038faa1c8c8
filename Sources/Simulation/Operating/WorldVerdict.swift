import Intents
import Placement
import Reconciling

/// What came of a run.
package struct WorldVerdict: Sendable {
    /// What determines it.
    package let seed: UInt64
    /// FlexAI's face.
    package let variant: WorldVariant
    /// Every promise that was broken.
    package internal(set) var breaches: [WorldBreach]
    /// The effects, oldest first, where they were kept.
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
    /// The most calls to one platform in one minute.
    package let mostCalls: Int
    /// What was counted, by its name.
    package let tally: [String: Int]
    /// How often each kind of fault befell a call.
    package let faults: [FaultKind: Int]
    /// What the processes have begun that outlasts them.
    package let lifeEffects: [LifeEffect]
    /// What of ours lives at the end, sorted.
    let outcome: [String]
    /// What lives at the end for each intent that is certain to be the same without faults.
    let end: [String: [String]]
    /// What was bought for each slot, and what of it was lost.
    let slots: [WorldFindings.Slot: (bought: Int, losses: Int)]

    /// Every promise that was broken, in words.
    package var violations: [String] { breaches.map(\.description) }

    /// A verdict on a run that has ended.
    init(_ run: WorldRun) {
        let findings = run.judge.findings
        seed = run.seed
        variant = run.plan.variant
        breaches = findings.breaches
        effects = findings.effects
        trace = run.executor.trace
        steps = run.executor.steps
        kills = run.progress.withLock { $0.kills }
        slots = run.purchases()
        purchases = slots.values.reduce(0) { $0 + $1.bought }
        paidCalls = findings.paidCalls
        writes = run.disk.durable.writes
        mostCalls = findings.mostCalls
        tally = findings.tally
        faults = run.world.withState { $0.flexai.suffered.merging($0.flare.suffered, uniquingKeysWith: +) }
        outcome = run.outcome
        lifeEffects = run.progress.withLock { $0.effects }
        end = run.certainEnd()
    }

    /// The seed, what is broken, and the last effects that have to do with it, for people.
    package var report: String {
        let subjects = breaches.isEmpty ? [] : Self.subjects(violations, effects)
        let lines = effects.filter { Self.concerns($0, subjects) }.suffix(Self.reportedEffects).map(\.description)
        return (["seed \(seed) (\(variant.rawValue))"] + violations + lines).joined(separator: "\n")
    }

    /// How many effects a report shows.
    private static let reportedEffects = 150

    /// Whether an effect has to do with what is broken: with the whole process, or with an intent that is blamed.
    private static func concerns(_ effect: WorldEffect, _ subjects: Set<Substring>) -> Bool {
        switch effect.what {
        case "start", "killed", "ended", "edit", "over", "lease", "BROKEN": true
        default: subjects.isEmpty || words(effect.about).contains(where: subjects.contains)
        }
    }

    private static func words(_ text: String) -> [Substring] {
        text.split { !($0.isLetter || $0.isNumber || $0 == "-") }
    }

    /// The intents that are blamed, with the attempts and allocations of theirs.
    private static func subjects(_ violations: [String], _ effects: [WorldEffect]) -> Set<Substring> {
        var names = Set(violations.flatMap(words).filter { $0.hasPrefix("intent-") || $0.hasPrefix("inst-") })
        let rows = effects.filter { $0.what == "row" }.map { words($0.about) }
        for row in rows where row.last.map(names.contains) == true {
            if let intent = row.first { names.insert(intent) }
        }
        for row in rows where row.count > 2 && row.first.map(names.contains) == true {
            names.insert(row[2])
            if let id = row.last, id.contains("-") { names.insert(id) }
        }
        return names
    }
}

extension WorldRun {
    /// What lives for each service that is neither paused nor suspended, as far as nothing but the wish decides it.
    func certainEnd() -> [String: [String]] {
        let durable = disk.durable
        let living = Dictionary(
            grouping: judge.alive(durable.records).filter { !isHeldInDoubt($0, durable) },
            by: \.intent
        )
        var end: [String: [String]] = [:]
        for intent in folder.intents {
            let key = IntentKey(rawValue: intent.name)
            let spec = intent.spec
            // Caps and free choice let chance and faults decide; what a person must resolve is not certain either.
            // So does the order in which the members of a group came, where their quota does not hold them all.
            guard spec.constraints.maxHourlyCost == nil, spec.constraints.maxTotalCost == nil, spec.autoscaling == nil,
                spec.constraints.providers.count == 1, intent.labels.isEmpty, spec.workload.kind == .service,
                durable.overrides[key] == nil, spec.paused == nil, spec.suspend == nil,
                !durable.records.values.contains(where: { $0.key == key && $0.phase != .live })
            else { continue }
            end[intent.name] = (living[intent.name] ?? [])
                .map { "\($0.platform.rawValue) \($0.slot): \($0.gpuCount) GPUs" }.sorted()
        }
        return end
    }
}
