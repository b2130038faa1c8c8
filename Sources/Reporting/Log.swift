/// Where the operator tells what it does: one line for each record, never with a secret in it.
///
/// A value that may be copied freely; lines reach the sink whole and in the order of the calls on each task.
package struct Log: Sendable {
    /// Takes one line, without its line break.
    package typealias Sink = @Sendable (_ line: String) -> Void

    /// The least important level that is written.
    package var level: LogLevel
    /// How lines look.
    package var format: LogFormat
    private let redactor: Redactor
    private let sink: Sink

    /// A log that writes records of `level` and above to `sink`, with everything masked that `redactor` knows.
    package init(level: LogLevel = .info, format: LogFormat, redactor: Redactor = Redactor(), sink: @escaping Sink) {
        self.level = level
        self.format = format
        self.redactor = redactor
        self.sink = sink
    }

    /// Writes a record, where its level is written at all.
    package func write(_ record: LogRecord) {
        guard record.level >= level else { return }
        sink(format.line(for: redactor.redacting(record)))
    }

    /// Writes a record from its parts; `at` counts milliseconds since 1970-01-01T00:00:00Z.
    package func write(
        _ level: LogLevel,
        _ message: @autoclosure () -> String,
        at milliseconds: Int64,
        _ fields: @autoclosure () -> KeyValuePairs<String, LogRecord.Value> = [:]
    ) {
        guard level >= self.level else { return }
        let facts = fields().map { LogRecord.Field($0.key, $0.value) }
        write(LogRecord(at: milliseconds, level: level, message: message(), fields: facts))
    }
}
