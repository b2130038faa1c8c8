import Documents
import Intents

/// `token create|list|revoke|verify`: FLARE's tokens.
struct TokenCommand: Command {
    private let line: ParsedLine
    private let action: TokenAction

    init(_ line: ParsedLine) throws(UsageError) {
        self.line = line
        switch line.command {
        case .tokenCreate:
            let expires = line.value(.expires) ?? OptionDescription.expires.defaultText
            do throws(UnitError) { _ = try Duration(parsing: expires) } catch {
                throw UsageError("--expires must be a span of time such as 90d", in: line.command)
            }
            let usual = OptionDescription.permission.defaultText.split(separator: " ").map(String.init)
            action = .create(
                name: line.arguments[0],
                permissions: line.options["permission"] ?? usual,
                expires: expires,
                user: line.value(.user)
            )
        case .tokenRevoke: action = .revoke(id: line.arguments[0])
        case .tokenList: action = .list
        default: action = .verify
        }
    }

    func run(_ context: CommandContext) async throws(CommandError) -> ExitCode {
        guard context.settings.flare.url != nil else { throw CommandError("no FLARE is named: set FLARE_API_URL") }
        let console = context.console
        let isJSON = context.output(line) == "json"
        switch try await context.operations.token(context.settings, action) {
        case .created(let facts, let value):
            console.errorLine("\(Self.sentence(facts)). This is the only time that it is shown:")
            console.line(value.reveal())
        case .list(let tokens):
            if isJSON {
                context.write(.list(tokens.map(\.node)), as: "json")
            } else {
                console.table(Self.table(tokens), whenEmpty: "No tokens.")
            }
        case .revoked(let id):
            console.line("\(Displayed.text(id)) is revoked.")
        case .verified(let facts, let warnings):
            if isJSON { context.write(facts.node, as: "json") } else { console.line(Self.sentence(facts) + ".") }
            for warning in warnings { console.errorLine("warning: " + Displayed.text(warning)) }
        }
        return .done
    }

    /// What a token may do and when it ends, in a sentence without a full stop.
    private static func sentence(_ facts: TokenFacts) -> String {
        let end = facts.expiresAt.map { "ends at \($0.text)" } ?? "has no end that is known"
        let name = facts.name ?? facts.id ?? "the token"
        let powers = facts.permissions.isEmpty ? "do what nobody tells" : facts.permissions.joined(separator: ", ")
        return Displayed.text("\(name) may \(powers) and \(end)")
    }

    private static func table(_ tokens: [TokenFacts]) -> TextTable {
        let titles = ["ID", "NAME", "STATUS", "EXPIRES", "LAST USED", "PERMISSIONS"]
        let rows = tokens.map { token -> [TextTable.Cell] in
            [
                .init(token.id ?? "-"), .init(token.name ?? "-"), .init(token.status ?? "-"),
                .init(token.expiresAt?.text ?? "-"), .init(token.lastUsed?.text ?? "-"),
                .init(token.permissions.joined(separator: " ")),
            ]
        }
        return TextTable(columns: titles.map { .init(title: $0) }, rows: rows)
    }
}
