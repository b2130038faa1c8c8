/// One look over a YAML text before libyaml sees it: size, encoding, and characters that have no business in it.
///
/// After it, libyaml meets well-formed UTF-8 only, and its lines are the lines that an editor shows.
struct TextSurvey {
    /// Where the text begins: behind a byte order mark, if there is one.
    let contentStart: Int
    /// Whether every byte is ASCII, so that characters and bytes count alike.
    let isASCII: Bool

    /// Looks at the whole text.
    /// - Throws: the first byte or character that may not stand there.
    init(_ bytes: [UInt8], file: String, limits: DocumentLimits) throws(Diagnostic) {
        contentStart = try Self.contentStart(of: bytes, file: file, limits: limits)
        var line: Int32 = 1
        var lineStart = contentStart
        var ascii = true
        var index = contentStart
        while index < bytes.count {
            let byte = bytes[index]
            if byte >= 0x20, byte < 0x7F {
                index += 1
                continue
            }
            if byte == UInt8(ascii: "\n") || (byte == UInt8(ascii: "\r") && !Self.isLineFeed(bytes, at: index + 1)) {
                line += 1
                lineStart = index + 1
            } else if byte >= 0x80 || (byte != UInt8(ascii: "\t") && byte != UInt8(ascii: "\r")) {
                ascii = false
                let step = Self.step(over: bytes, at: index)
                guard let length = step.length else {
                    let position = Position(line: line, column: Int32(index - lineStart + 1))
                    throw Diagnostic(file: file, position: position, message: step.complaint)
                }
                index += length
                continue
            }
            index += 1
        }
        isASCII = ascii
    }

    /// Refuses what is too long or no UTF-8 from its first bytes on, and finds the end of a byte order mark.
    static func contentStart(of bytes: [UInt8], file: String, limits: DocumentLimits) throws(Diagnostic) -> Int {
        guard bytes.count <= limits.bytes else {
            let message = "the text has \(bytes.count) bytes; at most \(limits.bytes) are read"
            throw Diagnostic(file: file, position: .start, message: message)
        }
        if bytes.starts(with: [0xFE, 0xFF]) || bytes.starts(with: [0xFF, 0xFE]) {
            throw Diagnostic(file: file, position: .start, message: "the text is UTF-16 or UTF-32; save it as UTF-8")
        }
        return bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    }

    private static func isLineFeed(_ bytes: [UInt8], at index: Int) -> Bool {
        index < bytes.count && bytes[index] == UInt8(ascii: "\n")
    }

    /// The length of the character at `index` in bytes, or why it may not stand there.
    private static func step(over bytes: [UInt8], at index: Int) -> (length: Int?, complaint: String) {
        var rest = bytes[index...].prefix(4).makeIterator()
        var decoder = UTF8()
        guard case .scalarValue(let scalar) = decoder.decode(&rest) else {
            return (nil, "the text is not valid UTF-8 here; save the file as UTF-8")
        }
        switch scalar.value {
        case 0:
            return (nil, "a zero byte; the file is no text, or not UTF-8")
        case 0x85, 0x2028, 0x2029:
            let escape = Self.escape(scalar)
            return (nil, "the line separator \(escape); break the line, or write \"\(escape)\" in double quotes")
        case 0xFEFF:
            return (nil, "a byte order mark in the middle of the text; delete it")
        case 0..<0x20, 0x7F...0x9F, 0xFFFE, 0xFFFF:
            return (nil, "a control character; delete it, or write \"\(Self.escape(scalar))\" in double quotes")
        default:
            return (UTF8.width(scalar), "")
        }
    }

    /// How a character is written inside double quotes: `\u` and four hexadecimal digits.
    private static func escape(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return "\\u" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
