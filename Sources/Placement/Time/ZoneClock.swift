import Intents

/// What the clocks on the walls of a time zone show, summer time included, in all years to come.
struct ZoneClock: Hashable, Sendable {
    /// A moment of the local clock: a day and the milliseconds after its midnight.
    struct Reading: Hashable, Comparable, Sendable {
        /// Days since 1970-01-01.
        var day: Int
        /// Milliseconds after midnight.
        var milliseconds: Int64

        /// Milliseconds since 1970-01-01T00:00 of the same clock.
        var total: Int64 { Int64(day) * ZoneClock.dayLength + milliseconds }

        static func < (left: Self, right: Self) -> Bool { left.total < right.total }
    }

    /// When in a year the clock is put forward or back.
    private struct Change: Hashable, Sendable {
        /// January is 1.
        var month: Int
        /// 1 is the first such weekday of the month, 5 the last.
        var week: Int
        /// Sunday is 0.
        var weekday: Int
        /// Minutes after midnight, by the clock that is about to be changed; may lie outside the day.
        var minutes: Int64
    }

    /// Summer time.
    private struct Summer: Hashable, Sendable {
        /// Milliseconds east of Greenwich.
        var offset: Int64
        /// When it begins.
        var begin: Change
        /// When it ends.
        var end: Change
    }

    /// Milliseconds of a day without a change.
    static let dayLength: Int64 = 86_400_000
    private static let minute: Int64 = 60_000

    /// Coordinated universal time.
    static let utc = ZoneClock(standard: 0, summer: nil)

    /// Milliseconds east of Greenwich in standard time.
    private let standard: Int64
    private let summer: Summer?

    private init(standard: Int64, summer: Summer?) {
        self.standard = standard
        self.summer = summer
    }

    /// Reads `60` or `60 120 3-5-0@120 10-5-0@180`: minutes east of Greenwich, those of summer time, and its begin and end
    /// as month, week, weekday and minute of the day.
    init?(_ text: String) {
        let words = text.split(separator: " ")
        guard let standard = words.first.flatMap({ Int64($0) }) else { return nil }
        self.standard = standard * Self.minute
        guard words.count > 1 else {
            summer = nil
            return
        }
        guard words.count == 4, let offset = Int64(words[1]), let begin = Self.change(words[2]),
            let end = Self.change(words[3])
        else { return nil }
        summer = Summer(offset: offset * Self.minute, begin: begin, end: end)
    }

    private static func change(_ text: Substring) -> Change? {
        let parts = text.split(separator: "@")
        guard parts.count == 2, let minutes = Int64(parts[1]) else { return nil }
        let numbers = parts[0].split(separator: "-").compactMap { Int($0) }
        guard numbers.count == 3 else { return nil }
        return Change(month: numbers[0], week: numbers[1], weekday: numbers[2], minutes: minutes)
    }
}

extension ZoneClock {
    /// What the clock shows at a moment.
    func reading(at moment: Timestamp) -> Reading {
        let local = moment.milliseconds + offset(at: moment.milliseconds)
        let day = local >= 0 ? local / Self.dayLength : (local + 1) / Self.dayLength - 1
        return Reading(day: Int(day), milliseconds: local - day * Self.dayLength)
    }

    /// The first moment at which the clock shows this or something later.
    ///
    /// A time that is shown twice means the first; a time that is skipped means the moment of the skip.
    func moment(of reading: Reading) -> Timestamp {
        let local = reading.total
        guard let summer else { return Timestamp(milliseconds: local - standard) }
        let early = local - max(standard, summer.offset)
        let late = local - min(standard, summer.offset)
        if early + offset(at: early) == local { return Timestamp(milliseconds: early) }
        if late + offset(at: late) == local { return Timestamp(milliseconds: late) }
        let skip = changes(around: late, summer).first { $0 > early && $0 <= late }
        return Timestamp(milliseconds: skip ?? late)
    }

    /// Milliseconds east of Greenwich at a moment.
    private func offset(at moment: Int64) -> Int64 {
        guard let summer else { return standard }
        let changes = changes(around: moment, summer)
        guard changes.count == 2 else { return standard }
        let (begin, end) = (changes[0], changes[1])
        let isSummer = begin < end ? begin <= moment && moment < end : moment < end || begin <= moment
        return isSummer ? summer.offset : standard
    }

    /// When summer time begins and ends in the year of a moment; nothing outside the years that the calendar knows.
    private func changes(around moment: Int64, _ summer: Summer) -> [Int64] {
        let year = Timestamp(milliseconds: moment + standard).day.parts.year
        guard let begin = Self.day(of: summer.begin, in: year), let end = Self.day(of: summer.end, in: year) else {
            return []
        }
        return [
            begin * Self.dayLength + summer.begin.minutes * Self.minute - standard,
            end * Self.dayLength + summer.end.minutes * Self.minute - summer.offset,
        ]
    }

    /// The day of a change in a year, counted from 1970-01-01.
    private static func day(of change: Change, in year: Int) -> Int64? {
        guard let first = CalendarDay(year: year, month: change.month, day: 1) else { return nil }
        let untilWeekday = (change.weekday - first.weekday % 7 + 7) % 7
        var day = first.number + untilWeekday + (change.week - 1) * 7
        while CalendarDay(number: day).parts.month != change.month { day -= 7 }
        return Int64(day)
    }
}
