import Documents

/// Short ways to read texts in these tests.
enum Reading {
    /// The documents of a YAML text.
    static func yaml(_ text: String, limits: DocumentLimits = .file) throws(Diagnostic) -> [Document] {
        try DocumentParser.parse(Array(text.utf8), file: "a.yaml", format: .yaml, limits: limits)
    }

    /// The root of a YAML text's first document.
    static func root(_ text: String, limits: DocumentLimits = .file) throws(Diagnostic) -> Node {
        let documents = try yaml(text, limits: limits)
        guard let first = documents.first else {
            throw Diagnostic(file: "", position: .start, message: "the test expected a document")
        }
        return first.root
    }

    /// The root of a JSON text.
    static func json(_ text: String, limits: DocumentLimits = .reply) throws(Diagnostic) -> Node {
        try DocumentParser.json(Array(text.utf8), limits: limits)
    }

    /// What reading complains about, as `line:column: message`; nil where the text is read.
    static func complaint(_ text: String, _ format: DocumentFormat, limits: DocumentLimits = .file) -> String? {
        complaint(bytes: Array(text.utf8), format, limits: limits)
    }

    /// The same for bytes.
    static func complaint(bytes: [UInt8], _ format: DocumentFormat, limits: DocumentLimits = .file) -> String? {
        do throws(Diagnostic) {
            _ = try DocumentParser.parse(bytes, file: "a", format: format, limits: limits)
            return nil
        } catch {
            return "\(error.position.line):\(error.position.column): \(error.message)"
        }
    }
}
