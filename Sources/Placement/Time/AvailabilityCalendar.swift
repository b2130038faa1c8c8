package import Intents

/// When something is available: a daily window in a time zone, on some weekdays, less blackout dates and maintenance.
///
/// The day of a window is the day on which it starts, so a window over midnight belongs to one weekday. A blackout date
/// closes from midnight to midnight, whatever window reaches into it. Windows keep the time of the clock on the wall: one
/// that starts in the hour that spring skips starts at the skip, and an hour that autumn repeats counts the first time.
package struct AvailabilityCalendar: Hashable, Sendable {
    /// Open or closed, and until when.
    package struct State: Hashable, Sendable {
        /// Whether it is open.
        package var isOpen: Bool
        /// When that changes; nil where it never does (or not in some thousand changes of its parts).
        package var changesAt: Timestamp?
    }

    /// How many bounds of windows are looked at before a state counts as lasting.
    private static let mostBounds = 4000
    /// How many days ahead the next window is looked for: a week, and the days that it may reach into.
    private static let daysAhead = 9

    private let clock: ZoneClock
    /// The hours of a day; nil means all of them.
    private let window: DailyWindow?
    /// Which days are open: Monday at 1, Sunday at 7.
    private let weekdays: [Bool]
    /// Blackout dates as days since 1970-01-01, sorted.
    private let blackouts: [Int]
    private let maintenance: [RecurringSpan]

    /// A daily window by the minutes after midnight; an end that is not after the start is on the next day.
    private struct DailyWindow: Hashable, Sendable {
        var start: Int
        var end: Int
    }

    /// The calendar that an intent or the configuration describes; it is in UTC where no zone, or none that exists, is named.
    package init(_ wish: AvailabilityWish) {
        let clock = wish.timeZone.flatMap(ZoneTable.clock) ?? .utc
        self.clock = clock
        if let start = wish.windowStart, let end = wish.windowEnd, start != end {
            window = DailyWindow(start: start, end: end)
        } else {
            window = nil
        }
        weekdays = (0...7).map { wish.daysOfWeek.isEmpty || wish.daysOfWeek.contains($0) }
        // The reader has refused what is no day; here it would only be passed over.
        blackouts = wish.blackoutDates.compactMap(Self.day).sorted()
        maintenance = wish.maintenanceWindows.map { RecurringSpan($0, clock: clock) }
    }

    /// Whether it is open at a moment, and when that changes next.
    package func state(at moment: Timestamp) -> State {
        let isOpen = isOpen(at: moment)
        var bound = moment
        for _ in 0..<Self.mostBounds {
            guard let next = nextBound(after: bound) else { break }
            if self.isOpen(at: next) != isOpen { return State(isOpen: isOpen, changesAt: next) }
            bound = next
        }
        return State(isOpen: isOpen, changesAt: nil)
    }

    /// Whether it never closes.
    package var isAlwaysOpen: Bool {
        window == nil && weekdays[1...].allSatisfy(\.self) && blackouts.isEmpty && maintenance.isEmpty
    }

    /// Whether it is open at a moment.
    package func isOpen(at moment: Timestamp) -> Bool {
        let day = clock.reading(at: moment).day
        return (day - 1...day + 1).contains { isIn(windowBounds(of: $0), moment) }
            && !(day - 1...day + 1).contains { isBlackout($0) && isIn(dayBounds(of: $0), moment) }
            && !maintenance.contains { $0.contains(moment) }
    }
}

extension AvailabilityCalendar {
    /// The first moment after this one at which a window, a blackout date or maintenance begins or ends.
    private func nextBound(after moment: Timestamp) -> Timestamp? {
        let day = clock.reading(at: moment).day
        var nearest: Timestamp?
        func offer(_ bound: Timestamp?) {
            guard let bound, bound > moment, nearest.map({ bound < $0 }) ?? true else { return }
            nearest = bound
        }
        if window != nil || !weekdays[1...].allSatisfy(\.self) {
            for day in day - 1...day + Self.daysAhead {
                let bounds = windowBounds(of: day)
                offer(bounds?.start)
                offer(bounds?.end)
                // Later days have later bounds, but for the day before, whose window may reach over midnight.
                if let bounds, bounds.start > moment { break }
            }
        }
        // One date before this day may still last where an hour is repeated around midnight.
        for day in blackouts[firstBlackout(from: day - 1)...].prefix(3) {
            offer(dayBounds(of: day).start)
            offer(dayBounds(of: day).end)
        }
        for span in maintenance { offer(span.nextBound(after: moment)) }
        return nearest
    }

    /// When the window that starts on a day opens and closes; nil where the day has none.
    private func windowBounds(of day: Int) -> (start: Timestamp, end: Timestamp)? {
        guard weekdays[CalendarDay(number: day).weekday] else { return nil }
        guard let window else { return dayBounds(of: day) }
        return (moment(day, window.start), moment(window.end > window.start ? day : day + 1, window.end))
    }

    /// When a day begins and ends.
    private func dayBounds(of day: Int) -> (start: Timestamp, end: Timestamp) { (moment(day, 0), moment(day + 1, 0)) }

    private func moment(_ day: Int, _ minutes: Int) -> Timestamp {
        clock.moment(of: ZoneClock.Reading(day: day, milliseconds: Int64(minutes) * 60_000))
    }

    private func isIn(_ bounds: (start: Timestamp, end: Timestamp)?, _ moment: Timestamp) -> Bool {
        bounds.map { $0.start <= moment && moment < $0.end } ?? false
    }

    private func isBlackout(_ day: Int) -> Bool {
        let index = firstBlackout(from: day)
        return index < blackouts.count && blackouts[index] == day
    }

    /// Where the blackout dates from a day on begin.
    private func firstBlackout(from day: Int) -> Int {
        var (low, high) = (0, blackouts.count)
        while low < high {
            let middle = (low + high) / 2
            if blackouts[middle] < day { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private static func day(_ text: String) -> Int? {
        do throws(UnitError) { return try CalendarDay(parsing: text).number } catch { return nil }
    }
}
