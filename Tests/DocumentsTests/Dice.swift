import Documents

/// Seeded dice, the same on every machine.
struct Dice: RandomNumberGenerator {
    private var state: UInt64

    /// Dice that fall the same way for the same seed.
    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1 }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// Pieces of text that go wrong easily.
    static let pieces = [
        "a", "b", " ", "  ", "\n", "\n\n", "\t", "\r", ":", ": ", " #", "#", "-", "- ", "?", "!", "&", "*", "|", ">",
        "'", "\"", "\\",
        "%", "@", "`", "{", "}", "[", "]", ",", "0", "1", "12", ".", "e", "x", "o", "_", "+", "yes", "no", "true",
        "null", "~", "<<", "=",
        "---", "...", "é", "😀", "\u{0}", "\u{7}", "\u{7F}", "\u{85}", "\u{A0}", "\u{2028}", "\u{2029}", "\u{FEFF}",
        "\u{FFFE}", "2001-01-01",
    ]

    /// A text of a few pieces.
    mutating func text() -> String {
        var text = ""
        for _ in 0..<Int.random(in: 0...6, using: &self) { text += Self.pieces.randomElement(using: &self) ?? "" }
        return text
    }

    /// A node of any shape, at most `depth` levels deep.
    mutating func node(depth: Int) -> Node {
        switch Int.random(in: 0...(depth > 0 ? 9 : 5), using: &self) {
        case 0: return .null
        case 1: return .bool(Bool.random(using: &self))
        case 2: return .integer(Int64(bitPattern: next()) >> Int64.random(in: 0...62, using: &self))
        case 3: return .number(Double(Int64(bitPattern: next()) >> 40) / 64 + 0.5)
        case 4, 5: return .string(text())
        case 6, 7:
            var entries: [Node] = []
            for _ in 0..<Int.random(in: 0...4, using: &self) { entries.append(node(depth: depth - 1)) }
            return .list(entries)
        default:
            var members: [(String, Node)] = []
            for _ in 0..<Int.random(in: 0...4, using: &self) {
                let key = text()
                if !members.contains(where: { $0.0 == key }) { members.append((key, node(depth: depth - 1))) }
            }
            return .mapping(members)
        }
    }
}
