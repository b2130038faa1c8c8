/// A day of the Gregorian calendar, written `2027-12-24`.
package struct CalendarDay: Hashable, Comparable, Sendable {
    /// Days since 1970-01-01.
    package let number: Int

    /// A day counted from 1970-01-01.
    package init(number: Int) { self.number = number }

    /// The day with these numbers, or nil where the calendar has none; years 1 to 9999.
    package init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1 else { return nil }
        guard day <= Self.length(ofMonth: month, year: year) else { return nil }
        // Years are counted from March, so that the leap day is the last of its year.
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400
        let yearOfEra = shifted % 400
        let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        self.init(number: era * 146_097 + dayOfEra - 719_468)
    }

    /// Reads a day such as `2027-12-24`; of a moment such as `2027-12-24T00:00:00Z` it takes the day as written.
    package init(parsing text: String) throws(UnitError) {
        let grammar = UnitGrammar(noun: "a day", example: "2027-12-24")
        let trimmed = text.trimmed
        let figures = Array(trimmed.prefix(10).utf8)
        if trimmed.utf8.count > 10 { _ = try Timestamp(parsing: text) }
        guard let (year, month, day) = Self.numbers(figures) else { throw grammar.error(text) }
        guard let found = Self(year: year, month: month, day: day) else {
            throw grammar.error(text, "the calendar has no such day")
        }
        self = found
    }

    /// The three numbers of `YYYY-MM-DD`.
    static func numbers(_ bytes: [UInt8]) -> (year: Int, month: Int, day: Int)? {
        guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-") else { return nil }
        guard let year = number(bytes[0..<4]), let month = number(bytes[5..<7]), let day = number(bytes[8..<10]) else {
            return nil
        }
        return (year, month, day)
    }

    /// The number that digits make; nil where something else stands among them.
    static func number(_ bytes: ArraySlice<UInt8>) -> Int? {
        var number = 0
        for byte in bytes {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
            number = number * 10 + Int(byte - UInt8(ascii: "0"))
        }
        return number
    }

    /// How many days a month has.
    private static func length(ofMonth month: Int, year: Int) -> Int {
        switch month {
        case 4, 6, 9, 11: 30
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        default: 31
        }
    }

    /// Year, month and day.
    package var parts: (year: Int, month: Int, day: Int) {
        let shifted = number + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }

    /// 1 (Monday) to 7 (Sunday); 1970-01-01 was a Thursday.
    package var weekday: Int { (((number + 3) % 7) + 7) % 7 + 1 }

    /// The day as `2027-12-24`.
    package var text: String {
        var figures = Figures()
        write(into: &figures)
        return figures.text
    }

    func write(into figures: inout Figures) {
        let (year, month, day) = parts
        figures.append(year, width: 4)
        figures.append("-", month, width: 2)
        figures.append("-", day, width: 2)
    }

    package static func < (left: Self, right: Self) -> Bool { left.number < right.number }
}
