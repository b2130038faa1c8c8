/// `run`: makes the world as the intents say, and keeps it so.
struct RunCommand: Command {
    init(_ line: ParsedLine) throws(UsageError) {}

    func run(_ context: CommandContext) async throws(CommandError) -> ExitCode {
        try context.requireIntents()
        try context.requireState()
        let settings = context.settings
        guard settings.run.simulate || settings.flexai.url != nil || settings.flare.url != nil else {
            throw CommandError("no platform is named: set FLEXAI_API_URL or FLARE_API_URL, or give --simulate")
        }
        return try await context.operations.run(settings, context.console)
    }
}
