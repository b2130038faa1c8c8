import Intents

/// Looks again at what was called gone by a word that proves nothing: a 404 after a failed DELETE.
///
/// Further absence proves no more than the first, and is left to a person. But a wrong 404 passes, and what is then seen
/// again lives: it goes back among what is to end, and is deleted anew.
func watchTheUnverified(_ deliberation: inout Deliberation) {
    for index in deliberation.records.indices where deliberation.records[index].phase == .unverified {
        guard case .seen = deliberation.look(row: index) else {
            deliberation.wake(at: deliberation.now + deliberation.policy.pollSettled, "whether it is seen again")
            continue
        }
        let record = deliberation.records[index]
        deliberation.records[index].phase = .ending
        deliberation.records[index].phaseSince = deliberation.now
        deliberation.records[index].ending?.deletedAt = nil
        deliberation.records[index].ending?.goneAt = nil
        deliberation.records[index].note = ""
        let name = record.id?.rawValue ?? record.attempt.short
        deliberation.tell("Reopened", "\(name) was called gone and lives; it is deleted again", severity: .warning)
    }
}
