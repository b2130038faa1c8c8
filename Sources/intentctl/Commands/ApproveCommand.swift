import Reconciling

/// `approve`: shows what waits for a person's word, and lets exactly that happen.
///
/// For an intent it is what the intent asks; for all, and for a withdrawn one, what the deletion guard holds.
struct ApproveCommand: Command {
    private let name: String?

    init(_ line: ParsedLine) throws(UsageError) { name = line.arguments.first }

    func run(_ context: CommandContext) async throws(CommandError) -> ExitCode {
        try context.requireState()
        let views = try await context.operations.intents(context.settings)
        let asking = views.filter { !$0.status.approvals.isEmpty }
        if let name, let view = asking.first(where: { $0.isNamed(name) }) { return try await permit(view, context) }
        guard let held = try await context.operations.heldWithdrawals(context.settings) else {
            if let name, !asking.isEmpty, !views.contains(where: { $0.isNamed(name) }) {
                throw CommandError("\(Displayed.text(name)) does not wait for approval")
            }
            return tellWhoAsks(name == nil ? asking : [], context)
        }
        let key = name.map(IntentKey.init(rawValue:))
        if let key, !held.keys.contains(key) {
            throw CommandError("\(Displayed.text(key.rawValue)) does not wait for approval")
        }
        let shown = key.map { [$0] } ?? held.keys
        let number = Phrases.count(shown.count, "withdrawal", "withdrawals")
        context.console.line("\(number) of \(Phrases.count(held.total, "intent", "intents")):")
        context.console.lines(shown.map { "  - " + Displayed.text($0.rawValue) })
        return try await context.request(.approve(token: held.token, key))
    }

    /// Lets happen what an intent asks, as it was shown.
    private func permit(_ view: IntentView, _ context: CommandContext) async throws(CommandError) -> ExitCode {
        var status = ExitCode.done
        for question in view.status.approvals {
            context.console.line("\(Displayed.text(view.name)): \(Displayed.text(question.why))")
            let outcome = try await context.request(.permit(view.key, question.permission))
            if outcome != .done { status = outcome }
        }
        return status
    }

    /// Nothing is approved for everybody at once: each price is a decision of its own.
    private func tellWhoAsks(_ asking: [IntentView], _ context: CommandContext) -> ExitCode {
        guard !asking.isEmpty else {
            context.console.line("Nothing waits for approval.")
            return .done
        }
        for view in asking {
            for question in view.status.approvals {
                context.console.line("\(Displayed.text(view.name)): \(Displayed.text(question.why))")
            }
        }
        context.console.line("Say which: intentctl approve NAME")
        return .done
    }
}
