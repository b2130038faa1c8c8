import Documents
import FoundationEssentials
import Testing

/// No key is ever shown or stored.
@Suite struct SecretTests {
    static let keys = ["simulated-key", "flr_simulated"]

    @Test("Neither output nor ledger nor process list holds a key")
    func nowhere() async throws {
        try await Site.lend { site in
            try site.writeNotebook("notebook")
            try site.writeInference("model")
            try await site.simulator.befall("flexai", "tooManyRequests", "create")
            try await site.simulator.befall("flare", "errorAfter", "create")
            let run = try site.startRun("--log-level", "debug")
            try await until("all is bought", seen: { run.story }) { try await site.simulator.books().alive == 2 }
            for key in Self.keys { #expect(!Self.commandLine(run.pid).contains(key), "\(run.pid) shows it") }
            for arguments in [
                ["get", "-o", "json"], ["describe", "notebook"], ["events"], ["offers"], ["orphans"],
                ["token", "list"],
                ["token", "verify"], ["plan"], ["explain", "model"], ["suspend", "model", "--reason", "x"],
            ] {
                _ = try await site.start(arguments + ["--log-level", "debug"]).finish()
            }
            let wrong = ["FLEXAI_API_KEY": "simulated-key-but-wrong", "FLARE_API_TOKEN": "flr_simulated_but_wrong"]
            for arguments in [["offers"], ["orphans"], ["token", "verify"]] {
                let refused = try await site.start(arguments, environment: wrong).finish()
                #expect(refused.status == 1, "\(refused)")
            }
            let onLine = try await site.command("offers", "--set", "platforms.flexai.apiKey=simulated-key")
            #expect(onLine.status == 1 && onLine.errors.contains("apiKey"), "a command line can be seen: \(onLine)")
            try Self.search(site.folder + "/state", atLeast: 1)
            try Self.search(site.folder + "/printed", atLeast: 25)
        }
    }

    @Test("A key may come from a file, whose line end does not count")
    func fromFile() async throws {
        try await Site.lend { site in
            let file = site.folder + "/key"
            try Data("simulated-key\n".utf8).write(to: URL(filePath: file))
            let settings = ["FLEXAI_API_KEY": "", "FLEXAI_API_KEY_FILE": file]
            let offers = try await site.command("offers", environment: settings)
            #expect(offers.status == 0 && offers.output.contains("flexai"), "\(offers)")
        }
    }

    /// Reads every file of a folder.
    static func search(_ folder: String, atLeast count: Int) throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: folder)
        #expect(files.count >= count)
        for file in files {
            let bytes = Array(try Data(contentsOf: URL(filePath: "\(folder)/\(file)")))
            for key in keys {
                #expect(bytes.firstRange(of: Array(key.utf8)) == nil, "\(file) holds \(key)")
            }
        }
    }

    /// What everybody on the machine can read of a process.
    static func commandLine(_ pid: Int32) -> String {
        let bytes = FileManager.default.contents(atPath: "/proc/\(pid)/cmdline") ?? Data()
        return String(decoding: bytes, as: UTF8.self)
    }
}
