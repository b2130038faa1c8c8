import Intents

// How amounts are written in the sentences of this room.

extension Money {
    /// The amount in euros with at least two decimals: "4.50 EUR".
    var inWords: String {
        let cents = micros.magnitude / 10_000
        let rest = micros.magnitude % 10_000
        var text = (micros < 0 ? "-" : "") + Decimals.text(cents, places: 2, keeping: 2)
        if rest > 0 { text += Decimals.digits(rest, places: 4, keeping: 0) }
        return text + " EUR"
    }
}

extension Quantity {
    /// The number with the decimals that it needs: "66.9".
    var inWords: String {
        (thousandths < 0 ? "-" : "") + Decimals.text(thousandths.magnitude, places: 3, keeping: 0)
    }

    /// The amount in gibibytes: "80Gi".
    var inGibibytes: String {
        let thousandthsOfGibibyte = thousandths.magnitude / 1_073_741_824
        return (thousandths < 0 ? "-" : "") + Decimals.text(thousandthsOfGibibyte, places: 3, keeping: 0) + "Gi"
    }

    /// The frequency in gigahertz: "1.98 GHz".
    var inGigahertz: String {
        Decimals.text(thousandths.magnitude / 1_000_000_000, places: 3, keeping: 0) + " GHz"
    }
}

extension ComputeCapability {
    /// Both numbers: "8.9".
    var inWords: String { "\(major).\(minor)" }
}

/// Writes whole numbers as decimals.
private enum Decimals {
    /// `value` with its last `places` digits after the point, zeros at the end dropped down to `keeping` digits.
    static func text(_ value: UInt64, places: Int, keeping: Int) -> String {
        let scale = (0..<places).reduce(UInt64(1)) { scale, _ in scale * 10 }
        let fraction = digits(value % scale, places: places, keeping: keeping)
        return fraction.isEmpty ? "\(value / scale)" : "\(value / scale).\(fraction)"
    }

    /// `value` in `places` digits, zeros at the end dropped down to `keeping` digits.
    static func digits(_ value: UInt64, places: Int, keeping: Int) -> String {
        let text = "\(value)"
        var digits = String(repeating: "0", count: max(0, places - text.utf8.count)) + text
        while digits.utf8.count > keeping, digits.last == "0" { digits.removeLast() }
        return digits
    }
}
