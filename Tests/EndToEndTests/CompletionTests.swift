import Documents
import FoundationEssentials
import Testing
import Wire

/// How the tasks of a job come to their end on instances that have no exit status.
@Suite struct CompletionTests {
    /// Calls the operator as a container would that has no curl.
    private struct Caller: Sendable {
        /// The port on which the operator listens.
        let port: Int
        /// Sends the calls.
        let client: HTTPClient

        /// Posts a report; the status, and what is told.
        func report(_ path: String, token: String?) async throws -> (status: Int, text: String) {
            let headers: HTTPHeaders = token.map { ["Authorization": "Bearer \($0)"] } ?? [:]
            let request = HTTPRequest(.post, "http://127.0.0.1:\(port)/complete/\(path)", headers: headers)
            let reply = try await client.send(request)
            return (reply.status, String(decoding: reply.body, as: UTF8.self))
        }

        /// Whether somebody listens.
        func isHeard() async throws -> Bool {
            do throws(HTTPClientError) {
                return try await client.send(HTTPRequest(.get, "http://127.0.0.1:\(port)/healthz")).status == 200
            } catch {
                return false
            }
        }
    }

    /// A job on FlexAI, one instance a task.
    private static func job(_ name: String, tasks: Int, retries: Int) -> String {
        """
        apiVersion: intent-operator.dev/v1alpha1
        kind: Intent
        metadata: {name: \(name)}
        spec:
          objective: Cost_Minimization
          workload:
            type: job
            name: \(name)
            image: jupyter/pytorch-notebook:latest
            resources: {cpu: "4", memory: 16Gi, gpu: {count: 1, memory: 16Gi}}
            job: {parallel_tasks: \(tasks), completion_policy: All, max_retries: \(retries), timeout: 6h}
          constraints: {providers: [flexai]}

        """
    }

    /// The documented calls, as a container has them in its script.
    private static func documentedCalls() throws -> [String] {
        let page = BuiltBinary.sources("Sources/intentctl/Documentation.docc") + "/Jobs.md"
        let text = String(decoding: try Data(contentsOf: URL(filePath: page)), as: UTF8.self)
        return text.split(separator: "\n").map { $0.drop { $0 == " " } }.filter { $0.hasPrefix("curl ") }
            .map(String.init)
    }

    /// Starts an operator that listens, with these intents bought and running.
    private func operate(
        _ site: Site,
        alive: Int,
        _ body: (ChildProcess, Caller) async throws -> Void
    ) async throws {
        let port = try FreePort.find()
        var configuration = HTTPClient.Configuration()
        configuration.proxies = .none
        let client = HTTPClient(configuration)
        defer { client.shutdown() }
        let caller = Caller(port: port, client: client)
        let run = try site.startRun("--listen", "127.0.0.1:\(port)")
        try await until("all of it runs, and it listens", seen: { run.story }) {
            guard try await caller.isHeard() else { return false }
            let books = try await site.simulator.books().flexai
            return books.alive == alive && books.allocations.allSatisfy { $0.phase == "running" }
        }
        try await body(run, caller)
        run.signal(15)
        let ended = try await run.finish()
        #expect(ended.status == 0, "\(ended)")
    }

    private func token(_ site: Site, _ name: String, slot: Int, state: String? = nil) async throws -> String {
        let own = state.map { ["INTENTCTL_STATE": $0] } ?? [:]
        let made = try await site.start(["token", "complete", name, "--slot", "\(slot)"], environment: own).finish()
        try #require(made.status == 0, "\(made)")
        let token = made.output.filter { !$0.isWhitespace }
        try #require(token.count == 64, "\(made)")
        return token
    }

    private func endings(_ site: Site, _ name: String) async throws -> [String] {
        let events = try await site.start(["events", name]).finish()
        return events.output.split(separator: "\n").map(String.init).filter {
            $0.contains("TaskCompleted") || $0.contains("TaskFailed")
        }
    }

