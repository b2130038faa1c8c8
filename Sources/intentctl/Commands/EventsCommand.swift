import Reconciling

/// `events`: lists what happened.
struct EventsCommand: Command {
    private let line: ParsedLine

    init(_ line: ParsedLine) throws(UsageError) { self.line = line }

    func run(_ context: CommandContext) async throws(CommandError) -> ExitCode {
        try context.requireState()
        let key = line.arguments.first.map(IntentKey.init(rawValue:))
        let events = try await context.operations.events(context.settings, of: key)
        let format = context.output(line)
        if format == "json" {
            context.write(EventList.node(events), as: format)
        } else {
            let table = EventList.table(events, now: context.console.now(), key == nil ? .all : .one)
            context.console.table(table, whenEmpty: "No events.")
        }
        return .done
    }
}
