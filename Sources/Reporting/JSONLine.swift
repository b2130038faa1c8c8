/// A log record as one JSON object.
struct JSONLine {
    /// The object's text.
    private(set) var text: String

    /// Names that a fact may not take, because the record itself has them.
    private static let taken: Set<String> = ["time", "level", "message"]

    /// Writes a record down.
    init(_ record: LogRecord) {
        text = "{\"time\":\"\(ClockText.full(record.at))\",\"level\":\"\(record.level.rawValue)\",\"message\":"
        appendString(record.message)
        var written = Self.taken
        for (index, field) in record.fields.enumerated().prefix(LogFormat.mostFields) {
            let isRepeated = record.fields[(index + 1)...].contains { $0.name == field.name }
            guard !isRepeated else { continue }
            let name = written.contains(field.name) ? "field." + field.name : field.name
            guard written.insert(name).inserted else { continue }
            text += ","
            appendString(name)
            text += ":"
            append(field.value)
        }
        text += "}"
    }

    /// Writes a fact's value.
    private mutating func append(_ value: LogRecord.Value) {
        switch value {
        case .text(let string): appendString(string)
        case .integer(let number): text += String(number)
        case .bool(let truth): text += truth ? "true" : "false"
        }
    }

    /// Writes a bounded string with everything escaped that JSON or a terminal would trip over.
    private mutating func appendString(_ string: String) {
        text += "\""
        defer { text += "\"" }
        // Most of what is logged is plain and short.
        if string.utf8.count <= LogFormat.longestText, string.utf8.allSatisfy(Self.isPlain) {
            text += string
            return
        }
        var used = 0
        for scalar in string.unicodeScalars {
            used += UTF8.width(scalar)
            if used > LogFormat.longestText {
                text += "… (\(string.utf8.count - used + UTF8.width(scalar)) bytes more)"
                break
            }
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            default:
                if PrintableText.isHidden(scalar) {
                    text += PrintableText.name(of: scalar)
                } else {
                    text.unicodeScalars.append(scalar)
                }
            }
        }
    }

    /// Whether a byte is a character of its own that stands for itself.
    private static func isPlain(_ byte: UInt8) -> Bool {
        (0x20..<0x7F).contains(byte) && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
    }
}
