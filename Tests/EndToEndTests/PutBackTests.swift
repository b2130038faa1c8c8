import Documents
import FoundationEssentials
import Testing

/// A state directory that is put back from an older copy, as a backup is.
@Suite(.serialized) struct PutBackTests {
    @Test("What was bought since the copy was made is taken back, told of, and ended with its intent")
    func putBack() async throws {
        try await Site.lend(simulation: ["simulation.userIDs=echoed"]) { site in
            try site.writeNotebook("team", replicas: 2)
            try #require(try await site.runOnce().status == 0)
            let copy = site.folder + "/copy"
            try FileManager.default.copyItem(atPath: site.state, toPath: copy)

            try site.writeNotebook("team", replicas: 3)
            try site.writeNotebook("late")
            try #require(try await site.runOnce().status == 0)
            let before = try await site.simulator.books().flexai
            #expect(before.alive == 4)

            try FileManager.default.removeItem(atPath: site.state)
            try FileManager.default.moveItem(atPath: copy, toPath: site.state)
            try site.remove("late.yaml")
            let plan = try await site.command("plan")
            #expect(plan.output.contains("0 to provision, 1 to adopt, 0 to replace, 0 to delete"), "\(plan)")
            let run = try await site.runOnce()
            #expect(run.status == 0, "\(run)")
            let after = try await site.simulator.books().flexai
            #expect(after.ever == before.ever, "nothing is bought twice")
            #expect(after.allocations == before.allocations, "and nothing ended")
            let told = try await site.command("events").output
            #expect(told.contains("TakenBack") && told.contains("Unrecorded"), "\(told)")

            // Nobody wishes for the one that is left: a person ends it, or has its intent take it back and end it.
            let left = try #require(before.allocations.first { $0.reference.contains("/late/") })
            let orphans = try await site.command("orphans", "-o", "json")
            let listed = try #require(try DocumentParser.json(Array(orphans.output.utf8)).sequence)
            #expect(listed.map { $0["allocation"]?.string } == [left.id], "\(orphans)")
            #expect(listed.first?["ours"]?.bool == true)
            try site.writeNotebook("late")
            try #require(try await site.runOnce().status == 0)
            #expect(try await site.simulator.books().flexai.ever == before.ever)
            try site.remove("late.yaml")
            try #require(try await site.runOnce().status == 0)
            let last = try await site.simulator.books().flexai
            #expect(last.ever == before.ever && last.allocations == before.allocations.filter { $0 != left })
            #expect(try await site.command("orphans").output.contains("No orphans."))
        }
    }
}
