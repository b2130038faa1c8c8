import Documents
import Testing
import Wire

/// Both simulated platforms in a process of their own.
final class Simulator: Sendable {
    /// The process.
    let process: ChildProcess
    /// What an operator's environment needs to reach them.
    let exports: [String: String]
    private let client: HTTPClient
    private let address: String

    /// Takes a process that has been started with `simulate` and waits until it can be reached.
    init(_ process: ChildProcess) async throws {
        self.process = process
        try await until("the simulator listens", seen: { process.story }) {
            try #require(process.exitStatus() == nil, "the simulator ended: \(process.story)")
            return process.output.contains("FLARE_LISTING_DELAY_BOUND")
        }
        let pairs = process.output.split(separator: "\n").compactMap { line -> (String, String)? in
            let words = line.dropFirst("export ".count).split(separator: "=", maxSplits: 1)
            return words.count == 2 ? (String(words[0]), String(words[1])) : nil
        }
        exports = Dictionary(pairs) { $1 }
        address = try #require(exports["FLEXAI_API_URL"])
        var configuration = HTTPClient.Configuration()
        configuration.proxies = .none
        client = HTTPClient(configuration)
    }

    /// What the platforms' own books say now.
    func books() async throws -> BothBooks {
        let node = try await call(.get, "/_simulation/books")
        return BothBooks(
            flexai: try Books(try #require(node["flexai"])),
            flare: try Books(try #require(node["flare"]))
        )
    }

    /// Tells the world something, such as `{"command": "set-weather", "weather": "calm"}`.
    func command(_ text: String) async throws { _ = try await call(.post, "/_simulation/command", text) }

    /// Lets the next calls of a sort go wrong.
    func befall(_ platform: String, _ fault: String, _ call: String, times: Int = 1) async throws {
        try await command(
            #"{"command":"befall","platform":"\#(platform)","fault":"\#(fault)","call":"\#(call)","times":\#(times)}"#
        )
    }

    /// Calls FlexAI as somebody else with the same account would.
    func call(_ method: HTTPMethod, _ path: String, _ body: String? = nil) async throws -> Node {
        let headers: HTTPHeaders = [
            "Authorization": "Bearer simulated-key", "X-Organization-ID": "simulated-organization",
            "Content-Type": "application/json",
        ]
        let request = HTTPRequest(method, address + path, headers: headers, body: body.map { Array($0.utf8) })
        let reply = try await client.send(request)
        let text = String(decoding: reply.body, as: UTF8.self)
        try #require((200..<300).contains(reply.status), "\(method) \(path): \(reply.status) \(text)")
        return try DocumentParser.json(reply.body)
    }

    /// Ends the process and the client.
    func end() {
        process.end()
        client.shutdown()
    }
}
