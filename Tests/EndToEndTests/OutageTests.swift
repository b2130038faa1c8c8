import Documents
import Glibc
import Testing

/// Platforms that cannot be reached, refuse for a while, or answer other than they act.
@Suite struct OutageTests {
    @Test("A platform that stops answering loses nothing, and all goes on when it is back")
    func silence() async throws {
        try await Site.lend { site in
            try site.writeNotebook("kept")
            let run = try site.startRun("--set", "policies.pollSettled=1s")
            try await until("the first is bought", seen: { run.story }) {
                try await site.simulator.books().flexai.alive == 1
            }
            let before = try await site.simulator.books().flexai.allocations.map(\.id)
            site.simulator.process.signal(SIGSTOP)
            try site.writeNotebook("added")
            try await until("the new intent is known", seen: { run.story }) {
                try site.names(try await site.command("get", "-o", "json")) == ["added", "kept"]
            }
            let blind = try await site.command("get")
            #expect(blind.status == 0 && blind.output.contains("kept"), "the ledger can be read: \(blind)")
            site.simulator.process.signal(SIGCONT)
            try await until("the second is bought", seen: { run.story }) {
                try await site.simulator.books().flexai.alive == 2
            }
            let after = try await site.simulator.books().flexai
            #expect(after.allocations.map(\.id).starts(with: before))
            #expect(after.ever == 2 && after.calls["delete"] == 0 && after.calls["stop"] == 0)
        }
    }

    @Test("What answers 404 to everything in a platform's place is believed nothing")
    func gateway() async throws {
        try await Site.lend { site in
            try site.writeNotebook("kept")
            try site.writeInference("model")
            try site.writeNotebook("leaving")
            let run = try site.startRun("--set", "policies.pollSettled=1s")
            try await until("all is bought", seen: { run.story }) { try await site.simulator.books().alive == 3 }
            let before = try await site.simulator.books()
            try await site.simulator.command(#"{"command":"set-chance","fault":"misrouted","permille":1000}"#)
            try site.remove("leaving.yaml")
            try await until("both platforms are missed", seen: { run.story }) {
                let events = try await site.command("events").output
                return ["flexai", "flare"].allSatisfy { name in
                    events.split(separator: "\n").contains { $0.contains("PlatformUnreachable") && $0.contains(name) }
                }
            }
            #expect(try await site.simulator.books().alive == before.alive, "nothing has reached them")
            try await site.simulator.command(#"{"command":"set-chance","fault":"misrouted","permille":0}"#)
            try await until("the withdrawal is done", seen: { run.story }) {
                try await site.simulator.books().alive == 2
            }
            let after = try await site.simulator.books()
            #expect(
                after.ever == before.ever && after.flare.allocations.map(\.id) == before.flare.allocations.map(\.id)
            )
            #expect(after.flexai.allocations.count == 1)
        }
    }

    @Test("A platform where nobody listens is no reason to delete, nor to give up")
    func absence() async throws {
        try await Site.lend { site in
            try site.writeNotebook("kept")
            try site.writeInference("model")
            try #require(try await site.runOnce().status == 0)
            let before = try await site.simulator.books()
            let nowhere = ["FLEXAI_API_URL": "http://127.0.0.1:\(try FreePort.find())"]
            try site.writeNotebook("added")
            let blind = try await site.runOnce(timeout: "3s", environment: nowhere)
            #expect(blind.status == 2, "not converged in time: \(blind)")
            #expect(try await site.simulator.books().alive == before.alive)
            #expect(try await site.status(of: "kept")["slots"]?.sequence?.count == 1, "unreachable is not gone")
            let seeing = try await site.runOnce()
            #expect(seeing.status == 0, "\(seeing)")
            let after = try await site.simulator.books()
            #expect(after.flexai.allocations.starts(with: before.flexai.allocations))
            #expect(after.ever == before.ever + 1)
            #expect(after.flexai.calls["delete"] == 0)
        }
    }

    @Test("429 with Retry-After is waited for", arguments: ["flexai", "flare"])
    func tooMany(_ platform: String) async throws {
        try await Site.lend { site in
            if platform == "flexai" { try site.writeNotebook("one") } else { try site.writeInference("one") }
            try await site.simulator.befall(platform, "tooManyRequests", "create", times: 2)
            let clock = ContinuousClock()
            let start = clock.now
            let run = try await site.runOnce()
            #expect(run.status == 0, "\(run)")
            #expect(clock.now - start >= .seconds(4), "twice two seconds were asked for")
            let books = try await site.simulator.books()
            let busy = platform == "flexai" ? books.flexai : books.flare
            #expect(busy.ever == 1 && busy.calls["create"] == 3, "\(busy)")
        }
    }

    @Test(
        "A create that is executed but answered with an error is found in the list, never bought twice",
        arguments: ["flexai", "flare"],
        ["errorAfter", "droppedAfter", "foreignAfter", "truncated"]
    )
    func unknownCreate(_ platform: String, _ fault: String) async throws {
        try await Site.lend { site in
            if platform == "flexai" {
                try site.writeNotebook("one", replicas: 2)
            } else {
                try site.writeInference("one")
            }
            try await site.simulator.befall(platform, fault, "create")
            // FlexAI's list does not say whose an instance is: what is new on an account of our own is ours.
            let run = try await site.runOnce("--set", "platforms.flexai.exclusiveAccount=true")
            #expect(run.status == 0, "\(run)")
            let books = try await site.simulator.books()
            let (bought, wanted) = platform == "flexai" ? (books.flexai, 2) : (books.flare, 1)
            #expect(bought.faults[fault] == 1, "it did happen: \(bought)")
            #expect(bought.ever == wanted && bought.alive == wanted, "\(bought)")
            let slots = try await site.status(of: "one")["slots"]?.sequence ?? []
            #expect(Set(slots.compactMap { $0["allocation"]?.string }) == Set(bought.allocations.map(\.id)))
        }
    }

    @Test("Where the list names nobody, a purchase that cannot be told of stalls at once and is never bought twice")
    func namelessList() async throws {
        try await Site.lend { site in
            try site.writeNotebook("one")
            try await site.simulator.befall("flexai", "droppedAfter", "create")
            for _ in 0..<2 {
                let run = try await site.runOnce()
                #expect(run.status == 2, "only a person can tell: \(run)")
                let status = try await site.status(of: "one")
                #expect(status["slots"]?.sequence?.first?["state"]?.string == "Unknown")
                let condition = status["conditions"]?.sequence?.first { $0["type"]?.string == "Stalled" }
                #expect(condition?["status"]?.string == "True")
            }
            let books = try await site.simulator.books().flexai
            #expect(books.ever == 1 && books.calls["create"] == 1, "\(books)")
        }
    }
}
