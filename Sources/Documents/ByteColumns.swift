/// Turns libyaml's columns, which count characters, into columns that count bytes.
///
/// It walks the text once: questions come nearly in the order of the text, and only a step back starts a line again.
struct ByteColumns {
    private let text: [UInt8]
    private let start: Int
    private var line = 0
    private var lineStart: Int
    private var column = 0
    private var offset: Int

    /// A walker at the byte `start` of `text`, which is well-formed UTF-8 from there on.
    init(_ text: [UInt8], start: Int) {
        self.text = text
        self.start = start
        lineStart = start
        offset = start
    }

    /// The bytes that stand before the character at `column` of `line`; all three count from 0.
    mutating func byteColumn(line: Int, column: Int) -> Int {
        if line < self.line {
            (self.line, lineStart, self.column, offset) = (0, start, 0, start)
        } else if line == self.line, column < self.column {
            (self.column, offset) = (0, lineStart)
        }
        while self.line < line, offset < text.count { step() }
        while self.line == line, self.column < column, offset < text.count { step() }
        return offset - lineStart
    }

    /// Walks over one character; `\n`, `\r\n` and `\r` end a line.
    private mutating func step() {
        let byte = text[offset]
        offset += 1
        let isReturn = byte == UInt8(ascii: "\r")
        if isReturn, offset < text.count, text[offset] == UInt8(ascii: "\n") {
            offset += 1
        }
        if isReturn || byte == UInt8(ascii: "\n") {
            line += 1
            lineStart = offset
            column = 0
        } else {
            while offset < text.count, text[offset] & 0xC0 == 0x80 { offset += 1 }
            column += 1
        }
    }
}
