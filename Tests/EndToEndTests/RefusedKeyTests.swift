import Documents
import Testing

/// A platform that refuses us stalls its own intents and no others.
@Suite struct RefusedKeyTests {
    /// One way of being refused.
    struct Case: Sendable, CustomTestStringConvertible {
        let setting: String
        let stalled: String
        let unharmed: String
        let word: String
        var testDescription: String { setting }
    }

    @Test(
        "A wrong key stalls what needs it, by name, and the other platform goes on",
        arguments: [
            Case(setting: "FLEXAI_API_KEY", stalled: "notebook", unharmed: "model", word: "401"),
            Case(setting: "FLEXAI_ORG_ID", stalled: "notebook", unharmed: "model", word: "403"),
            Case(setting: "FLARE_API_TOKEN", stalled: "model", unharmed: "notebook", word: "401"),
        ]
    )
    func wrongKey(_ refusal: Case) async throws {
        try await Site.lend { site in
            try site.writeNotebook("notebook")
            try site.writeInference("model")
            let wrong = [refusal.setting: "flr_wrong-one"]
            let run = try await site.runOnce(environment: wrong)
            #expect(run.status == 2, "only stalled intents are left: \(run)")
            #expect(!run.errors.contains("flr_wrong-one") && !run.output.contains("flr_wrong-one"))

            let stalled = try await site.status(of: refusal.stalled)
            let conditions = stalled["conditions"]?.sequence ?? []
            let condition = try #require(conditions.first { $0["type"]?.string == "Stalled" })
            #expect(condition["status"]?.string == "True", "\(stalled)")
            #expect(condition["message"]?.string?.isEmpty == false)
            #expect(stalled["lastError"]?["code"]?.string?.isEmpty == false, "\(stalled)")
            #expect(try await site.status(of: refusal.unharmed)["phase"]?.string == "Running")

            let books = try await site.simulator.books()
            let (refused, other) =
                refusal.stalled == "notebook" ? (books.flexai, books.flare) : (books.flare, books.flexai)
            #expect(refused.ever == 0)
            #expect(other.alive == 1)

            let run2 = try await site.runOnce()
            #expect(run2.status == 0, "with the right key it goes on: \(run2)")
            #expect(try await site.simulator.books().alive == 2)
        }
    }
}
