import Intents
import Reconciling
import Reporting

/// Turns events into log lines.
struct RunLog: Sendable {
    let log: Log
    let time: SystemTimekeeper

    /// Writes an event.
    func announce(_ event: Event) {
        let level: LogLevel = event.severity == .warning ? .warning : .info
        var fields = [LogRecord.Field("reason", .text(event.reason))]
        if let key = event.key { fields.append(LogRecord.Field("intent", .text(key.rawValue))) }
        log.write(LogRecord(at: event.at.milliseconds, level: level, message: event.message, fields: fields))
    }

    /// Writes a warning of a source.
    func warn(_ message: String) { line(.warning, message, [:]) }

    /// Writes a line.
    func line(_ level: LogLevel, _ message: String, _ fields: KeyValuePairs<String, LogRecord.Value>) {
        let facts = fields.map { LogRecord.Field($0.key, $0.value) }
        log.write(LogRecord(at: time.now.milliseconds, level: level, message: message, fields: facts))
    }
}
