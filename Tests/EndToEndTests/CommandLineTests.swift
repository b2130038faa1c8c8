import Documents
import Testing

/// What the command says of itself, and what it says to nonsense.
@Suite struct CommandLineTests {
    @Test("Schema, version and help need nothing and succeed")
    func answers() async throws {
        try await Site.lend { site in
            let nothing = ["FLEXAI_API_URL": "", "FLARE_API_URL": "", "INTENTCTL_STATE": "", "INTENTCTL_INTENTS": ""]
            let version = try await site.command("version", environment: nothing)
            #expect(version.status == 0 && version.output.hasPrefix("intentctl "), "\(version)")
            let schema = try await site.command("schema", environment: nothing)
            #expect(schema.status == 0)
            let root = try DocumentParser.json(Array(schema.output.utf8))
            #expect(root["$schema"]?.string?.isEmpty == false)
            let yaml = try await site.command("schema", "-o", "yaml", environment: nothing)
            #expect(yaml.status == 0 && yaml.output.contains("$schema"))
            for arguments in [
                ["--help"], ["help"], ["run", "--help"], ["token", "create", "--help"], ["plan", "-h"],
            ] {
                let help = try await site.start(arguments, environment: nothing).finish()
                #expect(help.status == 0 && help.output.contains("intentctl") && help.errors.isEmpty, "\(help)")
            }
        }
    }

    @Test("Nonsense is an error that names what is wrong")
    func nonsense() async throws {
        try await Site.lend { site in
            let wrong: [(arguments: [String], word: String)] = [
                (["dance"], "dance"), (["run", "--fast"], "--fast"), (["plan", "--intents"], "--intents"),
                (["get", "-o", "xml"], "xml"), (["run", "--timeout", "soon"], "soon"), (["validate"], "PATH"),
                (["run", "--set", "policies.nothing=1"], "policies.nothing"),
                (["run", "--config", "/nowhere/at-all.yaml"], "/nowhere/at-all.yaml"),
                (["validate", "/nowhere/at-all.yaml"], "/nowhere/at-all.yaml"),
            ]
            for (arguments, word) in wrong {
                let said = try await site.start(arguments).finish()
                let words = said.errors + said.output
                #expect(said.status == 1 && words.contains(word), "\(said)")
            }
            let homeless = try await site.command("get", environment: ["INTENTCTL_STATE": ""])
            #expect(homeless.status == 1 && homeless.errors.contains("--state"), "\(homeless)")
            let lonely = try await site.command("offers", environment: ["FLEXAI_API_URL": "", "FLARE_API_URL": ""])
            #expect(lonely.status == 1 && lonely.errors.contains("FLEXAI_API_URL"), "\(lonely)")
        }
    }

    @Test("A setting holds from the file, over it from the environment, over that from the command line")
    func settings() async throws {
        try await Site.lend { site in
            try site.write("config.txt", "run: {once: true, timeout: soon}\n")
            let file = ["--config", site.intents + "/config.txt"]
            let bad = try await site.start(["run"] + file).finish()
            #expect(bad.status == 1 && bad.errors.contains("config.txt:1:"), "\(bad)")
            try site.write("config.txt", "run: {once: true, timeout: 20s}\npolicies: {pollChanging: 100ms}\n")
            try site.writeNotebook("team")
            let good = try await site.start(["run"] + file).finish()
            #expect(good.status == 0, "the file alone makes it end by itself: \(good)")
        }
    }
}
