import Intents
import Testing

@testable import Placement

/// Windows, weekdays, blackout dates and maintenance, with summer time.
struct AvailabilityCalendarTests {
    /// A calendar in a zone, changed by `change`.
    private static func calendar(
        _ zone: String? = nil,
        _ change: (inout AvailabilityWish) -> Void
    ) -> AvailabilityCalendar {
        var wish = AvailabilityWish()
        wish.timeZone = zone
        change(&wish)
        return AvailabilityCalendar(wish)
    }

    private static func window(
        _ start: Int,
        _ end: Int,
        _ zone: String? = nil,
        days: [Int] = []
    ) -> AvailabilityCalendar {
        calendar(zone) { wish in
            wish.windowStart = start * 60
            wish.windowEnd = end * 60
            wish.daysOfWeek = days
        }
    }

    private static func maintenance(
        _ start: String,
        _ end: String,
        _ frequency: AvailabilityWish.MaintenanceWindow.Frequency,
        _ zone: String? = nil
    ) throws -> AvailabilityCalendar {
        var window = AvailabilityWish.MaintenanceWindow()
        window.start = try Timestamp(parsing: start)
        window.end = try Timestamp(parsing: end)
        window.frequency = frequency
        return calendar(zone) { $0.maintenanceWindows = [window] }
    }

    /// A question with its answer.
    private struct Row {
        let why: String
        let calendar: AvailabilityCalendar
        let at: String
        let isOpen: Bool
        let until: String?
    }

    private static let weekend = calendar { $0.daysOfWeek = [6, 7] }
    private static let holidays = calendar("Europe/Berlin") { $0.blackoutDates = ["2027-12-25", "2027-12-26"] }
    private static let nightWithHoliday = calendar("Europe/Berlin") { wish in
        wish.windowStart = 22 * 60
        wish.windowEnd = 6 * 60
        wish.blackoutDates = ["2027-12-25"]
    }
    private static let skipped = calendar("Europe/Berlin") { wish in
        wish.windowStart = 150
        wish.windowEnd = 240
    }
    private static let repeated = calendar("Europe/Berlin") { wish in
        wish.windowStart = 22 * 60
        wish.windowEnd = 150
    }

