/// A time of day, written `09:00`.
package struct ClockTime: Hashable, Comparable, Sendable {
    /// Minutes after midnight, 0 to 1439.
    package let minutes: Int

    /// A time of day counted from midnight.
    package init(minutes: Int) { self.minutes = minutes }

    /// Reads `09:00` or `9:00`, from `00:00` to `23:59`.
    package init(parsing text: String) throws(UnitError) {
        let grammar = UnitGrammar(noun: "a time of day", example: "09:00")
        let parts = text.trimmed.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, (1...2).contains(parts[0].utf8.count), parts[1].utf8.count == 2 else {
            throw grammar.error(text)
        }
        let hours = CalendarDay.number(ArraySlice(parts[0].utf8))
        let minutes = CalendarDay.number(ArraySlice(parts[1].utf8))
        guard let hours, let minutes else { throw grammar.error(text) }
        if hours == 24, minutes == 0 { throw grammar.error(text, "midnight is 00:00") }
        guard hours < 24, minutes < 60 else { throw grammar.error(text, "the clock has no such time") }
        self.init(minutes: hours * 60 + minutes)
    }

    /// The time as `09:00`.
    package var text: String {
        var figures = Figures()
        figures.append(minutes / 60, width: 2)
        figures.append(":", minutes % 60, width: 2)
        return figures.text
    }

    package static func < (left: Self, right: Self) -> Bool { left.minutes < right.minutes }
}
