import Documents

/// What a person typed, understood.
enum Invocation: Hashable, Sendable {
    /// A command is to be run.
    case command(ParsedLine)
    /// Help was asked for; nil means about everything.
    case help(CommandName?)
}

/// A command with its arguments and options.
struct ParsedLine: Hashable, Sendable {
    /// Which command.
    var command: CommandName
    /// What follows it beside options.
    var arguments: [String] = []
    /// The values of each option by its name; a switch has `true` or `false`.
    var options: [String: [String]] = [:]

    /// The last value of an option.
    func value(_ option: OptionDescription) -> String? { options[option.name]?.last }

    /// Whether a switch is on.
    func isOn(_ option: OptionDescription) -> Bool { value(option) == "true" }
}

/// A mistake in what a person typed.
struct UsageError: Error, Hashable, Sendable {
    /// What is wrong and what would be right, without a full stop.
    var message: String
    /// Of which command; nil where none was understood.
    var command: CommandName?

    /// A mistake.
    init(_ message: String, in command: CommandName? = nil) {
        self.message = message
        self.command = command
    }

    /// The lines for standard error.
    var text: String {
        let name = ["intentctl", command?.rawValue].compactMap(\.self).joined(separator: " ")
        return "\(name): \(message)\nSee '\(name) --help'."
    }
}

/// Understands a command line by the catalogue of commands.
struct CommandLineParser {
    private var rest: ArraySlice<String>
    private var line: ParsedLine
    private let description: CommandDescription

    /// Understands the arguments, without the program's own name.
    static func parse(_ arguments: [String]) throws(UsageError) -> Invocation {
        guard let first = arguments.first else { throw UsageError("a command is missing") }
        if first == "help" { return .help(try topic(arguments.dropFirst())) }
        if first == "--help" || first == "-h" { return .help(nil) }
        if first == "--version" { return .command(ParsedLine(command: .version)) }
        let (name, rest) = try command(arguments[...])
        guard let name else { return .help(nil) }
        var parser = Self(rest: rest, line: ParsedLine(command: name), description: CommandCatalog.command(name))
        return try parser.parse()
    }

    /// What help is asked about.
    private static func topic(_ words: ArraySlice<String>) throws(UsageError) -> CommandName? {
        guard !words.isEmpty, words.first != "token" || words.count > 1 else { return nil }
        let (name, rest) = try command(words)
        if let extra = rest.first { throw UsageError("help: \(quoted(extra)) is too much") }
        return name
    }

    /// The command that the words begin with; nil where they ask for help about a group of commands.
    private static func command(
        _ words: ArraySlice<String>
    ) throws(UsageError) -> (name: CommandName?, rest: ArraySlice<String>) {
        let first = words.first ?? ""
        if let name = CommandName(rawValue: first) { return (name, words.dropFirst()) }
        if first == "token" {
            let second = words.dropFirst().first
            if second == "--help" || second == "-h" { return (nil, []) }
            let verbs = CommandName.allCases.map(\.words).filter { $0.first == "token" && $0.count == 2 }.map { $0[1] }
            guard let second else { throw UsageError("token: say which of \(verbs.joined(separator: ", "))") }
            guard let name = CommandName(rawValue: "token \(second)") else {
                throw UsageError("token: no command \(quoted(second))" + hint(second, verbs))
            }
            return (name, words.dropFirst(2))
        }
        guard !first.hasPrefix("-") else { throw UsageError("options follow the command, \(quoted(first)) came first") }
        throw UsageError(
            "no command \(quoted(first))" + hint(first, CommandName.allCases.map { $0.words[0] } + ["help"])
        )
    }

    /// Takes the words one after the other.
    private mutating func parse() throws(UsageError) -> Invocation {
        while let word = rest.popFirst() {
            if word == "--" {
                line.arguments += rest
                rest = []
            } else if word.hasPrefix("-"), word != "-" {
                if try takeOption(word) { return .help(line.command) }
            } else {
                line.arguments.append(word)
            }
        }
        try checkArguments()
        return .command(line)
    }