    private static let rows: [Row] = [
        Row(why: "no wish", calendar: calendar { _ in }, at: "2027-01-01T00:00:00Z", isOpen: true, until: nil),
        Row(
            why: "before the window",
            calendar: window(9, 17),
            at: "2027-03-01T08:59:59Z",
            isOpen: false,
            until: "2027-03-01T09:00:00Z"
        ),
        Row(
            why: "it opens at its start",
            calendar: window(9, 17),
            at: "2027-03-01T09:00:00Z",
            isOpen: true,
            until: "2027-03-01T17:00:00Z"
        ),
        Row(
            why: "it is closed at its end",
            calendar: window(9, 17),
            at: "2027-03-01T17:00:00Z",
            isOpen: false,
            until: "2027-03-02T09:00:00Z"
        ),
        Row(
            why: "nine in Berlin is eight in Greenwich in winter",
            calendar: window(9, 17, "Europe/Berlin"),
            at: "2027-01-04T08:00:00Z",
            isOpen: true,
            until: "2027-01-04T16:00:00Z"
        ),
        Row(
            why: "and seven in summer",
            calendar: window(9, 17, "Europe/Berlin"),
            at: "2027-07-05T07:00:00Z",
            isOpen: true,
            until: "2027-07-05T15:00:00Z"
        ),
        Row(
            why: "a window over midnight",
            calendar: window(22, 6),
            at: "2027-03-01T23:00:00Z",
            isOpen: true,
            until: "2027-03-02T06:00:00Z"
        ),
        Row(
            why: "Saturday's window reaches into Sunday",
            calendar: window(22, 6, days: [6]),
            at: "2027-03-07T05:00:00Z",
            isOpen: true,
            until: "2027-03-07T06:00:00Z"
        ),
        Row(
            why: "Sunday has none of its own",
            calendar: window(22, 6, days: [6]),
            at: "2027-03-07T23:00:00Z",
            isOpen: false,
            until: "2027-03-13T22:00:00Z"
        ),
        Row(
            why: "two days in a row are one opening",
            calendar: weekend,
            at: "2027-03-06T12:00:00Z",
            isOpen: true,
            until: "2027-03-08T00:00:00Z"
        ),
        Row(
            why: "the week until Saturday",
            calendar: weekend,
            at: "2027-03-08T00:00:00Z",
            isOpen: false,
            until: "2027-03-13T00:00:00Z"
        ),
        Row(
            why: "a blackout date far off is the next change",
            calendar: holidays,
            at: "2027-03-08T00:00:00Z",
            isOpen: true,
            until: "2027-12-24T23:00:00Z"
        ),
        Row(
            why: "two dates in a row are one closing, to local midnight",
            calendar: holidays,
            at: "2027-12-25T10:00:00Z",
            isOpen: false,
            until: "2027-12-26T23:00:00Z"
        ),
        Row(
            why: "after the last date nothing changes",
            calendar: holidays,
            at: "2028-01-01T00:00:00Z",
            isOpen: true,
            until: nil
        ),
        Row(
            why: "a blackout date cuts the night off at midnight",
            calendar: nightWithHoliday,
            at: "2027-12-24T22:00:00Z",
            isOpen: true,
            until: "2027-12-24T23:00:00Z"
        ),
        Row(
            why: "and the night that starts on it",
            calendar: nightWithHoliday,
            at: "2027-12-25T22:00:00Z",
            isOpen: false,
            until: "2027-12-25T23:00:00Z"
        ),
        Row(
            why: "half past two is skipped: it opens at the skip",
            calendar: skipped,
            at: "2027-03-28T00:00:00Z",
            isOpen: false,
            until: "2027-03-28T01:00:00Z"
        ),
        Row(
            why: "and ends at four by the new clock",
            calendar: skipped,
            at: "2027-03-28T01:00:00Z",
            isOpen: true,
            until: "2027-03-28T02:00:00Z"
        ),
        Row(
            why: "half past two comes twice: it closes at the first",
            calendar: repeated,
            at: "2027-10-30T21:00:00Z",
            isOpen: true,
            until: "2027-10-31T00:30:00Z"
        ),
        Row(
            why: "and does not open again at the second two o'clock",
            calendar: repeated,
            at: "2027-10-31T01:10:00Z",
            isOpen: false,
            until: "2027-10-31T21:00:00Z"
        ),
    ]

    @Test(arguments: rows.indices)
    func `A state lasts until it changes`(_ index: Int) throws {
        let row = Self.rows[index]
        let state = row.calendar.state(at: try Timestamp(parsing: row.at))
        #expect(state.isOpen == row.isOpen, "\(row.why)")
        #expect(state.changesAt?.text == row.until, "\(row.why)")
    }

    @Test func `Weekly maintenance keeps its time of day when the clocks change`() throws {
        let calendar = try Self.maintenance(
            "2027-03-21T01:00:00Z",
            "2027-03-21T03:00:00Z",
            .weekly,
            "Europe/Berlin"
        )
        let first = calendar.state(at: try Timestamp(parsing: "2027-03-20T00:00:00Z"))
        #expect(first == .init(isOpen: true, changesAt: try Timestamp(parsing: "2027-03-21T01:00:00Z")))
        #expect(calendar.isOpen(at: try Timestamp(parsing: "2027-03-14T02:00:00Z")), "there is none before the first")
        let summer = calendar.state(at: try Timestamp(parsing: "2027-04-04T00:30:00Z"))
        #expect(summer == .init(isOpen: false, changesAt: try Timestamp(parsing: "2027-04-04T02:00:00Z")))
    }

