/// How log lines look.
package enum LogFormat: Hashable, Sendable {
    /// One JSON object a line: `time`, `level`, `message`, then the facts.
    case json
    /// A short line for people: time of day in UTC, level, sentence, then `name=value`.
    case plain(Colour)

    /// The longest message or value that is written, in UTF-8 bytes; the rest is cut and said to be cut.
    package static let longestText = 2048
    /// The most facts that one line carries.
    package static let mostFields = 32

    /// The line of a record, without its line break; whatever the record holds, it is one line of printable text.
    package func line(for record: LogRecord) -> String {
        switch self {
        case .json: JSONLine(record).text
        case .plain(let colour): PlainLine(record, colour: colour).text
        }
    }
}

/// What a caller asked of the format.
package enum LogFormatChoice: String, CaseIterable, Hashable, Sendable {
    /// Lines for people on a terminal, JSON elsewhere.
    case automatic = "auto"
    /// JSON lines.
    case json
    /// Lines for people.
    case plain

    /// The format for a stream.
    package func format(on stream: StreamTraits) -> LogFormat {
        switch self {
        case .json: .json
        case .plain: .plain(stream.colour)
        case .automatic: stream.isTerminal ? .plain(stream.colour) : .json
        }
    }
}
