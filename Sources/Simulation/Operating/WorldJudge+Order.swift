import Intents
import Reconciling

extension WorldJudge {
    /// How long an end may take after the grace: a stop that is not obeyed, a DELETE, and the way there.
    static let longestEnd = Duration.seconds(150)

    /// Outside its window nothing of a service lives, but for the grace and what its end takes.
    ///
    /// While something goes wrong, and for a while after, its end may take longer; `calm` is since when nothing does.
    func judgeHours(
        _ intents: [Intent],
        grace: Duration,
        _ rows: [AttemptID: AllocationRecord],
        calm: Duration = .zero
    ) {
        guard self.now - calm > Self.longestEnd else { return }
        let now = clock.timestamp
        for intent in intents where intent.spec.workload.kind == .service {
            for window in intent.spec.constraints.availability?.maintenanceWindows ?? [] {
                guard window.start + grace + Self.longestEnd < now, now < window.end else { continue }
                let living = alive(rows).filter { $0.intent == intent.name && isOwned($0) }
                guard !living.isEmpty else { continue }
                blame(.withinHours, "\(Self.names(living)) of \(intent.name) live outside its window")
            }
        }
    }

    /// Whether the operator knows that it lives, and has not been told the contrary.
    func isOwned(_ holding: WorldHolding) -> Bool { holding.isKnown && !holding.isDenied && !isExcused(holding) }

    /// An intent begins when what it depends on runs.
    func judgeBegin(of record: AllocationRecord, _ rows: [AttemptID: AllocationRecord]) {
        let name = record.key.rawValue
        guard record.replaces == nil, !rows.values.contains(where: { $0.key == record.key }) else { return }
        for dependency in with({ $0.dependsOn[name] ?? [] }) {
            guard !alive(rows).contains(where: { $0.intent == dependency && $0.phase == .running }),
                !isLostUnseen(dependency, rows)
            else { continue }
            blame(.inOrder, "\(name) begins, and \(dependency), on which it depends, does not run")
        }
    }

    /// Whether an intent ran until its platform lost it or stopped it, so short a while ago that nobody has looked since.
    private func isLostUnseen(_ name: String, _ rows: [AttemptID: AllocationRecord]) -> Bool {
        let moment = clock.timestamp
        return rows.values.contains { row in
            guard row.key.rawValue == name, row.phase == .live, row.sighting?.state == .running, let id = row.id,
                let purchase = purchase(id.rawValue)
            else { return false }
            let since = purchase.endedAt ?? purchase.phaseSince
            return purchase.ending != .deleted && moment - since <= Self.patience
        }
    }

    /// A withdrawn intent goes when nothing that depends on it lives any more; in a circle nobody waits.
    func judgeWithdrawal(of record: AllocationRecord, _ rows: [AttemptID: AllocationRecord]) {
        let name = record.key.rawValue
        let dependsOn = with { $0.dependsOn }
        let dependents = dependsOn.filter { $0.value.contains(name) }.keys.sorted()
        var below = Set<String>()
        var next = dependsOn[name] ?? []
        while let one = next.popLast() { if below.insert(one).inserted { next += dependsOn[one] ?? [] } }
        for dependent in dependents where !below.contains(dependent) {
            // What waits for a person's word keeps nobody.
            let living = alive(rows).filter { holding in
                let phase = rows[holding.attempt]?.phase
                return holding.intent == dependent && isOwned(holding) && phase != .unverified && phase != .unknown
            }
            guard !living.isEmpty else { continue }
            blame(.inOrder, "\(name) goes, and \(Self.names(living)) of \(dependent) depend on it")
        }
    }
}
