/// Writes JSON straight into bytes, so that a listing of many thousand entries costs no tree.
///
/// Commas are set by themselves; the caller opens and closes what it means.
struct JSONText {
    private(set) var bytes: [UInt8] = []
    private var needsComma = false

    /// An object around what `content` writes.
    mutating func object(_ content: (inout JSONText) -> Void) {
        enclose(UInt8(ascii: "{"), UInt8(ascii: "}"), content)
    }

    /// A list around what `content` writes.
    mutating func array(_ content: (inout JSONText) -> Void) {
        enclose(UInt8(ascii: "["), UInt8(ascii: "]"), content)
    }

    /// A key; its value must follow.
    mutating func key(_ name: String) {
        string(name)
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    /// Text.
    mutating func string(_ text: some StringProtocol) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(byte)
            case 0..<0x20:
                bytes.append(contentsOf: "\\u00".utf8)
                bytes.append(Self.digit(byte >> 4))
                bytes.append(Self.digit(byte & 15))
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// A number, a word, or JSON that was written before.
    mutating func literal(_ text: some StringProtocol) {
        separate()
        bytes.append(contentsOf: text.utf8)
    }

    /// `null`.
    mutating func null() { literal("null") }

    /// A member whose value is text.
    mutating func member(_ name: String, _ value: String) {
        key(name)
        string(value)
    }

    /// A member whose value is a whole number.
    mutating func member(_ name: String, _ value: Int) {
        key(name)
        literal(String(value))
    }

    /// A member whose value is a truth value.
    mutating func member(_ name: String, _ value: Bool) {
        key(name)
        literal(value ? "true" : "false")
    }

    /// A member whose value is a list of texts.
    mutating func member(_ name: String, _ values: [String]) {
        key(name)
        array { list in for value in values { list.string(value) } }
    }

    private mutating func enclose(_ open: UInt8, _ close: UInt8, _ content: (inout JSONText) -> Void) {
        separate()
        bytes.append(open)
        needsComma = false
        content(&self)
        bytes.append(close)
        needsComma = true
    }

    private mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        needsComma = true
    }

    private static func digit(_ value: UInt8) -> UInt8 { value < 10 ? 48 + value : 87 + value }
}
