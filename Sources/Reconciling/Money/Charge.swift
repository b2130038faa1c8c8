package import Intents
package import Placement

/// What one allocation has cost, from its attempt to its confirmed end.
package struct Charge: Hashable, Sendable {
    /// The attempt that bought it; there is one charge for each.
    package var attempt: AttemptID
    /// For which intent.
    package var key: IntentKey
    /// For which slot.
    package var slot: Int
    /// Who sold it.
    package var platform: PlatformName
    /// When its attempt was written down.
    package var from: Timestamp
    /// When its end was confirmed.
    package var until: Timestamp
    /// Its price times its life.
    package var amount: Money

    /// A charge from its parts.
    package init(
        attempt: AttemptID,
        key: IntentKey,
        slot: Int,
        platform: PlatformName,
        from: Timestamp,
        until: Timestamp,
        amount: Money
    ) {
        self.attempt = attempt
        self.key = key
        self.slot = slot
        self.platform = platform
        self.from = from
        self.until = until
        self.amount = amount
    }

    /// What a row has cost until a moment: the price at its purchase, or more where its platform says so.
    package init(_ record: AllocationRecord, until moment: Timestamp, amount: Money? = nil) {
        self.init(
            attempt: record.attempt,
            key: record.key,
            slot: record.slot,
            platform: record.purchase.platform,
            from: record.openedAt,
            until: max(moment, record.openedAt),
            amount: amount ?? record.hourly.over(moment - record.openedAt)
        )
    }

    /// The same, cut into days of UTC; the parts make exactly the whole.
    package var days: [DailyCost] {
        let first = from.dayNumber
        let last = max(first, (until.milliseconds > from.milliseconds ? until - .milliseconds(1) : until).dayNumber)
        var parts: [DailyCost] = []
        var left = amount
        for number in first...last {
            let part = number == last ? left : amount.part(until: Timestamp(day: number + 1), of: from, until)
            let since = number == last ? part : part - (amount - left)
            parts.append(DailyCost(key: key, platform: platform, day: number, amount: since))
            left = left - since
        }
        return parts
    }

    /// What of it was spent from a moment on.
    package func amount(since moment: Timestamp) -> Money {
        guard moment > from else { return amount }
        guard moment < until else { return .zero }
        return amount - amount.part(until: moment, of: from, until)
    }
}

/// What an intent has cost on a platform in a day.
package struct DailyCost: Hashable, Sendable {
    /// Which intent.
    package var key: IntentKey
    /// On which platform.
    package var platform: PlatformName
    /// The day, counted from 1970 in UTC.
    package var day: Int
    /// How much.
    package var amount: Money

    /// A day's cost from its parts.
    package init(key: IntentKey, platform: PlatformName, day: Int, amount: Money) {
        self.key = key
        self.platform = platform
        self.day = day
        self.amount = amount
    }
}

/// Everything that is over and was paid for, withdrawn intents included.
package struct CostRecords: Hashable, Sendable {
    /// How long the charges of single allocations are kept before they are added to their days.
    package static let keptWhole = Duration.seconds(7 * 86_400)

    /// Allocations that ended lately.
    package var charges: [Charge] = []
    /// Days of what ended earlier.
    package var days: [DailyCost] = []
    /// The labels of every intent of which something is here, as they were last.
    package var labels: [IntentKey: [String: String]] = [:]

    /// Nothing.
    package init() {}
}

extension Timestamp {
    /// The day in UTC, counted from 1970.
    package var dayNumber: Int {
        let (quotient, remainder) = milliseconds.quotientAndRemainder(dividingBy: 86_400_000)
        return Int(remainder < 0 ? quotient - 1 : quotient)
    }

    /// The beginning of a day in UTC, counted from 1970.
    package init(day: Int) { self.init(milliseconds: Int64(day) * 86_400_000) }
}

extension Money {
    /// The part of an amount, spread evenly over a span, that falls before a moment; rounded down.
    fileprivate func part(until moment: Timestamp, of from: Timestamp, _ until: Timestamp) -> Money {
        let whole = until.milliseconds - from.milliseconds
        guard whole > 0, micros >= 0 else { return .zero }
        let share = min(max(0, moment.milliseconds - from.milliseconds), whole)
        let product = micros.multipliedFullWidth(by: share)
        return Money(micros: whole.dividingFullWidth(product).quotient)
    }
}
