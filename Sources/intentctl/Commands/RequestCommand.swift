import Intents
import Reconciling

/// `suspend`, `resume`, `pause` and `reconcile`: ask the operator for something about one intent.
struct RequestCommand: Command {
    private let line: ParsedLine

    init(_ line: ParsedLine) throws(UsageError) {
        self.line = line
        if line.command == .suspend, (line.value(.reason) ?? "").isEmpty {
            throw UsageError("--reason TEXT is missing: say why, it is shown with the intent", in: .suspend)
        }
        if let until = line.value(.until), Self.moment(until, now: Timestamp(milliseconds: 0)) == nil {
            throw UsageError(
                "--until must be a moment such as 2027-01-04T07:00:00Z or a span such as 8h",
                in: line.command
            )
        }
    }

    func run(_ context: CommandContext) async throws(CommandError) -> ExitCode {
        let view = try await context.view(line.arguments[0])
        return try await context.request(verb(view.key, context.console.now()))
    }

    private func verb(_ key: IntentKey, _ now: Timestamp) throws(CommandError) -> OperatorRequest.Verb {
        switch line.command {
        case .suspend:
            var suspension = Suspension()
            suspension.reason = line.value(.reason) ?? ""
            suspension.until = try until(now, "nothing is suspended")
            return .suspend(key, suspension)
        case .pause:
            var pause = Pause()
            pause.reason = line.value(.reason) ?? ""
            pause.until = try until(now, "nothing is paused")
            return .pause(key, pause)
        case .resume: return .resume(key)
        default: return .reconcile(key)
        }
    }

    /// What `--until` says; one that has passed is refused.
    private func until(_ now: Timestamp, _ consequence: String) throws(CommandError) -> Timestamp? {
        guard let moment = line.value(.until).flatMap({ Self.moment($0, now: now) }) else { return nil }
        guard moment > now else { throw CommandError("--until \(moment.text) has passed; \(consequence)") }
        return moment
    }

    /// A moment, or a span from now; nil where the text is neither.
    static func moment(_ text: String, now: Timestamp) -> Timestamp? {
        do throws(UnitError) {
            return try Timestamp(parsing: text)
        } catch {
            return later(text, than: now)
        }
    }

    /// The moment that is a span later; nil where the text is no span.
    private static func later(_ text: String, than now: Timestamp) -> Timestamp? {
        do throws(UnitError) { return now + (try Duration(parsing: text)) } catch { return nil }
    }
}

extension CommandContext {
    /// Writes a request down and tells what became of it.
    func request(_ verb: OperatorRequest.Verb) async throws(CommandError) -> ExitCode {
        try requireState()
        switch try await operations.request(settings, verb) {
        case .recorded:
            console.line("Written down; a run carries it out.")
            return .done
        case .carriedOut(let text):
            console.line(Displayed.text(text.isEmpty ? "Done." : text))
            return .done
        case .refused(let text):
            throw CommandError(text)
        }
    }
}
