import Documents

/// What a reading has found wrong so far, and where in the document it is looking.
struct Findings {
    /// One step of the way from a document's root to a field.
    enum Step {
        /// Into a mapping.
        case key(String)
        /// Into a list.
        case index(Int)
    }

    /// The file's name, for messages.
    let file: String
    /// The words that are known where any word is allowed.
    let vocabulary: Vocabulary
    /// Everything found, in the order it was found.
    private(set) var diagnostics: [Diagnostic] = []
    /// How many of them are errors.
    private(set) var errors = 0
    /// The way to where the reading is; spelled out only when something is wrong.
    private var steps: [Step] = []

    /// Nothing found yet.
    init(file: String, vocabulary: Vocabulary) {
        self.file = file
        self.vocabulary = vocabulary
        steps.reserveCapacity(16)
    }

    /// Goes one step further; every call is paired with `leave`.
    mutating func enter(_ step: Step) { steps.append(step) }

    /// Goes back one step.
    mutating func leave() { steps.removeLast() }

    /// Reports an error at a place; `further` leads from where the reading is to the field.
    mutating func error(at position: Position, _ message: String, _ further: Step...) {
        errors += 1
        report(position, message, further, .error)
    }

    /// Reports an error at a place, with the way to it as a list.
    mutating func error(at position: Position, _ message: String, path further: [Step]) {
        errors += 1
        report(position, message, further, .error)
    }

    /// Reports something that a person should look at.
    mutating func warning(at position: Position, _ message: String, _ further: Step...) {
        report(position, message, further, .warning)
    }

    /// Reports that a node is of the wrong kind.
    mutating func mismatch(_ node: Node, expected: String) {
        let isShort =
            switch node.value {
            case .bool, .integer, .number: true
            default: false
            }
        let advice = isShort && expected.hasPrefix("text") ? "; put it in quotes" : ""
        error(at: node.position, "expected \(expected), found \(node.kind)\(advice)")
    }

    private mutating func report(
        _ position: Position,
        _ message: String,
        _ further: [Step],
        _ severity: Diagnostic.Severity
    ) {
        let field = Self.text(steps + further)
        diagnostics.append(
            Diagnostic(file: file, position: position, field: field, message: message, severity: severity)
        )
    }

    /// The steps as `intent.workload.ports[0].port`; a key that is no plain word stands in brackets and quotes.
    private static func text(_ steps: [Step]) -> String {
        var text = ""
        for step in steps {
            switch step {
            case .index(let index): text += "[\(index)]"
            case .key(let key):
                let isPlain =
                    !key.isEmpty && key.utf8.count <= 60
                    && key.utf8.allSatisfy { VariableName.isLetterOrDigit($0) || $0 == UInt8(ascii: "_") }
                text += isPlain ? (text.isEmpty ? key : ".\(key)") : "[\(key.excerpt)]"
            }
        }
        return text
    }
}
