import Documents
import Testing

/// The main job: the samples that the project ships, over real HTTP.
@Suite struct SamplesTests {
    @Test("The samples come to life, and a second run changes nothing")
    func converge() async throws {
        try await Site.lend { site in
            try site.copySamples()
            let before = try await site.command("plan")
            #expect(before.status == 2, "there is something to buy: \(before)")
            #expect(before.output.contains("9 to provision, 0 to replace, 0 to delete, 0 unchanged; 0.00 EUR/hour"))

            let run = try await site.runOnce()
            try #require(run.status == 0, "\(run)")
            let first = try await site.simulator.books()
            #expect(first.flexai.ever == 3, "one laptop and two notebooks: \(first.flexai)")
            #expect(first.flare.ever == 6, "one allocation for each of the others: \(first.flare)")
            #expect(first.alive == 9)
            #expect(Set(first.flexai.allocations.map(\.phase)) == ["running"])
            #expect(Set(first.flexai.allocations.map(\.reference)).count == 3, "each has a name of its own")

            let again = try await site.runOnce()
            try #require(again.status == 0, "\(again)")
            let second = try await site.simulator.books()
            for (one, other) in [(first.flexai, second.flexai), (first.flare, second.flare)] {
                #expect(one.allocations == other.allocations, "nothing was bought, stopped or deleted")
                for call in ["create", "stop", "delete"] { #expect(one.calls[call] == other.calls[call], "\(call)") }
            }

            let after = try await site.command("plan")
            #expect(after.status == 0, "there is nothing left: \(after)")
            #expect(after.output.contains("Nothing to do; 91.95 EUR/hour as before."))
        }
    }

    @Test("A replica more is bought, one less is released, and an intent that is withdrawn ends")
    func scaleAndWithdraw() async throws {
        try await Site.lend { site in
            try site.writeNotebook("team", replicas: 2)
            try site.writeNotebook("alone")
            try site.writeInference("model")
            try #require(try await site.runOnce().status == 0)
            let first = try await site.simulator.books()
            #expect(first.flexai.alive == 3 && first.flare.alive == 1)

            try site.writeNotebook("team", replicas: 3)
            let more = try await site.command("plan")
            #expect(more.output.contains("1 to provision, 0 to replace, 0 to delete, 2 unchanged"), "\(more)")
            try #require(try await site.runOnce().status == 0)
            let wider = try await site.simulator.books()
            #expect(wider.flexai.allocations.starts(with: first.flexai.allocations), "what ran still runs")
            #expect(wider.flexai.alive == 4)

            try site.writeNotebook("team", replicas: 1)
            try site.remove("alone.yaml")
            try site.remove("model.yaml")
            let run = try await site.runOnce()
            try #require(run.status == 0, "\(run)")
            let last = try await site.simulator.books()
            #expect(last.flexai.alive == 1 && last.flare.alive == 0, "\(last)")
            #expect(last.ever == 5, "nothing was bought on the way down")
            let left = try await site.command("get", "-o", "json")
            #expect(try site.names(left) == ["team"])
        }
    }

    @Test("What was bought can be looked at in every form")
    func look() async throws {
        try await Site.lend { site in
            try site.writeNotebook("team", replicas: 2)
            try #require(try await site.runOnce().status == 0)
            let books = try await site.simulator.books()

            let list = try await site.command("get", "-o", "json")
            let root = try DocumentParser.json(Array(list.output.utf8))
            #expect(root["apiVersion"]?.string == "v1" && root["kind"]?.string == "List")
            let item = try #require(root["items"]?.sequence?.first)
            #expect(item["apiVersion"]?.string == "intent-operator.dev/v1alpha1")
            #expect(item["kind"]?.string == "Intent")
            #expect(item["metadata"]?["name"]?.string == "team")
            #expect(item["spec"]?["workload"]?["image"]?.string == "jupyter/pytorch-notebook:latest")
            let status = try #require(item["status"])
            #expect(status["phase"]?.string == "Running")
            #expect(status["observedGeneration"]?.integer == item["metadata"]?["generation"]?.integer)
            let conditions = try #require(status["conditions"]?.sequence)
            let truths = conditions.map { "\($0["type"]?.string ?? "")=\($0["status"]?.string ?? "")" }
            #expect(truths == ["Ready=True", "Reconciling=False", "Stalled=False"])
            let placement = try #require(status["placement"])
            #expect(placement["platform"]?.string == "flexai")
            #expect(placement["gpu"]?.string == "nvidia-rtx-3090")
            #expect(placement["hourlyCost"]?.string == "0.80 EUR/hour")
            #expect(placement["because"]?.string?.isEmpty == false)
            let slots = try #require(status["slots"]?.sequence)
            #expect(slots.map { $0["number"]?.integer } == [0, 1])
            #expect(Set(slots.map { $0["state"]?.string }) == ["Running"])
            #expect(Set(slots.compactMap { $0["allocation"]?.string }) == Set(books.flexai.allocations.map(\.id)))
            #expect(status["cost"]?["hourly"]?.string == "0.80 EUR/hour")
            #expect(status["constraints"]?.sequence?.isEmpty == false)

            let looks: [(arguments: [String], shows: [String])] = [
                (["get"], ["NAME", "team", "Running", "2/2", "flexai", "0.80 EUR"]),
                (["get", "team", "-o", "wide"], ["team", "Running"]),
                (["get", "-o", "yaml"], ["kind: List", "name: team"]),
                (["describe", "team"], books.flexai.allocations.map(\.id) + ["nvidia-rtx-3090", "0.80 EUR"]),
                (["events"], ["Provisioned", "team"] + books.flexai.allocations.map(\.id)),
                (["events", "team", "-o", "json"], ["Provisioned"]),
                (["offers"], ["OFFER", "nvidia-h100", "flexai", "flare", "provider-1"]),
                (["offers", "-o", "json"], ["nvidia-rtx-3090"]),
                (["explain", "team"], ["nvidia-rtx-3090", "lowest cost of"]),
                (["explain", site.intents + "/team.yaml"], ["nvidia-rtx-3090", "lowest cost of"]),
                (["orphans"], ["No orphans."]),
            ]
            for (arguments, shows) in looks {
                let shown = try await site.start(arguments).finish()
                #expect(shown.status == 0, "\(shown)")
                for word in shows { #expect(shown.output.contains(word), "\(arguments) shows \(word): \(shown)") }
            }
            for arguments in [["get", "nobody"], ["describe", "nobody"], ["explain", "nobody"]] {
                let shown = try await site.start(arguments).finish()
                #expect(shown.status == 1 && shown.errors.contains("nobody"), "\(shown)")
            }
        }
    }
}
