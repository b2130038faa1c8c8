import Intents

/// `schema`: prints the JSON Schema of intent files.
struct SchemaCommand: Command {
    private let line: ParsedLine

    init(_ line: ParsedLine) throws(UsageError) { self.line = line }

    func run(_ context: CommandContext) async throws(CommandError) -> ExitCode {
        context.write(IntentSchema.json(), as: context.output(line))
        return .done
    }
}
