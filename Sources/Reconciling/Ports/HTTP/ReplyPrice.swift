package import Documents
package import Intents

/// Prices as platforms write them.
package enum ReplyPrice {
    /// What a number without a currency is counted in.
    package enum Unit: Hashable, Sendable {
        /// Euros.
        case euros
        /// Nothing that we can count.
        case unknown
    }

    /// Reads `3.5`, `"3.50"`, `"8.50 EUR/hour"` or `"10 EUR"`, exactly, rounded up beyond a millionth.
    package static func read(_ node: Node, unit: Unit) -> Money? {
        switch node.value {
        case .integer(let number): bare(String(number), unit: unit)
        case .number(_, let text): bare(text, unit: unit)
        case .string(let text): price(text) ?? bare(text, unit: unit)
        default: nil
        }
    }

    private static func bare(_ number: String, unit: Unit) -> Money? {
        unit == .euros ? price(number + " EUR") : nil
    }

    private static func price(_ text: String) -> Money? {
        do throws(UnitError) { return try Money(parsingPrice: text) } catch { return nil }
    }
}
