package import Intents

/// Looks again at what was confirmed gone; reopens what lives all the same, and forgets the rest in the end.
func watchTombstones(_ deliberation: inout Deliberation) {
    for index in deliberation.records.indices where deliberation.records[index].phase == .tombstone {
        #if MUTANTS
        if Mutant.tombstoneUnwatched.isActive {
            deliberation.forgotten.insert(deliberation.records[index].attempt)
            continue
        }
        #endif
        guard var tombstone = deliberation.records[index].tombstone else { continue }
        if case .seen = deliberation.look(row: index) {
            reopen(at: index, tombstone, in: &deliberation)
            continue
        }
        let due = deliberation.policy.tombstoneLooks
        // Where fewer looks are configured than there were when it was buried.
        guard tombstone.looks < due.count else {
            deliberation.forgotten.insert(deliberation.records[index].attempt)
            continue
        }
        let next = tombstone.at + due[tombstone.looks]
        let look = deliberation.look(row: index)
        switch look {
        // Nobody will ever look where nothing is configured.
        case .absent where deliberation.now >= next,
            .unreachable where deliberation.now >= next && look?.refusal?.code == AbsentPlatform.code:
            tombstone.looks += 1
            deliberation.records[index].tombstone = tombstone
            if tombstone.looks < due.count {
                let soonest = deliberation.now + deliberation.policy.pollChanging
                deliberation.wake(at: max(soonest, tombstone.at + due[tombstone.looks]), "a last look at what is gone")
            } else {
                deliberation.forgotten.insert(deliberation.records[index].attempt)
            }
        default:
            // One that is due and could not be looked at is looked at with the next poll.
            let soonest = deliberation.now >= next ? deliberation.now + deliberation.policy.pollSettled : next
            deliberation.wake(at: soonest, "another look at what is gone")
        }
    }
}

private func reopen(at index: Int, _ tombstone: Tombstone, in deliberation: inout Deliberation) {
    let record = deliberation.records[index]
    deliberation.records[index].phase = .ending
    deliberation.records[index].phaseSince = deliberation.now
    deliberation.records[index].tombstone = nil
    deliberation.records[index].ending?.deletedAt = nil
    deliberation.records[index].ending?.goneAt = nil
    deliberation.account.spent = deliberation.account.spent - tombstone.settled
    deliberation.charges.append(.uncharge(Charge(record, until: tombstone.at, amount: tombstone.settled)))
    let name = record.id?.rawValue ?? record.attempt.short
    deliberation.tell("Reopened", "\(name) was called gone and lives; it is deleted again", severity: .warning)
}

extension AllocationRecord {
    /// When a tombstone is to be looked at next; nil for every other row.
    package func nextTombstoneLook(_ policy: ReconcilePolicy) -> Timestamp? {
        guard phase == .tombstone, let tombstone, tombstone.looks < policy.tombstoneLooks.count else { return nil }
        return tombstone.at + policy.tombstoneLooks[tombstone.looks]
    }
}
