import Documents

/// A command that was understood, ready to run.
protocol Command: Sendable {
    /// Takes the values of its options; throws where they make no sense together.
    init(_ line: ParsedLine) throws(UsageError)
    /// Does it.
    func run(_ context: CommandContext) async throws(CommandError) -> ExitCode
}

/// What a command works with.
struct CommandContext: Sendable {
    /// Everything that is set.
    var settings: Settings
    /// Streams, clock and files.
    var console: Console
    /// Ledger, platforms and heart.
    var operations: any Operations
    /// What the environment says of `-o` and `--watch`.
    var environment: [String: String]

    /// How the result is written: the option, else the environment where the command knows that way, else the default.
    func output(_ line: ParsedLine) -> String {
        let option = CommandCatalog.command(line.command).options.first { $0.name == "output" }
        if let given = line.options["output"]?.last { return given }
        let environment = environment["INTENTCTL_OUTPUT"] ?? ""
        return option.map { $0.words.contains(environment) ? environment : $0.defaultText } ?? ""
    }

    /// Writes a node in the format that was asked for.
    func write(_ node: Node, as format: String) {
        console.write(
            format == "yaml" ? DocumentPrinter.yaml(node) : DocumentPrinter.json(node, style: .pretty) + "\n"
        )
    }

    /// Throws where nobody has said where the ledger is.
    func requireState() throws(CommandError) {
        if settings.cluster.isUsed, settings.state != nil {
            throw CommandError("a ledger is either a directory (--state) or a cluster (--kubernetes): name one")
        }
        guard settings.state == nil, !settings.cluster.isUsed else { return }
        throw CommandError("no ledger is named: give --state DIR or set INTENTCTL_STATE, or give --kubernetes")
    }

    /// Throws where nobody has said where intents are.
    func requireIntents() throws(CommandError) {
        if settings.cluster.isUsed, !settings.intents.isEmpty {
            throw CommandError("intents are either files (--intents) or objects of a cluster (--kubernetes): name one")
        }
        guard settings.intents.isEmpty, !settings.cluster.isUsed else { return }
        throw CommandError("no intents are named: give --intents PATH or set INTENTCTL_INTENTS")
    }
}

extension CommandName {
    /// The command that a line stands for.
    func command(_ line: ParsedLine) throws(UsageError) -> any Command {
        switch self {
        case .run: try RunCommand(line)
        case .plan: try PlanCommand(line)
        case .validate: try ValidateCommand(line)
        case .get: try GetCommand(line)
        case .describe: try DescribeCommand(line)
        case .events: try EventsCommand(line)
        case .offers: try OffersCommand(line)
        case .explain: try ExplainCommand(line)
        case .suspend, .resume, .pause, .reconcile: try RequestCommand(line)
        case .resolve: try ResolveCommand(line)
        case .approve: try ApproveCommand(line)
        case .complete: try CompleteCommand(line)
        case .cost: try CostCommand(line)
        case .tokenComplete: try TokenCompleteCommand(line)
        case .orphans: try OrphansCommand(line)
        case .tokenCreate, .tokenList, .tokenRevoke, .tokenVerify: try TokenCommand(line)
        case .simulate: try SimulateCommand(line)
        case .schema: try SchemaCommand(line)
        case .version: try VersionCommand(line)
        }
    }
}
