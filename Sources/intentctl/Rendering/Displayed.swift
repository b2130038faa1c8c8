import Reporting

/// Text as it is shown in a terminal's cells.
enum Displayed {
    /// Text of unknown origin without anything that moves the cursor, and at most so many UTF-8 bytes of it.
    static func text(_ text: String, limit: Int = 400) -> String { PrintableText.escaped(text, limit: limit) }

    /// How many cells a text takes; wide letters of East Asia and pictures count twice, marks not at all.
    static func width(_ text: String) -> Int { text.reduce(0) { $0 + width(of: $1) } }

    /// How many cells a character takes.
    static func width(of character: Character) -> Int {
        guard let scalar = character.unicodeScalars.first else { return 0 }
        switch scalar.value {
        case 0x0300...0x036F: return 0
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
            0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1FAFF, 0x20000...0x3FFFD:
            return 2
        default: return 1
        }
    }

    /// The text cut to so many cells, with `…` where something is missing.
    static func cut(_ text: String, to cells: Int) -> String {
        guard width(text) > cells else { return text }
        guard cells > 0 else { return "" }
        var result = ""
        var used = 0
        for character in text {
            let width = width(of: character)
            guard used + width <= cells - 1 else { break }
            result.append(character)
            used += width
        }
        return result + "…"
    }

    /// The text filled with blanks to so many cells.
    static func padded(_ text: String, to cells: Int) -> String {
        text + String(repeating: " ", count: max(0, cells - width(text)))
    }
}
