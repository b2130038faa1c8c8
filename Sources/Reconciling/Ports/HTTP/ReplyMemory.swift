package import Documents
package import Intents

/// Amounts of memory as platforms write them; a vendor's "GB" counts as Gi.
package enum ReplyMemory {
    private static let suffixes = [
        "g": "Gi", "gb": "Gi", "gi": "Gi", "gib": "Gi", "m": "Mi", "mb": "Mi", "mi": "Mi",
        "mib": "Mi", "t": "Ti", "tb": "Ti", "ti": "Ti", "tib": "Ti", "": "Gi",
    ]
    /// The largest number without a unit that is taken for gibibytes.
    private static let mostBareGibibytes = 4096.0

    /// Reads `"40GB"`, `"80Gi"`, `"40960 MiB"` or a number of GB; anything else is nil.
    package static func read(_ node: Node) -> Quantity? {
        if let number = node.number {
            guard number > 0, number <= mostBareGibibytes else { return nil }
            return quantity(node.integer.map { "\($0)Gi" } ?? "\(number)Gi")
        }
        guard let text = node.string else { return nil }
        let figures = text.drop { $0 == " " }.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        let rest = text.drop { $0 == " " }.dropFirst(figures.count).filter { $0 != " " }.lowercased()
        guard let suffix = suffixes[rest], let number = Double(figures), number > 0 else { return nil }
        if rest.isEmpty, number > mostBareGibibytes { return nil }
        return quantity(figures + suffix)
    }

    private static func quantity(_ text: String) -> Quantity? {
        do throws(UnitError) { return try Quantity(parsing: text) } catch { return nil }
    }
}
