import Reconciling

/// `complete`: says that a task of a job has ended.
struct CompleteCommand: Command {
    private let name: String
    private let slot: Int
    private let outcome: TaskOutcome

    init(_ line: ParsedLine) throws(UsageError) {
        name = line.arguments[0]
        slot = try line.slot()
        outcome = line.isOn(.failed) ? .failed : .completed
    }

    func run(_ context: CommandContext) async throws(CommandError) -> ExitCode {
        let key = try await context.view(name).key
        return try await context.request(.complete(key, slot: slot, outcome))
    }
}

/// `token complete`: prints the token with which a container tells that its task has ended.
struct TokenCompleteCommand: Command {
    private let name: String
    private let slot: Int

    init(_ line: ParsedLine) throws(UsageError) {
        name = line.arguments[0]
        slot = try line.slot()
    }

    func run(_ context: CommandContext) async throws(CommandError) -> ExitCode {
        guard context.settings.state != nil else {
            throw CommandError("no state directory is named: give --state DIR or set INTENTCTL_STATE")
        }
        let key = IntentKey(rawValue: name)
        let token = try await context.operations.completionToken(context.settings, key, slot: slot)
        context.console.errorLine("A container ends slot \(slot) of \(Displayed.text(name)) with this token:")
        context.console.line(token.reveal())
        return .done
    }
}

extension ParsedLine {
    /// The slot that a line names.
    func slot() throws(UsageError) -> Int {
        guard let slot = value(.slot).flatMap({ Int($0) }), slot >= 0 else {
            throw UsageError("--slot N is missing or is no number from 0", in: command)
        }
        return slot
    }
}
