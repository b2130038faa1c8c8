/// Which text YAML may hold without quotes, so that every reader of YAML 1.1 or 1.2 takes it for that text.
enum PlainText {
    /// Whether text can stand bare as a key or value in block style.
    static func isSafe(_ text: String) -> Bool {
        guard isSyntaxSafe(text) else { return false }
        var copy = text
        return copy.withUTF8 { bytes in
            let span = unsafe Span(_unsafeElements: bytes)
            return CoreSchema.shape(of: span) == .text && !OldSchema.isSpecial(span)
        }
    }

    /// Whether text is given back exactly by a literal block whose indentation a reader finds out by itself.
    static func fitsBlock(_ text: String) -> Bool {
        guard text.utf8.contains(UInt8(ascii: "\n")), let first = text.utf8.first else { return false }
        guard first != UInt8(ascii: " "), first != UInt8(ascii: "\t"), first != UInt8(ascii: "\n") else { return false }
        return text.unicodeScalars.allSatisfy { $0 == "\n" || $0 == "\t" || isPrintable($0) }
    }

    /// Whether a character may stand in a YAML text as it is, and is no line break to anybody.
    static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x20...0x7E, 0xA0...0x2027, 0x202A...0xD7FF, 0xE000...0xFEFE, 0xFF00...0xFFFD, 0x1_0000...0x10_FFFF: true
        default: false
        }
    }

    /// Whether the syntax of block style leaves the text alone: no indicator, comment, key mark or break in it.
    private static func isSyntaxSafe(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first, text.unicodeScalars.last != " " else { return false }
        switch first {
        case " ", "?", ":", ",", "[", "]", "{", "}", "#", "&", "*", "!", "|", ">", "'", "\"", "%", "@", "`":
            return false
        default:
            if text == "-" || text.hasPrefix("- ") || text.hasPrefix("---") || text.hasPrefix("...") { return false }
        }
        var previous: Unicode.Scalar = " "
        for scalar in text.unicodeScalars {
            guard isPrintable(scalar) else { return false }
            if scalar == "#", previous == " " { return false }
            if scalar == " ", previous == ":" { return false }
            previous = scalar
        }
        return previous != ":"
    }
}
