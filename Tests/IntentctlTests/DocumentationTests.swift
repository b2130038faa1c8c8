import Testing

@testable import intentctl

/// The pages say what the descriptions say: no setting, command or option is missing or told differently.
@Suite struct DocumentationTests {
    /// A page of the documentation catalogue.
    private static func page(_ name: String) throws -> String {
        let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        let path = "/\(root)/Sources/intentctl/Documentation.docc/\(name)"
        return String(decoding: try SystemFiles.read(path), as: UTF8.self)
    }

    /// The row of a setting on the page about the configuration.
    static func row(_ setting: SettingDescription) -> String {
        let value = setting.defaultText.isEmpty ? "–" : "`\(setting.defaultText)`"
        let flag = setting.flag.map { "`--\($0)`" } ?? "–"
        let kind = setting.placeholder.replacing("|", with: "\\|")
        return "| `\(setting.path)` | `\(setting.environment)` | \(flag) | `\(kind)` | \(value) | \(setting.summary) |"
    }

    /// The row of an option on the page about the command.
    static func row(_ option: OptionDescription) -> String {
        "| `\(option.usage.replacing("|", with: "\\|"))` | \(option.environment.map { "`\($0)`" } ?? "–") | \(option.summary) |"
    }

    @Test("Every setting has its row", arguments: SettingsCatalog.all.map(\.path))
    func settings(_ path: String) throws {
        let setting = try #require(SettingsCatalog.setting(at: path))
        #expect(try Self.page("Configuration.md").contains(Self.row(setting) + "\n"), "\(Self.row(setting))")
    }

    @Test("Every command has its section with its usage, its summary and its options", arguments: CommandName.allCases)
    func commands(_ name: CommandName) throws {
        let command = CommandCatalog.command(name)
        let page = try Self.page("Command.md")
        let section = try #require(page.split(separator: "\n### ").first { $0.hasPrefix("\(name.rawValue)\n") })
        #expect(section.contains("    \(command.usage)\n"))
        #expect(section.contains(command.summary + "."))
        for option in command.options where !Self.isCommon(option) {
            #expect(section.contains(Self.row(option) + "\n"), "\(Self.row(option))")
        }
    }

    @Test("Options of every command stand once")
    func common() throws {
        let page = try Self.page("Command.md")
        let options = CommandCatalog.command(.get).options.filter(Self.isCommon)
        #expect(options.count == 12)
        for option in options { #expect(page.contains(Self.row(option) + "\n"), "\(Self.row(option))") }
    }

    /// Whether an option stands in the table of those that many commands share.
    static func isCommon(_ option: OptionDescription) -> Bool {
        [
            "state", "kubernetes", "kubeconfig", "context", "namespace", "all-namespaces", "operator-namespace",
            "config", "set",
            "log-format",
            "log-level", "help",
        ].contains(option.name)
    }
}
