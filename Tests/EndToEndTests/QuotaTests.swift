import Testing

/// What groups of intents may cost together, as `plan` foresees it and `run` keeps it.
@Suite struct QuotaTests {
    /// A service of one GPU for a team.
    private static func member(_ name: String, team: String = "search") -> String {
        Site.notebook(name).replacing(
            "metadata: {name: \(name)}",
            with: "metadata: {name: \(name), labels: {team: \(team)}}"
        )
    }

    private func plan(_ site: Site, _ quota: String) async throws -> Finished {
        try site.writeConfiguration("quotas: [{selector: {team: search}, \(quota)}]\n")
        return try await site.command("plan", "--config", site.configuration)
    }

    @Test("A plan counts the new intents of a group together, and names who must wait")
    func together() async throws {
        try await Site.lend { site in
            for name in ["a", "b", "c"] { try site.write("\(name).yaml", Self.member(name)) }
            try site.write("other.yaml", Self.member("other", team: "video"))
            let cases: [(quota: String, bought: Int)] = [
                ("maxGpus: 2", 2), ("maxGpus: 0", 0), ("maxHourlyCost: 0.50 EUR/hour", 1), ("maxGpus: 3", 3),
            ]
            for (quota, bought) in cases {
                let planned = try await plan(site, quota)
                #expect(planned.status == 2, "\(planned)")
                #expect(planned.output.contains("\(bought + 1) to provision"), "\(quota): \(planned)")
                #expect(planned.output.contains(" team=search ") == (bought < 3), "\(quota): \(planned)")
            }
            // What is planned is what is done.
            _ = try await plan(site, "maxGpus: 2")
            let run = try await site.runOnce("--config", site.configuration)
            #expect(run.status == 2, "\(run)")
            #expect(try await site.simulator.books().flexai.alive == 3)
        }
    }

    @Test("A plan counts what the group has spent, also on what is long gone")
    func spent() async throws {
        try await Site.lend { site in
            try site.write("a.yaml", Self.member("a"))
            try #require(try await site.runOnce().status == 0)
            try site.remove("a.yaml")
            try #require(try await site.runOnce().status == 0)
            #expect(try await site.simulator.books().flexai.alive == 0)
            let cost = try await site.command("cost", "--by", "label")
            #expect(cost.output.contains("team=search"), "\(cost)")
            // 25 min of 0.40 EUR an hour are just as much as this; what was spent on `a` is a little more.
            try site.write("b.yaml", Self.member("b"))
            let tight = try await plan(site, "maxTotalCost: 0.166667 EUR/month")
            #expect(tight.output.contains("Nothing to do"), "\(tight)")
            #expect(tight.output.contains("a month, of which 0.00"), "\(tight)")
            let wide = try await plan(site, "maxTotalCost: 0.30 EUR/month")
            #expect(wide.output.contains("1 to provision"), "\(wide)")
        }
    }
}
