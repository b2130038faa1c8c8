/// `orphans`: lists what the platforms bill us for and our ledger does not know.
struct OrphansCommand: Command {
    private let line: ParsedLine

    init(_ line: ParsedLine) throws(UsageError) { self.line = line }

    func run(_ context: CommandContext) async throws(CommandError) -> ExitCode {
        try context.requireState()
        let orphans = try await context.operations.orphans(context.settings)
        let format = context.output(line)
        if format == "json" {
            context.write(MarketText.node(orphans), as: format)
        } else {
            let table = MarketText.orphans(orphans, now: context.console.now())
            context.console.table(table, whenEmpty: "No orphans.")
        }
        return .done
    }
}
