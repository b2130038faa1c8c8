import Documents

/// `version`: prints the version.
struct VersionCommand: Command {
    /// The version of this build.
    static let version = "0.1.0"
    private let line: ParsedLine

    init(_ line: ParsedLine) throws(UsageError) { self.line = line }

    func run(_ context: CommandContext) async throws(CommandError) -> ExitCode {
        if context.output(line) == "json" {
            context.write(.mapping(["version": .string(Self.version)]), as: "json")
        } else {
            context.console.line("intentctl \(Self.version)")
        }
        return .done
    }
}
