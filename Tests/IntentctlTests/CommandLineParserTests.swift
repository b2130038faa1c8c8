import Testing

@testable import intentctl

/// What a person types, and what is understood.
@Suite struct CommandLineParserTests {
    /// A command line and what it must be understood as.
    struct Case: Sendable, CustomTestStringConvertible {
        var words: String
        var command: CommandName
        var arguments: [String] = []
        var options: [String: [String]] = [:]
        var testDescription: String { words }
    }

    static let cases: [Case] = [
        Case(
            words: "run --intents a b --state s --once",
            command: .run,
            options: ["intents": ["a", "b"], "state": ["s"], "once": ["true"]]
        ),
        Case(words: "run --intents=a --intents=b", command: .run, options: ["intents": ["a", "b"]]),
        Case(
            words: "run --timeout 5m --simulate --dry-run --listen :1 --config c",
            command: .run,
            options: [
                "timeout": ["5m"], "simulate": ["true"], "dry-run": ["true"], "listen": [":1"], "config": ["c"],
            ]
        ),
        Case(words: "run --once=false", command: .run, options: ["once": ["false"]]),
        Case(
            words: "plan --set a=b --set c=d -o json",
            command: .plan,
            options: ["set": ["a=b", "c=d"], "output": ["json"]]
        ),
        Case(words: "validate a - b", command: .validate, arguments: ["a", "-", "b"]),
        Case(words: "validate -- -o", command: .validate, arguments: ["-o"]),
        Case(words: "get", command: .get),
        Case(
            words: "get a b -owide --watch",
            command: .get,
            arguments: ["a", "b"],
            options: ["output": ["wide"], "watch": ["true"]]
        ),
        Case(words: "get -o=json", command: .get, options: ["output": ["json"]]),
        Case(words: "get --output yaml", command: .get, options: ["output": ["yaml"]]),
        Case(words: "describe a --state s", command: .describe, arguments: ["a"], options: ["state": ["s"]]),
        Case(words: "events", command: .events),
        Case(words: "offers --log-level debug", command: .offers, options: ["log-level": ["debug"]]),
        Case(words: "explain a b.yaml", command: .explain, arguments: ["a", "b.yaml"]),
        Case(
            words: "suspend a --reason night --until 8h",
            command: .suspend,
            arguments: ["a"],
            options: ["reason": ["night"], "until": ["8h"]]
        ),
        Case(words: "resume a", command: .resume, arguments: ["a"]),
        Case(words: "pause a", command: .pause, arguments: ["a"]),
        Case(words: "reconcile a", command: .reconcile, arguments: ["a"]),
        Case(
            words: "resolve a --slot 0 --adopt=-x",
            command: .resolve,
            arguments: ["a"],
            options: ["slot": ["0"], "adopt": ["-x"]]
        ),
        Case(
            words: "resolve a --abandon --slot 1",
            command: .resolve,
            arguments: ["a"],
            options: ["slot": ["1"], "abandon": ["true"]]
        ),
        Case(words: "approve", command: .approve),
        Case(
            words: "complete a --slot 2 --failed",
            command: .complete,
            arguments: ["a"],
            options: ["slot": ["2"], "failed": ["true"]]
        ),
        Case(
            words: "cost --by day --since 24h -o csv",
            command: .cost,
            options: ["by": ["day"], "since": ["24h"], "output": ["csv"]]
        ),
        Case(words: "token complete a --slot 0", command: .tokenComplete, arguments: ["a"], options: ["slot": ["0"]]),
        Case(words: "orphans -o table", command: .orphans, options: ["output": ["table"]]),
        Case(
            words: "token create n --permission a --permission b",
            command: .tokenCreate,
            arguments: ["n"],
            options: ["permission": ["a", "b"]]
        ),
        Case(words: "token list", command: .tokenList),
        Case(words: "token revoke t", command: .tokenRevoke, arguments: ["t"]),
        Case(words: "token verify", command: .tokenVerify),
        Case(words: "simulate --listen :0", command: .simulate, options: ["listen": [":0"]]),
        Case(words: "schema -o yaml", command: .schema, options: ["output": ["yaml"]]),
        Case(words: "schema --crd allocation", command: .schema, options: ["crd": ["allocation"]]),
        Case(words: "version", command: .version),
        Case(words: "--version", command: .version),
    ]

    @Test("Understood", arguments: cases)
    func understood(_ row: Case) throws {
        let expected = ParsedLine(command: row.command, arguments: row.arguments, options: row.options)
        #expect(try CommandLineParser.parse(row.words.split(separator: " ").map(String.init)) == .command(expected))
    }

