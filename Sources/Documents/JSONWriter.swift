/// Writes JSON, byte for byte the same for the same node.
struct JSONWriter {
    /// What has been written so far.
    private(set) var bytes: [UInt8] = []
    private let style: DocumentPrinter.JSONStyle
    private let keys: DocumentPrinter.KeyOrder
    private var depth = 0

    /// A writer with nothing written.
    init(style: DocumentPrinter.JSONStyle, keys: DocumentPrinter.KeyOrder) {
        self.style = style
        self.keys = keys
    }

    /// Adds the text of a node.
    mutating func write(_ node: Node) {
        switch node.value {
        case .null: bytes.append(contentsOf: "null".utf8)
        case .bool(let truth): bytes.append(contentsOf: (truth ? "true" : "false").utf8)
        case .integer(let integer): bytes.append(contentsOf: String(integer).utf8)
        case .number(let number, let text): write(number, text: text)
        case .string(let text): quote(text)
        case .sequence(let entries): write(entries)
        case .mapping(let members): write(members)
        }
    }

    private mutating func write(_ number: Double, text: String) {
        if Self.isNumber(text) {
            bytes.append(contentsOf: text.utf8)
        } else if number.isFinite {
            bytes.append(contentsOf: DocumentPrinter.text(of: number).utf8)
        } else {
            quote(DocumentPrinter.text(of: number))
        }
    }

    private mutating func write(_ entries: [Node]) {
        bytes.append(UInt8(ascii: "["))
        depth += 1
        for (index, entry) in entries.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            breakLine()
            write(entry)
        }
        depth -= 1
        if !entries.isEmpty { breakLine() }
        bytes.append(UInt8(ascii: "]"))
    }

    private mutating func write(_ members: [Node.Member]) {
        let ordered =
            switch keys {
            case .given: members
            case .sorted: members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
            }
        bytes.append(UInt8(ascii: "{"))
        depth += 1
        for (index, member) in ordered.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            breakLine()
            quote(member.key)
            bytes.append(UInt8(ascii: ":"))
            if style == .pretty { bytes.append(UInt8(ascii: " ")) }
            write(member.node)
        }
        depth -= 1
        if !members.isEmpty { breakLine() }
        bytes.append(UInt8(ascii: "}"))
    }

    private mutating func breakLine() {
        guard style == .pretty else { return }
        bytes.append(UInt8(ascii: "\n"))
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: depth * 2))
    }

    /// Adds text in double quotes; only what must be escaped is.
    private mutating func quote(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        defer { bytes.append(UInt8(ascii: "\"")) }
        guard text.utf8.contains(where: Self.isEscaped) else { return bytes.append(contentsOf: text.utf8) }
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""): bytes.append(contentsOf: "\\\"".utf8)
            case UInt8(ascii: "\\"): bytes.append(contentsOf: "\\\\".utf8)
            case 0x08: bytes.append(contentsOf: "\\b".utf8)
            case 0x09: bytes.append(contentsOf: "\\t".utf8)
            case 0x0A: bytes.append(contentsOf: "\\n".utf8)
            case 0x0C: bytes.append(contentsOf: "\\f".utf8)
            case 0x0D: bytes.append(contentsOf: "\\r".utf8)
            case 0..<0x20, 0x7F:
                bytes.append(contentsOf: (byte < 0x10 ? "\\u000" : "\\u00").utf8)
                bytes.append(contentsOf: String(byte, radix: 16).utf8)
            default: bytes.append(byte)
            }
        }
    }

    /// Whether a byte does not stand for itself.
    private static func isEscaped(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == 0x7F || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    /// Whether JSON's grammar allows `text` as a number: `-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?`.
    static func isNumber(_ text: String) -> Bool {
        var rest = text.utf8[...]
        func digits() -> Int {
            let run = rest.prefix { $0 &- UInt8(ascii: "0") < 10 }
            rest = rest.dropFirst(run.count)
            return run.count
        }
        if rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
        let startsWithZero = rest.first == UInt8(ascii: "0")
        let whole = digits()
        guard whole == 1 || (whole > 1 && !startsWithZero) else { return false }
        if rest.first == UInt8(ascii: ".") {
            rest = rest.dropFirst()
            guard digits() > 0 else { return false }
        }
        if let mark = rest.first, mark | 0x20 == UInt8(ascii: "e") {
            rest = rest.dropFirst()
            if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") { rest = rest.dropFirst() }
            guard digits() > 0 else { return false }
        }
        return rest.isEmpty
    }
}
