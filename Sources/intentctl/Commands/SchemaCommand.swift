import Documents
import Intents
import Kubernetes

/// `schema`: prints the JSON Schema of intent files, or how an API server learns the operator's kinds.
struct SchemaCommand: Command {
    private let line: ParsedLine

    init(_ line: ParsedLine) throws(UsageError) { self.line = line }

    func run(_ context: CommandContext) async throws(CommandError) -> ExitCode {
        context.write(schema, as: context.output(line))
        return .done
    }

    private var schema: Node {
        switch line.value(.crd) {
        case "intent": CustomResource.intent.definition
        case "allocation": CustomResource.allocation.definition
        default: IntentSchema.json()
        }
    }
}