    @Test("The table above names every command")
    func everyCommand() {
        #expect(Set(Self.cases.map(\.command)) == Set(CommandName.allCases))
    }

    @Test(
        "Every option of every command is taken, and is refused twice unless it may be repeated",
        arguments: CommandName.allCases
    )
    func everyOption(_ name: CommandName) throws {
        let command = CommandCatalog.command(name)
        let arguments = Array(repeating: "x", count: command.arguments.least)
        for option in command.options where option.name != "help" {
            let value = option.words.first ?? "1"
            let words = ["--\(option.name)"] + (option.value == nil ? [] : [value])
            let expected = option.value == nil ? "true" : value
            let line = ParsedLine(command: name, arguments: arguments, options: [option.name: [expected]])
            #expect(try CommandLineParser.parse(name.words + arguments + words) == .command(line))
            let isRefused = (try? CommandLineParser.parse(name.words + arguments + words + words)) == nil
            #expect(isRefused == !option.repeats, "\(option.name)")
            if option.value != nil {
                #expect(throws: UsageError.self) { try CommandLineParser.parse(name.words + ["--\(option.name)"]) }
            }
        }
        #expect(try CommandLineParser.parse(name.words + ["--help"]) == .help(name))
        #expect(try CommandLineParser.parse(name.words + ["-h"]) == .help(name))
        #expect(try CommandLineParser.parse(["help"] + name.words) == .help(name))
    }

    @Test(
        "Mistakes are named, with the nearest word",
        arguments: [
            ("", "a command is missing"), ("rnu", "no command 'rnu'; did you mean run?"),
            ("frobnicate", "no command 'frobnicate'"),
            ("--state s get", "options follow the command, '--state' came first"),
            ("run --stat s", "no option '--stat'; did you mean --state?"),
            ("run --api-key=hunter2", "no option '--api-key'"), ("run -x", "no option '-x'"),
            ("run a", "'a' is too much"), ("run --state", "--state needs a value: --state DIR"),
            ("run --state --once", "--state needs a value: --state DIR"), ("run --once=maybe", "--once takes no value"),
            ("get -o jsn", "-o must be one of table, wide, json, yaml, not 'jsn'; did you mean json?"),
            ("describe", "NAME is missing"), ("describe a b", "'b' is too much"), ("validate", "PATH… is missing"),
            ("token", "token: say which of create, list, revoke, verify"),
            ("token lst", "token: no command 'lst'; did you mean list?"), ("help run now", "help: 'now' is too much"),
            ("help rnu", "no command 'rnu'; did you mean run?"),
        ]
    )
    func mistakes(_ words: String, _ expected: String) throws {
        let error = try #require(throws: UsageError.self) {
            try CommandLineParser.parse(words.split(separator: " ").map(String.init))
        }
        #expect(error.message.hasPrefix(expected), "\(error.message)")
        #expect(!error.text.contains("hunter2"))
        #expect(error.text.contains("--help'."))
    }

    @Test("An empty argument and control characters")
    func nasty() throws {
        #expect(throws: UsageError.self) { try CommandLineParser.parse(["describe", ""]) }
        let error = try #require(throws: UsageError.self) { try CommandLineParser.parse(["run", "--\u{1B}[2J"]) }
        #expect(!error.text.contains("\u{1B}"))
    }

    @Test("Help about everything and about a group", arguments: ["help", "--help", "-h", "help token", "token --help"])
    func overview(_ words: String) throws {
        #expect(try CommandLineParser.parse(words.split(separator: " ").map(String.init)) == .help(nil))
    }
}

/// The help that is made from the descriptions.
@Suite struct HelpTextTests {
    @Test("The overview names every command")
    func overview() {
        let lines = HelpText.overview.split(separator: "\n")
        for name in CommandName.allCases { #expect(lines.contains { $0.hasPrefix("  \(name.rawValue) ") }) }
    }

    @Test("A command's help names its options, their twins and their defaults", arguments: CommandName.allCases)
    func command(_ name: CommandName) {
        let text = HelpText.command(name)
        let command = CommandCatalog.command(name)
        #expect(text.contains(command.usage))
        for option in command.options {
            #expect(text.contains(option.usage))
            if let environment = option.environment { #expect(text.contains(environment)) }
            if !option.defaultText.isEmpty { #expect(text.contains("default \(option.defaultText)")) }
        }
    }

    @Test("No command has two options of one name, or one letter for two")
    func unique() {
        for command in CommandCatalog.all {
            #expect(Set(command.options.map(\.name)).count == command.options.count)
            let letters = command.options.compactMap(\.letter)
            #expect(Set(letters).count == letters.count)
            #expect(command.options.last == .help)
        }
    }
}
