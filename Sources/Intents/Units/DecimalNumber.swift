/// A decimal number exactly as it is written: a whole number of digits and how many stand behind the point.
struct DecimalNumber: Hashable {
    /// The digits without their point.
    let digits: UInt64
    /// How many of them stand behind the point.
    let places: Int

    /// What came of looking for a number at the start of a text.
    enum Scan {
        /// A number and what follows it.
        case number(DecimalNumber, rest: Substring)
        /// No digit stands there.
        case missing
        /// The number starts with a minus sign.
        case negative
        /// It has more digits than can be counted.
        case tooLong
    }

    /// Looks for `12`, `4.5`, `.5` or `1e3` at the start of a text.
    static func scan(_ text: Substring) -> Scan {
        let bytes = text.utf8
        var index = bytes.startIndex
        guard index < bytes.endIndex else { return .missing }
        if bytes[index] == UInt8(ascii: "-") { return .negative }
        var digits: UInt64 = 0
        var places = 0
        var seen = 0
        var overflow = false
        var isFraction = false
        while index < bytes.endIndex {
            let byte = bytes[index]
            if byte == UInt8(ascii: "."), !isFraction {
                let next = bytes.index(after: index)
                guard next < bytes.endIndex, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[next]) else {
                    break
                }
                isFraction = true
            } else if (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
                seen += 1
                let (shifted, first) = digits.multipliedReportingOverflow(by: 10)
                let (sum, second) = shifted.addingReportingOverflow(UInt64(byte - UInt8(ascii: "0")))
                overflow = overflow || first || second
                digits = sum
                if isFraction { places += 1 }
            } else {
                break
            }
            bytes.formIndex(after: &index)
        }
        guard seen > 0 else { return .missing }
        guard !overflow else { return .tooLong }
        return exponent(DecimalNumber(digits: digits, places: places), in: text[index...])
    }

    /// Applies an exponent that follows the digits; an `E` without digits belongs to what follows.
    private static func exponent(_ number: DecimalNumber, in text: Substring) -> Scan {
        guard let letter = text.first, letter == "e" || letter == "E" else { return .number(number, rest: text) }
        var rest = text.dropFirst()
        let isNegative = rest.first == "-"
        if isNegative || rest.first == "+" { rest = rest.dropFirst() }
        let figures = rest.prefix { $0.isASCII && $0.isNumber }
        guard !figures.isEmpty else { return .number(number, rest: text) }
        guard figures.utf8.count <= 2, let power = Int(figures) else { return .tooLong }
        rest = rest.dropFirst(figures.count)
        if isNegative {
            return .number(DecimalNumber(digits: number.digits, places: number.places + power), rest: rest)
        }
        var digits = number.digits
        for _ in 0..<max(0, power - number.places) {
            let (product, overflow) = digits.multipliedReportingOverflow(by: 10)
            guard !overflow else { return .tooLong }
            digits = product
        }
        return .number(DecimalNumber(digits: digits, places: max(0, number.places - power)), rest: rest)
    }

    /// How a number that falls between two whole ones is taken.
    enum Rounding {
        /// Not at all.
        case refused
        /// As the next larger one.
        case up
    }

    /// What came of counting a number in a smaller unit.
    enum Scaled: Hashable {
        /// The count.
        case count(Int64)
        /// More than 64 bits hold.
        case tooLarge
        /// Not a whole count.
        case tooFine
    }

    /// The number times `unit`, as a whole count.
    func scaled(by unit: Int64, rounding: Rounding) -> Scaled {
        var digits = digits
        var places = places
        while places > 0, digits % 10 == 0 {
            digits /= 10
            places -= 1
        }
        guard places <= 19 else { return digits == 0 ? .count(0) : rounding == .up ? .count(1) : .tooFine }
        let divisor = (0..<places).reduce(UInt128(1)) { power, _ in power * 10 }
        let (quotient, remainder) = (UInt128(digits) * UInt128(unit)).quotientAndRemainder(dividingBy: divisor)
        guard remainder == 0 || rounding == .up else { return .tooFine }
        guard let count = Int64(exactly: quotient + (remainder == 0 ? 0 : 1)) else { return .tooLarge }
        return .count(count)
    }

    /// A count of thousandths or millionths as text: at least `least` and at most `places` digits behind the point.
    static func text(_ count: Int64, places: Int, least: Int = 0) -> String {
        let zero = UInt8(ascii: "0")
        var digits = Array(String(count.magnitude).utf8)
        // One digit stands before the point at least.
        let missing = places + 1 - digits.count
        if missing > 0 { digits.insert(contentsOf: repeatElement(zero, count: missing), at: 0) }
        let point = digits.count - places
        while digits.count - point > least, digits.last == zero { digits.removeLast() }
        if digits.count > point { digits.insert(UInt8(ascii: "."), at: point) }
        if count < 0 { digits.insert(UInt8(ascii: "-"), at: 0) }
        return String(decoding: digits, as: UTF8.self)
    }
}
