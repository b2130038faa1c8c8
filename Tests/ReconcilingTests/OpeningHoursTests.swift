import Intents
import Placement
import Testing

@testable import Reconciling

/// When a window has closed and when it opens, as a decision has to know it.
@Suite struct OpeningHoursTests {
    private static func calendar(_ change: (inout AvailabilityWish) -> Void) -> AvailabilityCalendar {
        var wish = AvailabilityWish()
        change(&wish)
        return AvailabilityCalendar(wish)
    }

    private static func hours(_ text: String, _ calendar: AvailabilityCalendar) throws -> OpeningHours {
        OpeningHours(calendar, at: try Timestamp(parsing: text), lookingBack: .seconds(300))
    }

    @Test(
        "closed since, and until",
        arguments: [
            ("2027-03-10T12:00:00Z", true, nil, "2027-03-10T17:00:00Z"),
            ("2027-03-10T17:00:00Z", false, "2027-03-10T17:00:00Z", "2027-03-11T09:00:00Z"),
            ("2027-03-10T17:04:59Z", false, "2027-03-10T17:00:00Z", "2027-03-11T09:00:00Z"),
            ("2027-03-10T17:05:01Z", false, nil, "2027-03-11T09:00:00Z"),
            ("2027-03-11T08:59:59Z", false, nil, "2027-03-11T09:00:00Z"),
            ("2027-03-11T09:00:00Z", true, nil, "2027-03-11T17:00:00Z"),
        ] as [(String, Bool, String?, String?)]
    )
    func daily(moment: String, isOpen: Bool, closed: String?, changes: String?) throws {
        let calendar = Self.calendar { ($0.windowStart, $0.windowEnd) = (9 * 60, 17 * 60) }
        let hours = try Self.hours(moment, calendar)
        #expect(hours.isOpen == isOpen)
        #expect(hours.closedSince?.text == closed)
        #expect(hours.changesAt?.text == changes)
    }

    @Test("over midnight, and on some days: the day of a window is the one on which it starts")
    func overMidnight() throws {
        let calendar = Self.calendar { wish in
            (wish.windowStart, wish.windowEnd) = (22 * 60, 6 * 60)
            wish.daysOfWeek = [5]
        }
        // 2027-03-12 is a Friday.
        #expect(try Self.hours("2027-03-13T05:59:00Z", calendar).isOpen)
        #expect(try !Self.hours("2027-03-12T05:00:00Z", calendar).isOpen)
        #expect(try Self.hours("2027-03-13T06:01:00Z", calendar).closedSince?.text == "2027-03-13T06:00:00Z")
        #expect(try Self.hours("2027-03-13T06:01:00Z", calendar).changesAt?.text == "2027-03-19T22:00:00Z")
    }

    @Test("the clock on the wall counts, in spring and in autumn")
    func summerTime() throws {
        let calendar = Self.calendar { wish in
            (wish.windowStart, wish.windowEnd) = (9 * 60, 17 * 60)
            wish.timeZone = "Europe/Berlin"
        }
        // Summer time begins on 2027-03-28 and ends on 2027-10-31.
        #expect(try Self.hours("2027-03-27T20:00:00Z", calendar).changesAt?.text == "2027-03-28T07:00:00Z")
        #expect(try Self.hours("2027-03-26T20:00:00Z", calendar).changesAt?.text == "2027-03-27T08:00:00Z")
        #expect(try Self.hours("2027-10-30T20:00:00Z", calendar).changesAt?.text == "2027-10-31T08:00:00Z")
        #expect(try Self.hours("2027-10-29T20:00:00Z", calendar).changesAt?.text == "2027-10-30T07:00:00Z")
    }

    @Test("a gap between two closings is not taken for the last one")
    func twoClosings() throws {
        let calendar = Self.calendar { wish in
            var first = AvailabilityWish.MaintenanceWindow()
            first.start = Timestamp(seconds: 1_800_000_000)
            first.end = first.start + .seconds(60)
            var second = first
            (second.start, second.end) = (first.end + .seconds(60), first.end + .seconds(600))
            wish.maintenanceWindows = [first, second]
        }
        let hours = OpeningHours(
            calendar,
            at: Timestamp(seconds: 1_800_000_150),
            lookingBack: .seconds(300)
        )
        #expect(!hours.isOpen)
        #expect(hours.closedSince == Timestamp(seconds: 1_800_000_120))
    }
}
