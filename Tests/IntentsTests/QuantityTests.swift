import Testing

@testable import Intents

/// Quantities with suffixes, and the numbers that share their type.
struct QuantityTests {
    @Test(arguments: [
        Accepted("32Gi", 34_359_738_368_000, "32Gi"),
        Accepted("1024Gi", 1_099_511_627_776_000, "1Ti"),
        Accepted("1.5Gi", 1_610_612_736_000, "1.5Gi"),
        Accepted("512Mi", 536_870_912_000, "512Mi"),
        Accepted("1Ki", 1_024_000, "1Ki"),
        Accepted("8Pi", 9_007_199_254_740_992_000, "8Pi"),
        Accepted("9P", 9_000_000_000_000_000_000, "9P"),
        Accepted("4.5", 4500, "4.5"),
        Accepted(".5", 500, "0.5"),
        Accepted("8", 8000, "8"),
        Accepted("08", 8000, "8"),
        Accepted("500m", 500, "0.5"),
        Accepted("1.5G", 1_500_000_000_000, "1.5G"),
        Accepted("2000M", 2_000_000_000_000, "2G"),
        Accepted("3k", 3_000_000, "3k"),
        Accepted("3K", 3_000_000, "3k"),
        Accepted("1e3", 1_000_000, "1k"),
        Accepted("15e-1", 1500, "1.5"),
        Accepted("0", 0, "0"),
        Accepted(" 16Gi ", 17_179_869_184_000, "16Gi"),
        Accepted("999", 999_000, "999"),
        Accepted("0.001", 1, "0.001"),
        Accepted("1.33333Gi", 1_431_652_186_194, "1431652186.194"),
    ])
    func readsAndWrites(case accepted: Accepted) throws {
        let quantity = try Quantity(parsing: accepted.text)
        #expect(quantity.thousandths == accepted.count)
        #expect(quantity.text == accepted.written)
        #expect(quantity.description == accepted.written)
        #expect(try Quantity(parsing: quantity.text) == quantity)
        #expect(try Quantity(parsing: quantity.plainText) == quantity)
    }

    @Test(arguments: [
        Refused("", "is not a quantity"),
        Refused("Gi", "is not a quantity"),
        Refused("thirty", "is not a quantity"),
        Refused("-1", "less than nothing"),
        Refused("-4Gi", "less than nothing"),
        Refused("+4", "is not a quantity"),
        Refused("32GB", "for powers of 1024 write Gi"),
        Refused("32gi", "for powers of 1024 write Gi"),
        Refused("32 Gb", "is no suffix"),
        Refused("32Xi", "is no suffix"),
        Refused("1,5Gi", "is no suffix"),
        Refused("4.5.6", "is no suffix"),
        Refused("5.", "is no suffix"),
        Refused("9Pi", "too large"),
        Refused("10P", "too large"),
        Refused("99999999999999999999999", "too large"),
        Refused("1e99", "too large"),
        Refused("1e999", "too large"),
        Refused("0.0001", "finer than a thousandth"),
        Refused("1e-60", "finer than a thousandth"),
        Refused("0.5m", "finer than a thousandth"),
        Refused("32Gi\u{7}", "is no suffix"),
    ])
    func refuses(case refused: Refused) {
        expectRefused(refused) { (text) throws(UnitError) in try Quantity(parsing: text) }
    }

    @Test func everyCountIsReadBackFromItsText() throws {
        var dice = Dice(seed: 7)
        for _ in 0..<2000 {
            let quantity = Quantity(thousandths: Int64(dice.next() >> (1 + dice.next() % 62)))
            #expect(try Quantity(parsing: quantity.text) == quantity)
        }
        let largest = Quantity(thousandths: .max)
        #expect(try Quantity(parsing: largest.text) == largest)
    }

    @Test(arguments: [
        Accepted("99.9%", 99_900, "99.9%"), Accepted("99.9", 99_900, "99.9%"), Accepted("100 %", 100_000, "100%"),
        Accepted("0", 0, "0%"), Accepted("99.999%", 99_999, "99.999%"),
    ])
    func readsPercentages(case accepted: Accepted) throws {
        let quantity = try Quantity(parsingPercentage: accepted.text)
        #expect(quantity.thousandths == accepted.count)
        #expect(quantity.percentageText == accepted.written)
    }

    @Test(arguments: [
        Refused("100.1%", "more than 100"), Refused("-1%", "less than nothing"), Refused("99,9%", "not a percentage"),
        Refused("", "not a percentage"), Refused("99.9999%", "finer"), Refused("99.9%%", "not a percentage"),
    ])
    func refusesPercentages(case refused: Refused) {
        expectRefused(refused) { (text) throws(UnitError) in try Quantity(parsingPercentage: text) }
    }

    @Test(arguments: [("0.15", 150), ("15%", 150), ("1", 1000), ("0", 0), ("0.5 %", 5)] as [(String, Int64)])
    func readsFractions(text: String, thousandths: Int64) throws {
        #expect(try Quantity(parsingFraction: text).thousandths == thousandths)
    }

    @Test(arguments: [
        Refused("15", "15 of a hundred is 0.15"), Refused("-0.1", "less than nothing"),
        Refused("half", "not a fraction"),
        Refused("0.0001", "finer"), Refused("101%", "15 of a hundred"),
    ])
    func refusesFractions(case refused: Refused) {
        expectRefused(refused) { (text) throws(UnitError) in try Quantity(parsingFraction: text) }
    }

    @Test(arguments: [Refused("19.5G", "not a number"), Refused("", "not a number"), Refused("1 2", "not a number")])
    func refusesNumbersWithSuffixes(case refused: Refused) {
        expectRefused(refused) { (text) throws(UnitError) in try Quantity(parsingNumber: text) }
    }

    @Test func readsPlainNumbers() throws {
        #expect(try Quantity(parsingNumber: "19.5").thousandths == 19_500)
        #expect(try Quantity(parsingNumber: " 83.0 ").plainText == "83")
    }
}
