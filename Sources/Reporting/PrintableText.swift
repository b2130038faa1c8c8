/// Makes text of unknown origin fit to be shown: bounded, and without characters that move a cursor or hide.
package enum PrintableText {
    /// The text with control characters written out (`\n`, `\u001b`) and cut after `limit` UTF-8 bytes.
    ///
    /// What was cut is counted: `… (1,234 bytes more)` without the comma. Characters that change the direction of
    /// text or do not show (bidirectional controls, zero-width ones, line separators) are written out too.
    package static func escaped(_ text: String, limit: Int = .max) -> String {
        var result = ""
        var used = 0
        for scalar in text.unicodeScalars {
            let width = UTF8.width(scalar)
            if used + width > limit {
                return result + "… (\(text.utf8.count - used) bytes more)"
            }
            used += width
            append(scalar, to: &result)
        }
        return result
    }

    /// Writes one character, or its name where it must not be shown as it is.
    private static func append(_ scalar: Unicode.Scalar, to result: inout String) {
        switch scalar.value {
        case 0x0A: result += "\\n"
        case 0x0D: result += "\\r"
        case 0x09: result += "\\t"
        default:
            if isHidden(scalar) { result += name(of: scalar) } else { result.unicodeScalars.append(scalar) }
        }
    }

    /// Whether a character moves the cursor, turns the text round, or does not show.
    static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0...0x1F, 0x7F...0x9F, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF, 0xFFF9...0xFFFB: true
        default: false
        }
    }

    /// The character as `\u` and four hexadecimal digits, which JSON reads back.
    static func name(of scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16)
        return "\\u" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
