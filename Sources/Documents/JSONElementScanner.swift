/// Cuts the elements of a long JSON list out of a stream of bytes, holding one element at a time.
///
/// The list is the top-level array, or the value of the first top-level key whose value is an array; or, where it is
/// looked for one level below, the first array that is the value of a key there. Everything around it is kept as the
/// envelope and read strictly at the end. An element is cut by its brackets and quotes alone: whoever takes it parses it,
/// and only then is it known to be sound.
package struct JSONElementScanner: Sendable {
    /// What stands around the list.
    package struct Envelope: Sendable {
        /// The whole text with the list emptied: `{"instances":[],"count":2}`, or `[]` for a bare list.
        package let node: Node
        /// The top-level key under which the list was found; nil where the text is a bare list.
        package let listKey: String?
    }

    /// How far the reading has come.
    private enum Stage {
        /// Before the list.
        case head
        /// In the list, between elements or in one.
        case list
        /// Behind the list.
        case tail
    }

    /// The longest element, in bytes, unless told otherwise.
    package static let usualElementBytes = 1024 * 1024
    /// The longest envelope, in bytes, unless told otherwise.
    package static let usualEnvelopeBytes = 256 * 1024

    private let elementBytes: Int
    private let envelopeBytes: Int
    private let listDepth: Int
    private var stage = Stage.head
    private var element: [UInt8] = []
    private var envelope: [UInt8] = []
    /// Brackets open: in the whole text outside the list, in the element inside it.
    private var depth = 0
    private var isInString = false
    private var isEscaped = false
    private var elementsSeen = 0
    private var isAfterComma = false
    /// The place among the top-level members where the list was found.
    private var memberIndex = 0
    private var lastSignificant: UInt8 = 0
    private var line: Int32 = 1
    private var column: Int32 = 0

    /// A scanner at the start of a text; both limits are inclusive, in bytes.
    ///
    /// `listDepth` is how many brackets stand around the list: at most one (1), or two (2).
    package init(
        elementBytes: Int = usualElementBytes,
        envelopeBytes: Int = usualEnvelopeBytes,
        listDepth: Int = 1
    ) {
        self.elementBytes = elementBytes
        self.envelopeBytes = envelopeBytes
        self.listDepth = listDepth
    }

    /// Takes the next bytes and gives the elements that they complete, each trimmed of space around it.
    /// - Throws: what is wrong with the list, or what has grown too long; the scanner is of no use afterwards.
    package mutating func feed(_ chunk: [UInt8]) throws(Diagnostic) -> [[UInt8]] { try feed(chunk[...]) }

    /// Takes the next bytes and gives the elements that they complete, each trimmed of space around it.
    /// - Throws: what is wrong with the list, or what has grown too long; the scanner is of no use afterwards.
    // Not for any sequence: other modules would go through it by witness, byte by byte.
    package mutating func feed(_ chunk: ArraySlice<UInt8>) throws(Diagnostic) -> [[UInt8]] {
        var complete: [[UInt8]] = []
        for byte in chunk {
            column += 1
            switch stage {
            case .head, .tail: try takeEnvelope(byte)
            case .list:
                if let element = try takeList(byte) { complete.append(element) }
            }
            if byte == UInt8(ascii: "\n") { (line, column) = (line + 1, 0) }
        }
        return complete
    }

    /// Closes the text and reads what stands around the list.
    /// - Throws: where the text is cut short, holds no list, or is broken outside it; the place of a break outside it
    ///   counts in the envelope, whose list is empty and whose space is squeezed.
    package func finish() throws(Diagnostic) -> Envelope {
        if stage == .list { throw failure("the text ends inside its list; it is incomplete") }
        let node = try DocumentParser.json(envelope)
        guard stage == .tail else { throw failure("there is no list in the text") }
        let key = node.mapping.flatMap { $0.indices.contains(memberIndex) ? $0[memberIndex].key : nil }
        return Envelope(node: node, listKey: key)
    }

    /// Takes a byte outside the list.
    private mutating func takeEnvelope(_ byte: UInt8) throws(Diagnostic) {
        if track(byte) {
            try keep(byte)
            return
        }
        switch byte {
        case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"):
            // One space stands for any run of them, so that `1 2` stays broken and padding costs nothing.
            if envelope.last != UInt8(ascii: " ") { try keep(UInt8(ascii: " ")) }
            return
        case _ where isInMark(byte):
            try keep(byte)
            return
        case UInt8(ascii: "[") where stage == .head && opensList:
            stage = .list
            try keep(byte)
            return
        case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
        case UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
        case UInt8(ascii: ",") where stage == .head && depth == 1: memberIndex += 1
        default: break
        }
        lastSignificant = byte
        try keep(byte)
    }

    /// Whether a byte belongs to the byte order mark with which a text may begin.
    private func isInMark(_ byte: UInt8) -> Bool {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        return envelope.count < mark.count && mark.starts(with: envelope) && byte == mark[envelope.count]
    }

    /// Whether a `[` here is the list: it is the whole text, or the value of a key where the list is looked for.
    private var opensList: Bool {
        if depth == 0 { return listDepth == 1 && lastSignificant == 0 }
        return depth == listDepth && lastSignificant == UInt8(ascii: ":")
    }

    private mutating func keep(_ byte: UInt8) throws(Diagnostic) {
        guard envelope.count < envelopeBytes else {
            throw failure("more than \(envelopeBytes) bytes around the list")
        }
        envelope.append(byte)
    }

    /// Takes a byte of the list; gives the element that it completes.
    private mutating func takeList(_ byte: UInt8) throws(Diagnostic) -> [UInt8]? {
        if !track(byte) {
            switch byte {
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"):
                if element.isEmpty { return nil }
            case UInt8(ascii: "["), UInt8(ascii: "{"):
                depthInElement += 1
            case UInt8(ascii: ",") where depthInElement == 0:
                guard let element = takeElement() else { throw failure("an element is missing before this ','") }
                isAfterComma = true
                return element
            case UInt8(ascii: "]") where depthInElement == 0:
                return try closeList()
            case UInt8(ascii: "]"), UInt8(ascii: "}"):
                guard depthInElement > 0 else { throw failure("a '}' closes nothing here") }
                depthInElement -= 1
            default:
                // A byte order mark, which whoever takes the element would take for the beginning of a text.
                if element.isEmpty, byte >= 0x80 { throw failure("a value is expected here") }
            }
        }
        guard element.count < elementBytes else {
            throw failure("element \(elementsSeen + 1) of the list has more than \(elementBytes) bytes")
        }
        element.append(byte)
        return nil
    }

    /// Brackets open inside the current element.
    private var depthInElement = 0

    private mutating func closeList() throws(Diagnostic) -> [UInt8]? {
        let last = takeElement()
        if last == nil, isAfterComma { throw failure("no ',' may stand before ']'") }
        stage = .tail
        lastSignificant = UInt8(ascii: "]")
        try keep(UInt8(ascii: "]"))
        return last
    }

    /// The bytes of the current element without the space behind them; nil where there are none.
    private mutating func takeElement() -> [UInt8]? {
        while let last = element.last, last == 0x20 || last == 0x09 || last == 0x0A || last == 0x0D {
            element.removeLast()
        }
        guard !element.isEmpty else { return nil }
        defer { element.removeAll(keepingCapacity: true) }
        elementsSeen += 1
        return element
    }

    /// Follows quotes and backslashes; whether the byte belongs to a string, its quotes counted.
    private mutating func track(_ byte: UInt8) -> Bool {
        guard isInString else {
            isInString = byte == UInt8(ascii: "\"")
            if isInString { lastSignificant = byte }
            return isInString
        }
        if isEscaped {
            isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
            isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
            isInString = false
        }
        return true
    }

    private func failure(_ message: String) -> Diagnostic {
        Diagnostic(file: "", position: Position(line: line, column: max(column, 1)), message: message)
    }
}
