/// The commands of `intentctl`; the raw value is how they are typed.
enum CommandName: String, CaseIterable, Hashable, Sendable {
    case run, plan, validate, get, describe, events, offers, explain
    case suspend, resume, pause, reconcile, resolve, approve, complete, cost, orphans
    case tokenCreate = "token create"
    case tokenList = "token list"
    case tokenRevoke = "token revoke"
    case tokenVerify = "token verify"
    case tokenComplete = "token complete"
    case simulate, schema, version

    /// The words that are typed.
    var words: [String] { rawValue.split(separator: " ").map(String.init) }
}

/// One command, described once: for the parser, the help and the documentation.
struct CommandDescription: Hashable, Sendable {
    /// What follows a command beside options.
    struct Arguments: Hashable, Sendable {
        /// How they are written in help.
        var usage: String
        /// At least so many.
        var least: Int
        /// At most so many.
        var most: Int

        /// No arguments.
        static let none = Self(usage: "", least: 0, most: 0)
        /// One intent's name.
        static let name = Self(usage: "NAME", least: 1, most: 1)
        /// One intent's name or none.
        static let optionalName = Self(usage: "[NAME]", least: 0, most: 1)
    }

    /// Its name.
    var name: CommandName
    /// What it does, in a sentence without a full stop.
    var summary: String
    /// What follows it.
    var arguments = Arguments.none
    /// Its options, in the order of the help.
    var options: [OptionDescription]
    /// What its exit status 2 means; empty where it has none.
    var difference = ""

    /// How it is written.
    var usage: String {
        (["intentctl", name.rawValue] + [arguments.usage].filter { !$0.isEmpty } + ["[options]"]).joined(separator: " ")
    }
}
