import Reconciling
import Reporting

/// `describe`: tells everything about one intent.
struct DescribeCommand: Command {
    private let line: ParsedLine

    init(_ line: ParsedLine) throws(UsageError) { self.line = line }

    func run(_ context: CommandContext) async throws(CommandError) -> ExitCode {
        let view = try await context.view(line.arguments[0])
        let events = try await context.operations.events(context.settings, of: view.key)
        let console = context.console
        console.lines(
            IntentDescription.lines(
                view,
                events: events,
                now: console.now(),
                colour: console.output.colour,
                width: console.size()?.width
            )
        )
        return .done
    }
}
