import Documents
import FoundationEssentials
import Testing
import Wire

/// Files that turn bad and directories that vanish withdraw nothing.
@Suite struct SourceTests {
    @Test("A file that turns invalid keeps its last good intent, says so, and is used again once it is good")
    func invalid() async throws {
        try await Site.lend { site in
            try site.writeNotebook("team")
            try #require(try await site.runOnce().status == 0)
            let good = try await site.simulator.books()
            let broken: [(text: String, place: String, word: String)] = [
                (Site.notebook("team").replacing("replicas: 1,", with: "replicas: many,"), ":11:29:", "min_replicas"),
                (Site.notebook("team").replacing("objective:", with: "objektive:"), ":5:3", "objective"),
                (Site.notebook("team") + "  : [", ":13:3:", "indentation"),
            ]
            for (text, place, word) in broken {
                try site.write("team.yaml", text)
                let checked = try await site.command("validate", site.intents)
                #expect(checked.status == 1, "\(checked)")
                #expect(checked.output.contains("team.yaml\(place)") && checked.output.contains(word), "\(checked)")
                _ = try await site.runOnce()
                let got = try await site.command("get")
                #expect(got.output.contains("team") && got.output.contains("Running"), "\(got)")
                let told = try await site.command("get", "team", "-o", "json")
                #expect(told.output.contains("team.yaml"), "the message names the file: \(told)")
                let now = try await site.simulator.books()
                #expect(now.flexai.allocations == good.flexai.allocations)
                #expect(now.flexai.calls["delete"] == 0)
            }
            try site.writeNotebook("team", replicas: 2)
            let checked = try await site.command("validate", site.intents)
            #expect(checked.status == 0 && checked.output.contains("1 good intent"), "\(checked)")
            #expect(try await site.runOnce().status == 0)
            #expect(try await site.simulator.books().flexai.alive == 2)
            let cured = try await site.command("get", "team", "-o", "json")
            #expect(!cured.output.contains("team.yaml"), "the message is gone: \(cured)")
        }
    }

    @Test("A directory that disappears withdraws nothing, and /readyz tells")
    func vanished() async throws {
        try await Site.lend { site in
            let port = try FreePort.find()
            let client = HTTPClient()
            defer { client.shutdown() }
            func ready() async throws -> (status: Int, text: String) {
                let request = HTTPRequest(.get, "http://127.0.0.1:\(port)/readyz")
                do throws(HTTPClientError) {
                    let reply = try await client.send(request)
                    return (reply.status, String(decoding: reply.body, as: UTF8.self))
                } catch {
                    return (0, "\(error)")
                }
            }
            for number in 0..<3 { try site.writeNotebook("team-\(number)") }
            let run = try site.startRun("--listen", "127.0.0.1:\(port)", "--set", "policies.pollSettled=1s")
            try await until("it is ready and all is bought", seen: { run.story }) {
                guard try await ready().status == 200 else { return false }
                return try await site.simulator.books().flexai.alive == 3
            }
            try FileManager.default.moveItem(atPath: site.intents, toPath: site.intents + "-away")
            try await until("it is not ready", seen: { run.story }) { try await ready().status == 503 }
            #expect(try await ready().text.contains("source: "))
            let calls = try await site.simulator.books().flexai.calls["list"] ?? 0
            try await until("it has looked at the world twice more", seen: { run.story }) {
                try await site.simulator.books().flexai.calls["list"] ?? 0 >= calls + 2
            }
            #expect(try await site.simulator.books().flexai.alive == 3)
            try FileManager.default.createDirectory(atPath: site.intents, withIntermediateDirectories: true)
            let empty = try await site.simulator.books().flexai.calls["list"] ?? 0
            try await until("it has looked twice more at an empty directory", seen: { run.story }) {
                try await site.simulator.books().flexai.calls["list"] ?? 0 >= empty + 2
            }
            #expect(try await site.simulator.books().flexai.alive == 3, "an empty one with another inode is no wish")
            try FileManager.default.removeItem(atPath: site.intents)
            try FileManager.default.moveItem(atPath: site.intents + "-away", toPath: site.intents)
            try await until("it is ready again", seen: { run.story }) { try await ready().status == 200 }
            let books = try await site.simulator.books().flexai
            #expect(books.alive == 3 && books.ever == 3 && books.calls["delete"] == 0)
        }
    }
}
