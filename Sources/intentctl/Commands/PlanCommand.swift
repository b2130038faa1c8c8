import Reporting

/// `plan`: shows what a run would do now.
struct PlanCommand: Command {
    private let line: ParsedLine

    init(_ line: ParsedLine) throws(UsageError) { self.line = line }

    func run(_ context: CommandContext) async throws(CommandError) -> ExitCode {
        try context.requireIntents()
        try context.requireState()
        let rows = try await context.operations.plan(context.settings)
        let format = context.output(line)
        if format == "json" {
            context.write(PlanText.node(rows), as: format)
        } else {
            let console = context.console
            console.lines(PlanText.lines(rows, width: console.size()?.width, colour: console.output.colour))
        }
        return PlanText.isDifferent(rows) ? .difference : .done
    }
}
