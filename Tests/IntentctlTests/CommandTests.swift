import Documents
import Intents
import Placement
import Reconciling
import Testing

@testable import intentctl

/// Commands from the words that are typed to what is written and the exit status.
@Suite struct CommandTests {
    /// What came of a command.
    struct Result {
        var status: ExitCode
        var output: String
        var error: String
        var operations: FakeOperations
    }

    static func run(
        _ arguments: [String],
        _ answers: FakeOperations.Answers = .init(),
        environment: [String: String] = ["INTENTCTL_STATE": "s"],
        files: [String: String] = [:],
        size: TerminalSize? = nil,
        looks: Int = 0
    ) async -> Result {
        let screen = Screen()
        let operations = FakeOperations(answers)
        let console = screen.console(files, size: size, looks: looks)
        let status = await Program.run(arguments, environment, console, operations)
        return Result(status: status, output: screen.output, error: screen.error, operations: operations)
    }

    private static let two = FakeOperations.Answers(views: [Samples.view("a"), Samples.view("b")])

    @Test("No command, an unknown one, help and version")
    func basics() async {
        let none = await Self.run([])
        #expect(none.status == .error && none.output.isEmpty)
        #expect(none.error == "intentctl: a command is missing\nSee 'intentctl --help'.\n")
        let help = await Self.run(["help"])
        #expect(help.status == .done && help.output.contains("Commands:") && help.error.isEmpty)
        #expect(await Self.run(["version"]).output == "intentctl \(VersionCommand.version)\n")
        #expect(
            await Self.run(["version", "-o", "json"]).output == "{\n  \"version\": \"\(VersionCommand.version)\"\n}\n"
        )
    }

    @Test(
        "Every command ends with 1, one message and no secret when the operator cannot",
        arguments: [
            "run --intents x --simulate", "plan --intents x", "get", "describe a", "events", "offers", "explain a",
            "suspend a --reason r",
            "resume a", "pause a", "reconcile a", "resolve a --slot 0 --abandon", "complete a --slot 0", "cost",
            "approve", "orphans", "token list",
            "token create n", "token revoke t", "token verify", "simulate",
        ]
    )
    func failures(_ words: String) async {
        var answers = Self.two
        answers.failure = CommandError("the ledger said key-1234567 no")
        let environment = ["INTENTCTL_STATE": "s", "FLEXAI_API_KEY": "key-1234567", "FLARE_API_URL": "http://h"]
        let result = await Self.run(words.split(separator: " ").map(String.init), answers, environment: environment)
        #expect(result.status == .error)
        #expect(result.error.hasPrefix("intentctl \(words.split(separator: " ")[0])"))
        #expect(result.error.hasSuffix("the ledger said ‹redacted› no\n"))
    }

    @Test(
        "Commands that need a ledger, intents or a platform say so",
        arguments: [
            ("get", "--state"), ("describe a", "--state"), ("events", "--state"), ("approve", "--state"),
            ("orphans", "--state"),
            ("resume a", "--state"), ("run --intents a --simulate", "--state"),
            ("run --state s --simulate", "--intents"),
            ("plan --state s", "--intents"), ("run --state s --intents a", "FLEXAI_API_URL"),
            ("token list", "FLARE_API_URL"),
        ]
    )
    func needs(_ words: String, _ named: String) async {
        let result = await Self.run(words.split(separator: " ").map(String.init), environment: [:])
        #expect(result.status == .error)
        #expect(result.error.contains(named), "\(result.error)")
    }

    @Test("run gives the operator the settings and its status back")
    func run() async {
        let result = await Self.run(["run", "--intents", "a", "b", "--simulate"])
        #expect(result.status == .difference)
        #expect(result.output == "ran with a,b\n")
    }

    @Test("plan ends with 2 where there is a difference")
    func plan() async {
        var answers = FakeOperations.Answers(rows: PlanTests.rows)
        let some = await Self.run(["plan", "--intents", "x"], answers)
        #expect(some.status == .difference && some.output.hasSuffix("as before.\n"))
        answers.rows = []
        let none = await Self.run(["plan", "--intents", "x", "-o", "json"], answers)
        #expect(none.status == .done && none.output.hasPrefix("{\n  \"steps\": []"))
    }

    @Test("plan says what is wrong with files, and ends with 1")
    func planOfBrokenFiles() async {
        var answers = FakeOperations.Answers(rows: PlanTests.rows)
        answers.diagnostics = [
            Diagnostic(file: "b.yaml", position: .start, message: "a value is expected here", severity: .error)
        ]
        for form in ["text", "json"] {
            let result = await Self.run(["plan", "--intents", "x", "-o", form], answers)
            #expect(result.status == .error && result.error == "b.yaml:1:1: a value is expected here\n", "\(form)")
            #expect(!result.output.isEmpty)
        }
        answers.diagnostics = [
            Diagnostic(file: "b.yaml", position: .start, message: "an alias", severity: .warning)
        ]
        #expect(await Self.run(["plan", "--intents", "x"], answers).status == .difference)
    }

    @Test("plan says which platforms refuse us, and ends with 1")
    func planOfRefusals() async {
        var answers = FakeOperations.Answers(rows: PlanTests.rows)
        answers.refusals = ["flexai: the key is refused"]
        for form in ["text", "json"] {
            let result = await Self.run(["plan", "--intents", "x", "-o", form], answers)
            #expect(result.status == .error && result.error == "a run could do less: flexai: the key is refused\n")
            #expect(!result.output.isEmpty)
        }
    }

    @Test("get in every form, by name, and with a name that is none")
    func get() async throws {
        #expect(await Self.run(["get"], Self.two).output.split(separator: "\n").count == 3)
        #expect(await Self.run(["get", "b"], Self.two).output.contains("\nb "))
        #expect(await Self.run(["get"]).output == "No intents.\n")
        let json = await Self.run(["get", "-o", "json"], Self.two)
        #expect(try DocumentParser.json(Array(json.output.utf8))["items"]?.sequence?.count == 2)
        let yaml = await Self.run(
            ["get", "a"],
            Self.two,
            environment: ["INTENTCTL_STATE": "s", "INTENTCTL_OUTPUT": "yaml"]
        )
        #expect(yaml.output.hasPrefix("apiVersion: v1\nkind: List\n"))
        let missing = await Self.run(["get", "a", "zz"], Self.two)
        #expect(missing.status == .error && missing.error == "intentctl get: there is no intent zz\n")
        #expect(await Self.run(["get", "--watch", "-o", "json"], Self.two).status == .error)
    }

    @Test("get --watch draws on a terminal and writes changes elsewhere, until it is stopped")
    func watch() async {
        let terminal = await Self.run(
            ["get", "--watch"],
            Self.two,
            size: TerminalSize(width: 60, height: 20),
            looks: 3
        )
        #expect(terminal.status == .done)
        #expect(terminal.output.hasPrefix("\u{1B}[?25l") && terminal.output.hasSuffix("\u{1B}[?25h"))
        let pipe = await Self.run(["get", "--watch"], Self.two, looks: 3)
        #expect(pipe.output.split(separator: "\n").count == 3, "nothing changed, so it is written once")
    }

    @Test("describe and events")
    func describe() async {
        var answers = Self.two
        answers.events = [
            Event(at: Samples.now, key: IntentKey(rawValue: "a"), reason: "Provisioned", message: "slot 0"),
            Event(at: Samples.now, key: nil, reason: "Started", message: "up"),
        ]
        let describe = await Self.run(["describe", "a"], answers)
        #expect(describe.output.contains("Provisioned") && !describe.output.contains("Started"))
        let near = await Self.run(["describe", "aa"], answers)
        #expect(near.error == "intentctl describe: there is no intent aa; did you mean a?\n")
        #expect(await Self.run(["events"], answers).output.split(separator: "\n").count == 3)
        #expect(await Self.run(["events", "b"], answers).output == "No events.\n")
        #expect(await Self.run(["events", "a", "-o", "json"], answers).output.contains("\"intent\": \"a\""))
    }

    @Test("Requests reach the operator as they were meant")
    func requests() async {
        let key = IntentKey(rawValue: "a")
        var suspension = Suspension()
        suspension.reason = "night"
        suspension.until = Samples.now + .seconds(28_800)
        let cases: [([String], OperatorRequest.Verb)] = [
            (["suspend", "a", "--reason", "night", "--until", "8h"], .suspend(key, suspension)),
            (["suspend", "a", "--reason=night", "--until", "2027-01-15T16:00:00Z"], .suspend(key, suspension)),
            (["resume", "a"], .resume(key)), (["pause", "a"], .pause(key, Pause())),
            (["reconcile", "a"], .reconcile(key)),
            (["resolve", "a", "--slot", "1", "--adopt", "i-9"], .adopt(key, slot: 1, AllocationID(rawValue: "i-9"))),
            (["resolve", "a", "--slot", "1", "--abandon"], .abandon(key, slot: 1)),
        ]
        for (arguments, verb) in cases {
            let result = await Self.run(arguments, Self.two)
            #expect(result.status == .done)
            #expect(result.operations.request == verb, "\(arguments)")
        }
    }

    @Test(
        "Requests that make no sense ask the operator nothing",
        arguments: [
            "suspend a", "suspend a --reason r --until soon", "suspend a --reason r --until 2020-01-01T00:00:00Z",
            "resume zz",
            "resolve a --slot 0", "resolve a --slot 0 --abandon --adopt x", "resolve a --abandon",
            "resolve a --slot -1 --abandon",
            "resolve a --slot=-1 --abandon", "resolve a --slot x --abandon", "resolve a --slot 0 --adopt=",
        ]
    )
    func senseless(_ words: String) async {
        let result = await Self.run(words.split(separator: " ").map(String.init), Self.two)
        #expect(result.status == .error && !result.error.isEmpty)
        #expect(result.operations.request == nil)
    }

    @Test("What became of a request is told")
    func outcomes() async {
        var answers = Self.two
        #expect(await Self.run(["resume", "a"], answers).output == "Written down; a run carries it out.\n")
        answers.outcome = .carriedOut("a is resumed")
        #expect(await Self.run(["resume", "a"], answers).output == "a is resumed\n")
        answers.outcome = .refused("a is not suspended")
        let refused = await Self.run(["resume", "a"], answers)
        #expect(refused.status == .error && refused.error == "intentctl resume: a is not suspended\n")
    }

    @Test("approve binds to the list that it shows, and with nothing pending does nothing")
    func approve() async {
        var answers = Self.two
        #expect(await Self.run(["approve"], answers).output == "Nothing waits for approval.\n")
        answers.held = HeldWithdrawals(
            token: "t1",
            keys: ["a", "b"].map(IntentKey.init(rawValue:)),
            since: Samples.now,
            total: 4
        )
        let all = await Self.run(["approve"], answers)
        #expect(all.output.hasPrefix("2 withdrawals of 4 intents:\n  - a\n  - b\n"))
        #expect(all.operations.request == .approve(token: "t1", nil))
        let one = await Self.run(["approve", "b"], answers)
        #expect(one.operations.request == .approve(token: "t1", IntentKey(rawValue: "b")))
        let other = await Self.run(["approve", "c"], answers)
        #expect(other.status == .error && other.operations.request == nil)
    }

    @Test("offers, explain and orphans")
    func market() async {
        var offer = Offer(id: Offer.ID(platform: .flexai, name: "nvidia-h100"), model: "H100")
        offer.hourlyPerGPU = Money(micros: 2_500_000)
        offer.location = "EU"
        var seen = Observation(id: AllocationID(rawValue: "i-9"), state: .running, rawState: "running")
        seen.gpuType = "nvidia-h100"
        let answers = FakeOperations.Answers(
            offers: [offer],
            orphans: [Orphan(platform: .flexai, observation: seen)],
            intents: ["EU", "Africa"].map { place in
                var spec = IntentSpec()
                spec.workload.image = "jupyter/base"
                spec.constraints.location = place
                return Intent(name: place.lowercased(), spec: spec)
            },
            warnings: ["offers.csv:2:1: gpu_count: it is missing"]
        )
        let offers = await Self.run(["offers"], answers)
        #expect(offers.output.contains("flexai    nvidia-h100  -         nvidia-h100    80Gi  2.50 EUR"))
        #expect(offers.error.contains("offers.csv:2:1: gpu_count: it is missing"))
        #expect(
            await Self.run(["offers", "-o", "json"], answers).output.contains("\"hourlyPerGPU\": \"2.50 EUR/hour\"")
        )
        #expect(await Self.run(["offers", "--max-price", "2"], answers).output == "No offers.\n")
        #expect(await Self.run(["offers", "--max-price", "dear"], answers).status == .error)
        #expect(await Self.run(["offers", "--gpus", "0"], answers).status == .error)
        let listed = await Self.run(["offers", "--model", "h100", "--location", "EU", "--sort", "price"], answers)
        #expect(listed.output.contains("nvidia-h100"))
        let explain = await Self.run(["explain", "a", "b"], answers)
        #expect(explain.output.contains("1x nvidia-h100  2.50 EUR    66.9        -  the only offer that fits"))
        #expect(explain.output.contains("africa:\n  no offer fits: REGION_UNAVAILABLE: none of 1 offers grants"))
        #expect(explain.output.contains("  after constraints.location (Africa): 0 left, 1 removed, such as"))
        #expect(
            await Self.run(["explain", "a", "-o", "json"], answers).output.contains("\"code\": \"REGION_UNAVAILABLE\"")
        )
        let lines = await Self.run(["explain", "a", "-o", "jsonl"], answers).output.split(separator: "\n")
        #expect(lines.count == 2)
        #expect(lines[0].hasPrefix(#"{"name":"eu","winner":{"provider":"flexai","region":"EU","zone":null,"#))
        #expect(lines[0].contains(#""gpuModel":"nvidia-h100","gpuCount":1,"spot":false,"hourlyCost":"2.50 EUR/hour""#))
        #expect(lines[0].hasSuffix(#""error":null}"#))
        #expect(lines[1].contains(#""winner":null,"runnersUp":[],"funnel":[{"rule":"#))
        #expect(lines[1].contains(#""error":{"code":"REGION_UNAVAILABLE""#))
        let solver = await Self.run(["explain", "a", "--fluidos"], answers)
        #expect(solver.output.contains("kind: Solver"))
        #expect(await Self.run(["explain", "a", "--fluidos", "--offers", "x"], answers).status == .error)
        #expect(await Self.run(["orphans"], answers).output.contains("flexai    i-9         running  1x nvidia-h100"))
        #expect(await Self.run(["orphans"]).output == "No orphans.\n")
        #expect(await Self.run(["orphans", "-o", "json"], answers).output.contains("\"allocation\": \"i-9\""))
    }

    @Test("The one place that shows a token is its making, and messages go elsewhere")
    func tokens() async {
        let environment = ["FLARE_API_URL": "http://h"]
        let facts = TokenFacts(id: "tok_1", name: "ci", permissions: ["intents:read"], expiresAt: Samples.now)
        var answers = FakeOperations.Answers(token: .created(facts, value: SecretText("flr_1")))
        let created = await Self.run(["token", "create", "ci"], answers, environment: environment)
        #expect(created.output == "flr_1\n")
        #expect(created.error.hasPrefix("ci may intents:read and ends at 2027-01-15T08:00:00Z."))
        let usual = ["intents:read", "intents:write", "intents:delete"]
        #expect(created.operations.tokenAction == .create(name: "ci", permissions: usual, expires: "90d", user: nil))
        #expect(
            await Self.run(["token", "create", "ci", "--expires", "soon"], environment: environment).status == .error
        )
        answers.token = .list([facts])
        #expect(await Self.run(["token", "list"], answers, environment: environment).output.contains("tok_1"))
        answers.token = .verified(facts, warnings: ["ends soon"])
        let verified = await Self.run(["token", "verify"], answers, environment: environment)
        #expect(verified.output.hasPrefix("ci may") && verified.error == "warning: ends soon\n")
        let revoked = await Self.run(["token", "revoke", "t"], environment: environment)
        #expect(revoked.output == "t is revoked.\n" && revoked.operations.tokenAction == .revoke(id: "t"))
    }

    @Test("Every fault of the settings is told at once, and the command does not run")
    func settings() async {
        let arguments = ["run", "--intents", "a", "--simulate", "--timeout", "soon", "--log-level", "loud"]
        let result = await Self.run(arguments)
        #expect(result.status == .error && result.output.isEmpty)
        #expect(result.error.split(separator: "\n").count == 2)
    }
}
