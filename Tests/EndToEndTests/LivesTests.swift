import Documents
import Glibc
import Testing

/// How a run begins and ends.
@Suite struct LivesTests {
    @Test("A second run on one state refuses, and names who holds it")
    func twoRuns() async throws {
        try await Site.lend { site in
            try site.writeNotebook("team")
            let first = try site.startRun()
            try await until("the first has bought", seen: { first.story }) {
                try await site.simulator.books().flexai.alive == 1
            }
            for once in [[], ["--once"]] {
                let second = try await site.start(["run"] + Site.quick + once).finish()
                #expect(second.status == 1, "\(second)")
                #expect(second.errors.contains("\(first.pid)"), "the holder's process: \(second)")
                var name = [CChar](repeating: 0, count: 256)
                unsafe gethostname(&name, name.count - 1)
                let host = String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
                #expect(second.errors.contains(host), "the holder's host: \(second)")
            }
            #expect(first.exitStatus() == nil, "the first is not disturbed")
            first.signal(SIGKILL)
            _ = try await first.finish()
            #expect(try await site.runOnce().status == 0, "nobody holds it after a kill")
        }
    }

    @Test("SIGTERM and SIGINT end a run in order", arguments: [SIGTERM, SIGINT])
    func ends(_ signal: Int32) async throws {
        try await Site.lend { site in
            try site.writeNotebook("team")
            let run = try site.startRun()
            try await until("it has bought", seen: { run.story }) {
                try await site.simulator.books().flexai.alive == 1
            }
            run.signal(signal)
            let ended = try await run.finish()
            #expect(ended.status == 0, "\(ended)")
            #expect(try await site.simulator.books().flexai.alive == 1, "what lives stays")
        }
    }

    @Test("An open purchase is finished and recorded before the end")
    func drains() async throws {
        try await Site.lend(simulation: ["simulation.latency=700ms"]) { site in
            try site.writeNotebook("team")
            let run = try site.startRun()
            try await until("the purchase is under way", seen: { run.story }) {
                try await site.simulator.books().flexai.calls["create"] == 1
            }
            run.signal(SIGTERM)
            let ended = try await run.finish()
            #expect(ended.status == 0, "\(ended)")
            let books = try await site.simulator.books().flexai
            let slots = try await site.status(of: "team")["slots"]?.sequence ?? []
            #expect(slots.map { $0["allocation"]?.string } == books.allocations.map(\.id))
            let events = try await site.command("events", "team")
            #expect(events.output.contains("Provisioned"), "its outcome is in the ledger: \(events)")
        }
    }

    @Test("An interrupted --once is an error, one that runs out of time a difference")
    func interruptedOnce() async throws {
        try await Site.lend(simulation: ["simulation.bootTime=1h"]) { site in
            try site.writeNotebook("team")
            let run = try site.startRun("--once", "--timeout", "10m")
            try await until("it has bought", seen: { run.story }) {
                try await site.simulator.books().flexai.alive == 1
            }
            run.signal(SIGTERM)
            let ended = try await run.finish()
            #expect(ended.status == 1, "\(ended)")
            let late = try await site.runOnce(timeout: "1s")
            #expect(late.status == 2, "\(late)")
            #expect(try await site.simulator.books().flexai.ever == 1)
        }
    }

    @Test("A dry run decides and buys nothing; --simulate needs no platform")
    func dryAndSimulated() async throws {
        try await Site.lend { site in
            try site.writeNotebook("team")
            let dry = try await site.runOnce("--dry-run", timeout: "3s")
            #expect(dry.status == 0 || dry.status == 2, "\(dry)")
            let books = try await site.simulator.books()
            #expect(books.ever == 0 && books.flexai.calls["create"] == 0)
            let other = ["INTENTCTL_STATE": site.folder + "/other", "FLEXAI_API_URL": "", "FLARE_API_URL": ""]
            let own = try await site.runOnce("--simulate", environment: other)
            #expect(own.status == 0, "\(own)")
            #expect(try await site.simulator.books().ever == 0, "it has platforms of its own")
        }
    }
}
