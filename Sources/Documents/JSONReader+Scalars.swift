/// Strings and numbers.
extension JSONReader {
    /// The string whose opening quote is the current byte.
    mutating func string() throws(Diagnostic) -> String {
        let opening = index
        index += 1
        var isASCII = true
        while index < bytes.count {
            let byte = bytes[index]
            if byte == UInt8(ascii: "\"") {
                let text = try Self.text(bytes[(opening + 1)..<index], isASCII: isASCII, from: self, opening: opening)
                index += 1
                return text
            }
            if byte == UInt8(ascii: "\\") { return try escapedString(opening: opening) }
            guard byte >= 0x20 else { throw rawControl() }
            isASCII = isASCII && byte < 0x80
            index += 1
        }
        throw endOfText()
    }

    /// The rest of a string from its first backslash, which is the current byte.
    private mutating func escapedString(opening: Int) throws(Diagnostic) -> String {
        var text = Array(bytes[(opening + 1)..<index])
        while index < bytes.count {
            let byte = bytes[index]
            switch byte {
            case UInt8(ascii: "\""):
                let string = try Self.text(text[...], isASCII: false, from: self, opening: opening)
                index += 1
                return string
            case UInt8(ascii: "\\"):
                try escape(into: &text)
            case 0..<0x20:
                throw rawControl()
            default:
                text.append(byte)
                index += 1
            }
        }
        throw endOfText()
    }

    private static func text(
        _ bytes: ArraySlice<UInt8>,
        isASCII: Bool,
        from reader: JSONReader,
        opening: Int
    ) throws(Diagnostic) -> String {
        if isASCII { return String(decoding: bytes, as: UTF8.self) }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            let position = reader.position(of: opening)
            throw Diagnostic(file: reader.file, position: position, message: "this string is not valid UTF-8")
        }
        return text
    }

    private func rawControl() -> Diagnostic {
        failure("a raw control character or line break inside a string; write it as an escape such as \\n")
    }

    /// Reads the escape whose backslash is the current byte.
    private mutating func escape(into text: inout [UInt8]) throws(Diagnostic) {
        guard index + 1 < bytes.count else {
            index = bytes.count
            throw endOfText()
        }
        switch bytes[index + 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(bytes[index + 1])
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"):
            text.append(contentsOf: try unicodeEscape())
            return
        default: throw failure("no such escape; write a backslash as \\\\")
        }
        index += 2
    }

    /// The UTF-8 bytes of the `\uXXXX`, or the pair of them, at the current byte.
    private mutating func unicodeEscape() throws(Diagnostic) -> UTF8.EncodedScalar {
        let start = index
        var code = try codeUnit()
        if (0xD800..<0xDC00).contains(code), index + 1 < bytes.count,
            bytes[index] == UInt8(ascii: "\\"), bytes[index + 1] == UInt8(ascii: "u")
        {
            let low = try codeUnit()
            if (0xDC00..<0xE000).contains(low) { code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00) }
        }
        guard let scalar = Unicode.Scalar(code), let encoded = UTF8.encode(scalar) else {
            index = start
            throw failure("half a surrogate pair; write both halves")
        }
        return encoded
    }

    /// The number of one `\uXXXX` at the current byte.
    private mutating func codeUnit() throws(Diagnostic) -> UInt32 {
        var code: UInt32 = 0
        for byte in bytes[(index + 2)...].prefix(4) {
            let digit: UInt8
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
            case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
            default: throw failure("four hexadecimal digits are expected after \\u")
            }
            code = code << 4 | UInt32(digit)
        }
        guard index + 6 <= bytes.count else {
            index = bytes.count
            throw endOfText()
        }
        index += 6
        return code
    }

    /// The number at the current byte: a whole one where it fits 64 bits and has neither fraction nor exponent.
    mutating func number() throws(Diagnostic) -> Node.Value {
        let start = index
        if bytes[index] == UInt8(ascii: "-") { index += 1 }
        let whole = index
        try digits()
        if bytes[whole] == UInt8(ascii: "0"), index - whole > 1 {
            index = start
            throw failure("a number may not start with 0; text such as 007 stands in double quotes")
        }
        var isWhole = true
        if index < bytes.count, bytes[index] == UInt8(ascii: ".") {
            isWhole = false
            index += 1
            try digits()
        }
        if index < bytes.count, bytes[index] | 0x20 == UInt8(ascii: "e") {
            isWhole = false
            index += 1
            if index < bytes.count, bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "+") {
                index += 1
            }
            try digits()
        }
        let text = String(decoding: bytes[start..<index], as: UTF8.self)
        if isWhole, let integer = Int64(text) { return .integer(integer) }
        guard let number = Double(text), number.isFinite else {
            index = start
            throw failure("this number is too large; if text is meant, put it in double quotes")
        }
        return .number(number, text: text)
    }

    /// Steps over at least one digit.
    private mutating func digits() throws(Diagnostic) {
        let start = index
        while index < bytes.count, bytes[index] &- UInt8(ascii: "0") < 10 { index += 1 }
        guard index == start else { return }
        guard index < bytes.count else { throw endOfText() }
        throw failure("a digit is expected here")
    }
}
