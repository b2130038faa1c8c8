/// `simulate`: starts both platforms simulated until it is interrupted.
struct SimulateCommand: Command {
    init(_ line: ParsedLine) throws(UsageError) {}

    func run(_ context: CommandContext) async throws(CommandError) -> ExitCode {
        try await context.operations.simulate(context.settings, context.console)
    }
}
