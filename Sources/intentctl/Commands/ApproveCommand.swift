import Reconciling

/// `approve`: shows the withdrawals that the deletion guard holds, and lets exactly these happen.
struct ApproveCommand: Command {
    private let key: IntentKey?

    init(_ line: ParsedLine) throws(UsageError) { key = line.arguments.first.map(IntentKey.init(rawValue:)) }

    func run(_ context: CommandContext) async throws(CommandError) -> ExitCode {
        try context.requireState()
        guard let held = try await context.operations.heldWithdrawals(context.settings) else {
            context.console.line("Nothing waits for approval.")
            return .done
        }
        if let key, !held.keys.contains(key) {
            throw CommandError("\(Displayed.text(key.rawValue)) does not wait for approval")
        }
        let shown = key.map { [$0] } ?? held.keys
        let number = Phrases.count(shown.count, "withdrawal", "withdrawals")
        context.console.line("\(number) of \(Phrases.count(held.total, "intent", "intents")):")
        context.console.lines(shown.map { "  - " + Displayed.text($0.rawValue) })
        return try await context.request(.approve(token: held.token, key))
    }
}
