package import Intents

/// Releases an intent before its total is used up, and what a lowered cap no longer pays.
///
/// What a suspension keeps stopped is billed, so that the caps hold for it too.
func keepWithinBudget(_ deliberation: inout Deliberation) {
    guard deliberation.mayKeepSomething, let spec = deliberation.spec else { return }
    #if MUTANTS
    if Mutant.totalCapIgnored.isActive { return }
    #endif
    if let cap = spec.constraints.maxTotalCost { keepTotal(cap, in: &deliberation) }
    guard deliberation.mayKeepSomething, let cap = spec.constraints.maxHourlyCost else { return }
    keepHourly(cap, spec, in: &deliberation)
}

extension Deliberation {
    /// Whether something may stay that the caps have to pay for.
    fileprivate var mayKeepSomething: Bool {
        switch holdBuying {
        case nil: true
        case .suspended, .closed: records.contains { $0.phase == .live }
        default: false
        }
    }
}

extension Deliberation {
    /// What the intent has cost so far: gone allocations by the account, the others by price and age.
    package var spent: Money { account.spent + sums.spent }
}

extension AllocationRecord {
    /// What it costs in an hour: what was agreed, or more where its platform says so.
    package var hourly: Money { max(purchase.hourly, sighting?.hourlyCost ?? .zero) }
}

/// The release begins while one retry cycle is still paid for.
private func keepTotal(_ cap: Money, in deliberation: inout Deliberation) {
    let rate = deliberation.countedHourly
    let spent = deliberation.spent
    let isBounded = deliberation.boundedTime != nil
    let margin = isBounded ? deliberation.policy.boundedMargin : deliberation.policy.budgetMargin
    let ahead = spent + rate.over(margin)
    guard ahead >= cap, rate > .zero || spent >= cap else {
        guard rate > .zero else { return }
        // How long until the margin is reached, from what is left and the rate.
        let left = cap - ahead
        let milliseconds = Double(left.micros) / Double(rate.micros) * 3_600_000
        return deliberation.wake(
            at: deliberation.now + .milliseconds(Int64(min(milliseconds, 3_600_000 * 24)) + 1),
            "the total budget"
        )
    }
    deliberation.holdBuying = .budget
    for index in deliberation.records.indices {
        deliberation.end(index, because: .budget, "\(spent) of \(cap) are spent")
    }
}

/// A cap that was lowered under what lives: what is too dear for an equal share goes, else the last slots.
private func keepHourly(_ cap: Money, _ spec: IntentSpec, in deliberation: inout Deliberation) {
    guard deliberation.liveHourly > cap else { return }
    // What is about to go anyway goes before anything that is to stay.
    if deliberation.holdBuying == nil { retireWhatWasReplaced(&deliberation) }
    let share = Money(micros: cap.micros / Int64(max(1, deliberation.wantedAllocations(spec))))
    for index in deliberation.records.indices.reversed() where deliberation.liveHourly > cap {
        guard deliberation.records[index].phase == .live, deliberation.records[index].purchase.hourly > share else {
            continue
        }
        deliberation.end(index, because: .budget, "it is dearer than the cap of \(cap) an hour allows")
    }
    for index in deliberation.records.indices.reversed() where deliberation.liveHourly > cap {
        deliberation.end(index, because: .budget, "\(cap) an hour do not pay for it")
    }
}

extension Deliberation {
    /// What the allocations cost in an hour that are to stay.
    fileprivate var liveHourly: Money {
        records.reduce(.zero) { $1.phase == .live ? $0 + $1.purchase.hourly : $0 }
    }

    /// How many allocations the intent wants where it lives now.
    package func wantedAllocations(_ spec: IntentSpec) -> Int {
        sums.isWhole ? 1 : wantedSlots(spec)
    }
}
