/// The scalars that YAML 1.1 reads as something other than text, and 1.2 does not.
///
/// The rules are those of yaml.org/type (bool, int, float, timestamp, merge, value), taken widely: a text in doubt is
/// special, and costs a pair of quotes.
enum OldSchema {
    /// Whether a reader of YAML 1.1 may take the bare text for something else.
    static func isSpecial(_ text: Span<UInt8>) -> Bool {
        guard !text.isEmpty else { return true }
        switch text[0] {
        case UInt8(ascii: "="): return text.count == 1
        case UInt8(ascii: "<"): return text.count == 2 && text[1] == UInt8(ascii: "<")
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."):
            return isNumber(text) || isDate(text)
        default: return isTruth(text)
        }
    }

    /// `y`, `yes`, `on`, `true` and their opposites, and `null`, in any case.
    private static func isTruth(_ text: Span<UInt8>) -> Bool {
        guard text.count <= 5 else { return false }
        var lower = ""
        for index in text.indices { lower.unicodeScalars.append(Unicode.Scalar(text[index] | 0x20)) }
        return ["y", "yes", "on", "true", "n", "no", "off", "false", "null"].contains(lower)
    }

    /// `0b11`, `0x_f`, `0777`, `1_000`, `12:30`, `1_0.5`, `1.2.3`, `.inf`, each with a sign or without.
    private static func isNumber(_ text: Span<UInt8>) -> Bool {
        var start = 0
        if text[0] == UInt8(ascii: "-") || text[0] == UInt8(ascii: "+") { start = 1 }
        guard start < text.count else { return false }
        let body = text.extracting(start...)
        if body.count > 2, body[0] == UInt8(ascii: "0"), isPrefixed(body) { return true }
        if body[0] == UInt8(ascii: "."), isUnbounded(body) { return true }
        var index = 0
        while index < body.count, isDigitMark(body[index]) || body[index] == UInt8(ascii: ":") { index += 1 }
        let startsWithDigit = isDigit(body[0])
        if index == body.count { return startsWithDigit }
        guard body[index] == UInt8(ascii: "."), index == 0 || startsWithDigit else { return false }
        while index < body.count, isDigitMark(body[index]) || body[index] == UInt8(ascii: ".") { index += 1 }
        if index < body.count, body[index] | 0x20 == UInt8(ascii: "e") {
            index += 1
            if index < body.count, body[index] == UInt8(ascii: "-") || body[index] == UInt8(ascii: "+") { index += 1 }
            while index < body.count, isDigit(body[index]) { index += 1 }
        }
        return index == body.count
    }

    /// Binary, octal or hexadecimal digits with underscores behind `0b`, `0o` or `0x`.
    private static func isPrefixed(_ body: Span<UInt8>) -> Bool {
        switch body[1] {
        case UInt8(ascii: "b"), UInt8(ascii: "o"):
            for index in 2..<body.count where !isDigitMark(body[index]) { return false }
            return true
        case UInt8(ascii: "x"):
            for index in 2..<body.count {
                let isLetter = (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(body[index] | 0x20)
                guard isLetter || isDigitMark(body[index]) else { return false }
            }
            return true
        default:
            return false
        }
    }

    private static func isUnbounded(_ body: Span<UInt8>) -> Bool {
        guard body.count == 4 else { return false }
        let (first, second, third) = (body[1] | 0x20, body[2] | 0x20, body[3] | 0x20)
        let isInfinity = first == UInt8(ascii: "i") && second == UInt8(ascii: "n") && third == UInt8(ascii: "f")
        return isInfinity || (first == UInt8(ascii: "n") && second == UInt8(ascii: "a") && third == UInt8(ascii: "n"))
    }

    /// `2001-12-14`, alone or with a time behind `T`, `t` or a space.
    private static func isDate(_ text: Span<UInt8>) -> Bool {
        guard text.count >= 8, isDigit(text[0]), isDigit(text[1]), isDigit(text[2]), isDigit(text[3]) else {
            return false
        }
        var index = 4
        for _ in 0..<2 {
            guard index + 1 < text.count, text[index] == UInt8(ascii: "-"), isDigit(text[index + 1]) else {
                return false
            }
            index += 2
            if index < text.count, isDigit(text[index]) { index += 1 }
        }
        return index == text.count || text[index] | 0x20 == UInt8(ascii: "t") || text[index] == UInt8(ascii: " ")
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

    private static func isDigitMark(_ byte: UInt8) -> Bool { isDigit(byte) || byte == UInt8(ascii: "_") }
}
