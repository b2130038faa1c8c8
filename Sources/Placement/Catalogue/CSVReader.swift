/// Splits text of comma-separated values into fields (RFC 4180), each with its line and column.
///
/// A field in quotes may hold commas, line ends and doubled quotes. Lines end with CR LF, LF or CR; an empty line is none.
struct CSVReader {
    /// One field.
    struct Field: Hashable, Sendable {
        /// The text, without its quotes.
        var text: String
        /// The line on which it begins, from 1.
        var line: Int
        /// The byte of the line at which it begins, from 1.
        var column: Int
    }

    /// One record, or why it is none.
    enum Record: Hashable, Sendable {
        /// The fields.
        case fields([Field])
        /// What is wrong, and where.
        case broken(String, line: Int, column: Int)
    }

    private let bytes: [UInt8]
    private var place = 0
    private var line = 1
    private var lineStart = 0

    private static let quote = UInt8(ascii: "\"")
    private static let comma = UInt8(ascii: ",")
    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")

    /// A reader of a text; a byte order mark at its start is passed over.
    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            place = 3
            lineStart = 3
        }
    }

    /// The next record; nil at the end.
    mutating func next() -> Record? {
        while place < bytes.count, isLineEnd(bytes[place]) { passLineEnd() }
        guard place < bytes.count else { return nil }
        var fields: [Field] = []
        while true {
            let (startLine, column) = (line, place - lineStart + 1)
            let text: [UInt8]
            if place < bytes.count, bytes[place] == Self.quote {
                guard let quoted = quotedField() else {
                    let record = Record.broken("a quoted field does not end", line: startLine, column: column)
                    place = bytes.count
                    return record
                }
                text = quoted
            } else {
                text = plainField()
            }
            guard place == bytes.count || bytes[place] == Self.comma || isLineEnd(bytes[place]) else {
                let record = Record.broken("text follows a quoted field", line: line, column: place - lineStart + 1)
                passLine()
                return record
            }
            // Bytes that are no UTF-8 become replacement characters, which no name and no number holds.
            fields.append(Field(text: String(decoding: text, as: UTF8.self), line: startLine, column: column))
            guard place < bytes.count, bytes[place] == Self.comma else { break }
            place += 1
        }
        if place < bytes.count { passLineEnd() }
        return .fields(fields)
    }

    private func isLineEnd(_ byte: UInt8) -> Bool { byte == Self.lineFeed || byte == Self.carriageReturn }

    /// Takes everything up to a comma or the line's end.
    private mutating func plainField() -> [UInt8] {
        let start = place
        while place < bytes.count, bytes[place] != Self.comma, !isLineEnd(bytes[place]) { place += 1 }
        return Array(bytes[start..<place])
    }

    /// Takes a field in quotes; nil where it does not end.
    private mutating func quotedField() -> [UInt8]? {
        var text: [UInt8] = []
        place += 1
        while place < bytes.count {
            let byte = bytes[place]
            if byte == Self.quote {
                place += 1
                guard place < bytes.count, bytes[place] == Self.quote else { return text }
                text.append(byte)
                place += 1
            } else if isLineEnd(byte) {
                let start = place
                passLineEnd()
                text += bytes[start..<place]
            } else {
                text.append(byte)
                place += 1
            }
        }
        return nil
    }

    /// Goes behind the end of a line.
    private mutating func passLineEnd() {
        let isPair = bytes[place] == Self.carriageReturn && place + 1 < bytes.count && bytes[place + 1] == Self.lineFeed
        place += isPair ? 2 : 1
        line += 1
        lineStart = place
    }

    /// Goes to the start of the next line.
    private mutating func passLine() {
        while place < bytes.count, !isLineEnd(bytes[place]) { place += 1 }
        if place < bytes.count { passLineEnd() }
    }
}
