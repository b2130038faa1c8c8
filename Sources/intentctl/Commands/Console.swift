import Intents
import Reporting

/// What a command has of the outside world beside the operator: streams, a clock, files.
struct Console: Sendable {
    /// Writes to standard output, exactly as given.
    var write: @Sendable (_ text: String) -> Void
    /// Writes to standard error, exactly as given.
    var writeError: @Sendable (_ text: String) -> Void
    /// What is known of standard output.
    var output: StreamTraits
    /// What is known of standard error.
    var error: StreamTraits
    /// The terminal's size in cells, asked anew each time; nil where standard output is none.
    var size: @Sendable () -> TerminalSize?
    /// The world's clock.
    var now: @Sendable () -> Timestamp
    /// Waits; throws when the command is cancelled.
    var sleep: @Sendable (Duration) async throws -> Void
    /// Files and directories.
    var files: Files

    /// Writes a line to standard output.
    func line(_ text: String) { write(text + "\n") }

    /// Writes lines to standard output.
    func lines(_ lines: [String]) { if !lines.isEmpty { write(lines.joined(separator: "\n") + "\n") } }

    /// Writes a line to standard error.
    func errorLine(_ text: String) { writeError(text + "\n") }

    /// Writes a table as wide as the terminal.
    func table(_ table: TextTable, whenEmpty nothing: String) {
        guard !table.rows.isEmpty else { return line(nothing) }
        lines(table.lines(width: size()?.width, colour: output.colour))
    }
}

/// A terminal's size in cells.
struct TerminalSize: Hashable, Sendable {
    /// Cells in a line.
    var width: Int
    /// Lines.
    var height: Int
}

/// Files and directories as commands read them.
struct Files: Sendable {
    /// What a path leads to.
    enum Kind: Hashable, Sendable {
        /// A file.
        case file
        /// A directory.
        case directory
    }

    /// What a path leads to, links followed; throws where there is nothing.
    var kind: @Sendable (_ path: String) throws(FileTrouble) -> Kind
    /// The names in a directory, in any order.
    var names: @Sendable (_ path: String) throws(FileTrouble) -> [String]
    /// The bytes of a file; of one that is larger than any file may be, a little more than is allowed.
    var read: @Sendable (_ path: String) throws(FileTrouble) -> [UInt8]
}
