/// One document of a file: YAML files hold any number of them, a JSON file holds one.
package struct Document: Sendable {
    /// The file's name as the reader was given it, for messages.
    package let file: String
    /// Its place among the file's documents, from 0.
    package let index: Int
    /// The whole content.
    package let root: Node

    /// A document that was read from a file.
    package init(file: String, index: Int, root: Node) {
        self.file = file
        self.index = index
        self.root = root
    }
}

/// Something wrong with a document, and where: `file:line:column: field: what is wrong`.
package struct Diagnostic: Error, Hashable, Sendable {
    /// How bad it is.
    package enum Severity: String, Hashable, Sendable {
        /// The document cannot be used.
        case error
        /// The document can be used; a person should look all the same.
        case warning
    }

    /// The file's name as the reader was given it; empty where the text came from no file.
    package var file: String
    /// Where the trouble starts.
    package var position: Position
    /// The path of the field (`intent.workload.ports[0].port`), empty where the text itself is broken.
    package var field: String
    /// What is wrong and what would be right, without a full stop.
    package var message: String
    /// Whether the document can still be used.
    package var severity: Severity

    /// A finding at a place.
    package init(
        file: String,
        position: Position,
        field: String = "",
        message: String,
        severity: Severity = .error
    ) {
        self.file = file
        self.position = position
        self.field = field
        self.message = message
        self.severity = severity
    }
}

extension Diagnostic: CustomStringConvertible {
    package var description: String {
        let place = "\(file.isEmpty ? "<text>" : file):\(position.line):\(position.column)"
        let kind = severity == .warning ? "warning: " : ""
        return field.isEmpty ? "\(place): \(kind)\(message)" : "\(place): \(kind)\(field): \(message)"
    }
}
