/// The help, made from the descriptions of commands and options.
enum HelpText {
    /// The help about everything.
    static var overview: String {
        var lines = [
            "Commit an intent, and the GPU is there; delete it, and the bill stops.",
            "",
            "Usage: intentctl COMMAND [options]",
            "",
            "Commands:",
        ]
        lines += rows(CommandCatalog.all.map { ($0.name.rawValue, $0.summary) })
        lines += [
            "",
            "'intentctl help COMMAND' tells about one of them.",
            "Settings come from flags, then from the environment, then from the file of --config.",
        ]
        return lines.joined(separator: "\n")
    }

    /// The help about one command.
    static func command(_ name: CommandName) -> String {
        let command = CommandCatalog.command(name)
        var lines = [command.summary + ".", "", "Usage: \(command.usage)", "", "Options:"]
        lines += rows(command.options.map { ($0.usage, sentence($0)) })
        lines += ["", "Exit status: 0 done or nothing to do; 1 an error" + (difference(command)) + "."]
        return lines.joined(separator: "\n")
    }

    private static func difference(_ command: CommandDescription) -> String {
        command.difference.isEmpty ? "" : "; 2 \(command.difference)"
    }

    /// What an option does, with its twins and its default.
    private static func sentence(_ option: OptionDescription) -> String {
        var facts: [String] = []
        if !option.defaultText.isEmpty { facts.append("default \(option.defaultText)") }
        if let environment = option.environment { facts.append(environment) }
        return option.summary + (facts.isEmpty ? "" : " [\(facts.joined(separator: "; "))]")
    }

    /// Two columns; the second starts on a line of its own where the first is too wide.
    private static func rows(_ pairs: [(String, String)]) -> [String] {
        let width = min(26, pairs.map { $0.0.count }.max() ?? 0)
        return pairs.flatMap { left, right -> [String] in
            guard left.count <= width else {
                return ["  " + left, "  " + String(repeating: " ", count: width + 2) + right]
            }
            return ["  " + left + String(repeating: " ", count: width - left.count + 2) + right]
        }
    }
}