    @Test(
        "The documented curl lines end their tasks",
        .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/curl"), "curl is not installed")
    )
    func documented() async throws {
        let calls = try Self.documentedCalls()
        try #require(calls.count == 2)
        try await Site.lend { site in
            try site.write("training.yaml", Self.job("nightly-training", tasks: 1, retries: 1))
            try await operate(site, alive: 1) { run, caller in
                let token = try await token(site, "nightly-training", slot: 0)
                func call(_ line: String, _ token: String) async throws -> Finished {
                    let own = line.replacing("http://operator:8080", with: "http://127.0.0.1:\(caller.port)")
                    let environment = ["PATH": "/usr/bin:/bin", "TOKEN": token, "no_proxy": "127.0.0.1"]
                    let files = site.folder + "/printed/curl-\(UUID().uuidString)"
                    return try await ChildProcess("/bin/sh", ["-c", own], environment: environment, files: files)
                        .finish()
                }
                let failed = try #require(calls.first { $0.contains("outcome=failed") })
                let done = try #require(calls.first { !$0.contains("outcome=failed") })
                let refused = try await call(done, String(token.reversed()))
                #expect(refused.status == 22 && refused.errors.contains("401"), "\(refused)")
                for again in [false, true] {
                    let heard = try await call(failed, token)
                    #expect(heard.status == 0, "\(heard)")
                    #expect(heard.output.contains(again ? "known already" : "has failed"), "\(heard)")
                }
                // Nobody waits for the second try: its confirmed end and the pause come first.
                #expect(try await site.status(of: "nightly-training")["phase"]?.string != "Failed")
                let heard = try await call(done, token)
                #expect(heard.status == 0 && heard.output.contains("has ended well"), "\(heard)")
                try await until("everything is released", seen: { run.story }) {
                    guard try await site.simulator.books().flexai.alive == 0 else { return false }
                    return try await site.status(of: "nightly-training")["phase"]?.string == "Completed"
                }
                #expect(try await site.simulator.books().flexai.ever == 1)
                #expect(try await endings(site, "nightly-training").count == 2)
                #expect(!run.output.contains(token) && !run.errors.contains(token), "it is never logged")
            }
        }
    }

    @Test("A report without the right token, or of no task, is refused and changes nothing")
    func refused() async throws {
        try await Site.lend { site in
            try site.write("training.yaml", Self.job("training", tasks: 2, retries: 0))
            try site.writeNotebook("notebook")
            try await operate(site, alive: 3) { run, caller in
                let right = try await token(site, "training", slot: 0)
                let other = try await token(site, "training", slot: 1)
                // A secret that was replaced, or another operator's: its tokens are worth nothing here.
                let elsewhere = try await token(site, "training", slot: 0, state: site.folder + "/elsewhere")
                #expect(elsewhere != right && other != right)
                let flipped = (right.first == "0" ? "1" : "0") + right.dropFirst()
                let notebook = try await token(site, "notebook", slot: 0)
                let beyond = try await token(site, "training", slot: 7)
                let nobody = try await token(site, "nobody", slot: 0)
                let cases: [(path: String, token: String?, status: Int, words: String)] = [
                    ("training/0", nil, 401, "not the one of this slot"),
                    ("training/0", flipped, 401, "not the one of this slot"),
                    ("training/0", other, 401, "not the one of this slot"),
                    ("training/0", elsewhere, 401, "not the one of this slot"),
                    ("training/1", right, 401, "not the one of this slot"),
                    ("notebook/0", right, 401, "not the one of this slot"),
                    ("training/0?outcome=odd", right, 400, "completed or failed"),
                    ("training", right, 400, "/complete/NAME/SLOT"),
                    ("training/7", beyond, 409, "slots 0 to 1"),
                    ("notebook/0", notebook, 409, "is a service"),
                    ("nobody/0", nobody, 409, "no intent nobody"),
                ]
                for (path, token, status, words) in cases {
                    let answer = try await caller.report(path, token: token)
                    #expect(answer.status == status && answer.text.contains(words), "\(path): \(answer)")
                }
                #expect(try await endings(site, "training").isEmpty)
                let books = try await site.simulator.books().flexai
                #expect(books.alive == 3 && books.ever == 3, "\(books)")
                #expect(books.calls["stop"] ?? 0 == 0 && books.calls["delete"] ?? 0 == 0, "\(books)")

                for again in [false, true] {
                    let answer = try await caller.report("training/0", token: right)
                    #expect(answer.status == 200, "\(answer)")
                    #expect(answer.text.contains(again ? "done already" : "ended well"), "\(answer)")
                }
                try await until("the task's instance is gone", seen: { run.story }) {
                    try await site.simulator.books().flexai.alive == 2
                }
                #expect(try await site.status(of: "training")["phase"]?.string != "Completed", "one task goes on")
                #expect(try await endings(site, "training").count == 1)
            }
        }
    }

