import Testing

@testable import Intents

/// Amounts, rates and prices in euros.
struct MoneyTests {
    @Test(arguments: [
        Accepted("10 EUR", 10_000_000, "10.00 EUR"), Accepted("0.45 EUR", 450_000, "0.45 EUR"),
        Accepted("19.12 EUR", 19_120_000, "19.12 EUR"), Accepted("10EUR", 10_000_000, "10.00 EUR"),
        Accepted(" 8.5  EUR ", 8_500_000, "8.50 EUR"), Accepted("0.123456 EUR", 123_456, "0.123456 EUR"),
        Accepted("0.1230 EUR", 123_000, "0.123 EUR"), Accepted("0 EUR", 0, "0.00 EUR"),
        Accepted("1e3 EUR", 1_000_000_000, "1000.00 EUR"), Accepted("0.1200000000 EUR", 120_000, "0.12 EUR"),
        Accepted("9223372036854.775807 EUR", .max, "9223372036854.775807 EUR"),
    ])
    func readsAmounts(case accepted: Accepted) throws {
        let money = try Money(parsing: accepted.text)
        #expect(money.micros == accepted.count)
        #expect(money.text == accepted.written)
        #expect(money.description == accepted.written)
        #expect(try Money(parsing: money.text) == money)
        #expect(try Money(parsingRate: money.rateText) == money)
    }

    @Test(arguments: [
        Accepted("0.45 EUR/hour", 450_000, "0.45 EUR/hour"), Accepted("8.50 EUR/hour", 8_500_000, "8.50 EUR/hour"),
        Accepted("10 EUR", 10_000_000, "10.00 EUR/hour"), Accepted("10 EUR / h", 10_000_000, "10.00 EUR/hour"),
    ])
    func readsRates(case accepted: Accepted) throws {
        let money = try Money(parsingRate: accepted.text)
        #expect(money.micros == accepted.count)
        #expect(money.rateText == accepted.written)
    }

    @Test(arguments: [
        Refused("10 USD", "EUR is the only currency"), Refused("10 GBP", "EUR is the only currency"),
        Refused("10 eur", "write the currency as EUR"), Refused("10 €", "write the currency as EUR"),
        Refused("10", "names no currency"), Refused("", "is not an amount"),
        Refused("EUR 10", "EUR follows the number"),
        Refused("€10", "EUR follows the number"), Refused("ten EUR", "is not an amount"),
        Refused("-5 EUR", "less than nothing"), Refused("10,50 EUR", "EUR is the only currency"),
        Refused("0.1234567 EUR", "finer than a millionth of a euro"), Refused("10 EUR/hour", "a sum is wanted"),
        Refused("99999999999999 EUR", "too large"), Refused("123456789012345678901234567890 EUR", "too many digits"),
        Refused("10 EUR EUR", "EUR is the only currency"),
    ])
    func refusesAmounts(case refused: Refused) {
        expectRefused(refused) { (text) throws(UnitError) in try Money(parsing: text) }
    }

    @Test(arguments: [
        Refused("10 EUR/day", "a rate is by the hour"), Refused("10 USD/hour", "EUR is the only currency"),
    ])
    func refusesRates(case refused: Refused) {
        expectRefused(refused) { (text) throws(UnitError) in try Money(parsingRate: text) }
    }

    @Test func aPriceIsRoundedUpAndNeverDown() throws {
        #expect(try Money(parsingPrice: "0.1234561 EUR/hour").micros == 123_457)
        #expect(try Money(parsingPrice: "0.0000000000000000001 EUR/hour").micros == 1)
        #expect(try Money(parsingPrice: "0.45 EUR").micros == 450_000)
        #expect(throws: UnitError.self) { try Money(parsingPrice: "0.45 USD/hour") }
    }

    @Test func sumsStopAtTheLargestAmount() {
        let largest = Money(micros: .max)
        #expect(largest + Money(micros: 1) == largest)
        #expect(Money(micros: .min) + Money(micros: -1) == Money(micros: .min))
        #expect(Money(micros: .min) - Money(micros: 1) == Money(micros: .min))
        #expect(largest * 2 == largest)
        #expect(largest * -2 == Money(micros: .min))
        #expect(Money(micros: 3) * 4 == Money(micros: 12))
        #expect(Money(micros: 3) - Money(micros: 4) == Money(micros: -1))
    }

    @Test(
        arguments: [
            (Duration.seconds(3600), 8_500_000), (.seconds(1800), 4_250_000), (.milliseconds(1), 3), (.zero, 0),
            (.seconds(-5), 0),
        ] as [(Duration, Int64)]
    )
    func aRateOverASpanIsRoundedUp(span: Duration, micros: Int64) {
        #expect(Money(micros: 8_500_000).over(span).micros == micros)
    }

    @Test(arguments: [1, 3_600_000, 3_600_001, 4_000_000, 6_400_000, 7_200_000, 100_000_000] as [Int64])
    func whatIsTooMuchStopsAtTheMost(milliseconds: Int64) {
        let most = Money(micros: .max).over(.milliseconds(milliseconds))
        #expect(milliseconds < 3_600_000 ? most < Money(micros: .max) : most == Money(micros: .max))
    }
}
