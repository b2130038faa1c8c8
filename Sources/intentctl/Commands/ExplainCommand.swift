import Documents

/// `explain`: tells which offers fit an intent, in which order, and why.
struct ExplainCommand: Command {
    private let line: ParsedLine

    init(_ line: ParsedLine) throws(UsageError) { self.line = line }

    func run(_ context: CommandContext) async throws(CommandError) -> ExitCode {
        let explanations = try await context.operations.explain(context.settings, line.arguments)
        let format = context.output(line)
        if format == "json" {
            context.write(.list(explanations.map(MarketText.node)), as: format)
        } else {
            for explanation in explanations {
                context.console.lines(MarketText.lines(explanation, width: context.console.size()?.width))
            }
        }
        return .done
    }
}
