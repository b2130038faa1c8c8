package import Intents
import Placement

/// What was spent, added up by one aspect.
package struct CostReport: Hashable, Sendable {
    /// By what costs are added up.
    package enum Aspect: String, Hashable, Sendable, CaseIterable {
        /// By intent.
        case intent
        /// By each label, written `name=value`; an intent with several labels stands in several lines.
        case label
        /// By platform.
        case platform
        /// By day of UTC.
        case day
    }

    /// One line.
    package struct Line: Hashable, Sendable {
        /// The intent, label, platform or day.
        package var name: String
        /// What was spent.
        package var amount: Money
        /// What is being spent in an hour now.
        package var hourly: Money
    }

    /// By what.
    package let aspect: Aspect
    /// Dearest first; days in their order.
    package let lines: [Line]
    /// Everything, each cost once.
    package let total: Money
    /// Everything that is being spent in an hour now.
    package let hourly: Money

    /// What stands under "no label".
    package static let unlabelled = "(no label)"

    /// A report of what is over and of what the rows still hold, spent from `since` on.
    ///
    /// What is older than ``CostRecords/keptWhole`` is only known by the day: it counts where its whole day does.
    package init(
        _ past: CostRecords,
        rows: [AllocationRecord],
        by aspect: Aspect,
        since: Timestamp? = nil,
        now: Timestamp
    ) {
        self.aspect = aspect
        var sums: [String: Line] = [:]
        var all = Line(name: "", amount: .zero, hourly: .zero)
        let labels = past.labels
        func add(_ cost: DailyCost, hourly: Money) {
            guard cost.amount != .zero || hourly != .zero else { return }
            all.amount = all.amount + cost.amount
            all.hourly = all.hourly + hourly
            for name in Self.names(of: cost, aspect, labels) {
                var line = sums[name] ?? Line(name: name, amount: .zero, hourly: .zero)
                line.amount = line.amount + cost.amount
                line.hourly = line.hourly + hourly
                sums[name] = line
            }
        }
        for day in past.days where since.map({ Timestamp(day: day.day) >= $0 }) ?? true { add(day, hourly: .zero) }
        for charge in past.charges { for part in charge.parts(since: since, aspect) { add(part, hourly: .zero) } }
        for row in rows where row.phase != .tombstone {
            let parts = Charge(row, until: now).parts(since: since, aspect)
            for (index, part) in parts.enumerated() {
                // An hour's price belongs to today.
                add(part, hourly: index == parts.count - 1 ? row.hourly : .zero)
            }
        }
        lines = sums.values.sorted { left, right in
            if aspect == .day { return left.name < right.name }
            return left.amount == right.amount ? left.name < right.name : left.amount > right.amount
        }
        (total, hourly) = (all.amount, all.hourly)
    }

    private static func names(
        of cost: DailyCost,
        _ aspect: Aspect,
        _ labels: [IntentKey: [String: String]]
    ) -> [String] {
        switch aspect {
        case .intent: return [cost.key.rawValue]
        case .platform: return [cost.platform.rawValue]
        case .day: return [CalendarDay(number: cost.day).text]
        case .label:
            let own = labels[cost.key] ?? [:]
            return own.isEmpty ? [unlabelled] : own.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        }
    }
}

extension Charge {
    /// What of it counts, cut into days only where days are asked for.
    fileprivate func parts(since: Timestamp?, _ aspect: CostReport.Aspect) -> [DailyCost] {
        var charge = self
        if let since, since > from {
            charge.amount = amount(since: since)
            charge.from = min(since, until)
        }
        guard aspect != .day else { return charge.days }
        return [DailyCost(key: key, platform: platform, day: charge.until.dayNumber, amount: charge.amount)]
    }
}
