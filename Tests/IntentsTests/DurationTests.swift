import Testing

@testable import Intents

/// Spans of time.
struct DurationTests {
    private static let day: Int64 = 86_400_000

    @Test(arguments: [
        Accepted("2h", 7_200_000, "2h"), Accepted("30m", 1_800_000, "30m"), Accepted("2h 15m", 8_100_000, "2h15m"),
        Accepted("2h15m", 8_100_000, "2h15m"), Accepted("30d", 30 * day, "720h"), Accepted("1y", 365 * day, "8760h"),
        Accepted("1w", 7 * day, "168h"), Accepted("45s", 45_000, "45s"), Accepted("50ms", 50, "50ms"),
        Accepted("1.5h", 5_400_000, "1h30m"), Accepted("0s", 0, "0s"), Accepted("90m", 5_400_000, "1h30m"),
        Accepted("1d 2h 3m 4s 5ms", 93_784_005, "26h3m4s5ms"), Accepted("10 m", 600_000, "10m"),
        Accepted("1000y", 1000 * 365 * day, "8760000h"),
    ])
    func readsAndWrites(case accepted: Accepted) throws {
        let span = try Duration(parsing: accepted.text)
        #expect(span.milliseconds == accepted.count)
        #expect(span.text == accepted.written)
        #expect(try Duration(parsing: span.text) == span)
        #expect(try Duration(parsing: span.words) == span)
    }

    @Test(arguments: [
        Refused("", "is not a duration"), Refused("2", "names no unit"), Refused("2 hours", "is no unit"),
        Refused("2H", "is no unit"), Refused("15min", "is no unit"), Refused("15m 2h", "larger units come first"),
        Refused("2h 3h", "larger units come first"), Refused("-2h", "less than nothing"),
        Refused("h", "is not a duration"),
        Refused("0.5ms", "finer than a millisecond"), Refused("1001y", "longer than 1000 years"),
        Refused("1000y 1ms", "longer than 1000 years"), Refused("PT2H", "is not a duration"),
        Refused("99999999999999999y", "too large"), Refused("2h,15m", "is not a duration"),
    ])
    func refuses(case refused: Refused) {
        expectRefused(refused) { (text) throws(UnitError) in try Duration(parsing: text) }
    }

    @Test(
        arguments: [
            (93_784_005, "1d 2h 3m 4s 5ms"), (8_100_000, "2h 15m"), (0, "0s"), (-7_200_000, "-2h"),
        ] as [(Int64, String)]
    )
    func speaksToPeople(milliseconds: Int64, words: String) {
        #expect(Duration.milliseconds(milliseconds).words == words)
    }
}
