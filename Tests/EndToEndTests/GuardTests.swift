import Documents
import FoundationEssentials
import Testing

/// Many withdrawals at once wait for a person.
@Suite struct GuardTests {
    @Test("300 of 1,000 files deleted: nothing ends before a person has approved exactly these")
    func manyWithdrawals() async throws {
        try await Site.lend(simulation: ["simulation.capacity=100", "simulation.bootTime=0s"]) { site in
            let names = (0..<1000).map { "notebook-\(10_000 + $0)" }
            for name in names { try site.writeNotebook(name) }
            let bought = try await site.runOnce()
            try #require(bought.status == 0, "\(bought)")
            #expect(try await site.simulator.books().flexai.alive == 1000)

            for name in names.prefix(300) { try site.remove("\(name).yaml") }
            let held = try await site.runOnce()
            #expect(held.status == 2, "a held guard is left: \(held)")
            let before = try await site.simulator.books().flexai
            #expect(before.alive == 1000 && before.calls["delete"] == 0 && before.calls["stop"] == 0)

            let run = try site.startRun()
            try await until("it has looked at the world", seen: { run.story }) {
                try await site.simulator.books().flexai.calls["list"] ?? 0 > before.calls["list"] ?? 0
            }
            let shown = try await site.command("approve")
            #expect(shown.status == 0, "\(shown)")
            #expect(
                shown.output.contains("300 withdrawals of 1,000 intents")
                    || shown.output.contains("300 withdrawals of 1000 intents"),
                "\(shown)"
            )
            for name in names.prefix(300) { #expect(shown.output.contains("- \(name)\n"), "\(name)") }
            #expect(!shown.output.contains("- \(names[300])\n"))
            try await until("the 300 are gone", seen: { run.story }) {
                try await site.simulator.books().flexai.alive == 700
            }
            let after = try await site.simulator.books().flexai
            #expect(Set(after.allocations.map(\.id)).isSubset(of: Set(before.allocations.map(\.id))))
            #expect(after.ever == 1000)
            let again = try await site.command("approve")
            #expect(again.status == 0 && again.output.contains("Nothing waits for approval."), "\(again)")
        }
    }

    @Test("Few withdrawals are nobody's business; files that come back in time end the matter")
    func fewAndReturned() async throws {
        try await Site.lend { site in
            let names = (0..<8).map { "notebook-\($0)" }
            for name in names { try site.writeNotebook(name) }
            try #require(try await site.runOnce().status == 0)
            for name in names.prefix(6) { try site.remove("\(name).yaml") }
            let held = try await site.runOnce()
            #expect(held.status == 2, "six of eight are too many: \(held)")
            for name in names.prefix(4) { try site.writeNotebook(name) }
            let run = try await site.runOnce()
            #expect(run.status == 0, "two of eight are not: \(run)")
            let books = try await site.simulator.books().flexai
            #expect(books.alive == 6 && books.ever == 8, "what came back was kept: \(books)")
        }
    }
}
