import Intents

/// A span that comes again every week or every month, by the clock of a time zone.
///
/// It keeps its time of day when the clocks change. A month without the day of the first one has it on its last day.
struct RecurringSpan: Hashable, Sendable {
    private let frequency: AvailabilityWish.MaintenanceWindow.Frequency
    private let clock: ZoneClock
    private let start: ZoneClock.Reading
    private let end: ZoneClock.Reading
    /// The month of the first one, counted from the year 0.
    private let firstMonth: Int

    /// The span of a window of maintenance.
    init(_ window: AvailabilityWish.MaintenanceWindow, clock: ZoneClock) {
        frequency = window.frequency
        self.clock = clock
        start = clock.reading(at: window.start)
        end = clock.reading(at: max(window.start, window.end))
        firstMonth = Self.month(of: start.day)
    }

    /// Whether one that has begun never ends, since the next begins before it does.
    private var isEndless: Bool {
        end.total - start.total >= ZoneClock.dayLength * (frequency == .weekly ? 7 : 31)
    }

    /// Whether a moment lies in one of them.
    func contains(_ moment: Timestamp) -> Bool {
        if isEndless { return moment >= clock.moment(of: start) }
        return numbers(around: moment).contains { number in
            let (start, end) = bounds(of: number)
            return start <= moment && moment < end
        }
    }

    /// The first moment after this one at which one of them begins or ends.
    func nextBound(after moment: Timestamp) -> Timestamp? {
        if isEndless {
            let first = clock.moment(of: start)
            return first > moment ? first : nil
        }
        return numbers(around: moment).lazy.flatMap { number in
            let (start, end) = bounds(of: number)
            return [start, end]
        }
        .filter { $0 > moment }.min()
    }

    /// The numbers, from 0, of all that touch a moment and the one that follows it.
    private func numbers(around moment: Timestamp) -> ClosedRange<Int> {
        let day = clock.reading(at: moment).day
        let number = frequency == .weekly ? (day - start.day) / 7 : Self.month(of: day) - firstMonth
        return max(0, number - 2)...max(0, number + 2)
    }

    /// When the one with a number begins and ends.
    private func bounds(of number: Int) -> (start: Timestamp, end: Timestamp) {
        let day = frequency == .weekly ? start.day + 7 * number : Self.day(like: start.day, in: firstMonth + number)
        let last = day + end.day - start.day
        return (
            clock.moment(of: ZoneClock.Reading(day: day, milliseconds: start.milliseconds)),
            clock.moment(of: ZoneClock.Reading(day: last, milliseconds: end.milliseconds))
        )
    }

    /// The month of a day, counted from the year 0.
    private static func month(of day: Int) -> Int {
        let parts = CalendarDay(number: day).parts
        return parts.year * 12 + parts.month - 1
    }

    /// The day of a month with the number that another day has in its own, or the month's last.
    private static func day(like other: Int, in month: Int) -> Int {
        var wanted = CalendarDay(number: other).parts.day
        while wanted > 28 {
            if let day = CalendarDay(year: month / 12, month: month % 12 + 1, day: wanted) { return day.number }
            wanted -= 1
        }
        return CalendarDay(year: month / 12, month: month % 12 + 1, day: wanted)?.number ?? other
    }
}
