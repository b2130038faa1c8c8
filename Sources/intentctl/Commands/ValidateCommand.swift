import Documents
import Intents

/// `validate`: checks files and directories of intents.
struct ValidateCommand: Command {
    private let line: ParsedLine

    init(_ line: ParsedLine) throws(UsageError) { self.line = line }

    func run(_ context: CommandContext) async throws(CommandError) -> ExitCode {
        let findings = IntentFiles(context.console.files).check(line.arguments)
        if context.output(line) == "json" {
            context.write(findings.node, as: "json")
        } else {
            context.console.lines(findings.diagnostics.map { Displayed.text($0.description, limit: 4096) })
            context.console.line(findings.summary)
        }
        return findings.errors == 0 ? .done : .error
    }
}

/// What came of checking files.
struct ValidationFindings: Hashable, Sendable {
    /// How many files were read.
    var files = 0
    /// How many intents are good.
    var intents = 0
    /// What is wrong, in the order of the files.
    var diagnostics: [Diagnostic] = []

    /// How many of them are errors.
    var errors: Int { diagnostics.count { $0.severity == .error } }

    /// The findings in a sentence.
    var summary: String {
        let warnings = diagnostics.count - errors
        let read = "\(Phrases.count(files, "file", "files")), \(Phrases.count(intents, "good intent", "good intents"))"
        return
            "\(read), \(Phrases.count(errors, "error", "errors")), \(Phrases.count(warnings, "warning", "warnings"))."
    }

    /// The findings as a node.
    var node: Node {
        .mapping([
            "files": .integer(files),
            "intents": .integer(intents),
            "errors": .integer(errors),
            "warnings": .integer(diagnostics.count - errors),
            "findings": .list(
                diagnostics.map { finding in
                    .mapping([
                        "file": .string(finding.file), "line": .integer(finding.position.line),
                        "column": .integer(finding.position.column), "field": .string(finding.field),
                        "severity": .string(finding.severity.rawValue), "message": .string(finding.message),
                    ])
                }
            ),
        ])
    }
}
