import Intents
import Placement
import Reconciling

/// What a row has cost that is about to be erased.
struct SpentRow: Hashable, Sendable {
    /// For which group.
    var group: SpentGroup
    /// Who sold it.
    var platform: PlatformName
    /// When its attempt was written down.
    var from: Timestamp
    /// When its end was confirmed.
    var until: Timestamp
    /// Its price times its life.
    var amount: Money

    /// What a charge says, for the group of its intent.
    init(_ charge: Charge, of group: SpentGroup) {
        self.init(
            group: group,
            platform: charge.platform,
            from: charge.from,
            until: charge.until,
            amount: charge.amount
        )
    }

    /// A row's cost from its parts.
    init(group: SpentGroup, platform: PlatformName, from: Timestamp, until: Timestamp, amount: Money) {
        self.group = group
        self.platform = platform
        self.from = from
        self.until = until
        self.amount = amount
    }

    /// The same, cut into days of UTC.
    var days: [DailyCost] {
        Charge(
            attempt: AttemptID(rawValue: ""),
            key: group.key,
            slot: 0,
            platform: platform,
            from: from,
            until: until,
            amount: amount
        ).days
    }
}

/// What groups of intents have spent that no row tells any more, as it stands in the operator's Lease.
///
/// A row that is about to be erased stands here by itself until it is gone. As long as its object is there the row alone
/// counts, and what is written here of it does not; once it is gone this alone does. So no moment counts it twice or not
/// at all, and a row that comes back to life takes nothing back.
struct SpentNote: Hashable, Sendable {
    /// One sum.
    struct Sum: Hashable, Comparable, Sendable {
        /// Of which group.
        var group: SpentGroup
        /// On which platform.
        var platform: PlatformName
        /// In which day, counted from 1970 in UTC.
        var day: Int

        static func < (left: Self, right: Self) -> Bool {
            (left.group, left.day, left.platform) < (right.group, right.day, right.platform)
        }
    }

    /// How many days are kept: the present month is in them whatever the day.
    static let keptDays = 62

    /// What rows have cost that are gone.
    var sums: [Sum: Money] = [:]
    /// What rows have cost that may still be there.
    var rows: [AttemptID: SpentRow] = [:]

    /// Nothing.
    init() {}

    /// Adds a row to the sums, where it is one of those that were about to be erased: it is gone.
    mutating func fold(_ attempt: AttemptID) {
        guard let row = rows.removeValue(forKey: attempt) else { return }
        for part in row.days where part.amount != .zero {
            sums[Sum(group: row.group, platform: part.platform, day: part.day), default: .zero].add(part.amount)
        }
    }

    /// Drops the days that are over for so long that no total asks for them.
    mutating func prune(at now: Timestamp) {
        let first = now.dayNumber - Self.keptDays
        sums = sums.filter { $0.key.day >= first }
    }

    /// The same for every total, in fewer words: of earlier months nothing, and the days of the present one before
    /// yesterday as one.
    func condensed(at now: Timestamp) -> SpentNote {
        let month = Quota.Period.month.days(around: now)
        let yesterday = now.dayNumber - 1
        var note = self
        note.sums = [:]
        for (sum, amount) in sums where sum.day >= min(month.lowerBound, yesterday) {
            var sum = sum
            if sum.day < yesterday { sum.day = month.lowerBound }
            note.sums[sum, default: .zero].add(amount)
        }
        return note
    }

    /// The sums as they count after a start, by group in place of intents.
    var days: [DailyCost] {
        sums.sorted { $0.key < $1.key }.map { sum, amount in
            DailyCost(key: sum.group.key, platform: sum.platform, day: sum.day, amount: amount)
        }
    }
}

extension Money {
    fileprivate mutating func add(_ other: Money) { self = self + other }
}
