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
    /// When summer time begins and ends in each year from `firstKnown` on, worked out once.
    private let known: [Turns?]

    /// When summer time begins and ends in one year.
    private struct Turns: Hashable, Sendable {
        var begin: Int64
        var end: Int64
    }

    private static let firstKnown = 1970
    private static let lastKnown = 2100
    /// Milliseconds of an average year.
    private static let yearLength: Int64 = 31_556_952_000

    private init(standard: Int64, summer: Summer?) {
        self.standard = standard
        self.summer = summer
        known = []
    }

    /// Reads `60` or `60 120 3-5-0@120 10-5-0@180`: minutes east of Greenwich, those of summer time, and its begin and end
    /// as month, week, weekday and minute of the day.
    init?(_ text: String) {
        let words = text.split(separator: " ")
        guard let standard = words.first.flatMap({ Int64($0) }) else { return nil }
        self.standard = standard * Self.minute
        guard words.count > 1 else {
            summer = nil
            known = []
            return
        }
        guard words.count == 4, let offset = Int64(words[1]), let begin = Self.change(words[2]),
            let end = Self.change(words[3])
        else { return nil }
        let summer = Summer(offset: offset * Self.minute, begin: begin, end: end)
        self.summer = summer
        known = (Self.firstKnown...Self.lastKnown).map { Self.changes(in: $0, standard * Self.minute, summer) }
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
        let turns = turns(around: late, summer)
        let skip = [turns?.begin, turns?.end].compactMap(\.self).first { $0 > early && $0 <= late }
        return Timestamp(milliseconds: skip ?? late)
    }

    /// Milliseconds east of Greenwich at a moment.
    private func offset(at moment: Int64) -> Int64 {
        guard let summer, let turns = turns(around: moment, summer) else { return standard }
        let (begin, end) = (turns.begin, turns.end)
        let isSummer = begin < end ? begin <= moment && moment < end : moment < end || begin <= moment
        return isSummer ? summer.offset : standard
    }

    /// When summer time begins and ends in the year of a moment; nil outside the years that the calendar knows.
    ///
    /// A moment within a day of New Year may be taken for one of the other year; no clock is changed then, and what holds
    /// at the end of a year holds at the start of the next.
    private func turns(around moment: Int64, _ summer: Summer) -> Turns? {
        let number = Int((moment + standard) / Self.yearLength)
        if moment >= 0, number < known.count { return known[number] }
        let year = Timestamp(milliseconds: moment + standard).day.parts.year
        return Self.changes(in: year, standard, summer)
    }

    private static func changes(in year: Int, _ standard: Int64, _ summer: Summer) -> Turns? {
        guard let begin = day(of: summer.begin, in: year), let end = day(of: summer.end, in: year) else { return nil }
        return Turns(
            begin: begin * dayLength + summer.begin.minutes * minute - standard,
            end: end * dayLength + summer.end.minutes * minute - summer.offset
        )
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
