package import Intents
import Placement

/// Lets go what fills slots that are not wanted, what fills a slot twice, and what did not run in time.
func fitTheWantedSlots(_ deliberation: inout Deliberation) {
    guard deliberation.holdBuying == nil, let spec = deliberation.spec else { return }
    for index in deliberation.records.indices {
        let record = deliberation.records[index]
        guard record.phase == .live, let traits = deliberation.traits(of: record) else { continue }
        let wanted = traits.carries == .intent ? 1 : deliberation.wantedSlots(spec)
        if record.slot >= wanted {
            deliberation.end(index, because: .scaledDown, "\(wanted) slots are wanted")
        } else {
            giveUpProvisioning(at: index, traits, in: &deliberation)
        }
    }
    endDoubles(in: &deliberation)
}

/// Lets go what does not run in time.
func giveUpProvisioning(at index: Int, _ traits: PlatformTraits, in deliberation: inout Deliberation) {
    let record = deliberation.records[index]
    switch record.sighting?.state {
    case .provisioning, nil: break
    default: return
    }
    guard record.missingSince == nil else { return }
    // From when it is known to exist: the call itself may have gone out long after the attempt, by a later life's hand.
    let limit = record.phaseSince + deliberation.policy.provisioningTimeout
    guard deliberation.now >= limit else { return deliberation.wake(at: limit, "the provisioning timeout") }
    // What was last seen while it could be asked may long be over: unreachable is not late.
    guard case .seen = deliberation.look(row: index) else {
        return deliberation.wake(
            at: deliberation.now + deliberation.policy.pollChanging,
            "a look at what should run by now"
        )
    }
    let minutes = deliberation.policy.provisioningTimeout.milliseconds / 60_000
    deliberation.end(index, because: .provisioningTimeout, "it did not run within \(minutes) min")
}

/// Two live allocations in one slot, of which neither replaces the other: the later one goes.
private func endDoubles(in deliberation: inout Deliberation) {
    // As nearly always: each slot once, in their order.
    var last = -1
    let areSingle = deliberation.records.allSatisfy { record in
        guard record.phase == .live else { return true }
        defer { last = record.slot }
        return record.slot > last
    }
    guard !areSingle else { return }
    var first: [Int: AttemptID] = [:]
    for index in deliberation.records.indices where deliberation.records[index].phase == .live {
        let record = deliberation.records[index]
        guard let earlier = first[record.slot] else {
            first[record.slot] = record.attempt
            continue
        }
        if record.replaces != earlier {
            deliberation.end(index, because: .surplus, "slot \(record.slot) is filled twice")
        }
    }
}

extension Deliberation {
    /// What everything that is not confirmed gone costs in an hour, unknown purchases included.
    package var countedHourly: Money { sums.hourly }
}
