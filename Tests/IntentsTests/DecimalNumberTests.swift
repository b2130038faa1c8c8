import Testing

@testable import Intents

/// Numbers exactly as they are written.
struct DecimalNumberTests {
    @Test(
        arguments: [
            ("12", 12, 0, ""), ("4.5", 45, 1, ""), (".5", 5, 1, ""), ("1e3", 1000, 0, ""), ("1.5e1", 15, 0, ""),
            ("1.5e-1", 15, 2, ""), ("1E", 1, 0, "E"), ("1e+", 1, 0, "e+"), ("1Ei", 1, 0, "Ei"), ("5.", 5, 0, "."),
            ("1.2.3", 12, 1, ".3"), ("007", 7, 0, ""), ("0", 0, 0, ""), ("2h15m", 2, 0, "h15m"),
            ("1_000", 1, 0, "_000"),
            ("18446744073709551615", UInt64.max, 0, ""),
        ] as [(String, UInt64, Int, String)]
    )
    func findsTheNumberAtTheStart(text: String, digits: UInt64, places: Int, left: String) {
        guard case .number(let number, let rest) = DecimalNumber.scan(text[...]) else {
            Issue.record("no number")
            return
        }
        #expect(number == DecimalNumber(digits: digits, places: places))
        #expect(rest == left)
    }

    @Test(arguments: ["", "x", ".", "e5", "+1", " 1"])
    func findsNothingWhereNoDigitStands(text: String) {
        guard case .missing = DecimalNumber.scan(text[...]) else {
            Issue.record("found something")
            return
        }
    }

    @Test(arguments: ["18446744073709551616", "1e20", "99999999999999999999e1", "1e100"])
    func refusesWhatCannotBeCounted(text: String) {
        guard case .tooLong = DecimalNumber.scan(text[...]) else {
            Issue.record("found something else")
            return
        }
    }

    @Test(
        arguments: [
            (DecimalNumber(digits: 45, places: 1), 1000, .refused, .count(4500)),
            (DecimalNumber(digits: 4500, places: 3), 1, .refused, .tooFine),
            (DecimalNumber(digits: 4500, places: 3), 1, .up, .count(5)),
            (DecimalNumber(digits: 4000, places: 3), 1, .refused, .count(4)),
            (DecimalNumber(digits: 1, places: 30), 1000, .refused, .tooFine),
            (DecimalNumber(digits: 1, places: 30), 1000, .up, .count(1)),
            (DecimalNumber(digits: 0, places: 30), 1000, .refused, .count(0)),
            (DecimalNumber(digits: .max, places: 0), 1, .refused, .tooLarge),
            (DecimalNumber(digits: UInt64(Int64.max), places: 0), 1, .refused, .count(.max)),
            (DecimalNumber(digits: UInt64(Int64.max), places: 0), 2, .up, .tooLarge),
            (DecimalNumber(digits: .max, places: 19), .max, .up, .tooLarge),
        ] as [(DecimalNumber, Int64, DecimalNumber.Rounding, DecimalNumber.Scaled)]
    )
    func countsInSmallerUnits(
        number: DecimalNumber,
        unit: Int64,
        rounding: DecimalNumber.Rounding,
        expected: DecimalNumber.Scaled
    ) {
        #expect(number.scaled(by: unit, rounding: rounding) == expected)
    }

    @Test(
        arguments: [
            (1500, 3, 0, "1.5"), (1000, 3, 0, "1"), (1, 3, 0, "0.001"), (0, 3, 0, "0"), (-1500, 3, 0, "-1.5"),
            (10_000_000, 6, 2, "10.00"), (123_456, 6, 2, "0.123456"), (Int64.min, 0, 0, "-9223372036854775808"),
        ] as [(Int64, Int, Int, String)]
    )
    func writesCounts(count: Int64, places: Int, least: Int, text: String) {
        #expect(DecimalNumber.text(count, places: places, least: least) == text)
    }
}
