import Documents
import Testing
import Wire

/// What is asked of the accounts: tokens, and what nobody here has bought.
@Suite struct AccountTests {
    @Test("Tokens are made, listed, verified and revoked; a value is shown once")
    func tokens() async throws {
        try await Site.lend { site in
            let permissions = ["intents:read", "intents:write", "intents:delete", "resources:read"]
            let made = try await site.start(
                ["token", "create", "operator", "--expires", "30d"] + permissions.flatMap { ["--permission", $0] }
            ).finish()
            #expect(made.status == 0 && made.errors.contains("only time"), "\(made)")
            let value = String(made.output.prefix { $0 != "\n" })
            #expect(value.hasPrefix("flr_"))
            let list = try await site.command("token", "list", "-o", "json")
            #expect(list.output.contains("operator") && !list.output.contains(value), "\(list)")
            let tokens = try DocumentParser.json(Array(list.output.utf8))
            let entries = try #require(tokens.sequence ?? tokens["items"]?.sequence, "\(list)")
            let id = try #require(entries.first { $0["name"]?.string == "operator" }?["id"]?.string)

            let ours = ["FLARE_API_TOKEN": value]
            let verified = try await site.command("token", "verify", environment: ours)
            #expect(verified.status == 0, "\(verified)")
            for permission in permissions { #expect(verified.output.contains(permission), "\(verified)") }
            try site.writeInference("model")
            #expect(try await site.runOnce(environment: ours).status == 0)

            #expect(try await site.command("token", "revoke", id).status == 0)
            let refused = try await site.command("token", "verify", environment: ours)
            #expect(refused.status == 1 && !refused.errors.contains(value), "\(refused)")
            let unknown = try await site.command("token", "revoke", "tok_none")
            #expect(unknown.status == 1, "\(unknown)")
        }
    }

    @Test("What somebody else has bought is listed as an orphan and never touched")
    func foreign() async throws {
        try await Site.lend { site in
            try site.writeNotebook("team")
            try #require(try await site.runOnce().status == 0)
            let ours = try #require(try await site.simulator.books().flexai.allocations.first?.id)
            _ = try await site.simulator.call(
                .post,
                "/v1/compute/instances",
                #"""
                {"name": "by-hand", "user_id": "somebody", "gpu_type": "nvidia-t4", "gpu_count": 1, "cpu_cores": 4,
                 "ram_gb": 16, "environment": "jupyter", "frameworks": ["pytorch"], "storage_gb": 50}
                """#
            )
            let both = try await site.simulator.books().flexai
            let theirs = try #require(both.allocations.map(\.id).first { $0 != ours })
            let shown = try await site.command("orphans")
            #expect(shown.status == 0 && shown.output.contains(theirs) && !shown.output.contains(ours), "\(shown)")
            let listed = try await site.command("orphans", "-o", "json")
            #expect(listed.output.contains(theirs), "\(listed)")
            try site.remove("team.yaml")
            let run = try await site.runOnce()
            #expect(run.status == 0, "\(run)")
            #expect(try await site.simulator.books().flexai.allocations.map(\.id) == [theirs])
        }
    }
}
