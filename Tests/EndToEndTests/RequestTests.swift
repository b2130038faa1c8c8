import Documents
import Glibc
import Testing

/// What people ask the operator for, with and without a living run.
@Suite struct RequestTests {
    @Test("Without a run requests are written down, and the next run honours them")
    func withoutRun() async throws {
        try await Site.lend { site in
            try site.writeNotebook("team")
            try #require(try await site.runOnce().status == 0)
            let asked = try await site.command("suspend", "team", "--reason", "night", "--until", "8h")
            #expect(asked.status == 0 && asked.output.contains("a run carries it out"), "\(asked)")
            #expect(try await site.simulator.books().flexai.alive == 1, "nobody is there to act")

            let run = try await site.runOnce()
            #expect(run.status == 0, "\(run)")
            #expect(try await site.simulator.books().flexai.alive == 0)
            let suspended = try await site.command("describe", "team")
            #expect(suspended.output.contains("Suspended") && suspended.output.contains("night"), "\(suspended)")

            #expect(try await site.command("resume", "team").status == 0)
            #expect(try await site.runOnce().status == 0)
            #expect(try await site.simulator.books().flexai.alive == 1)

            #expect(try await site.command("pause", "team", "--reason", "looking").status == 0)
            try site.writeNotebook("team", replicas: 3)
            _ = try await site.runOnce(timeout: "3s")
            #expect(try await site.simulator.books().flexai.alive == 1, "a paused intent is not changed")
            #expect(try await site.command("resume", "team").status == 0)
            #expect(try await site.command("reconcile", "team").status == 0)
            #expect(try await site.runOnce().status == 0)
            #expect(try await site.simulator.books().flexai.alive == 3)
            #expect(try await site.command("approve").output.contains("Nothing waits for approval."))
        }
    }

    @Test("A living run answers while the command waits")
    func withRun() async throws {
        try await Site.lend { site in
            try site.writeNotebook("team")
            let run = try site.startRun()
            try await until("it runs", seen: { run.story }) {
                try await site.command("get").output.contains("Running")
            }
            let steps: [(arguments: [String], alive: Int)] = [
                (["reconcile", "team"], 1), (["pause", "team"], 1), (["resume", "team"], 1),
                (["suspend", "team", "--reason", "night"], 0), (["resume", "team"], 1),
            ]
            for (arguments, alive) in steps {
                let asked = try await site.start(arguments).finish()
                #expect(asked.status == 0, "\(asked)")
                #expect(!asked.output.contains("Written down"), "it was answered: \(asked)")
                try await until("\(arguments) is done", seen: { run.story }) {
                    try await site.simulator.books().flexai.alive == alive
                }
            }
        }
    }

    @Test("A purchase that nobody can tell of is resolved by a person", arguments: ["adopt", "abandon"])
    func resolve(_ how: String) async throws {
        try await Site.lend { site in
            try site.writeNotebook("team")
            // No list can be had, so that neither key nor list settles what was dropped.
            try await site.simulator.befall("flexai", "droppedAfter", "create")
            let noList = ["--set", "platforms.flexai.paths.list=/v1/nothing"]
            let run = try await site.start(["run", "--once", "--timeout", "5s"] + Site.quick + noList).finish()
            #expect(run.status == 2, "\(run)")
            let unknown = try await site.status(of: "team")
            #expect(unknown["slots"]?.sequence?.first?["state"]?.string == "Unknown", "\(unknown)")
            let bought = try await site.simulator.books().flexai
            #expect(bought.ever == 1, "it was not bought again")
            let id = try #require(bought.allocations.first?.id)
            let words = how == "adopt" ? ["--adopt", id] : ["--abandon"]
            let asked = try await site.start(["resolve", "team", "--slot", "0"] + words).finish()
            #expect(asked.status == 0, "\(asked)")
            let after = try await site.start(["run", "--once", "--timeout", "30s"] + Site.quick + noList).finish()
            #expect(after.status == 0, "\(after)")
            let books = try await site.simulator.books().flexai
            #expect(books.ever == (how == "adopt" ? 1 : 2), "\(books)")
            let slots = try await site.status(of: "team")["slots"]?.sequence ?? []
            let last = try #require(books.allocations.last?.id)
            #expect(slots.map { $0["allocation"]?.string } == [last])
            let orphans = try await site.command("orphans")
            #expect(orphans.output.contains(id) == (how == "abandon"), "what was given up is billed: \(orphans)")
        }
    }

    @Test("A request for nobody, or without what it needs, is an error")
    func wrongRequests() async throws {
        try await Site.lend { site in
            try site.writeNotebook("team")
            try #require(try await site.runOnce().status == 0)
            let wrong: [(arguments: [String], word: String)] = [
                (["suspend", "nobody", "--reason", "x"], "nobody"), (["suspend", "team"], "--reason"),
                (["suspend", "team", "--reason", "x", "--until", "2001-01-01T00:00:00Z"], "passed"),
                (["resume", "nobody"], "nobody"), (["resolve", "team", "--slot", "0"], "--adopt"),
                (["resolve", "team", "--adopt", "x"], "--slot"),
            ]
            for (arguments, word) in wrong {
                let asked = try await site.start(arguments).finish()
                #expect(asked.status == 1 && asked.errors.contains(word), "\(asked)")
            }
        }
    }
}
