import Testing

@testable import Intents

/// Moments, days and times of day.
struct TimestampTests {
    @Test(arguments: [
        Accepted("2027-01-04T07:00:00Z", 1_799_046_000_000, "2027-01-04T07:00:00Z"),
        Accepted("2027-01-04T08:00:00+01:00", 1_799_046_000_000, "2027-01-04T07:00:00Z"),
        Accepted("2027-01-04T01:30-0530", 1_799_046_000_000, "2027-01-04T07:00:00Z"),
        Accepted("2027-01-04t08:00+01", 1_799_046_000_000, "2027-01-04T07:00:00Z"),
        Accepted("1970-01-01T00:00:00z", 0, "1970-01-01T00:00:00Z"),
        Accepted("1969-12-31T23:59:59.999Z", -1, "1969-12-31T23:59:59.999Z"),
        Accepted("2000-02-29T12:00:00.5Z", 951_825_600_500, "2000-02-29T12:00:00.500Z"),
        Accepted("2000-02-29T12:00:00.1239999Z", 951_825_600_123, "2000-02-29T12:00:00.123Z"),
        Accepted("0001-01-01T00:00:00Z", -62_135_596_800_000, "0001-01-01T00:00:00Z"),
        Accepted("9999-12-31T23:59:59Z", 253_402_300_799_000, "9999-12-31T23:59:59Z"),
    ])
    func readsAndWrites(case accepted: Accepted) throws {
        let moment = try Timestamp(parsing: accepted.text)
        #expect(moment.milliseconds == accepted.count)
        #expect(moment.text == accepted.written)
        #expect(moment.description == accepted.written)
        #expect(try Timestamp(parsing: moment.text) == moment)
    }

    @Test(arguments: [
        Refused("", "is not a moment"), Refused("tomorrow", "is not a moment"),
        Refused("2027-01-04", "the time of day is missing"), Refused("2027-01-04T07:00:00", "the zone is missing"),
        Refused("2027-01-04 07:00:00Z", "is not a moment"), Refused("2027-02-29T07:00:00Z", "no such day"),
        Refused("2100-02-29T07:00:00Z", "no such day"), Refused("2027-13-01T07:00:00Z", "no such day"),
        Refused("0000-01-01T07:00:00Z", "no such day"), Refused("2027-01-04T24:00:00Z", "no such time"),
        Refused("2027-01-04T07:60:00Z", "no such time"), Refused("2027-01-04T07:00:60Z", "no such time"),
        Refused("2027-01-04T07:00:00+19:00", "no such offset"), Refused("2027-01-04T07:00:00Zulu", "is not a moment"),
        Refused("2027-01-04T07:00:00.Z", "is not a moment"), Refused("2027-1-04T07:00:00Z", "is not a moment"),
        Refused("2027-01-04T07h00:00Z", "is not a moment"), Refused("2027-01-04T07:00:0ZZ", "is not a moment"),
        Refused("2027-01-04T07:00:00CET", "is not a moment"), Refused("2027-01-04T07:00:00+1:0", "is not a moment"),
    ])
    func refuses(case refused: Refused) {
        expectRefused(refused) { (text) throws(UnitError) in try Timestamp(parsing: text) }
    }

    @Test func daysOfFourHundredYearsFollowOneAnother() throws {
        var expected = try #require(CalendarDay(year: 1890, month: 1, day: 1)).number
        for year in 1890...2290 {
            for month in 1...12 {
                for day in 1...31 {
                    guard let found = CalendarDay(year: year, month: month, day: day) else {
                        #expect(day > 28)
                        continue
                    }
                    guard found.number == expected, found.parts == (year, month, day) else {
                        Issue.record("\(year)-\(month)-\(day) has the number \(found.number), not \(expected)")
                        return
                    }
                    expected += 1
                }
            }
        }
    }

    @Test func momentsOfAllYearsAreReadBack() throws {
        var dice = Dice(seed: 11)
        for _ in 0..<1000 {
            let moment = Timestamp(milliseconds: -62_135_596_800_000 + Int64(dice.next() % 315_537_897_599_999))
            #expect(try Timestamp(parsing: moment.text) == moment)
            #expect(moment.text.hasPrefix(moment.day.text))
        }
    }

    @Test(arguments: [("2027-01-04", 1), ("1970-01-01", 4), ("1969-12-28", 7), ("2030-12-15", 7)])
    func daysKnowTheirWeekday(text: String, weekday: Int) throws {
        let day = try CalendarDay(parsing: text)
        #expect(day.weekday == weekday)
        #expect(day.text == text)
    }

    @Test func aMomentGivesItsDayAsWritten() throws {
        #expect(try CalendarDay(parsing: "2027-12-24T23:00:00-05:00").text == "2027-12-24")
        #expect(try CalendarDay(parsing: "2027-12-24") < CalendarDay(parsing: "2027-12-25"))
    }

    @Test(arguments: [
        Refused("24.12.2027", "is not a day"), Refused("2027-12-32", "no such day"),
        Refused("2027-12-24T", "is not a moment"),
        Refused("", "is not a day"), Refused("2027-12-2x", "is not a day"),
    ])
    func refusesDays(case refused: Refused) {
        expectRefused(refused) { (text) throws(UnitError) in try CalendarDay(parsing: text) }
    }

    @Test(arguments: [("09:00", 540, "09:00"), ("9:05", 545, "09:05"), ("00:00", 0, "00:00"), ("23:59", 1439, "23:59")])
    func readsTimesOfDay(text: String, minutes: Int, written: String) throws {
        let clock = try ClockTime(parsing: text)
        #expect(clock.minutes == minutes)
        #expect(clock.text == written)
    }

    @Test(arguments: [
        Refused("24:00", "midnight is 00:00"), Refused("9", "not a time of day"), Refused("09:60", "no such time"),
        Refused("25:00", "no such time"), Refused("9am", "not a time of day"), Refused("09:00:00", "not a time of day"),
        Refused("0x:00", "not a time of day"), Refused("", "not a time of day"), Refused("-1:00", "not a time of day"),
    ])
    func refusesTimesOfDay(case refused: Refused) {
        expectRefused(refused) { (text) throws(UnitError) in try ClockTime(parsing: text) }
    }

    @Test func weekdaysAreCountedFromMonday() {
        #expect(Weekday.allCases.map(\.number) == Array(1...7))
        #expect(
            (0...8).map { Weekday(number: $0)?.rawValue } == [
                nil, "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", nil,
            ]
        )
    }

    @Test func momentsAddAndSubtractSpans() {
        let moment = Timestamp(seconds: 100)
        #expect(moment + .seconds(5) == Timestamp(milliseconds: 105_000))
        #expect(moment - .milliseconds(1) == Timestamp(milliseconds: 99_999))
        #expect(moment - Timestamp(seconds: 40) == .seconds(60))
        #expect(Timestamp(seconds: 1) < moment)
    }
}
