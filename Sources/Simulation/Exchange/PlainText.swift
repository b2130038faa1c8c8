import Intents

/// Reads and writes the small texts of the platforms' JSON: amounts, sizes, spans and moments.
///
/// Written apart from the operator's own reading of them, so that one mistake is not made twice.
enum PlainText {
    /// The amount of `"50 EUR"` or `"4.50 EUR/hour"`; nil for any other text.
    static func euros(_ text: String) -> Money? {
        let parts = text.split(separator: " ")
        guard parts.count == 2, parts[1] == "EUR" || parts[1] == "EUR/hour" else { return nil }
        return decimal(parts[0], digits: 6).map(Money.init(micros:))
    }

    /// The gibibytes of `"80Gi"` or `"1Ti"`, or of a maker's `"80GB"`; nil for any other text.
    static func gibibytes(_ text: String) -> Int? {
        for (suffix, factor) in [("Gi", 1), ("GB", 1), ("Ti", 1024)] where text.hasSuffix(suffix) {
            return Int(text.dropLast(2)).map { $0 * factor }
        }
        return nil
    }

    /// The span of `"30m"`, `"24h"`, `"90d"` or `"1y"`, of one part or several; nil for any other text.
    static func span(_ text: String) -> Duration? {
        var (total, number, sawUnit) = (Int64(0), Int64(0), false)
        var sawDigit = false
        for letter in text.utf8 {
            if (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(letter) {
                guard number < 100_000_000_000 else { return nil }
                number = number * 10 + Int64(letter - UInt8(ascii: "0"))
                sawDigit = true
                continue
            }
            guard sawDigit, let unit = seconds(of: letter) else { return nil }
            total += number * unit
            (number, sawDigit, sawUnit) = (0, false, true)
        }
        return sawUnit && !sawDigit ? .seconds(total) : nil
    }

    /// An amount as `8.50 EUR`: two decimals, more only where the amount has them.
    static func text(_ amount: Money) -> String {
        let micros = amount.micros.magnitude
        var fraction = String(micros % 1_000_000)
        fraction = String(repeating: "0", count: 6 - fraction.count) + fraction
        while fraction.count > 2, fraction.hasSuffix("0") { fraction.removeLast() }
        return "\(amount.micros < 0 ? "-" : "")\(micros / 1_000_000).\(fraction) EUR"
    }

    /// A span as `2h 15m`; days are hours.
    static func text(_ span: Duration) -> String {
        let minutes = max(0, span.components.seconds) / 60
        return minutes < 60 ? "\(minutes)m" : "\(minutes / 60)h \(minutes % 60)m"
    }

    /// A moment as `2027-01-15T10:30:00Z`, to the second.
    static func text(_ moment: Timestamp) -> String {
        let seconds = floorDivide(moment.milliseconds, 1000)
        let days = floorDivide(seconds, 86_400)
        let second = seconds - days * 86_400
        let (year, month, day) = date(daysSince1970: days)
        let clock = [second / 3600, second / 60 % 60, second % 60].map(twoDigits).joined(separator: ":")
        return "\(year)-\(twoDigits(month))-\(twoDigits(day))T\(clock)Z"
    }

    private static func seconds(of unit: UInt8) -> Int64? {
        switch unit {
        case UInt8(ascii: "s"): 1
        case UInt8(ascii: "m"): 60
        case UInt8(ascii: "h"): 3600
        case UInt8(ascii: "d"): 86_400
        case UInt8(ascii: "y"): 365 * 86_400
        default: nil
        }
    }

    /// A plain decimal number in units of 10⁻ᵈⁱᵍⁱᵗˢ; nil where it has more decimals or is no number.
    private static func decimal(_ text: Substring, digits: Int) -> Int64? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        // `Int64("+5")` is 5; a sign is no digit here.
        guard text.utf8.allSatisfy({ $0 == UInt8(ascii: ".") || (48...57).contains($0) }) else { return nil }
        guard parts.count <= 2, let whole = Int64(parts[0]), whole >= 0, whole < 1_000_000_000 else { return nil }
        var fraction = parts.count == 2 ? String(parts[1]) : "0"
        guard !fraction.isEmpty, fraction.count <= digits else { return nil }
        fraction += String(repeating: "0", count: digits - fraction.count)
        guard let part = UInt32(fraction) else { return nil }
        return (0..<digits).reduce(whole) { number, _ in number * 10 } + Int64(part)
    }

    /// The civil date of a day count, by eras of 400 years that begin on the first of March.
    private static func date(daysSince1970 days: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let shifted = days + 719_468
        let era = floorDivide(shifted, 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
    }

    private static func twoDigits(_ number: Int64) -> String { number < 10 ? "0\(number)" : String(number) }

    private static func floorDivide(_ number: Int64, _ divisor: Int64) -> Int64 {
        let quotient = number / divisor
        return number % divisor < 0 ? quotient - 1 : quotient
    }
}
