import Intents
import Reconciling
import Testing

/// Dates and waits in headers.
@Suite struct HTTPDateTests {
    private static let moment = Timestamp(seconds: 784_111_777)

    @Test(arguments: [
        "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994",
        "Sun Nov 6 08:49:37 1994",
    ])
    func theThreeFormsAreOneMoment(text: String) {
        #expect(HTTPDate.read(text) == Self.moment)
    }

    @Test(arguments: [
        ("Thu, 01 Jan 1970 00:00:00 GMT", 0 as Int64), ("Thu, 29 Feb 2024 23:59:60 GMT", 1_709_251_200),
        ("Wednesday, 01-Jan-70 00:00:00 GMT", 0), ("Sunday, 01-Jan-69 00:00:00 GMT", 3_124_224_000),
    ])
    func edgesAreRead(text: String, seconds: Int64) {
        #expect(HTTPDate.read(text) == Timestamp(seconds: seconds))
    }

    @Test(arguments: [
        "", "GMT", "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 CET", "Sun, 31 Feb 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 24:00:00 GMT", "Sun, 06 Nov 1994 08:60:00 GMT", "Sun, 06 nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 94 08:49:37 GMT", "Sun, 06 Nov 1994 8:49:37 GMT", "Sun, 06 Nov 1994 08:49 GMT",
        "1994-11-06T08:49:37Z",
        "Sun, -6 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 GMT more", "Sunday, 06-Nov-1994 08:49:37 GMT",
    ])
    func anythingElseIsNoDate(text: String) {
        #expect(HTTPDate.read(text) == nil)
    }

    @Test func everyDayOfAYearIsReadBack() throws {
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        for day in 0..<366 {
            let moment = Timestamp(seconds: 1_704_067_200 + Int64(day) * 86_400 + 3723)
            let parts = moment.day.parts
            let date = "\(parts.day < 10 ? "0" : "")\(parts.day) \(months[parts.month - 1]) \(parts.year)"
            #expect(HTTPDate.read("Mon, \(date) 01:02:03 GMT") == moment)
        }
    }

    @Test(arguments: [
        ("0", 0 as Int64?), ("007", 7), ("120", 120), ("1.0", 1), ("1.01", 2), ("86401", 86_400),
        ("99999999999999999999", 86_400),
        ("Sun, 06 Nov 1994 08:51:37 GMT", 120), ("Sun, 06 Nov 1994 08:49:37 GMT", 0),
        ("Sat, 05 Nov 1994 08:49:37 GMT", 0),
        ("Sun, 06 Nov 1995 08:49:37 GMT", 86_400), ("-1", nil), ("+1", nil), ("1s", nil), ("1.", nil), (".5", nil),
        ("1.2.3", nil),
        ("", nil), ("later", nil), ("１２", nil),
    ])
    func waitsAreReadAndBounded(value: String, seconds: Int64?) {
        #expect(RetryAfter.wait(value, now: Self.moment) == seconds.map { Duration.seconds($0) })
    }

    @Test func theHeaderIsFoundWhateverItsCase() {
        let reply = TransportReply(status: 429, headers: [("RETRY-AFTER", "5")])
        #expect(RetryAfter.wait(of: reply, now: Self.moment) == .seconds(5))
        #expect(RetryAfter.wait(of: TransportReply(status: 429), now: Self.moment) == nil)
    }
}
