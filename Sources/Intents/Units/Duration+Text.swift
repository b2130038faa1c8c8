extension Duration {
    private static let grammar = UnitGrammar(noun: "a duration", example: "2h15m", step: "a millisecond")

    /// The longest span that a text may name, 1000 years in milliseconds, so that no moment can overflow.
    private static let longest: Int64 = 1000 * 365 * 86_400_000

    /// The units, each in milliseconds, the largest first.
    private static let units: [(text: String, milliseconds: Int64)] = [
        ("y", 365 * 86_400_000), ("w", 7 * 86_400_000), ("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000),
        ("ms", 1),
    ]

    /// Reads a span such as `2h`, `2h 15m`, `30d`, `1.5h` or `50ms`: numbers with the units y, w, d, h, m, s and ms,
    /// the largest first, each at most once.
    ///
    /// A year has 365 days; the longest span is 1000 years.
    package init(parsing text: String) throws(UnitError) {
        var rest = text.trimmed
        var total: Int64 = 0
        var least = Int64.max
        repeat {
            let number = try Self.grammar.number(&rest, in: text)
            rest = rest.trimmed
            let letters = rest.prefix { $0.isLetter }
            guard !letters.isEmpty else { throw Self.grammar.error(text, "it names no unit (y, w, d, h, m, s or ms)") }
            guard let unit = Self.units.first(where: { $0.text == letters }) else {
                throw Self.grammar.error(text, "\(String(letters).excerpt) is no unit (y, w, d, h, m, s or ms)")
            }
            guard unit.milliseconds < least else {
                throw Self.grammar.error(text, "larger units come first, each of them once")
            }
            least = unit.milliseconds
            let count = try Self.grammar.count(number, by: unit.milliseconds, in: text)
            guard count <= Self.longest - total else { throw Self.grammar.error(text, "it is longer than 1000 years") }
            total += count
            rest = rest.dropFirst(letters.count).trimmed
        } while !rest.isEmpty
        self = .milliseconds(total)
    }

    /// The span in hours, minutes, seconds and milliseconds without blanks: `2h15m`, `720h`, `0s`.
    ///
    /// Units above the hour are left out because Go programs, which platforms often are, read none.
    package var text: String { Self.text(milliseconds, units: Self.units[3...], separator: "") }

    /// The span for people, in days too, with blanks: `30d 2h 15m`.
    package var words: String { Self.text(milliseconds, units: Self.units[2...], separator: " ") }

    /// Spells a span in the given units.
    private static func text(
        _ milliseconds: Int64,
        units: ArraySlice<(text: String, milliseconds: Int64)>,
        separator: String
    ) -> String {
        var rest = milliseconds.magnitude
        var parts: [String] = []
        for unit in units where rest >= unit.milliseconds.magnitude {
            let (count, remainder) = rest.quotientAndRemainder(dividingBy: unit.milliseconds.magnitude)
            parts.append("\(count)\(unit.text)")
            rest = remainder
        }
        guard !parts.isEmpty else { return "0s" }
        return (milliseconds < 0 ? "-" : "") + parts.joined(separator: separator)
    }
}
