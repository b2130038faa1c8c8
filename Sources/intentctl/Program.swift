import Glibc
import Reporting

/// The whole program: understands the command line, puts the settings together and runs the command.
enum Program {
    /// Runs with what the process was given; returns the exit status.
    @concurrent
    static func start() async -> Int32 {
        var environment = SystemConsole.environment()
        let console = SystemConsole.console(environment)
        let arguments = Array(Swift.CommandLine.arguments.dropFirst())
        // As a plugin of kubectl it speaks of the cluster that kubectl speaks of.
        if isPlugin(Swift.CommandLine.arguments.first ?? ""), environment["INTENTCTL_KUBERNETES"] == nil {
            environment["INTENTCTL_KUBERNETES"] = "true"
        }
        return await run(arguments, environment, console, JoinedOperations(environment: environment)).rawValue
    }

    /// Whether the process was started under the name by which kubectl finds its plugins.
    static func isPlugin(_ program: String) -> Bool { program.split(separator: "/").last == "kubectl-intent" }

    /// Runs a command line; everything that it says goes to the console.
    static func run(
        _ arguments: [String],
        _ environment: [String: String],
        _ console: Console,
        _ operations: any Operations
    ) async -> ExitCode {
        do throws(UsageError) {
            switch try CommandLineParser.parse(arguments) {
            case .help(let topic):
                console.line(topic.map(HelpText.command) ?? HelpText.overview)
                return .done
            case .command(let line):
                let command = try line.command.command(line)
                return await run(command, line, environment, console, operations)
            }
        } catch {
            console.errorLine(error.text)
            return .error
        }
    }

    /// Puts the settings together and runs a command that was understood.
    private static func run(
        _ command: any Command,
        _ line: ParsedLine,
        _ environment: [String: String],
        _ console: Console,
        _ operations: any Operations
    ) async -> ExitCode {
        var context = CommandContext(
            settings: Settings(),
            console: console,
            operations: operations,
            environment: environment
        )
        let prefix = "intentctl \(line.command.rawValue): "
        if readsSettings(line.command) {
            let loader = SettingsLoader(environment: environment, read: console.files.read)
            do throws(SettingsError) {
                let loaded = try loader.load(
                    flags: line.options,
                    assignments: line.options[OptionDescription.set.name] ?? [],
                    file: line.value(.config)
                )
                for warning in loaded.warnings { console.errorLine("\(prefix)warning: \(Displayed.text(warning))") }
                context.settings = loaded.settings
            } catch {
                for problem in error.problems { console.errorLine(prefix + Displayed.text(problem)) }
                return .error
            }
        }
        do throws(CommandError) {
            return try await command.run(context)
        } catch {
            let redactor = Redactor(secrets: context.settings.secrets)
            console.errorLine(prefix + Displayed.text(redactor.redacting(error.message), limit: 4096))
            return .error
        }
    }

    /// Whether a command has settings at all.
    static func readsSettings(_ name: CommandName) -> Bool {
        CommandCatalog.command(name).options.contains { $0.name == OptionDescription.config.name }
    }
}