    /// Takes an option; returns whether it asks for help.
    private mutating func takeOption(_ word: String) throws(UsageError) -> Bool {
        var (name, value) = Self.split(word)
        if !word.hasPrefix("--"), value == nil, name.count > 1, name.first == "o" {
            value = String(name.dropFirst())
            name = "o"
        }
        let isLetter = !word.hasPrefix("--")
        let option = description.options.first { isLetter ? $0.letter.map(String.init) == name : $0.name == name }
        guard let option else { throw unknown(word, name) }
        if option.name == OptionDescription.help.name { return true }
        guard option.value != nil else {
            guard ["true", "false", nil].contains(value) else {
                throw fault("\(option.shown) takes no value, or true or false")
            }
            try add(value ?? "true", to: option)
            return false
        }
        if let value {
            try add(value, to: option)
        } else {
            try takeValues(of: option)
        }
        return false
    }

    /// Takes the value that follows an option, and for a repeated one all that follow, where nothing else can be meant.
    private mutating func takeValues(of option: OptionDescription) throws(UsageError) {
        guard let value = rest.first, !Self.isOption(value) else {
            throw fault("\(option.shown) needs a value: \(option.usage)")
        }
        repeat {
            try add(rest.removeFirst(), to: option)
        } while option.repeats && description.arguments.most == 0 && rest.first.map { !Self.isOption($0) } ?? false
    }

    /// Notes a value.
    private mutating func add(_ value: String, to option: OptionDescription) throws(UsageError) {
        if !option.repeats, line.options[option.name] != nil { throw fault("\(option.shown) is given twice") }
        guard option.words.isEmpty || option.words.contains(value) else {
            let words = option.words.joined(separator: ", ")
            throw fault(
                "\(option.shown) must be one of \(words), not \(Self.quoted(value))" + Self.hint(value, option.words)
            )
        }
        line.options[option.name, default: []].append(value)
    }

    /// Whether there are as many arguments as there must be.
    private func checkArguments() throws(UsageError) {
        let wanted = description.arguments
        if line.arguments.count < wanted.least { throw fault("\(wanted.usage) is missing") }
        if line.arguments.count > wanted.most {
            throw fault("\(Self.quoted(line.arguments[wanted.most])) is too much")
        }
        if line.arguments.contains("") { throw fault("\(wanted.usage) must not be empty") }
    }

    /// An option that the command does not have.
    private func unknown(_ word: String, _ name: String) -> UsageError {
        let names = description.options.filter { $0.letter != "o" }.map { "--\($0.name)" }
        let nearest = Suggestion.nearest(to: name, among: names.map { String($0.dropFirst(2)) })
        return fault("no option \(Self.quoted(Self.prefix(word)))" + (nearest.map { "; did you mean --\($0)?" } ?? ""))
    }

    private func fault(_ message: String) -> UsageError { UsageError(message, in: line.command) }

    /// Name and value of `--name=value`.
    private static func split(_ word: String) -> (name: String, value: String?) {
        let body = word.drop { $0 == "-" }
        guard let equals = body.firstIndex(of: "=") else { return (String(body), nil) }
        return (String(body[..<equals]), String(body[body.index(after: equals)...]))
    }

    /// An option without its value, which may be a secret.
    private static func prefix(_ word: String) -> String { String(word.prefix { $0 != "=" }) }

    /// Whether a word is an option and cannot be a value.
    private static func isOption(_ word: String) -> Bool { word.hasPrefix("-") && word != "-" }

    /// A word for a message, cut and without control characters.
    private static func quoted(_ word: String) -> String { "'\(Displayed.text(word, limit: 60))'" }

    private static func hint(_ word: String, _ known: [String]) -> String {
        Suggestion.nearest(to: word, among: known).map { "; did you mean \($0)?" } ?? ""
    }
}
