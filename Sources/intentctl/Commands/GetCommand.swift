import Documents
import Intents
import Reporting

/// `get`: lists intents and how they stand.
struct GetCommand: Command {
    private let line: ParsedLine

    /// How often `--watch` looks.
    static let watchInterval = Duration.seconds(1)

    init(_ line: ParsedLine) throws(UsageError) {
        self.line = line
        if line.isOn(.watch), ["json", "yaml"].contains(line.options["output"]?.last) {
            throw UsageError("--watch shows tables; -o json and -o yaml show one moment", in: line.command)
        }
    }

    func run(_ context: CommandContext) async throws(CommandError) -> ExitCode {
        try context.requireState()
        let format = context.output(line)
        let isTable = format == "table" || format == "wide"
        let isAsked =
            line.isOn(.watch) || (line.value(.watch) == nil && context.environment["INTENTCTL_WATCH"] == "true")
        if isAsked, isTable { return try await watch(context, format) }
        let (views, missing) = try await views(context)
        if isTable {
            context.console.table(table(views, format, context), whenEmpty: "No intents.")
        } else {
            context.write(IntentView.list(views, at: context.console.now()), as: format)
        }
        return Self.report(missing, context)
    }

    /// Shows the table again and again until it is cancelled.
    ///
    /// On a terminal it is drawn over itself; elsewhere it is written again only when it has changed.
    private func watch(_ context: CommandContext, _ format: String) async throws(CommandError) -> ExitCode {
        var live = LiveTable()
        var previous: [String] = []
        defer { context.console.write(live.finish()) }
        while !Task.isCancelled {
            let (views, _) = try await views(context)
            let size = context.console.size()
            let lines = table(views, format, context).lines(width: size?.width, colour: context.console.output.colour)
            if let size {
                context.console.write(live.frame(lines, width: size.width, height: size.height))
            } else if lines != previous {
                context.console.lines(lines)
            }
            previous = lines
            do { try await context.console.sleep(Self.watchInterval) } catch { break }
        }
        return .done
    }

    private func table(_ views: [IntentView], _ format: String, _ context: CommandContext) -> TextTable {
        StatusTable.table(views, format == "wide" ? .wide : .usual, now: context.console.now())
    }

    /// The intents that were asked for, and the names that there are none of.
    private func views(_ context: CommandContext) async throws(CommandError) -> (found: [IntentView], missing: [String])
    {
        let all = try await context.operations.intents(context.settings)
        guard !line.arguments.isEmpty else { return (all, []) }
        let missing = line.arguments.filter { name in !all.contains { $0.isNamed(name) } }
        return (all.filter { view in line.arguments.contains(where: view.isNamed) }, missing)
    }

    private static func report(_ missing: [String], _ context: CommandContext) -> ExitCode {
        for name in missing { context.console.errorLine("intentctl get: there is no intent \(Displayed.text(name))") }
        return missing.isEmpty ? .done : .error
    }
}

extension CommandContext {
    /// One intent by its name.
    func view(_ name: String) async throws(CommandError) -> IntentView {
        try requireState()
        let all = try await operations.intents(settings)
        let meant = all.filter { $0.isNamed(name) }
        if let view = meant.first(where: { $0.name == name }) ?? (meant.count == 1 ? meant[0] : nil) { return view }
        guard meant.isEmpty else {
            throw CommandError("\(Displayed.text(name)) may be any of \(meant.map(\.name).joined(separator: ", "))")
        }
        let nearest = Suggestion.nearest(to: name, among: all.map(\.name)).map { "; did you mean \($0)?" } ?? ""
        throw CommandError("there is no intent \(Displayed.text(name))\(nearest)")
    }
}
