/// Every command there is, in the order of the help.
enum CommandCatalog {
    /// All of them.
    static let all: [CommandDescription] = CommandName.allCases.map(describe)

    /// One of them.
    static func command(_ name: CommandName) -> CommandDescription { describe(name) }

    /// Options of every command that reads settings.
    private static let common: [OptionDescription] = [
        .config, .set, .setting("log-format"), .setting("log-level"), .help,
    ]
    /// Options that name a cluster in place of directory and ledger.
    private static let cluster =
        ["kubernetes", "kubeconfig", "context"].map { OptionDescription.setting($0) } + [
            .setting("namespace", letter: "n"), .setting("all-namespaces", letter: "A"),
            .setting("operator-namespace"),
        ]
    /// Options of commands that read the ledger.
    private static let ledger: [OptionDescription] = [.setting("state")] + cluster + common

    private static func describe(_ name: CommandName) -> CommandDescription {
        switch name {
        case .run, .plan, .validate, .simulate, .schema, .version: describeWork(name)
        case .get, .describe, .events, .offers, .explain, .cost, .orphans: describeQuestion(name)
        case .suspend, .resume, .pause, .reconcile, .resolve, .approve, .complete: describeRequest(name)
        case .tokenCreate, .tokenList, .tokenRevoke, .tokenVerify, .tokenComplete: describeToken(name)
        }
    }

    /// Commands that work on files.
    private static func describeWork(_ name: CommandName) -> CommandDescription {
        switch name {
        case .run:
            CommandDescription(
                name: name,
                summary: "Make the world as the intents say, and keep it so",
                options: ["intents", "state", "once", "timeout", "simulate", "dry-run", "listen"]
                    .map { .setting($0) } + cluster
                    + ["watch-label-selector", "leader-elect", "shard"].map { .setting($0) } + common,
                difference: "with --once: not converged in time, or only stalled intents or held withdrawals are left"
            )
        case .plan:
            CommandDescription(
                name: name,
                summary: "Show what run would do now, and do nothing",
                options: [.setting("intents"), .output("text", "json")] + ledger,
                difference: "there is something to do. Exit status 1 also where a file of intents has an error, "
                    + "or a platform refuses us, which standard error tells"
            )
        case .validate:
            CommandDescription(
                name: name,
                summary: "Check files and directories of intents",
                arguments: .init(usage: "PATH…", least: 1, most: .max),
                options: [.output("text", "json"), .help]
            )
        case .simulate:
            CommandDescription(
                name: name,
                summary: "Start both platforms simulated, on loopback, until interrupted",
                options: [.setting("listen")] + common
            )
        case .schema:
            CommandDescription(
                name: name,
                summary: "Print the JSON Schema of intent files, or a kind's definition for Kubernetes",
                options: [.crd, .output("json", "yaml"), .help]
            )
        default:
            CommandDescription(
                name: name,
                summary: "Print the version",
                options: [.output("text", "json"), .help]
            )
        }
    }

    /// Commands that only look.
    private static func describeQuestion(_ name: CommandName) -> CommandDescription {
        switch name {
        case .get:
            CommandDescription(
                name: name,
                summary: "List intents and how they stand",
                arguments: .init(usage: "[NAME…]", least: 0, most: .max),
                options: [.output("table", "wide", "json", "yaml"), .watch] + ledger
            )
        case .describe:
            CommandDescription(
                name: name,
                summary: "Tell everything about one intent: what, why, since when, what next, what it costs",
                arguments: .name,
                options: ledger
            )
        case .events:
            CommandDescription(
                name: name,
                summary: "List what happened",
                arguments: .optionalName,
                options: [.output("text", "json")] + ledger
            )
        case .offers:
            CommandDescription(
                name: name,
                summary: "List what the platforms sell now",
                options: [
                    .offers, .model, .gpus, .gpuMemory, .provider, .location, .maxPrice, .spot, .sort,
                    .output("table", "json"),
                ] + ledger
            )
        case .explain:
            CommandDescription(
                name: name,
                summary: "Tell which offers fit an intent, in which order, and why",
                arguments: .init(usage: "NAME|PATH…", least: 1, most: .max),
                options: [.offers, .fluidos, .output("text", "json", "jsonl")] + ledger
            )
        case .cost:
            CommandDescription(
                name: name,
                summary: "Tell what was spent and what is being spent, withdrawn intents included",
                options: [.by, .since, .output("table", "json", "csv")] + ledger
            )
        default:
            CommandDescription(
                name: name,
                summary: "List what the platforms bill us for and our ledger does not know; changes nothing",
                options: [.output("table", "json")] + ledger
            )
        }
    }

    /// Commands that ask the operator for something.
    private static func describeRequest(_ name: CommandName) -> CommandDescription {
        switch name {
        case .suspend:
            CommandDescription(
                name: name,
                summary: "Release what an intent holds, and buy nothing for it until it is resumed",
                arguments: .name,
                options: [.reason, .until] + ledger
            )
        case .resume:
            CommandDescription(
                name: name,
                summary: "End a suspension and a pause",
                arguments: .name,
                options: ledger
            )
        case .pause:
            CommandDescription(
                name: name,
                summary: "Look at an intent, but change nothing until it is resumed",
                arguments: .name,
                options: [.reason, .until] + ledger
            )
        case .reconcile:
            CommandDescription(
                name: name,
                summary: "Look at an intent and act now",
                arguments: .name,
                options: ledger
            )
        case .resolve:
            CommandDescription(
                name: name,
                summary: "Say what became of a purchase that nobody can tell, or give an empty slot what lives already",
                arguments: .name,
                options: [.slot, .adopt, .abandon] + ledger
            )
        case .complete:
            CommandDescription(
                name: name,
                summary: "Say that a task of a job has ended, where its platform cannot tell",
                arguments: .name,
                options: [.slot, .failed] + ledger
            )
        default:
            CommandDescription(
                name: name,
                summary:
                    "Show what waits for a person's word, and let exactly that happen: a price, a volume, withdrawals",
                arguments: .optionalName,
                options: ledger
            )
        }
    }

    /// Commands about FLARE's tokens.
    private static func describeToken(_ name: CommandName) -> CommandDescription {
        switch name {
        case .tokenCreate:
            CommandDescription(
                name: name,
                summary: "Make a FLARE token and print it once",
                arguments: .name,
                options: [.permission, .expires, .user] + common
            )
        case .tokenRevoke:
            CommandDescription(
                name: name,
                summary: "Revoke a FLARE token",
                arguments: .init(usage: "TOKEN-ID", least: 1, most: 1),
                options: common
            )
        case .tokenComplete:
            CommandDescription(
                name: name,
                summary: "Print the token with which a container tells that its task has ended",
                arguments: .name,
                options: [.slot, .setting("state")] + common
            )
        case .tokenList:
            CommandDescription(
                name: name,
                summary: "List FLARE tokens; never their values",
                options: [.output("table", "json")] + common
            )
        default:
            CommandDescription(
                name: name,
                summary: "Tell what our FLARE token may do and when it ends",
                options: [.output("text", "json")] + common
            )
        }
    }
}
