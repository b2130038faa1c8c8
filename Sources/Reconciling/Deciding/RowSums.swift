import Intents

/// What a decision asks of its rows again and again, reckoned in one pass and kept until a row changes.
struct RowSums: Sendable {
    /// How many are not confirmed gone.
    var counted = 0
    /// How many of those are live.
    var live = 0
    /// How many of those are on their way out.
    var ending = 0
    /// How many of those may or may not have been bought, open attempts included.
    var unsettled = 0
    /// How many of those have an outcome that nobody knows.
    var unknown = 0
    /// How many of those are gone by a word that proves nothing.
    var unverified = 0
    /// How many of those do their work.
    var running = 0
    /// How many slots have one that does.
    var runningSlots = 0
    /// Whether a platform carries the intent as a whole.
    var isWhole = false
    /// What they cost in an hour.
    var hourly = Money.zero
    /// What they have cost so far.
    var spent = Money.zero

    /// Keeps what was reckoned.
    final class Memory: Sendable {
        private let sums = Locked<RowSums?>(nil)

        /// The sums, reckoned where nobody has asked for them yet.
        func recall(_ reckon: () -> RowSums) -> RowSums {
            if let known = sums.withLock({ $0 }) { return known }
            let fresh = reckon()
            sums.withLock { $0 = fresh }
            return fresh
        }
    }
}

extension Deliberation {
    /// What the rows come to that are not confirmed gone.
    var sums: RowSums { memory.recall { reckon() } }

    private func reckon() -> RowSums {
        var sums = RowSums()
        var last = -1
        var areInOrder = true
        for record in counted {
            sums.counted += 1
            switch record.phase {
            case .live: sums.live += 1
            case .ending: sums.ending += 1
            case .open: sums.unsettled += 1
            case .unknown:
                sums.unsettled += 1
                sums.unknown += 1
            case .unverified: sums.unverified += 1
            case .tombstone: break
            }
            let traits = traits(of: record)
            if traits?.carries == .intent { sums.isWhole = true }
            let hourly = record.hourly
            if countsAtItsPrice(record) { sums.hourly = sums.hourly + hourly }
            sums.spent = sums.spent + hourly.over(now - record.openedAt)
            guard let traits, record.isRunning(traits, policy, at: now) else { continue }
            sums.running += 1
            // The rows of a slot stand together, as a rule.
            if record.slot != last { sums.runningSlots += 1 }
            areInOrder = areInOrder && record.slot >= last
            last = record.slot
        }
        if !areInOrder { sums.runningSlots = Set(counted.lazy.filter { runs($0) }.map(\.slot)).count }
        return sums
    }

    private func countsAtItsPrice(_ record: AllocationRecord) -> Bool {
        #if MUTANTS
        let isUnknown = record.phase == .unknown || record.phase == .open
        if isUnknown, Mutant.unknownCostsNothing.isActive { return false }
        #endif
        return true
    }
}
