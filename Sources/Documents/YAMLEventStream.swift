import CYAML

/// libyaml's parser at work on one text: the only owner of the parser and of the event that it last gave.
///
/// Each step forward frees the event before, and the end of the stream frees both, whatever was thrown in between.
/// The text must stay where it is for as long as the stream lives.
@safe struct YAMLEventStream: ~Copyable {
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let event: UnsafeMutablePointer<yaml_event_t>
    private let file: String
    private var columns: ByteColumns?

    /// A stream at the start of `text`, which is well-formed UTF-8.
    ///
    /// - Parameters:
    ///   - text: the bytes, which the caller keeps in place.
    ///   - columns: how characters become bytes; nil where they count alike.
    ///   - file: the name for messages.
    @unsafe init(_ text: UnsafeBufferPointer<UInt8>, columns: ByteColumns?, file: String) {
        self.file = file
        self.columns = columns
        unsafe parser = .allocate(capacity: 1)
        unsafe event = .allocate(capacity: 1)
        unsafe event.initialize(to: yaml_event_t())
        let ready = unsafe yaml_parser_initialize(parser)
        precondition(ready == 1, "memory for a YAML parser")
        unsafe yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        unsafe yaml_parser_set_input_string(parser, text.baseAddress, text.count)
    }

    deinit {
        unsafe yaml_event_delete(event)
        unsafe event.deallocate()
        unsafe yaml_parser_delete(parser)
        unsafe parser.deallocate()
    }

    /// Steps to the next event.
    /// - Throws: what libyaml finds wrong with the text.
    mutating func advance() throws(Diagnostic) {
        unsafe yaml_event_delete(event)
        guard unsafe yaml_parser_parse(parser, event) == 1 else {
            let problem = unsafe YAMLProblem(parser.pointee)
            throw Diagnostic(file: file, position: position(at: problem.mark), message: problem.words)
        }
    }

    /// What the current event is.
    var kind: yaml_event_type_t { unsafe event.pointee.type }

    /// Whether the current event is a scalar without quotes.
    var isPlain: Bool { unsafe cyaml_scalar_is_plain(event) }

    /// How many bytes the current scalar has.
    var scalarLength: Int { unsafe cyaml_scalar_length(event) }

    /// The tag of the current event.
    var tag: String? {
        guard let tag = unsafe cyaml_tag(event) else { return nil }
        return unsafe String(cString: tag)
    }

    /// The anchor that the current event sets or, for an alias, follows.
    var anchor: String? {
        guard let anchor = unsafe cyaml_anchor(event) else { return nil }
        return unsafe String(cString: anchor)
    }

    /// The text of the current scalar.
    var scalarText: String {
        unsafe String(decoding: scalarBytes, as: UTF8.self)
    }

    /// The core schema's value of the current scalar, or nil where it is a number out of range.
    var scalarValue: Node.Value? {
        let bytes = unsafe scalarBytes
        let span = unsafe Span(_unsafeElements: bytes)
        return CoreSchema.value(span) { unsafe String(decoding: bytes, as: UTF8.self) }
    }

    private var scalarBytes: UnsafeBufferPointer<UInt8> {
        unsafe UnsafeBufferPointer(start: cyaml_scalar_bytes(event), count: cyaml_scalar_length(event))
    }

    /// Where the current event starts.
    mutating func position() -> Position {
        unsafe position(at: event.pointee.start_mark)
    }

    private mutating func position(at mark: yaml_mark_t) -> Position {
        let column = columns?.byteColumn(line: mark.line, column: mark.column) ?? mark.column
        return Position(line: Int32(clamping: mark.line + 1), column: Int32(clamping: column + 1))
    }
}
