/// The currencies that prices may be in, as ISO 4217 writes them.
package enum Currency {
    /// Whether a code is one of them; capitals count.
    package static func isKnown(_ code: String) -> Bool { all.contains(code) }

    private static let all = Set(
        """
        AED ARS AUD BGN BRL CAD CHF CLP CNY COP CZK DKK EGP EUR GBP HKD HUF IDR ILS INR ISK JPY KES KRW KWD MAD MXN MYR
        NGN NOK NZD OMR PEN PHP PLN QAR RON RSD RUB SAR SEK SGD THB TRY TWD UAH USD VND ZAR
        """.split { $0 == " " || $0.isNewline }.map(String.init)
    )
}
