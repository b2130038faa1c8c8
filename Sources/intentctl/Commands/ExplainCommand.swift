import Documents
import Intents
import Placement
import Reconciling

/// `explain`: tells which offers fit an intent, in which order, and why.
struct ExplainCommand: Command {
    private let line: ParsedLine

    init(_ line: ParsedLine) throws(UsageError) {
        if line.isOn(.fluidos), line.value(.offers) != nil {
            throw UsageError("--fluidos asks no offers: leave out --offers", in: line.command)
        }
        self.line = line
    }

    func run(_ context: CommandContext) async throws(CommandError) -> ExitCode {
        let intents = try await context.operations.intents(context.settings, named: line.arguments)
        let format = context.output(line)
        if line.isOn(.fluidos) {
            writeSolvers(intents, format, context)
            return .done
        }
        let answer = try await context.operations.market(context.settings, list: line.value(.offers))
        for warning in answer.warnings { context.console.errorLine(Displayed.text(warning, limit: 1000)) }
        let now = context.console.now()
        var nodes: [Node] = []
        for intent in intents {
            let explained = answer.market.explain(intent.spec, now: now)
            switch format {
            case "jsonl": context.console.line(DocumentPrinter.json(ExplainText.line(intent.key, explained)))
            case "json": nodes.append(ExplainText.node(intent.key, explained))
            default:
                let width = context.console.size()?.width
                context.console.lines(ExplainText.lines(intent.key, explained, width: width))
            }
        }
        if format == "json" { context.write(.list(nodes), as: format) }
        return .done
    }

    /// Writes each intent as a FLUIDOS Solver.
    private func writeSolvers(_ intents: [Intent], _ format: String, _ context: CommandContext) {
        for intent in intents {
            let node = FluidosText.node(intent)
            switch format {
            case "jsonl": context.console.line(DocumentPrinter.json(node))
            case "json": context.write(node, as: format)
            default: context.console.write((intents.count > 1 ? "---\n" : "") + DocumentPrinter.yaml(node))
            }
        }
    }
}
