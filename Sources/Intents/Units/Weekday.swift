/// A day of the week, as files write it.
package enum Weekday: String, Hashable, Sendable, CaseIterable {
    /// Monday.
    case monday = "Mon"
    /// Tuesday.
    case tuesday = "Tue"
    /// Wednesday.
    case wednesday = "Wed"
    /// Thursday.
    case thursday = "Thu"
    /// Friday.
    case friday = "Fri"
    /// Saturday.
    case saturday = "Sat"
    /// Sunday.
    case sunday = "Sun"

    /// 1 (Monday) to 7 (Sunday).
    package var number: Int { (Self.allCases.firstIndex(of: self) ?? 0) + 1 }

    /// The day with a number from 1 (Monday) to 7 (Sunday).
    package init?(number: Int) {
        guard (1...7).contains(number) else { return nil }
        self = Self.allCases[number - 1]
    }
}
