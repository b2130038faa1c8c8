package import Intents

/// The dates of HTTP headers, in the three forms that RFC 9110 (section 5.6.7) tells recipients to accept.
package enum HTTPDate {
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    /// Reads `Sun, 06 Nov 1994 08:49:37 GMT`, `Sunday, 06-Nov-94 08:49:37 GMT` or `Sun Nov 6 08:49:37 1994`.
    ///
    /// The day's name is not checked. A year of two digits lies between 1970 and 2069.
    package static func read(_ text: String) -> Timestamp? {
        let words = text.split(separator: " ").map(String.init)
        switch words.count {
        case 6 where words[5] == "GMT": return moment(day: words[1], month: words[2], year: words[3], clock: words[4])
        case 4 where words[3] == "GMT":
            let date = words[1].split(separator: "-").map(String.init)
            guard date.count == 3, let short = number(date[2], digits: 2...2) else { return nil }
            return moment(
                day: date[0],
                month: date[1],
                year: String(short < 70 ? 2000 + short : 1900 + short),
                clock: words[2]
            )
        case 5: return moment(day: words[2], month: words[1], year: words[4], clock: words[3])
        default: return nil
        }
    }

    private static func moment(day: String, month: String, year: String, clock: String) -> Timestamp? {
        let time = clock.split(separator: ":", omittingEmptySubsequences: false).compactMap {
            number(String($0), digits: 2...2)
        }
        guard time.count == 3, time[0] < 24, time[1] < 60, time[2] <= 60,
            let day = number(day, digits: 1...2), let year = number(year, digits: 4...4),
            let month = months.firstIndex(of: month),
            let date = CalendarDay(year: year, month: month + 1, day: day)
        else { return nil }
        return Timestamp(seconds: Int64(date.number) * 86_400 + Int64((time[0] * 60 + time[1]) * 60 + time[2]))
    }

    private static func number(_ text: String, digits: ClosedRange<Int>) -> Int? {
        guard digits.contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return Int(text)
    }
}
