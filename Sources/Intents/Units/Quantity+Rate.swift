extension Quantity {
    /// The prefixes of a bandwidth, each with its size in thousandths of a bit a second, the largest first.
    private static let bandwidths: [(prefix: String, thousandths: Int64)] = [
        ("T", 1_000_000_000_000_000), ("G", 1_000_000_000_000), ("M", 1_000_000_000), ("k", 1_000_000), ("", 1000),
    ]

    /// Reads a bandwidth such as `10Gbps`, `500 Mbps` or `1 Tbit/s`, in bits a second.
    package init(parsingBandwidth text: String) throws(UnitError) {
        let grammar = UnitGrammar(noun: "a bandwidth", example: "10Gbps", step: "a thousandth of a bit a second")
        var rest = text.trimmed
        let number = try grammar.number(&rest, in: text)
        rest = rest.trimmed
        if rest.hasSuffix("Bps") || rest.hasSuffix("B/s") { throw grammar.error(text, "it counts bytes, not bits") }
        guard let ending = ["bps", "bit/s", "b/s"].first(where: rest.hasSuffix) else { throw grammar.error(text) }
        let prefix = rest.dropLast(ending.count)
        let known = Self.bandwidths.first { $0.prefix == prefix || (prefix == "K" && $0.prefix == "k") }
        guard let known else { throw grammar.error(text) }
        self.init(thousandths: try grammar.count(number, by: known.thousandths, in: text))
    }

    /// The amount as a bandwidth: `10Gbps`.
    package var bandwidthText: String {
        for (prefix, size) in Self.bandwidths where thousandths >= size && thousandths % (size / 1000) == 0 {
            return DecimalNumber.text(thousandths / (size / 1000), places: 3) + prefix + "bps"
        }
        return plainText + "bps"
    }

    /// Reads an emission such as `50g CO2/h` or `0.5kg CO2/h`, in grams an hour.
    package init(parsingCarbon text: String) throws(UnitError) {
        let grammar = UnitGrammar(noun: "an emission of CO2", example: "50g CO2/h", step: "a milligram")
        var rest = text.trimmed
        let number = try grammar.number(&rest, in: text)
        let words = rest.split(whereSeparator: { $0 == " " || $0 == "\t" }).joined()
        let ending = ["CO2/h", "CO2/hour", "CO2e/h", "CO2e/hour"].first(where: words.hasSuffix)
        guard let ending else { throw grammar.error(text) }
        let sizes: [String: Int64] = ["mg": 1, "g": 1000, "kg": 1_000_000, "t": 1_000_000_000]
        guard let size = sizes[String(words.dropLast(ending.count))] else { throw grammar.error(text) }
        self.init(thousandths: try grammar.count(number, by: size, in: text))
    }

    /// The amount as an emission: `50g CO2/h`.
    package var carbonText: String { plainText + "g CO2/h" }
}