    @Test("A report without a living run is written down, and heard by the next one")
    func betweenRuns() async throws {
        try await Site.lend { site in
            try site.write("training.yaml", Self.job("training", tasks: 1, retries: 0))
            try await operate(site, alive: 1) { _, _ in }
            let asked = try await site.command("complete", "training", "--slot", "0")
            #expect(asked.status == 0 && asked.output.contains("a run carries it out"), "\(asked)")
            #expect(try await site.simulator.books().flexai.alive == 1)
            let run = try site.startRun()
            try await until("it is heard, and all is released", seen: { run.story }) {
                guard try await site.simulator.books().flexai.alive == 0 else { return false }
                return try await site.status(of: "training")["phase"]?.string == "Completed"
            }
            #expect(try await endings(site, "training").count == 1)
        }
    }

    @Test("`complete --failed` ends a job that may not be tried again, and `cost` tells what it came to")
    func failed() async throws {
        try await Site.lend { site in
            try site.write("training.yaml", Self.job("training", tasks: 2, retries: 0))
            try site.writeNotebook("notebook")
            try await operate(site, alive: 3) { run, _ in
                let wrong: [(arguments: [String], words: String)] = [
                    (["training", "--slot", "2", "--failed"], "slots 0 to 1"),
                    (["notebook", "--slot", "0", "--failed"], "is a service"),
                    (["nobody", "--slot", "0"], "nobody"), (["training", "--failed"], "--slot"),
                ]
                for (arguments, words) in wrong {
                    let refused = try await site.start(["complete"] + arguments).finish()
                    #expect(refused.status == 1 && refused.errors.contains(words), "\(refused)")
                }
                let failed = try await site.command("complete", "training", "--slot", "1", "--failed")
                #expect(failed.status == 0 && failed.output.contains("has failed"), "\(failed)")
                try await until("both tasks are released", seen: { run.story }) {
                    guard try await site.simulator.books().flexai.alive == 1 else { return false }
                    return try await site.status(of: "training")["phase"]?.string == "Failed"
                }
                let again = try await site.command("complete", "training", "--slot", "1", "--failed")
                #expect(again.status == 0 && again.output.contains("ended before"), "\(again)")
                #expect(try await site.simulator.books().flexai.ever == 3, "it is not tried again")
            }
            try await checkCosts(site)
        }
    }

    private func costs(_ site: Site) async throws -> [Node] {
        let printed = try await site.command("cost", "-o", "json")
        try #require(printed.status == 0, "\(printed)")
        return try #require(try DocumentParser.json(Array(printed.output.utf8))["lines"]?.sequence, "\(printed)")
    }

    /// What was spent on the failed job stays in every account, and nothing more is.
    private func checkCosts(_ site: Site) async throws {
        let lines = try await costs(site)
        #expect(lines.compactMap { $0["name"]?.string }.sorted() == ["notebook", "training"])
        let training = try #require(lines.first { $0["name"]?.string == "training" })
        let notebook = try #require(lines.first { $0["name"]?.string == "notebook" })
        #expect(training["amount"]?.string?.hasPrefix("0.0") == true, "\(lines)")
        #expect(training["amount"]?.string != "0.00 EUR", "\(lines)")
        #expect(notebook["hourly"]?.string == "0.40 EUR/hour", "the notebook lives: \(lines)")
        for aspect in ["platform", "day", "label"] {
            let other = try await site.command("cost", "--by", aspect, "-o", "csv")
            #expect(other.status == 0 && other.output.hasPrefix("\(aspect),amount_eur,hourly_eur\n"), "\(other)")
            #expect(other.output.split(separator: "\n").count == 2, "one line: \(other)")
        }
        let long = try await site.command("cost", "--since", "1h")
        #expect(long.status == 0 && long.output.contains("training"), "\(long)")
    }
}
