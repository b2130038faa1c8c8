/// Moments as text, in UTC, without a calendar library.
enum ClockText {
    /// The moment as `2027-01-04T07:00:00.000Z`; `milliseconds` count from 1970-01-01T00:00:00Z.
    static func full(_ milliseconds: Int64) -> String {
        let (days, rest) = split(milliseconds)
        let (year, month, day) = date(days)
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))T\(time(rest)).\(padded(rest % 1000, 3))Z"
    }

    /// The time of day as `07:00:00`.
    static func timeOfDay(_ milliseconds: Int64) -> String { time(split(milliseconds).rest) }

    /// Whole days and the milliseconds of the last one, which never count down.
    private static func split(_ milliseconds: Int64) -> (days: Int64, rest: Int64) {
        let day: Int64 = 86_400_000
        let rest = ((milliseconds % day) + day) % day
        return ((milliseconds - rest) / day, rest)
    }

    /// Hours, minutes and seconds.
    private static func time(_ rest: Int64) -> String {
        "\(padded(rest / 3_600_000, 2)):\(padded(rest / 60_000 % 60, 2)):\(padded(rest / 1000 % 60, 2))"
    }

    /// Year, month and day of a day counted from 1970-01-01, in the Gregorian calendar.
    ///
    /// Years are taken to begin in March, so that the day that comes and goes is a year's last.
    private static func date(_ days: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let fromMarch = days + 719_468
        let era = (fromMarch >= 0 ? fromMarch : fromMarch - 146_096) / 146_097
        let dayOfEra = fromMarch - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
    }

    /// A number with leading zeros.
    private static func padded(_ number: Int64, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
