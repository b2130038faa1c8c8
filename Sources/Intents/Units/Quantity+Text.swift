extension Quantity {
    private static let grammar = UnitGrammar(noun: "a quantity", example: "32Gi")

    /// The suffixes, each with its size in thousandths of the unit, the largest first.
    private static let suffixes: [(text: String, thousandths: Int64)] = [
        ("Pi", 1_125_899_906_842_624_000), ("P", 1_000_000_000_000_000_000),
        ("Ti", 1_099_511_627_776_000), ("T", 1_000_000_000_000_000),
        ("Gi", 1_073_741_824_000), ("G", 1_000_000_000_000),
        ("Mi", 1_048_576_000), ("M", 1_000_000_000),
        ("Ki", 1_024_000), ("k", 1_000_000), ("", 1000),
    ]

    /// Reads `32Gi`, `4.5`, `1.5G` or `500m`: a number and one of m, k, K, M, G, T, P, Ki, Mi, Gi, Ti, Pi or nothing.
    ///
    /// An amount that falls between two thousandths is rounded up where it has a suffix, and refused where it has none.
    package init(parsing text: String) throws(UnitError) {
        var rest = text.trimmed
        let number = try Self.grammar.number(&rest, in: text)
        let unit = try Self.unit(rest, in: text)
        let rounding: DecimalNumber.Rounding = unit > 1000 ? .up : .refused
        self.init(thousandths: try Self.grammar.count(number, by: unit, in: text, rounding: rounding))
    }

    /// The size of a suffix in thousandths.
    private static func unit(_ suffix: Substring, in text: String) throws(UnitError) -> Int64 {
        if suffix == "m" { return 1 }
        if suffix == "K" { return 1_000_000 }
        if let known = suffixes.first(where: { $0.text == suffix }) { return known.thousandths }
        let letter = suffix.trimmed.prefix(1).uppercased()
        let isByteName = !letter.isEmpty && "KMGTP".contains(letter)
        let advice = isByteName ? "; for powers of 1024 write \(letter)i" : ""
        throw grammar.error(text, "\(String(suffix).excerpt) is no suffix\(advice)")
    }

    /// The shortest way to write the amount with a suffix, which reads back to the same amount: `32Gi`, `1.5G`, `0.5`.
    package var text: String {
        var best = plainText
        var bestRank = best.utf8.count * 2 + (best.utf8.contains(UInt8(ascii: ".")) ? 1 : 0)
        for suffix in Self.suffixes where suffix.thousandths > 1000 && thousandths >= suffix.thousandths / 1000 {
            let (product, overflow) = thousandths.multipliedReportingOverflow(by: 1000)
            let isExact = overflow ? thousandths % suffix.thousandths == 0 : product % suffix.thousandths == 0
            guard isExact else { continue }
            let count = overflow ? thousandths / suffix.thousandths * 1000 : product / suffix.thousandths
            let candidate = DecimalNumber.text(count, places: 3) + suffix.text
            let rank = candidate.utf8.count * 2 + (candidate.utf8.contains(UInt8(ascii: ".")) ? 1 : 0)
            if rank < bestRank { (best, bestRank) = (candidate, rank) }
        }
        return best
    }

    /// The amount without a suffix: `8`, `4.5`, `0.25`.
    package var plainText: String { DecimalNumber.text(thousandths, places: 3) }
}

extension Quantity: CustomStringConvertible {
    package var description: String { text }
}
