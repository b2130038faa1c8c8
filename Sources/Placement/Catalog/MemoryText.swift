import Intents

/// Reads the memory sizes that platforms write beside a GPU: "40GB", "80 GiB", "81920MiB".
enum MemoryText {
    /// Whether a bare number counts.
    enum Unit: Hashable, Sendable {
        /// "16" is nothing.
        case required
        /// "16" is 16 gibibytes.
        case optional
    }

    /// The size, vendors' GB counted as gibibytes; nil for text that is none.
    static func read(_ text: String, unit: Unit) -> Quantity? {
        let text = text.lowercased().filter { !$0.isWhitespace }
        let digits = text.prefix { ("0"..."9").contains($0) }
        guard let count = Int64(digits), count > 0, count < 1_000_000_000 else { return nil }
        switch text.dropFirst(digits.count) {
        case "g", "gb", "gi", "gib": return .gibibytes(count)
        case "m", "mb", "mi", "mib": return Quantity(thousandths: count * 1_048_576_000)
        case "t", "tb", "ti", "tib": return count > 1000 ? nil : .gibibytes(count * 1024)
        case "": return unit == .optional && count < 1_000_000 ? .gibibytes(count) : nil
        default: return nil
        }
    }
}
