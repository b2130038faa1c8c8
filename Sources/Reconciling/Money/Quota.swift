package import Intents

/// A limit that a group of intents keeps together.
package struct Quota: Hashable, Sendable {
    /// For how long a total holds.
    package enum Period: String, Hashable, Sendable, CaseIterable {
        /// A day of UTC.
        case day
        /// A month of UTC.
        case month
    }

    /// What may be spent in a period.
    package struct Total: Hashable, Sendable {
        /// How much.
        package var amount: Money
        /// In which time.
        package var period: Period

        /// A total.
        package init(_ amount: Money, per period: Period) {
            self.amount = amount
            self.period = period
        }
    }

    /// The labels that an intent must have to be in the group; none means every intent.
    package var selector: [String: String]
    /// What the group may cost in an hour.
    package var maxHourlyCost: Money?
    /// What the group may cost in a period.
    package var maxTotalCost: Total?
    /// How many GPUs the group may hold.
    package var maxGPUs: Int?

    /// A quota from its parts.
    package init(
        selector: [String: String],
        maxHourlyCost: Money? = nil,
        maxTotalCost: Total? = nil,
        maxGPUs: Int? = nil
    ) {
        self.selector = selector
        self.maxHourlyCost = maxHourlyCost
        self.maxTotalCost = maxTotalCost
        self.maxGPUs = maxGPUs
    }

    /// Whether an intent with these labels is in the group.
    package func selects(_ labels: [String: String]) -> Bool {
        selector.allSatisfy { labels[$0.key] == $0.value }
    }

    /// The group in words: `team=search`, or `all intents`.
    package var name: String {
        guard !selector.isEmpty else { return "all intents" }
        return selector.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ",")
    }
}

extension Quota.Period {
    /// The first day of the period that holds a moment, and the first of the next one.
    package func days(around moment: Timestamp) -> Range<Int> {
        let today = moment.dayNumber
        switch self {
        case .day: return today..<today + 1
        case .month:
            let (year, month, _) = CalendarDay(number: today).parts
            let (nextYear, nextMonth) = month == 12 ? (year + 1, 1) : (year, month + 1)
            let first = CalendarDay(year: year, month: month, day: 1)?.number ?? today
            return first..<(CalendarDay(year: nextYear, month: nextMonth, day: 1)?.number ?? first + 31)
        }
    }
}

/// How much of a quota is left for one of its intents.
package struct QuotaStanding: Hashable, Sendable {
    /// The quota.
    package var quota: Quota
    /// What the group costs in an hour, unknown purchases and what is ending included.
    package var hourly: Money
    /// How many GPUs the group holds.
    package var gpus: Int
    /// What the group has spent in the present period.
    package var spent: Money
    /// When the present period ends; nil where there is no total.
    package var periodEnds: Timestamp?
    /// The intents that hold most of it, dearest first; nil while nobody has asked.
    package var holders: [QuotaHolder]?

    /// A standing of a quota.
    package init(_ quota: Quota, hourly: Money, gpus: Int, spent: Money, periodEnds: Timestamp?) {
        self.quota = quota
        self.hourly = hourly
        self.gpus = gpus
        self.spent = spent
        self.periodEnds = periodEnds
    }

    /// Why something more does not fit, with who holds what; nil where it fits.
    ///
    /// `ahead` is for how long it must be paid for where there is a total.
    package func shortage(adding hourly: Money, gpus: Int, now: Timestamp, ahead: Duration) -> String? {
        if let most = quota.maxGPUs, self.gpus + gpus > most {
            return words("\(self.gpus) of \(most) GPUs of \(quota.name) are held, and \(gpus) more are needed")
        }
        let rate = self.hourly + hourly
        if let most = quota.maxHourlyCost, rate > most {
            return words("\(quota.name) may cost \(most) an hour, of which \(self.hourly) are held")
        }
        guard let total = quota.maxTotalCost, let periodEnds else { return nil }
        let horizon = min(ahead, max(.zero, periodEnds - now))
        guard spent + rate.over(horizon) > total.amount else { return nil }
        return words("\(quota.name) may cost \(total.amount) a \(total.period.rawValue), of which \(spent) are spent")
    }

    private func words(_ what: String) -> String {
        guard let holders, !holders.isEmpty else { return what }
        return "\(what) (\(holders.map(\.words).joined(separator: ", ")))"
    }
}

/// What an intent holds of a quota.
package struct QuotaHolder: Hashable, Sendable {
    /// Which intent.
    package var key: IntentKey
    /// What it costs in an hour.
    package var hourly: Money
    /// How many GPUs it holds.
    package var gpus: Int

    /// A holder.
    package init(key: IntentKey, hourly: Money, gpus: Int) {
        self.key = key
        self.hourly = hourly
        self.gpus = gpus
    }

    /// In a few words.
    var words: String { "\(key.rawValue) holds \(gpus) GPUs at \(hourly)/hour" }
}
