extension Timestamp {
    private static let grammar = UnitGrammar(noun: "a moment", example: "2027-01-04T07:00:00Z")

    /// Reads an ISO 8601 moment with a zone: `2027-01-04T07:00:00Z`, `2027-01-04T08:00+01:00`; parts of a second beyond
    /// the millisecond are cut off.
    package init(parsing text: String) throws(UnitError) {
        let bytes = Array(text.trimmed.utf8)
        guard bytes.count >= 16, bytes[10] == UInt8(ascii: "T") || bytes[10] == UInt8(ascii: "t") else {
            let isDay = CalendarDay.numbers(bytes) != nil
            throw Self.grammar.error(text, isDay ? "the time of day is missing" : "")
        }
        guard let (year, month, day) = CalendarDay.numbers(Array(bytes[..<10])) else { throw Self.grammar.error(text) }
        guard let date = CalendarDay(year: year, month: month, day: day) else {
            throw Self.grammar.error(text, "the calendar has no such day")
        }
        var rest = bytes[11...]
        let clock = try Self.clock(&rest, in: text)
        let offset = try Self.zone(rest, in: text)
        self.init(milliseconds: (Int64(date.number) * 86_400 - offset) * 1000 + clock)
    }

    /// Reads `07:00`, `07:00:00` or `07:00:00.250`, in milliseconds after midnight; moves `rest` behind it.
    private static func clock(_ rest: inout ArraySlice<UInt8>, in text: String) throws(UnitError) -> Int64 {
        guard let hours = twoDigits(&rest), rest.popFirst() == UInt8(ascii: ":"), let minutes = twoDigits(&rest) else {
            throw grammar.error(text)
        }
        var seconds = 0
        var milliseconds = 0
        if rest.first == UInt8(ascii: ":") {
            rest = rest.dropFirst()
            guard let number = twoDigits(&rest) else { throw grammar.error(text) }
            seconds = number
            if rest.first == UInt8(ascii: ".") {
                let figures = rest.dropFirst().prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
                guard !figures.isEmpty else { throw grammar.error(text) }
                let three = (Array(figures) + [48, 48, 48]).prefix(3)
                milliseconds = CalendarDay.number(three) ?? 0
                rest = rest.dropFirst(1 + figures.count)
            }
        }
        guard hours < 24, minutes < 60, seconds < 60 else { throw grammar.error(text, "the clock has no such time") }
        return Int64(((hours * 60 + minutes) * 60 + seconds) * 1000 + milliseconds)
    }

    /// Reads `Z`, `+01:00`, `+0100` or `+01`, in seconds east of Greenwich.
    private static func zone(_ bytes: ArraySlice<UInt8>, in text: String) throws(UnitError) -> Int64 {
        var rest = bytes
        guard let sign = rest.popFirst() else { throw grammar.error(text, "the zone is missing: Z or an offset") }
        if sign == UInt8(ascii: "Z") || sign == UInt8(ascii: "z") {
            guard rest.isEmpty else { throw grammar.error(text) }
            return 0
        }
        guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"), let hours = twoDigits(&rest) else {
            throw grammar.error(text)
        }
        if rest.first == UInt8(ascii: ":") { rest = rest.dropFirst() }
        let minutes = rest.isEmpty ? 0 : twoDigits(&rest)
        guard let minutes, rest.isEmpty, hours <= 18, minutes < 60 else {
            throw grammar.error(text, "there is no such offset")
        }
        let seconds = Int64(hours * 60 + minutes) * 60
        return sign == UInt8(ascii: "-") ? -seconds : seconds
    }

    /// Takes two digits off the front.
    private static func twoDigits(_ rest: inout ArraySlice<UInt8>) -> Int? {
        guard rest.count >= 2, let number = CalendarDay.number(rest.prefix(2)) else { return nil }
        rest = rest.dropFirst(2)
        return number
    }

    /// The moment in UTC: `2027-01-04T07:00:00Z`, with milliseconds where there are any.
    ///
    /// Outside the years 1 to 9999 the year has as many digits as it needs, and is not read back.
    package var text: String {
        let milliseconds = Int(self.milliseconds)
        let dayLength = 86_400_000
        let days = milliseconds >= 0 ? milliseconds / dayLength : (milliseconds + 1) / dayLength - 1
        let rest = milliseconds - days * dayLength
        let seconds = rest / 1000
        var figures = Figures()
        CalendarDay(number: days).write(into: &figures)
        figures.append("T", seconds / 3600, width: 2)
        figures.append(":", seconds / 60 % 60, width: 2)
        figures.append(":", seconds % 60, width: 2)
        if rest % 1000 != 0 { figures.append(".", rest % 1000, width: 3) }
        figures.append("Z")
        return figures.text
    }

    /// The day of the moment in UTC.
    package var day: CalendarDay {
        let seconds = milliseconds >= 0 ? milliseconds / 1000 : (milliseconds + 1) / 1000 - 1
        return CalendarDay(number: Int(seconds >= 0 ? seconds / 86_400 : (seconds + 1) / 86_400 - 1))
    }
}

extension Timestamp: CustomStringConvertible {
    package var description: String { text }
}
