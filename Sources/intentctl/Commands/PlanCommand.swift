import Documents
import Reporting

/// `plan`: shows what a run would do now.
struct PlanCommand: Command {
    private let line: ParsedLine

    init(_ line: ParsedLine) throws(UsageError) { self.line = line }

    func run(_ context: CommandContext) async throws(CommandError) -> ExitCode {
        try context.requireIntents()
        try context.requireState()
        let plan = try await context.operations.plan(context.settings)
        let format = context.output(line)
        guard format == "json" else { return plan.show(on: context.console) }
        context.write(PlanText.node(plan.rows), as: format)
        return plan.complain(on: context.console)
    }
}

extension Plan {
    /// Prints it as a table; returns how the command ends.
    func show(on console: Console) -> ExitCode {
        console.lines(PlanText.lines(rows, width: console.size()?.width, colour: console.output.colour))
        return complain(on: console)
    }

    /// Says what is wrong with files, whose intents are left as they are, and with platforms; returns how the command ends.
    fileprivate func complain(on console: Console) -> ExitCode {
        for diagnostic in diagnostics { console.errorLine(Displayed.text("\(diagnostic)", limit: 1000)) }
        for refusal in refusals { console.errorLine(Displayed.text("a run could do less: \(refusal)", limit: 1000)) }
        if !refusals.isEmpty || diagnostics.contains(where: { $0.severity == .error }) { return .error }
        return PlanText.isDifferent(rows) ? .difference : .done
    }
}
