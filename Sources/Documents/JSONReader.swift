/// Reads one JSON text as RFC 8259 has it, and remembers where everything stands.
///
/// Nothing is forgiven: no comments, no trailing commas, no second value. A byte order mark is skipped, as the RFC allows.
struct JSONReader {
    let bytes: [UInt8]
    let file: String
    private let limits: DocumentLimits
    /// The byte to read next.
    var index = 0
    private var line: Int32 = 1
    private var lineStart = 0
    private var nodes = 0

    /// A reader at the start of a text.
    init(_ bytes: [UInt8], file: String, limits: DocumentLimits) {
        self.bytes = bytes
        self.file = file
        self.limits = limits
    }

    /// The value of the whole text.
    mutating func document() throws(Diagnostic) -> Node {
        index = try TextSurvey.contentStart(of: bytes, file: file, limits: limits)
        lineStart = index
        skipSpace()
        guard index < bytes.count else { throw failure("the text is empty; JSON holds one value") }
        let root = try value(inside: 0)
        skipSpace()
        guard index == bytes.count else { throw failure("only one value may stand in a JSON text") }
        return root
    }

    /// The value at the current byte; `depth` lists and mappings are open around it.
    private mutating func value(inside depth: Int) throws(Diagnostic) -> Node {
        guard index < bytes.count else { throw endOfText() }
        nodes += 1
        guard nodes <= limits.nodes else { throw failure("more than \(limits.nodes) values in one text") }
        let position = position
        switch bytes[index] {
        case UInt8(ascii: "{"):
            try enter(depth)
            return Node(.mapping(try members(inside: depth + 1)), at: position)
        case UInt8(ascii: "["):
            try enter(depth)
            return Node(.sequence(try entries(inside: depth + 1)), at: position)
        case UInt8(ascii: "\""): return Node(.string(try string()), at: position)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return Node(try number(), at: position)
        case UInt8(ascii: "t"): return Node(try word("true", means: .bool(true)), at: position)
        case UInt8(ascii: "f"): return Node(try word("false", means: .bool(false)), at: position)
        case UInt8(ascii: "n"): return Node(try word("null", means: .null), at: position)
        default: throw noValue()
        }
    }

    private mutating func enter(_ depth: Int) throws(Diagnostic) {
        guard depth < limits.depth else {
            throw failure("lists and mappings inside one another more than \(limits.depth) levels deep")
        }
        index += 1
        skipSpace()
    }

    private mutating func entries(inside depth: Int) throws(Diagnostic) -> [Node] {
        var entries: [Node] = []
        if consume(UInt8(ascii: "]")) { return entries }
        while true {
            entries.append(try value(inside: depth))
            skipSpace()
            if consume(UInt8(ascii: "]")) { return entries }
            try comma(orClosing: "]")
        }
    }

    private mutating func members(inside depth: Int) throws(Diagnostic) -> [Node.Member] {
        var members: [Node.Member] = []
        if consume(UInt8(ascii: "}")) { return members }
        while true {
            let keyPosition = position
            guard index < bytes.count else { throw endOfText() }
            guard bytes[index] == UInt8(ascii: "\"") else { throw failure("a key in double quotes is expected here") }
            let key = try string()
            skipSpace()
            guard index < bytes.count else { throw endOfText() }
            guard consume(UInt8(ascii: ":")) else { throw failure("a ':' is expected after the key") }
            skipSpace()
            members.append(Node.Member(key, at: keyPosition, try value(inside: depth)))
            skipSpace()
            if consume(UInt8(ascii: "}")) { break }
            try comma(orClosing: "}")
        }
        if let repeated = DuplicateKey(in: members) { throw repeated.diagnostic(file: file) }
        return members
    }

    /// Steps over a comma and the space behind it.
    private mutating func comma(orClosing bracket: Character) throws(Diagnostic) {
        guard index < bytes.count else { throw endOfText() }
        guard bytes[index] == UInt8(ascii: ",") else { throw failure("a ',' or '\(bracket)' is expected here") }
        let comma = position
        index += 1
        skipSpace()
        if index < bytes.count, Character(Unicode.Scalar(bytes[index])) == bracket {
            throw Diagnostic(file: file, position: comma, message: "no ',' may stand before '\(bracket)'")
        }
    }

    private mutating func word(_ word: StaticString, means value: Node.Value) throws(Diagnostic) -> Node.Value {
        let end = index + word.utf8CodeUnitCount
        let matches = word.withUTF8Buffer { letters in
            unsafe end <= bytes.count && letters.elementsEqual(bytes[index..<end])
        }
        guard matches else { throw noValue() }
        index = end
        return value
    }

    private mutating func consume(_ byte: UInt8) -> Bool {
        guard index < bytes.count, bytes[index] == byte else { return false }
        index += 1
        return true
    }

    private mutating func skipSpace() {
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "\n"):
                line += 1
                lineStart = index + 1
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"):
                break
            default:
                return
            }
            index += 1
        }
    }

    /// The place of the current byte.
    var position: Position { position(of: index) }

    /// The place of a byte on the current line.
    func position(of index: Int) -> Position { Position(line: line, column: Int32(clamping: index - lineStart + 1)) }

    /// A complaint at the current byte.
    func failure(_ message: String) -> Diagnostic { Diagnostic(file: file, position: position, message: message) }

    /// The complaint about a text that stops too early.
    func endOfText() -> Diagnostic { failure("the text ends too early; it is incomplete") }

    private func noValue() -> Diagnostic {
        switch bytes[index] {
        case UInt8(ascii: "'"): failure("a string stands in double quotes")
        case UInt8(ascii: "/"), UInt8(ascii: "#"): failure("JSON has no comments")
        case UInt8(ascii: "]"), UInt8(ascii: "}"), UInt8(ascii: ","): failure("a value is missing before this")
        default: failure("a value is expected here: text in double quotes, a number, true, false, null, '{' or '['")
        }
    }
}
