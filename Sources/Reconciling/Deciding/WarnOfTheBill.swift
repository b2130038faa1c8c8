import Intents

/// Warns people before a total cap is used up, once at each share.
func warnOfTheBill(_ deliberation: inout Deliberation) {
    guard let cap = deliberation.spec?.constraints.maxTotalCost, cap > .zero else {
        if deliberation.account.memory.warnedPercent != 0 { deliberation.account.memory.warnedPercent = 0 }
        return
    }
    let spent = deliberation.spent
    let level = ReconcilePolicy.budgetWarnings.last { cap.share($0) <= spent } ?? 0
    if level > deliberation.account.memory.warnedPercent {
        deliberation.tell("BudgetWarning", "\(level) % of the total cap of \(cap) are spent", severity: .warning)
    }
    if level != deliberation.account.memory.warnedPercent { deliberation.account.memory.warnedPercent = level }
}

extension ReconcilePolicy {
    /// The shares of a total cap, in percent, of which people are warned.
    package static let budgetWarnings = [80, 95]
}

extension Money {
    /// So many hundredths of it, rounded up.
    fileprivate func share(_ percent: Int) -> Money {
        let (high, low) = micros.multipliedFullWidth(by: Int64(percent))
        let (quotient, remainder) = Int64(100).dividingFullWidth((high, low))
        return Money(micros: remainder > 0 ? quotient + 1 : quotient)
    }
}

extension Deliberation {
    /// Whether a platform bills an allocation although it was asked long ago to end it.
    func isOverdue(_ record: AllocationRecord) -> Bool {
        switch record.phase {
        case .unverified: true
        case .ending: record.ending.map { now - $0.wantedAt > endingTakes } ?? false
        default: false
        }
    }

    private var endingTakes: Duration { policy.endingTakes + (keepsCheckpoints ? policy.checkpointGrace : .zero) }

    /// What is billed in an hour for what should have ended.
    var overdueHourly: Money {
        guard mayBeOverdue else { return .zero }
        return counted.reduce(.zero) { isOverdue($1) ? $0 + $1.hourly : $0 }
    }

    private var mayBeOverdue: Bool { sums.ending + sums.unverified > 0 }

    /// What was billed for it since its end was wanted; nil where nothing is overdue.
    var overrun: Money? {
        guard mayBeOverdue else { return nil }
        let overdue = counted.filter { isOverdue($0) }
        guard !overdue.isEmpty else { return nil }
        return overdue.reduce(.zero) { $0 + $1.hourly.over(now - ($1.ending?.wantedAt ?? $1.phaseSince)) }
    }

    /// The bill as the platforms tell it, where they tell of all that is held and ours differs by more than a hundredth.
    var reportedTotal: Money? {
        var reported = Money.zero
        var ours: Money?
        for index in records.indices {
            let record = records[index]
            guard record.id != nil, record.phase != .tombstone, !forgotten.contains(record.attempt) else { continue }
            guard case .seen(let seen) = look(row: index), let cost = seen.totalCost else {
                return situation.previous?.cost.reported
            }
            reported = reported + cost
            ours = (ours ?? .zero) + record.hourly.over(now - record.openedAt)
        }
        guard let ours else { return nil }
        let difference = max(reported, ours) - min(reported, ours)
        guard difference > max(Money(micros: 10_000), Money(micros: ours.micros / 100)) else { return nil }
        return reported + (spent - ours)
    }
}
