/// A log record as one short line for people.
struct PlainLine {
    /// The line.
    private(set) var text: String

    /// Writes a record down.
    init(_ record: LogRecord, colour: Colour) {
        let time = Paint.faint(ClockText.timeOfDay(record.at), colour)
        let level = Self.paint(record.level)(Self.word(record.level), colour)
        text = "\(time) \(level) \(PrintableText.escaped(record.message, limit: LogFormat.longestText))"
        for field in record.fields.prefix(LogFormat.mostFields) {
            text += " " + Paint.faint(Self.shown(field.name) + "=", colour) + Self.shown(field.value)
        }
    }

    /// The level in five letters, so that sentences stand below one another.
    private static func word(_ level: LogLevel) -> String {
        switch level {
        case .debug: "debug"
        case .info: "info "
        case .warning: "warn "
        case .error: "error"
        }
    }

    /// The level's colour.
    private static func paint(_ level: LogLevel) -> Paint {
        switch level {
        case .debug: .faint
        case .info: .good
        case .warning: .doubtful
        case .error: .bad
        }
    }

    /// A name without anything that would break the line.
    private static func shown(_ name: String) -> String { PrintableText.escaped(name, limit: 64) }

    /// A value, in quotation marks where it holds a blank or is empty.
    private static func shown(_ value: LogRecord.Value) -> String {
        switch value {
        case .integer(let number): return String(number)
        case .bool(let truth): return truth ? "true" : "false"
        case .text(let string):
            let text = PrintableText.escaped(string, limit: LogFormat.longestText)
            let needsQuotes = text.isEmpty || text.contains { $0 == " " || $0 == "\"" || $0 == "=" }
            guard needsQuotes else { return text }
            return "\"" + text.flatMap { $0 == "\"" ? "\\\"" : String($0) } + "\""
        }
    }
}
