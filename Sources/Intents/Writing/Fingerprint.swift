import Documents

/// A number of 128 bits that stands for the content of a node, the same on every machine and in every release.
///
/// It is two FNV-1a and FNV-1 sums of 64 bits over the node's content. They tell changed files apart; they are not
/// cryptographic, and whoever wants to can make two contents with one fingerprint. The bytes are fed by this type and
/// not printed by a document's printer, since a printer may come to choose other spellings, and a changed fingerprint
/// replaces what was bought.
struct Fingerprint {
    private static let prime: UInt64 = 0x100_0000_01B3
    private var first: UInt64 = 0xCBF2_9CE4_8422_2325
    private var second: UInt64 = 0xCBF2_9CE4_8422_2325

    /// 32 hexadecimal digits for a node's content, wherever it stands.
    static func text(of node: Node) -> String {
        var fingerprint = Fingerprint()
        fingerprint.add(node)
        return hexadecimal(fingerprint.first) + hexadecimal(fingerprint.second)
    }

    private static func hexadecimal(_ number: UInt64) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }

    private mutating func add(_ byte: UInt8) {
        first = (first ^ UInt64(byte)) &* Self.prime
        second = (second &* Self.prime) ^ UInt64(byte)
    }

    /// A letter for the kind, the length, and the bytes, so that no two contents are fed alike.
    private mutating func add(_ kind: Unicode.Scalar, _ text: String) {
        add(kind, count: text.utf8.count)
        for byte in text.utf8 { add(byte) }
    }

    /// A letter, a number in decimal digits and a colon.
    private mutating func add(_ kind: Unicode.Scalar, count: Int) {
        add(UInt8(ascii: kind))
        var unit = 1
        while count / unit >= 10 { unit *= 10 }
        while unit > 0 {
            add(UInt8(ascii: "0") + UInt8(count / unit % 10))
            unit /= 10
        }
        add(UInt8(ascii: ":"))
    }

    private mutating func add(_ node: Node) {
        switch node.value {
        case .null: add("z", count: 0)
        case .bool(let truth): add("b", count: truth ? 1 : 0)
        case .integer(let integer): add("i", String(integer))
        case .number(_, let text): add("n", text)
        case .string(let text): add("s", text)
        case .sequence(let entries):
            add("l", count: entries.count)
            for entry in entries { add(entry) }
        case .mapping(let members):
            add("m", count: members.count)
            for member in members {
                add("k", member.key)
                add(member.node)
            }
        }
    }
}
