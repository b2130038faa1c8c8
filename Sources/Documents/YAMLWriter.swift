/// Writes YAML in block style, two spaces a level.
struct YAMLWriter {
    /// What has been written so far.
    private(set) var text = ""

    /// The longest key that is written before its value on one line; libyaml looks no further than 1024 characters.
    private static let longestSimpleKey = 1_000

    /// Starts one more document.
    mutating func separate() { text += "---\n" }

    /// Adds one whole document.
    mutating func writeDocument(_ node: Node) {
        switch node.value {
        case .sequence(let entries) where !entries.isEmpty: write(entries, indent: 0, isInline: false)
        case .mapping(let members) where !members.isEmpty: write(members, indent: 0, isInline: false)
        default: writeLeaf(node, indent: 0)
        }
    }

    /// Adds entries, each at `indent`; the first one where the pen stands, if the line has begun.
    private mutating func write(_ entries: [Node], indent: Int, isInline: Bool) {
        for (index, entry) in entries.enumerated() {
            if index > 0 || !isInline { space(indent) }
            text += "-"
            switch entry.value {
            case .sequence(let inner) where !inner.isEmpty:
                text += " "
                write(inner, indent: indent + 2, isInline: true)
            case .mapping(let inner) where !inner.isEmpty:
                text += " "
                write(inner, indent: indent + 2, isInline: true)
            default:
                text += " "
                writeLeaf(entry, indent: indent + 2)
            }
        }
    }

    /// Adds members, each at `indent`; the first one where the pen stands, if the line has begun.
    private mutating func write(_ members: [Node.Member], indent: Int, isInline: Bool) {
        for (index, member) in members.enumerated() {
            if index > 0 || !isInline { space(indent) }
            let key = PlainText.isSafe(member.key) ? member.key : Self.quoted(member.key)
            if key.utf8.count > Self.longestSimpleKey {
                text += "? \(key)\n"
                space(indent)
            } else {
                text += key
            }
            text += ":"
            switch member.node.value {
            case .sequence(let inner) where !inner.isEmpty:
                text += "\n"
                write(inner, indent: indent + 2, isInline: false)
            case .mapping(let inner) where !inner.isEmpty:
                text += "\n"
                write(inner, indent: indent + 2, isInline: false)
            default:
                text += " "
                writeLeaf(member.node, indent: indent + 2)
            }
        }
    }

    /// Adds a value that holds no others, and ends its line; the lines of a block stand at `indent`, at least at 2.
    private mutating func writeLeaf(_ node: Node, indent: Int) {
        switch node.value {
        case .null: text += "null"
        case .bool(let truth): text += truth ? "true" : "false"
        case .integer(let integer): text += String(integer)
        case .number(let number, let written): text += Self.number(number, written)
        case .sequence: text += "[]"
        case .mapping: text += "{}"
        case .string(let string):
            if PlainText.isSafe(string) {
                text += string
            } else if PlainText.fitsBlock(string) {
                writeBlock(string, indent: max(indent, 2))
                return
            } else {
                text += Self.quoted(string)
            }
        }
        text += "\n"
    }

    /// Adds text line by line behind `|`, `|-` or `|+`, which say what becomes of the last line break.
    private mutating func writeBlock(_ string: String, indent: Int) {
        let newline = UInt8(ascii: "\n")
        var lines = string.utf8.split(separator: newline, omittingEmptySubsequences: false)
        if string.utf8.last != newline {
            text += "|-\n"
        } else {
            lines.removeLast()
            text += lines.last?.isEmpty == true ? "|+\n" : "|\n"
        }
        for line in lines {
            if !line.isEmpty { space(indent) }
            text += String(Substring(line))
            text += "\n"
        }
    }

    private mutating func space(_ count: Int) { text += String(repeating: " ", count: count) }

    /// A number's own text where that is read as this number again, else its shortest one.
    private static func number(_ number: Double, _ written: String) -> String {
        var copy = written
        let value = copy.withUTF8 { bytes in
            let span = unsafe Span(_unsafeElements: bytes)
            return CoreSchema.value(span) { written }
        }
        return value == .number(number, text: written) ? written : DocumentPrinter.text(of: number)
    }

    /// The text in double quotes, on one line.
    static func quoted(_ string: String) -> String {
        var quoted = "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\t": quoted += "\\t"
            case "\r": quoted += "\\r"
            case "\0": quoted += "\\0"
            default:
                if PlainText.isPrintable(scalar) {
                    quoted.unicodeScalars.append(scalar)
                } else {
                    let digits = String(scalar.value, radix: 16, uppercase: true)
                    quoted += "\\u" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
                }
            }
        }
        return quoted + "\""
    }
}
