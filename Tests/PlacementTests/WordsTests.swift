import Intents
import Testing

@testable import Placement

/// How amounts are written in sentences.
struct WordsTests {
    @Test(arguments: [
        (4_500_000, "4.50 EUR"), (0, "0.00 EUR"), (50_000_000, "50.00 EUR"), (450_000, "0.45 EUR"),
        (1_234_567, "1.234567 EUR"), (1_200_500, "1.2005 EUR"), (-4_500_000, "-4.50 EUR"), (1, "0.000001 EUR"),
    ])
    func money(micros: Int, text: String) {
        #expect(Money(micros: Int64(micros)).inWords == text)
    }

    @Test func theLargestAmountsAreWritten() {
        #expect(Money(micros: .max).inWords == "9223372036854.775807 EUR")
        #expect(Money(micros: .min).inWords == "-9223372036854.775808 EUR")
    }

    @Test func quantities() {
        #expect(Quantity(thousandths: 66_900).inWords == "66.9")
        #expect(Quantity.units(104).inWords == "104")
        #expect(Quantity(thousandths: -1_050).inWords == "-1.05")
        #expect(Quantity.gibibytes(80).inGibibytes == "80Gi")
        #expect(Quantity(thousandths: 536_870_912_000).inGibibytes == "0.5Gi")
        #expect(Quantity(thousandths: 1_980_000_000_000).inGigahertz == "1.98 GHz")
        #expect(ComputeCapability(major: 8, minor: 9).inWords == "8.9")
    }
}
