/// What a plain scalar means under the core schema of YAML 1.2.2 (chapter 10.3.2).
///
/// Therefore `no`, `on` and `1_000` are text, `017` is seventeen and `0o17` is fifteen.
enum CoreSchema {
    /// What the bytes of a scalar look like, before any text is made of them.
    enum Shape: Equatable {
        case null
        case bool(Bool)
        case integer(Int64)
        /// A hexadecimal or octal number that does not fit 64 bits.
        case wide(Double)
        /// A decimal number that `Double(_:)` reads as it stands.
        case decimal
        /// `.inf`, `-.inf` or `.nan`.
        case unbounded(Double)
        case text
    }

    /// The value of a plain scalar, or nil where it is a number beyond what a `Double` can hold.
    static func value(_ bytes: Span<UInt8>, text: () -> String) -> Node.Value? {
        switch shape(of: bytes) {
        case .null: return .null
        case .bool(let truth): return .bool(truth)
        case .integer(let integer): return .integer(integer)
        case .text: return .string(text())
        case .unbounded(let number): return .number(number, text: text())
        case .wide(let number):
            return number.isFinite ? .number(number, text: text()) : nil
        case .decimal:
            let written = text()
            guard let number = Double(written), number.isFinite else { return nil }
            return .number(number, text: written)
        }
    }

    /// Sorts the bytes of a scalar; the first one decides nearly always.
    static func shape(of bytes: Span<UInt8>) -> Shape {
        guard !bytes.isEmpty else { return .null }
        switch bytes[0] {
        case UInt8(ascii: "~"):
            return bytes.count == 1 ? .null : .text
        case UInt8(ascii: "n"), UInt8(ascii: "N"):
            return isWord(bytes, "null") ? .null : .text
        case UInt8(ascii: "t"), UInt8(ascii: "T"):
            return isWord(bytes, "true") ? .bool(true) : .text
        case UInt8(ascii: "f"), UInt8(ascii: "F"):
            return isWord(bytes, "false") ? .bool(false) : .text
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."):
            return numberShape(of: bytes)
        default:
            return .text
        }
    }

    /// Whether the bytes from `start` on are `word`, `Word` or `WORD`; `word` is ASCII in lower case.
    private static func isWord(_ bytes: Span<UInt8>, from start: Int = 0, _ word: StaticString) -> Bool {
        guard bytes.count - start == word.utf8CodeUnitCount else { return false }
        let lower: UInt8 = 0x20
        var raised = 0
        for index in 0..<word.utf8CodeUnitCount {
            let letter = unsafe word.utf8Start[index]
            let byte = bytes[start + index]
            guard byte | lower == letter else { return false }
            if byte != letter { raised += 1 }
        }
        let firstIsRaised = bytes[start] & lower == 0
        return raised == 0 || raised == word.utf8CodeUnitCount || (firstIsRaised && raised == 1)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

    /// The shape of a scalar that starts with a digit, a sign or a dot.
    private static func numberShape(of bytes: Span<UInt8>) -> Shape {
        let first = bytes[0]
        let negative = first == UInt8(ascii: "-")
        let digits = negative || first == UInt8(ascii: "+") ? 1 : 0
        guard digits < bytes.count else { return .text }
        if first == UInt8(ascii: "0"), bytes.count > 2 {
            if bytes[1] == UInt8(ascii: "x") { return shape(of: bytes, radix: 16) }
            if bytes[1] == UInt8(ascii: "o") { return shape(of: bytes, radix: 8) }
        }
        var index = digits
        var total: Int64 = 0
        var fits = true
        while index < bytes.count, isDigit(bytes[index]) {
            let digit = Int64(bytes[index] & 0x0F)
            let (product, overflow) = total.multipliedReportingOverflow(by: 10)
            let (sum, carry) = product.addingReportingOverflow(negative ? -digit : digit)
            total = sum
            fits = fits && !overflow && !carry
            index += 1
        }
        if index == bytes.count { return fits ? .integer(total) : .decimal }
        return fractionShape(of: bytes, digits: digits, wholeEnd: index)
    }

    /// The shape of a scalar whose whole digits end at `wholeEnd`, before its last byte.
    private static func fractionShape(of bytes: Span<UInt8>, digits: Int, wholeEnd: Int) -> Shape {
        var index = wholeEnd
        var count = wholeEnd - digits
        if bytes[index] == UInt8(ascii: ".") {
            index += 1
            if count == 0, isWord(bytes, from: index, "inf") {
                return .unbounded(bytes[0] == UInt8(ascii: "-") ? -.infinity : .infinity)
            }
            if digits == 0, count == 0, isNaN(bytes) { return .unbounded(.nan) }
            while index < bytes.count, isDigit(bytes[index]) {
                index += 1
                count += 1
            }
        }
        guard count > 0 else { return .text }
        if index < bytes.count, bytes[index] | 0x20 == UInt8(ascii: "e") {
            index += 1
            if index < bytes.count, bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "+") {
                index += 1
            }
            let start = index
            while index < bytes.count, isDigit(bytes[index]) { index += 1 }
            guard index > start else { return .text }
        }
        return index == bytes.count ? .decimal : .text
    }

    /// Whether the bytes are `.nan`, `.NaN` or `.NAN`: the one word whose capital form is its own.
    private static func isNaN(_ bytes: Span<UInt8>) -> Bool {
        guard bytes.count == 4, bytes[1] | 0x20 == UInt8(ascii: "n"), bytes[3] | 0x20 == UInt8(ascii: "n") else {
            return false
        }
        switch (bytes[1], bytes[2], bytes[3]) {
        case (UInt8(ascii: "n"), UInt8(ascii: "a"), UInt8(ascii: "n")): return true
        case (UInt8(ascii: "N"), UInt8(ascii: "a"), UInt8(ascii: "N")): return true
        case (UInt8(ascii: "N"), UInt8(ascii: "A"), UInt8(ascii: "N")): return true
        default: return false
        }
    }

    /// The shape of `0x…` and `0o…`, which take no sign.
    private static func shape(of bytes: Span<UInt8>, radix: Int64) -> Shape {
        var total: Int64 = 0
        var wide = 0.0
        var fits = true
        for index in 2..<bytes.count {
            let digit: Int64
            switch bytes[index] {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = Int64(bytes[index] - UInt8(ascii: "0"))
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = Int64(bytes[index] - UInt8(ascii: "a")) + 10
            case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = Int64(bytes[index] - UInt8(ascii: "A")) + 10
            default: return .text
            }
            guard digit < radix else { return .text }
            let (product, overflow) = total.multipliedReportingOverflow(by: radix)
            let (sum, carry) = product.addingReportingOverflow(digit)
            total = sum
            fits = fits && !overflow && !carry
            wide = wide * Double(radix) + Double(digit)
        }
        return fits ? .integer(total) : .wide(wide)
    }
}
