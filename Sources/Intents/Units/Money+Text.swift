extension Money {
    /// Reads an amount such as `10 EUR`, exact to a millionth.
    package init(parsing text: String) throws(UnitError) {
        self = try Self.read(text, UnitGrammar(noun: "an amount", example: "10 EUR", step: Self.step), .amount)
    }

    /// Reads an hourly rate such as `0.45 EUR/hour`, exact to a millionth; `0.45 EUR` means the same.
    package init(parsingRate text: String) throws(UnitError) {
        self = try Self.read(
            text,
            UnitGrammar(noun: "an hourly rate", example: "0.45 EUR/hour", step: Self.step),
            .rate
        )
    }

    /// Reads the price that a platform names, an amount or an hourly rate, rounded up to the next millionth.
    ///
    /// A price is rounded so that it can only look dearer than it is; what a person writes is never rounded.
    package init(parsingPrice text: String) throws(UnitError) {
        let grammar = UnitGrammar(noun: "a price", example: "0.45 EUR/hour", step: Self.step)
        self = try Self.read(text, grammar, .rate, rounding: .up)
    }

    /// The amount with at least 2 and at most 6 decimals: `10.00 EUR`.
    package var text: String { DecimalNumber.text(micros, places: 6, least: 2) + " EUR" }

    /// The amount as an hourly rate: `8.50 EUR/hour`.
    package var rateText: String { text + "/hour" }

    /// The smallest step, for messages.
    private static let step = "a millionth of a euro"

    /// Whether a text may say that it is meant by the hour.
    private enum Basis {
        /// It may not: a sum.
        case amount
        /// It may.
        case rate
    }

    /// Reads a number, `EUR`, and where `basis` allows it `/hour`.
    private static func read(
        _ text: String,
        _ grammar: UnitGrammar,
        _ basis: Basis,
        rounding: DecimalNumber.Rounding = .refused
    ) throws(UnitError) -> Money {
        var rest = text.trimmed
        let number: DecimalNumber
        switch DecimalNumber.scan(rest) {
        case .number(let found, let behind): (number, rest) = (found, behind.trimmed)
        case .missing where rest.hasPrefix("EUR") || rest.hasPrefix("€"):
            throw grammar.error(text, "EUR follows the number")
        case .missing: throw grammar.error(text)
        case .negative: throw grammar.error(text, "it is less than nothing")
        case .tooLong: throw grammar.error(text, "it has too many digits")
        }
        guard !rest.isEmpty else { throw grammar.error(text, "it names no currency") }
        let currency = rest.prefix { $0 != "/" }.trimmed
        let period = rest.dropFirst(rest.prefix { $0 != "/" }.count).filter { $0 != " " }
        guard currency == "EUR" else {
            let advice =
                currency == "€" || currency.uppercased() == "EUR"
                ? "write the currency as EUR" : "EUR is the only currency"
            throw grammar.error(text, advice)
        }
        switch (period, basis) {
        case ("", _), ("/hour", .rate), ("/h", .rate): break
        case (_, .amount): throw grammar.error(text, "it is a rate, and a sum is wanted")
        case (_, .rate): throw grammar.error(text, "a rate is by the hour")
        }
        return Money(micros: try grammar.count(number, by: 1_000_000, in: text, rounding: rounding))
    }
}

extension Money: CustomStringConvertible {
    package var description: String { text }
}