    @Test(arguments: [
        ("2027-02-01T00:00:00Z", "2027-02-28T10:00:00Z", "February ends on the 28th"),
        ("2028-02-01T00:00:00Z", "2028-02-29T10:00:00Z", "in a leap year on the 29th"),
        ("2027-04-01T00:00:00Z", "2027-04-30T10:00:00Z", "April has 30 days"),
        ("2027-05-01T00:00:00Z", "2027-05-31T10:00:00Z", "May has 31"),
    ])
    func `Monthly maintenance on the 31st is on the last day`(from: String, to: String, why: String) throws {
        let calendar = try Self.maintenance("2027-01-31T10:00:00Z", "2027-01-31T12:00:00Z", .monthly)
        let state = calendar.state(at: try Timestamp(parsing: from))
        #expect(state == .init(isOpen: true, changesAt: try Timestamp(parsing: to)), "\(why)")
    }

    @Test func `Maintenance that lasts longer than its period never ends`() throws {
        let calendar = try Self.maintenance("2027-01-01T00:00:00Z", "2027-01-09T00:00:00Z", .weekly)
        let before = calendar.state(at: try Timestamp(parsing: "2026-12-01T00:00:00Z"))
        #expect(before == .init(isOpen: true, changesAt: try Timestamp(parsing: "2027-01-01T00:00:00Z")))
        let inside = calendar.state(at: try Timestamp(parsing: "2029-12-01T00:00:00Z"))
        #expect(inside == .init(isOpen: false, changesAt: nil))
    }

    @Test func `A window that maintenance always covers never opens`() throws {
        var window = AvailabilityWish.MaintenanceWindow()
        window.start = try Timestamp(parsing: "2027-01-04T08:00:00Z")
        window.end = try Timestamp(parsing: "2027-01-04T20:00:00Z")
        let calendar = Self.calendar { wish in
            wish.windowStart = 9 * 60
            wish.windowEnd = 17 * 60
            wish.daysOfWeek = [1]
            wish.maintenanceWindows = [window]
        }
        let state = calendar.state(at: try Timestamp(parsing: "2027-02-01T00:00:00Z"))
        #expect(state == .init(isOpen: false, changesAt: nil))
    }

    @Test func `What is always open says so`() {
        #expect(AvailabilityCalendar(AvailabilityWish()).isAlwaysOpen)
        #expect(!Self.weekend.isAlwaysOpen)
        #expect(!Self.window(9, 17).isAlwaysOpen)
        #expect(!Self.holidays.isAlwaysOpen)
    }

    @Test(arguments: 1...20)
    func `The next change is the one that a look at every minute finds`(_ seed: UInt64) {
        var dice = Dice(state: seed)
        let calendar = Self.calendar(["UTC", "Europe/Berlin", "America/Santiago"].randomElement(using: &dice)) { wish in
            if Bool.random(using: &dice) {
                wish.windowStart = Int.random(in: 0..<720, using: &dice)
                wish.windowEnd = Int.random(in: 720..<1440, using: &dice)
                if Bool.random(using: &dice) { swap(&wish.windowStart, &wish.windowEnd) }
            }
            wish.daysOfWeek = (1...7).filter { _ in Bool.random(using: &dice) }
            wish.blackoutDates = ["2027-03-28", "2027-04-02"]
            var span = AvailabilityWish.MaintenanceWindow()
            span.start = Timestamp(seconds: 1_806_000_000 + Int64.random(in: 0...600_000, using: &dice) / 60 * 60)
            span.end = span.start + .seconds(Int64.random(in: 1...400, using: &dice) * 60)
            wish.maintenanceWindows = [span]
        }
        // Ten days around the change of the clocks in Europe, minute by minute.
        let start = Timestamp(seconds: 1_805_932_800)
        var expected = calendar.state(at: start)
        for minute in 1...14_400 {
            let moment = start + .seconds(minute * 60)
            let isOpen = calendar.isOpen(at: moment)
            if let changesAt = expected.changesAt, changesAt <= moment {
                #expect(changesAt == moment && isOpen != expected.isOpen, "seed \(seed): \(moment.text)")
                expected = calendar.state(at: moment)
            } else {
                #expect(isOpen == expected.isOpen, "seed \(seed): \(moment.text)")
            }
        }
    }
}
