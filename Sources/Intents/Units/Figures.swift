/// Writes numbers with leading zeros, such as those of a date, without a string for each: moments are written down by the
/// million.
package struct Figures {
    private var bytes: [UInt8] = []

    /// Nothing yet; with room for a moment.
    package init() { bytes.reserveCapacity(24) }

    /// What was written.
    package var text: String { String(decoding: bytes, as: UTF8.self) }

    /// Adds one ASCII character.
    package mutating func append(_ mark: Unicode.Scalar) { bytes.append(UInt8(ascii: mark)) }

    /// Adds an ASCII character and a number with at least so many figures.
    package mutating func append(_ mark: Unicode.Scalar, _ number: Int, width: Int) {
        append(mark)
        append(number, width: width)
    }

    /// Adds a number with at least so many figures.
    package mutating func append(_ number: Int, width: Int) {
        guard number >= 0 else {
            append("-")
            return append(-number, width: width - 1)
        }
        var power = 1
        for _ in 1..<max(1, width) { power *= 10 }
        while number / power >= 10 { power *= 10 }
        while power > 0 {
            bytes.append(UInt8(ascii: "0") + UInt8(number / power % 10))
            power /= 10
        }
    }
}
